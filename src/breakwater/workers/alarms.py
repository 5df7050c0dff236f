"""Who is told what about deliveries: failed, unknown, missed, held, altered, stuck; and what
holds many of them back: a network in trouble, a channel that posts too often, a wrong clock."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from breakwater.delivery import standing
from breakwater.delivery.models import Delivery
from breakwater.delivery.selectors import stuck, to_tell
from breakwater.delivery.services import budget, circuits, clocks
from breakwater.delivery.services.telling import mark_stuck_told, mark_told
from breakwater.domain.clockwatch import Doubt
from breakwater.domain.timings import Timings
from breakwater.notices.services import tell as tell_people
from breakwater.people.models import Person
from breakwater.people.roles import Right
from breakwater.people.selectors import with_right

_CODES = {"failed": "failed", "missed": "missed", "held": "held"}
_ONE_BY_ONE = 5
_ALTERED = {"altered", "vanished", "several", "still_there"}


def tell(timings: Timings, *, clock_now: Callable[[], datetime]) -> int:
    """People know of every delivery that waits for them or is stuck; how many were new."""
    now = clock_now()
    asking = to_tell()
    late = stuck(after=timings.stuck_after, now=now)
    audience = _Audience()
    for row in asking:
        _tell_of(row, _code(row), row.state_at, audience, now)
    mark_told(asking)
    _tell_of_stuck(late, audience, now)
    mark_stuck_told(late)
    at_large = _tell_of_networks(now) + _tell_of_budgets(audience, now) + _tell_of_clocks(now)
    return len(asking) + len(late) + at_large


class _Audience:
    """Those who can act on a workspace's deliveries, asked once a round."""

    def __init__(self) -> None:
        self._known: dict[UUID, list[Person]] = {}

    def of(self, workspace_id: UUID) -> list[Person]:
        if workspace_id not in self._known:
            self._known[workspace_id] = with_right(workspace_id, Right.SCHEDULE)
        return self._known[workspace_id]


def _tell_of_stuck(late: list[Delivery], audience: "_Audience", now: datetime) -> None:
    """One by one; where many stand still at once, the number and the page that has them."""
    own: dict[UUID, list[Delivery]] = {}
    for row in late:
        own.setdefault(row.workspace_id, []).append(row)
    for workspace_id, rows in own.items():
        if len(rows) <= _ONE_BY_ONE:
            for row in rows:
                _tell_of(row, "stuck", row.due_at, audience, now)
            continue
        tell_people(
            audience.of(workspace_id),
            "stuck_many",
            key=f"stuck:{workspace_id}:{now:%Y%m%dT%H%M%S.%f}",
            data={"count": len(rows)},
            path=f"/w/{rows[0].workspace.slug}/status/",
            workspace_id=workspace_id,
            now=now,
        )


def _tell_of_networks(now: datetime) -> int:
    """Those who plan for a network that is left in peace know of it."""
    opened = circuits.untold()
    for one in opened:
        for workspace in standing.workspaces_at(one.origin):
            tell_people(
                with_right(workspace.pk, Right.SCHEDULE),
                "circuit_open",
                key=f"circuit:{_short(one.origin)}:{one.opened_at:%Y%m%dT%H%M%S.%f}",
                data={"network": urlsplit(one.origin).hostname or one.origin},
                path=f"/w/{workspace.slug}/deliveries/",
                workspace_id=workspace.pk,
                now=now,
            )
    circuits.mark_told(opened)
    return len(opened)


def _tell_of_budgets(audience: "_Audience", now: datetime) -> int:
    """Those who plan for a channel that we held ourselves know of it."""
    holds = budget.untold()
    for one in holds:
        channel = budget.channel_of(one)
        tell_people(
            audience.of(one.workspace_id),
            "over_budget",
            key=f"hold:{one.pk}",
            data={"channel": str(channel), "count": budget.of(channel)},
            path=f"/w/{one.workspace.slug}/deliveries/",
            workspace_id=one.workspace_id,
            now=now,
        )
    budget.mark_told(holds)
    return len(holds)


def _tell_of_clocks(now: datetime) -> int:
    """A wrong clock stops everybody: those who run each workspace know of it."""
    marks = clocks.untold()
    for one in marks:
        code = "clocks_apart" if one.reason == Doubt.SKEW else "clock_jumped"
        for workspace in standing.every_workspace():
            tell_people(
                with_right(workspace.pk, Right.INVITE),
                code,
                key=f"clock:{_short(one.pk)}:{one.held_since:%Y%m%dT%H%M%S.%f}",
                data={"host": one.host},
                path=f"/w/{workspace.slug}/deliveries/",
                workspace_id=workspace.pk,
                now=now,
            )
    clocks.mark_told(marks)
    return len(marks)


def _short(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:20]


def _code(row: Delivery) -> str:
    if row.state == "needs_human":
        return "altered" if row.reason in _ALTERED else "unknown"
    return _CODES[row.state]


def _tell_of(row: Delivery, code: str, since: datetime, audience: _Audience, now: datetime) -> None:
    """since: when it came to this. The same trouble a second time is news."""
    payload = row.payload if isinstance(row.payload, dict) else {}  # one broken row stops no news
    text = str(payload.get("text", ""))
    tell_people(
        audience.of(row.workspace_id),
        code,
        key=f"delivery:{row.pk}:{code}:{since:%Y%m%dT%H%M%S.%f}",
        data={"channel": str(row.channel), "post": text[:80] or "…", "reason": row.reason},
        path=f"/w/{row.workspace.slug}/deliveries/{row.pk}/",
        workspace_id=row.workspace_id,
        now=now,
    )
