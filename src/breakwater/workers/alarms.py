"""Who is told what about deliveries: failed, unknown, missed, held, altered, stuck."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from breakwater.delivery.models import Delivery
from breakwater.delivery.selectors import stuck, to_tell
from breakwater.delivery.services.telling import mark_stuck_told, mark_told
from breakwater.domain.timings import Timings
from breakwater.notices.services import tell as tell_people
from breakwater.people.models import Person
from breakwater.people.roles import Right
from breakwater.people.selectors import with_right

_CODES = {"failed": "failed", "missed": "missed", "held": "held"}
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
    for row in late:
        _tell_of(row, "stuck", row.due_at, audience, now)
    mark_stuck_told(late)
    return len(asking) + len(late)


class _Audience:
    """Those who can act on a workspace's deliveries, asked once a round."""

    def __init__(self) -> None:
        self._known: dict[UUID, list[Person]] = {}

    def of(self, workspace_id: UUID) -> list[Person]:
        if workspace_id not in self._known:
            self._known[workspace_id] = with_right(workspace_id, Right.SCHEDULE)
        return self._known[workspace_id]


def _code(row: Delivery) -> str:
    if row.state == "needs_human":
        return "altered" if row.reason in _ALTERED else "unknown"
    return _CODES[row.state]


def _tell_of(row: Delivery, code: str, since: datetime, audience: _Audience, now: datetime) -> None:
    """since: when it came to this. The same trouble a second time is news."""
    text = str(row.payload.get("text", ""))
    tell_people(
        audience.of(row.workspace_id),
        code,
        key=f"delivery:{row.pk}:{code}:{since:%Y%m%dT%H%M%S.%f}",
        data={"channel": str(row.channel), "post": text[:80] or "…", "reason": row.reason},
        path=f"/w/{row.workspace.slug}/deliveries/{row.pk}/",
        workspace_id=row.workspace_id,
        now=now,
    )
