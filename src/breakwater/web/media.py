"""Media: taken in, and served so that a browser shows them and nothing more."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from breakwater.core import blobs, clock, media_links
from breakwater.core.serving import served
from breakwater.domain.errors import Invalid, NotFound
from breakwater.media.selectors import cover_of, opened, opened_by_content
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.composing import written_medium
from breakwater.web.page import POST, READ, open_page, page, show
from breakwater.web.uploads import taken_in


@page(right=Right.WRITE, methods=POST)
def upload(request: HttpRequest, access: Access) -> HttpResponse:
    """201 with the medium as a line of the composer; 400 with what was wrong, in words."""
    file = request.FILES.get("picture")
    if file is None:
        raise Invalid(code="upload_empty", field="picture")
    line = written_medium(access, taken_in(access, file))
    return show(request, "parts/picture-line.html", {"medium": line}, status=201)


@page(right=Right.SEE)
def asset(request: HttpRequest, access: Access, asset_id: UUID) -> HttpResponseBase:
    """A medium of the workspace; with ?thumb=1 its small copy."""
    path, mime = opened(access.workspace.pk, asset_id, thumb=bool(request.GET.get("thumb")))
    return served(request, path, mime, str(asset_id))


@page(right=Right.SEE)
def sent(request: HttpRequest, access: Access, sha256: str) -> HttpResponseBase:
    """Exactly the bytes that a network is sent, by their digest."""
    path, mime = opened_by_content(access.workspace.pk, sha256)
    return served(request, path, mime, sha256[:16])


@page(right=Right.SEE)
def cover(request: HttpRequest, access: Access, sha256: str) -> HttpResponseBase:
    """The picture that stands for a video, by its own digest."""
    return served(request, cover_of(access.workspace.pk, sha256), "image/jpeg", sha256[:16])


@open_page(methods=READ)
def public(request: HttpRequest, until: str, seal: str, name: str) -> HttpResponseBase:
    """What a network fetches, while its address lasts (core.media_links)."""
    sha256, mime = media_links.opened(until, seal, name, now=clock.here())
    if not blobs.exists(sha256):
        raise NotFound(what="asset")
    answer = served(request, blobs.path(sha256), mime, sha256[:16])
    answer["Cache-Control"] = "private, max-age=3600"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
