"""The line in which arrivals stand: readers go along it by id, and miss nothing.

Ids are given out before their rows are committed, so a reader who has seen 7 may not have seen 6.
"""

from datetime import datetime

from django.db import connection
from django.db.models import Max, Q, QuerySet

from breakwater.channels.models import Arrival

_LINE = 0x62774C696E65  # any number that nobody else locks
_SHARED = "SELECT pg_advisory_xact_lock_shared(%s)"
_ALONE = "SELECT pg_advisory_xact_lock(%s)"


def stand() -> None:
    """This transaction may write arrivals: until it ends, nobody thinks the line complete. On
    SQLite writers are alone, and ids are in the order of commits."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_SHARED, [_LINE])


def stand_alone() -> None:
    """Nobody writes arrivals until this transaction ends; waits for those that do."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_ALONE, [_LINE])


def complete_to() -> int:
    """Whatever will arrive has a greater id than this. Waits for those that are writing; call it
    outside of a transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_ALONE, [_LINE])  # gone with this statement's own transaction
    return Arrival.objects.aggregate(last=Max("id"))["last"] or 0


def after(mark: int, upto: int, *, limit: int) -> list[Arrival]:
    """The next arrivals of all workspaces, with channel and workspace."""
    rows = Arrival.objects.filter(id__gt=mark, id__lte=upto)
    return list(rows.select_related("channel", "workspace").order_by("id")[:limit])


def altered_since(moment: datetime) -> QuerySet[Arrival]:
    """Those of all workspaces whose words changed, or which went, since then, with channel and
    workspace, by id. Who takes only some of them leaves out first what they know already."""
    rows = Arrival.objects.filter(Q(changed_at__gte=moment) | Q(gone_at__gte=moment))
    return rows.select_related("channel", "workspace").order_by("id")
