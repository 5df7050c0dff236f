"""Media: taken in, and served so that a browser shows them and nothing more."""

import re
from pathlib import Path
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from breakwater.core import blobs, clock, media_links
from breakwater.domain.errors import Invalid, NotFound
from breakwater.media.pieces import in_pieces
from breakwater.media.selectors import cover_of, opened, opened_by_content
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.composing import written_medium
from breakwater.web.page import POST, READ, open_page, page, show
from breakwater.web.uploads import taken_in

_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")


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
    return _served(request, path, mime, str(asset_id))


@page(right=Right.SEE)
def sent(request: HttpRequest, access: Access, sha256: str) -> HttpResponseBase:
    """Exactly the bytes that a network is sent, by their digest."""
    path, mime = opened_by_content(access.workspace.pk, sha256)
    return _served(request, path, mime, sha256[:16])


@page(right=Right.SEE)
def cover(request: HttpRequest, access: Access, sha256: str) -> HttpResponseBase:
    """The picture that stands for a video, by its own digest."""
    return _served(request, cover_of(access.workspace.pk, sha256), "image/jpeg", sha256[:16])


@open_page(methods=READ)
def public(request: HttpRequest, until: str, seal: str, name: str) -> HttpResponseBase:
    """What a network fetches, while its address lasts (core.media_links)."""
    sha256, mime = media_links.opened(until, seal, name, now=clock.here())
    if not blobs.exists(sha256):
        raise NotFound(what="asset")
    answer = _served(request, blobs.path(sha256), mime, sha256[:16])
    answer["Cache-Control"] = "private, max-age=3600"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


def _served(request: HttpRequest, path: Path, mime: str, name: str) -> HttpResponseBase:
    """Only files that we drew or packed ourselves come here, and PDFs; the headers hold all the
    same. A part, where one is asked for."""
    size = path.stat().st_size
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    first = int(asked[1]) if asked else 0
    if asked and first >= size:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    last = _last(asked, first, size) if asked else size - 1
    answer = in_pieces(request, path, first, last, mime=mime)
    if asked:
        answer.status_code = 206
        answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    kind = "inline" if mime.startswith(("image/", "video/")) else "attachment"
    answer["Content-Disposition"] = (
        f'{kind}; filename="{name}.{media_links.ENDINGS.get(mime, "bin")}"'
    )
    answer["Accept-Ranges"] = "bytes"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, max-age=3600, immutable"
    return answer


def _last(asked: re.Match[str], first: int, size: int) -> int:
    wanted = int(asked[2]) if asked[2] else size - 1
    return min(max(wanted, first), size - 1)
