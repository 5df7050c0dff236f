"""Everything that is sealed in this app, sealed again with the newest key."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models, transaction

from breakwater.audit.services import Fact, record
from breakwater.channels import vault
from breakwater.channels.models import AppKeys, Channel, Connecting, Credential, OAuthApp
from breakwater.core import crypto
from breakwater.domain.errors import SealBroken

_BATCH = 100
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rotated:
    """resealed: values that changed their key. broken: those that do not open any more."""

    resealed: int
    broken: int


def rotate_credentials(*, by: UUID | None, now: datetime) -> Rotated:
    """All sealed values are under the newest key (`core.crypto.new_key` makes one first).

    In batches, while sending goes on: each value is replaced only if it is still the one
    that was read. When `broken` is 0, older key files can be taken away.
    """
    vault.apply_spool(Channel.objects.values_list("id", flat=True))
    credentials = _all(Credential, "sealed", lambda row: row.channel_id)
    apps = _all(OAuthApp, "sealed", lambda row: row.id)
    verifiers = _all(Connecting, "sealed_verifier", lambda row: row.id)
    begun_apps = _all(Connecting, "sealed_app", lambda row: row.id)
    accounts = _all(Connecting, "sealed_accounts", lambda row: row.id)
    keys = _all(AppKeys, "sealed", lambda row: row.id)
    parts = (credentials, apps, verifiers, begun_apps, accounts, keys)
    total = Rotated(sum(part.resealed for part in parts), sum(part.broken for part in parts))
    if total.resealed:
        _record(total, by=by, now=now)
    return total


def _all(model: type[models.Model], column: str, place: Callable[..., UUID]) -> Rotated:
    resealed = broken = 0
    after: UUID | None = None
    while batch := _batch(model, after):
        after = batch[-1].pk
        with transaction.atomic():
            for row in batch:
                try:
                    resealed += _one(row, column, place(row))
                except SealBroken as error:
                    broken += 1
                    log.error("seal.broken %s=%s why=%s", model._meta.db_table, row.pk, error)
    return Rotated(resealed, broken)


def _batch(model: type[models.Model], after: UUID | None) -> list[models.Model]:
    rows = model._default_manager.order_by("pk")
    if after is not None:
        rows = rows.filter(pk__gt=after)
    return list(rows[:_BATCH])


def _one(row: models.Model, column: str, place: UUID) -> int:
    """1 when the value was sealed again, 0 when that was not needed or somebody replaced it."""
    old = bytes(getattr(row, column))
    if not old:
        return 0
    new = crypto.reseal(old, table=row._meta.db_table, row=place, column=column)
    if new == old:
        return 0
    same = type(row)._default_manager.filter(pk=row.pk, **{column: old})
    return same.update(**{column: new})


def _record(total: Rotated, *, by: UUID | None, now: datetime) -> None:
    spaces = Channel.objects.order_by("workspace_id").values_list("workspace_id", flat=True)
    data = {"resealed": total.resealed, "key": str(crypto.current_key())}
    record(
        [
            Fact(one, "channel.credentials_resealed", "workspace", one, data)
            for one in spaces.distinct()
        ],
        by=by,
        now=now,
    )
