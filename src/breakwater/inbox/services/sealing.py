"""What is kept as evidence, sealed again with the newest key; it is the same, and so is its digest."""

import logging

from breakwater.core import crypto
from breakwater.domain.errors import SealBroken
from breakwater.inbox.models import Kept

_BATCH = 100
log = logging.getLogger(__name__)


def reseal() -> tuple[int, int]:
    """All of it is under the newest key; (how many changed, how many do not open). Each is replaced
    only if it is still the one that was read."""
    found = [_row(row) for row in Kept.objects.order_by("pk").iterator(_BATCH)]
    return sum(one == 1 for one in found), sum(one < 0 for one in found)


def _row(row: Kept) -> int:
    old, table = bytes(row.sealed), Kept._meta.db_table
    try:
        new = crypto.reseal(old, table=table, row=row.pk, column="sealed")
    except SealBroken as error:
        log.error("seal.broken %s=%s why=%s", table, row.pk, error)
        return -1
    if new == old:
        return 0
    return Kept.objects.filter(pk=row.pk, sealed=old).update(sealed=new)
