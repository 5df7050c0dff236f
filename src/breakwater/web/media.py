"""Pictures: taken in, and served so that a browser shows them and nothing more."""

from pathlib import Path
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from breakwater.domain.errors import Invalid
from breakwater.media.selectors import opened, opened_by_content
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.composing import written_picture
from breakwater.web.page import POST, page, show
from breakwater.web.uploads import taken_in

_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


@page(right=Right.WRITE, methods=POST)
def upload(request: HttpRequest, access: Access) -> HttpResponse:
    """201 with the picture as a line of the composer; 400 with what was wrong, in words."""
    file = request.FILES.get("picture")
    if file is None:
        raise Invalid(code="upload_empty", field="picture")
    asset = taken_in(access, file)
    line = written_picture(access, asset.pk)
    return show(request, "parts/picture-line.html", {"picture": line}, status=201)


@page(right=Right.SEE)
def asset(request: HttpRequest, access: Access, asset_id: UUID) -> HttpResponse:
    """A picture of the workspace; with ?thumb=1 its small copy."""
    path, mime = opened(access.workspace.pk, asset_id, thumb=bool(request.GET.get("thumb")))
    return _served(path, mime, str(asset_id))


@page(right=Right.SEE)
def sent(_request: HttpRequest, access: Access, sha256: str) -> HttpResponse:
    """Exactly the bytes that a network is sent, by their digest."""
    path, mime = opened_by_content(access.workspace.pk, sha256)
    return _served(path, mime, sha256[:16])


def _served(path: Path, mime: str, name: str) -> HttpResponse:
    """Only pictures that we drew ourselves come here; the headers hold all the same."""
    answer = HttpResponse(path.read_bytes(), content_type=mime)
    answer["Content-Disposition"] = f'inline; filename="{name}.{_ENDINGS.get(mime, "bin")}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, max-age=3600, immutable"
    return answer
