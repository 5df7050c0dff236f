"""Taking media in, and making the copies that networks accept."""

import io
from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.core import blobs
from breakwater.domain.errors import Invalid
from breakwater.media import cleaning, fitting, videos
from breakwater.media.models import Asset, Derivative
from breakwater.media.turns import turn
from breakwater.networks.base import Limits

_HEAD = 64


def upload(
    workspace_id: UUID,
    source: bytes | BinaryIO,
    *,
    file_name: str,
    by: UUID,
    now: datetime,
) -> Asset:
    """The picture, video or document as an asset of the workspace; the same again is the same asset.

    What it is, is judged by its content. Pictures are drawn anew and videos packed anew, so that
    nothing else that their files said is kept. by: the person's id. The file's name is for people
    to read only: it decides nothing.
    Raises: Invalid with upload_empty, upload_too_big, pictures_busy, or one of the codes of
    cleaning and videos; Problem("disk_full").
    """
    file = io.BytesIO(source) if isinstance(source, bytes) else source
    head = file.read(_HEAD)
    file.seek(0)
    if not head:
        raise Invalid(code="upload_empty", field="picture")
    taken = _TAKING[videos.looks_like(head)](file)
    name = _shown_name(file_name)
    with transaction.atomic():
        asset, added = Asset.objects.get_or_create(
            workspace_id=workspace_id,
            sha256=taken["sha256"],
            defaults={**taken, "file_name": name, "added_by_id": by, "created_at": now},
        )
        if added:
            data = {"sha256": asset.sha256, "mime": asset.mime}
            record([Fact(workspace_id, "asset.added", "asset", asset.pk, data)], by=by, now=now)
    return asset


def _picture(file: BinaryIO) -> dict[str, Any]:
    data = _read(file)
    with turn():
        picture, thumb = cleaning.clean(data)
    return {
        **_drawn(picture),
        "thumb_sha256": blobs.store(thumb.data),
    }


def _video(file: BinaryIO) -> dict[str, Any]:
    made = videos.packed(file)
    with turn():
        cover, thumb = cleaning.clean(made.cover)
    return {
        "sha256": made.sha256, "mime": made.mime, "size": made.size, "width": made.width,
        "height": made.height, "length_ms": made.length_ms,
        "cover_sha256": blobs.store(cover.data), "thumb_sha256": blobs.store(thumb.data),
    }  # fmt: skip


def _document(file: BinaryIO) -> dict[str, Any]:
    sha256, size = videos.document(file)
    return {"sha256": sha256, "mime": videos.PDF, "size": size, "width": 0, "height": 0}


def _drawn(picture: cleaning.Drawn) -> dict[str, Any]:
    return {
        "sha256": blobs.store(picture.data), "mime": picture.mime, "size": len(picture.data),
        "width": picture.width, "height": picture.height,
    }  # fmt: skip


_TAKING = {"picture": _picture, "video": _video, "document": _document}


def derive(asset: Asset, limits: Limits, *, now: datetime) -> Asset | Derivative:
    """What goes to an account with these limits: the asset itself if it fits, else a copy. A video or
    a document goes as it is.

    The copy is made once per rule and kept; the same asset and limits give the same bytes.
    Raises: Invalid("picture_cannot_fit" or "pictures_busy"); NotFound and Problem as core.blobs; disk_full.
    """
    if not asset.mime.startswith("image/"):
        return asset
    if fitting.fits(asset.size, asset.width, asset.height, asset.mime, limits):
        return asset
    rule = fitting.rule(limits)
    if known := Derivative.objects.filter(asset=asset, rule=rule).first():
        return known
    data = blobs.read(asset.sha256)
    with turn():
        drawn = fitting.fitted(cleaning.decoded(data), asset.mime, limits)
    sha256 = blobs.store(drawn.data)
    copy, _ = Derivative.objects.get_or_create(
        asset=asset,
        rule=rule,
        defaults={
            "sha256": sha256,
            "mime": drawn.mime,
            "size": len(drawn.data),
            "width": drawn.width,
            "height": drawn.height,
            "created_at": now,
        },
    )
    return copy


def _read(source: BinaryIO) -> bytes:
    limit = settings.UPLOAD_MAX_BYTES
    data = source.read(limit + 1)
    if len(data) > limit:
        raise Invalid(code="upload_too_big", field="picture", limit_mb=limit // (1024 * 1024))
    return data


def _shown_name(file_name: str) -> str:
    """The last part of the name, printable, at most 255 characters."""
    last = file_name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(char for char in last if char.isprintable())[:255]
