"""Finding a workspace's pictures."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from breakwater.core import blobs
from breakwater.domain.errors import NotFound
from breakwater.media.cleaning import THUMB_MIME
from breakwater.media.models import Asset, Derivative


def asset_of(workspace_id: UUID, asset_id: UUID) -> Asset:
    """Raises: NotFound when there is none, or it is another workspace's."""
    asset = Asset.objects.filter(workspace_id=workspace_id, pk=asset_id).first()
    if asset is None:
        raise NotFound(what="asset")
    return asset


def assets_of(workspace_id: UUID, asset_ids: Sequence[UUID]) -> list[Asset]:
    """In the order asked. Raises: NotFound when one is missing or another workspace's."""
    found = Asset.objects.filter(workspace_id=workspace_id).in_bulk(list(asset_ids))
    if missing := [str(one) for one in asset_ids if one not in found]:
        raise NotFound(what="asset", ids=missing)
    return [found[one] for one in asset_ids]


def library(workspace_id: UUID, asset_ids: Sequence[UUID]) -> dict[UUID, Asset]:
    """Those of the ids that the workspace has. One query, or none."""
    if not asset_ids:
        return {}
    return Asset.objects.filter(workspace_id=workspace_id).in_bulk(list(asset_ids))


def opened(workspace_id: UUID, asset_id: UUID, *, thumb: bool) -> tuple[Path, str]:
    """The file to serve and its type. Serve it with `nosniff` and a sandboxing CSP.

    Raises: NotFound (none, not yours, or the file is gone).
    """
    asset = asset_of(workspace_id, asset_id)
    sha256, mime = (asset.thumb_sha256, THUMB_MIME) if thumb else (asset.sha256, asset.mime)
    if not sha256 or not blobs.exists(sha256):
        raise NotFound(code="blob_missing", sha256=sha256)
    return blobs.path(sha256), mime


def cover_of(workspace_id: UUID, sha256: str) -> Path:
    """The JPEG that stands for one of the workspace's videos.

    Raises: NotFound (none, not yours, or the file is gone).
    """
    if not Asset.objects.filter(workspace_id=workspace_id, cover_sha256=sha256).exists():
        raise NotFound(what="asset")
    if not blobs.exists(sha256):
        raise NotFound(code="blob_missing", sha256=sha256)
    return blobs.path(sha256)


def opened_by_content(workspace_id: UUID, sha256: str) -> tuple[Path, str]:
    """The file with exactly these bytes (a picture, or a copy made to fit) and its type.

    Raises: NotFound (none, not yours, or the file is gone).
    """
    own = Asset.objects.filter(workspace_id=workspace_id, sha256=sha256)
    copies = Derivative.objects.filter(asset__workspace_id=workspace_id, sha256=sha256)
    mimes = own.values_list("mime", flat=True).union(copies.values_list("mime", flat=True))
    mime = next(iter(mimes), None)
    if mime is None:
        raise NotFound(what="asset")
    if not blobs.exists(sha256):
        raise NotFound(code="blob_missing", sha256=sha256)
    return blobs.path(sha256), mime
