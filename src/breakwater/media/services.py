"""Taking pictures in, and making the copies that networks accept."""

from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.core import blobs
from breakwater.domain.errors import Invalid
from breakwater.media import cleaning, fitting
from breakwater.media.models import Asset, Derivative
from breakwater.media.turns import turn
from breakwater.networks.base import Limits


def upload(
    workspace_id: UUID,
    source: bytes | BinaryIO,
    *,
    file_name: str,
    by: UUID,
    now: datetime,
) -> Asset:
    """The cleaned picture as an asset of the workspace; the same picture again is the same asset.

    What comes in is never kept as it came (cleaning.clean). by: the person's id. The file's
    name is for people to read only: it decides nothing.
    Raises: Invalid with upload_empty, upload_too_big, pictures_busy, or one of cleaning's
    codes; Problem("disk_full").
    """
    data = _read(source)
    with turn():
        picture, thumb = cleaning.clean(data)
    sha256 = blobs.store(picture.data)
    thumb_sha256 = blobs.store(thumb.data)
    with transaction.atomic():
        asset, added = Asset.objects.get_or_create(
            workspace_id=workspace_id,
            sha256=sha256,
            defaults={
                "mime": picture.mime,
                "size": len(picture.data),
                "width": picture.width,
                "height": picture.height,
                "thumb_sha256": thumb_sha256,
                "file_name": _shown_name(file_name),
                "added_by_id": by,
                "created_at": now,
            },
        )
        if added:
            fact = Fact(workspace_id, "asset.added", "asset", asset.pk, {"sha256": sha256})
            record([fact], by=by, now=now)
    return asset


def derive(asset: Asset, limits: Limits, *, now: datetime) -> Asset | Derivative:
    """What goes to an account with these limits: the asset itself if it fits, else a copy.

    The copy is made once per rule and kept; the same asset and limits give the same bytes.
    Raises: Invalid("picture_cannot_fit" or "pictures_busy"); NotFound and Problem as core.blobs; disk_full.
    """
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


def _read(source: bytes | BinaryIO) -> bytes:
    limit = settings.UPLOAD_MAX_BYTES
    data = source if isinstance(source, bytes) else source.read(limit + 1)
    if not data:
        raise Invalid(code="upload_empty", field="picture")
    if len(data) > limit:
        raise Invalid(code="upload_too_big", field="picture", limit_mb=limit // (1024 * 1024))
    return data


def _shown_name(file_name: str) -> str:
    """The last part of the name, printable, at most 255 characters."""
    last = file_name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(char for char in last if char.isprintable())[:255]
