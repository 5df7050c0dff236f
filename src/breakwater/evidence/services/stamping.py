"""Time stamps of others over packages that are on disk: which are wanted, who asks, what was given.

Nothing here is in the way of a taking or a delete: a row is made for a link that is committed, and
its first try waits until a containment is through.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from breakwater.audit.services import Fact, record
from breakwater.core import blobs
from breakwater.core.rows import write_rows
from breakwater.domain.errors import BreakwaterError
from breakwater.evidence import vault
from breakwater.evidence.models import Head, Link, Shredding, Stamp
from breakwater.evidence.tokens import Query, Token, query

LEASE = timedelta(minutes=2)
"""Longer than a call and its writing by far."""
SETTLES = timedelta(seconds=15)
"""So long after its sealing a package is not read again: a containment needs the machine."""
WAITS = tuple(
    timedelta(minutes=one) for one in (1, 5, 15, 60, 180, 360, 720, 1440, 1440, 1440, 1440)
)
"""After the first, second … try that gave nothing. After the last (five days) it is given up."""
ANSWERS = frozenset({"stamp_rejected", "stamp_of_another", "stamp_signature"})
"""Troubles that waiting seldom mends: given up after ANSWER_TRIES."""
ANSWER_TRIES = 3
_AT_ONCE = 200


def expect(*, now: datetime) -> None:
    """Each package that is kept has a row; those from before the setting, too. May run twice at once."""
    for head in Head.objects.filter(stamps_to__lt=F("number")):
        to = min(head.number, head.stamps_to + _AT_ONCE)
        with transaction.atomic():
            links = Link.objects.filter(
                workspace_id=head.pk, number__gt=head.stamps_to, number__lte=to,
                capture__shredded_at=None,
            ).exclude(blob="")  # fmt: skip
            rows = [Stamp(link=one, due_at=max(now, one.created_at + SETTLES)) for one in links]
            Stamp.objects.bulk_create(rows, ignore_conflicts=True)
            Head.objects.filter(pk=head.pk, stamps_to=head.stamps_to).update(stamps_to=to)


def lease(*, limit: int, now: datetime) -> Sequence[Stamp]:
    """At most `limit` that are due and now ours, the fewest tries first, then the newest.

    A try counts from here on, so that one that is killed each time comes to an end as well. Those
    of which somebody says that they have to go wait for the answer.
    """
    doubted = Shredding.objects.filter(outcome="").values("capture")
    with transaction.atomic():
        free = Stamp.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            Q(lease_until=None) | Q(lease_until__lte=now), outcome="", due_at__lte=now
        )
        rows = list(
            free.exclude(link__capture__in=doubted)
            .select_related("link__capture")
            .order_by("tries", "-link_id")[:limit]
        )
        for row in rows:
            row.tries, row.lease_until = row.tries + 1, now + LEASE
        write_rows(rows, ["tries", "lease_until"])
    return rows


def query_for(stamp: Stamp) -> Query | None:
    """The question for a stamp over the package as it is on disk; None where it is there no longer."""
    try:
        package = vault.package(stamp.link.capture, stamp.link.blob)
    except BreakwaterError:
        return None
    asked = query(package)
    return asked if asked.digest.hex() == stamp.link.package_digest else None


def stamped(stamp: Stamp, token: Token, *, now: datetime) -> bool:
    """The token is on disk, then the row says so. False where somebody else's try counts by now: our
    token is an unnamed file then."""
    name = blobs.store(token.data)
    with transaction.atomic():
        done = _mine(stamp).update(
            outcome="stamped", token=name, at=token.at, authority=token.authority, trouble="",
            lease_until=None,
        )  # fmt: skip
        if done:
            said = {"authority": token.authority, "stamped": token.at.isoformat(), "token": name}
            _record(stamp, "evidence.stamped", said, now)
    return bool(done)


def failed(stamp: Stamp, code: str, *, for_good: bool = False, now: datetime) -> None:
    """It is tried again later, or given up; the row says why."""
    most = ANSWER_TRIES if code in ANSWERS else len(WAITS) + 1
    if not for_good and stamp.tries < most:
        due = now + WAITS[stamp.tries - 1]
        _mine(stamp).update(trouble=code, due_at=due, lease_until=None)
        return
    with transaction.atomic():
        if _mine(stamp).update(outcome="refused", trouble=code, lease_until=None):
            _record(stamp, "evidence.not_stamped", {"why": code}, now)


def ask_again(*, now: datetime) -> int:
    """Those that were given up are due once more (the setting was wrong, say); how many."""
    given_up = Stamp.objects.filter(outcome="refused").exclude(trouble="stamp_no_package")
    return given_up.update(outcome="", tries=0, due_at=now, lease_until=None)


def _mine(stamp: Stamp) -> QuerySet[Stamp]:
    """The row, if nobody began a later try and none came to its end."""
    return Stamp.objects.filter(pk=stamp.pk, outcome="", tries=stamp.tries)


def _record(stamp: Stamp, verb: str, said: dict[str, str], now: datetime) -> None:
    link = stamp.link
    fact = Fact(
        link.workspace_id, verb, "capture", link.capture_id, {"number": link.number, **said}
    )
    record([fact], by=None, now=now)
