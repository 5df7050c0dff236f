"""Media: uploaded, described, and their bytes."""

from typing import BinaryIO, cast
from uuid import UUID

from django.http.response import HttpResponseBase
from ninja import File, Router
from ninja.files import UploadedFile

from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.channels import AssetOut
from breakwater.core.serving import served
from breakwater.media import selectors, services
from breakwater.media.models import Asset
from breakwater.people.roles import Right

router = Router(tags=["media"])

_BINARY = {"schema": {"type": "string", "format": "binary"}}
_BYTES = {"image/*": _BINARY, "video/mp4": _BINARY, "application/pdf": _BINARY}


@route(
    router,
    "POST",
    "/w/{slug}/media",
    right=Right.WRITE,
    answer=AssetOut,
    status=201,
    apart=True,
    uploads=True,
)
def upload(call: Call, picture: File[UploadedFile]) -> AssetOut:
    """The picture, video or PDF, cleaned (no metadata); the same one again is the same."""
    asset = services.upload(
        call.workspace_id,
        cast(BinaryIO, picture),
        file_name=picture.name or "",
        by=call.by,
        now=call.now,
    )
    return _asset(asset)


@route(router, "GET", "/w/{slug}/media/{asset_id}", right=Right.SEE, answer=AssetOut)
def asset(call: Call, asset_id: UUID) -> AssetOut:
    """One medium: its size, kind and digest."""
    return _asset(selectors.asset_of(call.workspace_id, asset_id))


@route(router, "GET", "/w/{slug}/media/{asset_id}/bytes", right=Right.SEE, holds=_BYTES)
def asset_bytes(call: Call, asset_id: UUID, *, thumb: bool = False) -> HttpResponseBase:
    """The medium itself (a Range gives a part of it), or with `thumb` a small picture."""
    path, mime = selectors.opened(call.workspace_id, asset_id, thumb=thumb)
    answer = served(call.request, path, mime, str(asset_id))
    answer["Cache-Control"] = "no-store"
    return answer


def _asset(row: Asset) -> AssetOut:
    return AssetOut(
        id=row.pk,
        sha256=row.sha256,
        mime=row.mime,
        size=row.size,
        width=row.width,
        height=row.height,
        file_name=row.file_name,
    )
