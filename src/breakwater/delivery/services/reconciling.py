"""What a comparison found becomes known to the ledger: by compare-and-set, on record, by name."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import move_many
from breakwater.delivery.lifecycle import DELIVERY
from breakwater.delivery.models import Attempt, Delivery, Reconciliation
from breakwater.delivery.reconcile import Discovery, Report, Verdict
from breakwater.delivery.services.chains import stand_by, wake
from breakwater.domain.guarantees import Outcome
from breakwater.domain.kinds import SHOWN
from breakwater.domain.text import storable

_TRIM = 500
_KEPT = 100


def adopt(found: Sequence[Discovery], *, by: UUID | None, now: datetime) -> list[Delivery]:
    """Those of `found` (one post each) that were still as they were seen are accepted, and will be
    read back like any other; the rows that moved. Nothing of them is sent, and what answers them
    leaves now, or asks (`chains.wake`). Call after `stand_still`."""
    moved: list[Delivery] = []
    with transaction.atomic():
        free = _free(found)
        for how in sorted({one.how for one in free}):
            own = {one.row.pk: one for one in free if one.how == how}
            changes = {key: _accepted(one, now) for key, one in own.items()}
            rows = [one.row for one in own.values()]
            why = {"because": "found_by_reconcile", "how": how}
            moved += move_many(rows, DELIVERY, "accepted", by=by, now=now, why=why, changes=changes)
        wake([row.pk for row in moved], now=now)
        posts = {one.row.pk: one for one in free}
        Attempt.objects.bulk_create(
            Attempt(
                delivery=row, number=row.tries, step="read", outcome=Outcome.FOUND, at=now,
                code=posts[row.pk].how, remote_id=row.remote_id,
            )
            for row in moved
        )  # fmt: skip
    return moved


def stand_still(discoveries: Sequence[Discovery]) -> None:
    """Their rows are locked until the end of the transaction, before any chain is: who holds a
    row and waits for the chain would wait for us, and we for them."""
    stand_by([one.row.pk for one in discoveries])


def ask(unclear: Sequence[Discovery], *, by: UUID | None, now: datetime) -> list[Delivery]:
    """Those whose post may be one of several wait for a person, who is shown them; what moved."""
    rows = [one.row for one in unclear if one.row.state != "needs_human"]
    changes = {
        one.row.pk: {
            "worker": None, "reason": "several", "to_tell": True,
            "seen": [_plain(one, place) for place in range(min(5, len(one.posts)))],
        }
        for one in unclear
    }  # fmt: skip
    why = {"because": "reconcile"}
    return move_many(rows, DELIVERY, "needs_human", by=by, now=now, why=why, changes=changes)


def note(
    report: Report, *, since: datetime, until: datetime, asked: Sequence[UUID], by: UUID | None,
    now: datetime,
) -> Reconciliation:  # fmt: skip
    """The comparison is on record: when, of what, with which end. Of each channel the last
    hundred are kept.

    asked: deliveries that wait for a person's answer, and so cannot leave by themselves.
    """
    counts = Counter(str(one.verdict) for one in report.differences)
    waiting = set(asked)
    left = [one for one in report.discoveries if one.row.pk not in waiting]
    own = Reconciliation.objects.filter(channel=report.channel).order_by("-created_at", "-pk")
    old = list(own.values_list("pk", flat=True)[_KEPT - 1 :])
    Reconciliation.objects.filter(pk__in=old).delete()
    return Reconciliation.objects.create(
        workspace_id=report.channel.workspace_id,
        channel=report.channel,
        since=since,
        until=until,
        by_id=by,
        complete=report.complete,
        agreed=report.agreed,
        adopted=counts[Verdict.ADOPTED],
        left_open=len(left),
        counts=dict(counts),
        created_at=now,
    )


def _free(found: Sequence[Discovery]) -> list[Discovery]:
    """Without posts that meanwhile are another delivery's."""
    ids = {one.row.channel_id: one.posts[0].remote_id for one in found}
    taken = set(
        Delivery.objects.filter(
            channel__in=list(ids), kind__in=SHOWN,
            remote_id__in=[one.posts[0].remote_id for one in found],
        ).values_list("channel_id", "remote_id")
    )  # fmt: skip
    return [one for one in found if (one.row.channel_id, one.posts[0].remote_id) not in taken]


def _accepted(one: Discovery, now: datetime) -> dict[str, Any]:
    row, post = one.row, one.posts[0]
    return {
        "remote_id": storable(post.remote_id)[:_TRIM],
        "remote_url": storable(post.url)[:_TRIM],
        "first_sent_at": row.first_sent_at or post.created_at,
        "last_sent_at": row.last_sent_at or post.created_at,
        "accepted_at": now,
        "not_before": now,
        "worker": None,
        "doubtful": False,
        "to_tell": False,
        "reason": "",
        "detail": "",
        "seen": [],
    }


def _plain(one: Discovery, place: int) -> dict[str, Any]:
    post = one.posts[place]
    return {
        "remote_id": storable(post.remote_id),
        "url": storable(post.url),
        "text": storable(post.text[:1000]),
        "at": post.created_at.isoformat(),
        "media": [{"url": shown.url, "alt": storable(shown.alt)} for shown in post.media],
    }
