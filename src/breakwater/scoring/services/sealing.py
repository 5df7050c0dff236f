"""Everything that is sealed in this app, sealed again with the newest key."""

import logging

from django.db import models, transaction

from breakwater.core import crypto
from breakwater.domain.errors import SealBroken
from breakwater.scoring.models import KeptText, OpinionSetup, SecondOpinion

_BATCH = 100
_SEALED: tuple[type[models.Model], ...] = (KeptText, OpinionSetup, SecondOpinion)
log = logging.getLogger(__name__)


def reseal() -> tuple[int, int]:
    """All sealed values are under the newest key; (how many changed, how many do not open). Each is
    replaced only if it is still the one that was read."""
    found = [_row(row, model) for model in _SEALED for row in _rows(model)]
    return sum(one == 1 for one in found), sum(one < 0 for one in found)


def _rows(model: type[models.Model]) -> list[models.Model]:
    return list(model._default_manager.exclude(sealed=None).order_by("pk").iterator(_BATCH))


def _row(row: models.Model, model: type[models.Model]) -> int:
    old = bytes(getattr(row, "sealed"))  # noqa: B009 - by convention of these models
    table = model._meta.db_table
    try:
        new = crypto.reseal(old, table=table, row=row.pk, column="sealed")
    except SealBroken as error:
        log.error("seal.broken %s=%s why=%s", table, row.pk, error)
        return -1
    if new == old:
        return 0
    with transaction.atomic():
        same = model._default_manager.filter(pk=row.pk, sealed=old)
        return same.update(sealed=new)
