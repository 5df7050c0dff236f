"""Reading pauses: the open one, what it holds, what its answer said, what became of that."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet

from breakwater.delivery.lifecycle import OUT
from breakwater.delivery.models import Delivery, Hold
from breakwater.delivery.services import PUBLISH
from breakwater.delivery.services.walls import STATEMENT
from breakwater.domain.errors import NotFound
from breakwater.pauses.barriers import WORKSPACE
from breakwater.pauses.models import Leaving, Pause
from breakwater.people.models import Person
from breakwater.people.roles import Right
from breakwater.people.selectors import with_right

ASIDE = "aside:"
LABEL = "label:"
DAY = timedelta(hours=24)
_WAITS = ("queued", "retry_wait", "claimed", "prepared")
_TOLD = (Right.SCHEDULE, Right.ANSWER, Right.RESPOND)


@dataclass(frozen=True)
class Left:
    """What the answer named as leaving. now: "out", "not_out", "asks" or "unknown", while it is
    not known yet."""

    delivery: Delivery
    now: str


@dataclass(frozen=True)
class Shown:
    """What a pause's answer says, as it is now. held: posts that wait behind it. out_day: posts that
    went out in the 24 hours before it. since: posts that were planned after it began. unsure: posts
    that may be out and are looked for."""

    pause: Pause
    held: int
    leaving: tuple[Left, ...]
    out_day: int
    since: int
    unsure: int

    @property
    def settled(self) -> bool:
        return all(one.now in ("out", "not_out", "asks") for one in self.leaving)


def open_pause(workspace_id: UUID) -> Pause | None:
    """The one that has not ended, with its workspace and who began it. One query."""
    return _pauses().filter(workspace_id=workspace_id).exclude(state="ended").first()


def open_pauses(workspace_ids: Iterable[UUID]) -> dict[UUID, Pause]:
    """Those that have not ended, by workspace. One query."""
    rows = _pauses().filter(workspace_id__in=list(workspace_ids)).exclude(state="ended")
    return {one.workspace_id: one for one in rows}


def pause_of(workspace_id: UUID, pause_id: UUID) -> Pause:
    """Raises: NotFound for none and for another workspace's alike."""
    found = _pauses().filter(workspace_id=workspace_id, pk=pause_id).first()
    if found is None:
        raise NotFound(what="pause")
    return found


def pauses_of(workspace_id: UUID, *, limit: int = 50) -> list[Pause]:
    """The newest first."""
    return list(_pauses().filter(workspace_id=workspace_id).order_by("-created_at", "-pk")[:limit])


def barriers(pause: Pause) -> list[Hold]:
    """The open holds of a pause; first the one that holds posts. None once it has ended. Not that of
    what was set aside by name: it stands on its own, beyond the pause's end."""
    rows = Hold.objects.filter(of=pause.pk, released_at=None).select_related("workspace")
    found = list(rows.exclude(tag__startswith=ASIDE).order_by("created_at", "pk"))
    return sorted(found, key=lambda one: not (one.tag == WORKSPACE and PUBLISH in one.kinds))


def answer(pause: Pause) -> Shown:
    """Six queries at most."""
    return Shown(
        pause,
        held=0 if pause.over else count_held(pause),
        leaving=left_of(pause),
        out_day=pause.out_day,
        since=_posts(pause).filter(created_at__gt=pause.created_at).count(),
        unsure=_posts(pause).filter(state="unknown").count(),
    )


def count_held(pause: Pause) -> int:
    """How many posts wait behind the pause. As many rows as there are different tags, so that the
    answer to a button does not wait for ten thousand posts."""
    rows = _waiting(pause).order_by().values_list("tags").annotate(Count("pk"))
    behind = _behind(pause)
    return sum(number for tags, number in rows if behind(tags))


def labels_behind(pause: Pause) -> set[str]:
    """The labels of the posts that have not left. One query."""
    rows = _posts(pause).filter(state__in=(*_WAITS, "held", "missed", "needs_human"))
    tags = {tag for own in rows.values_list("tags", flat=True) for tag in own}
    return {one.removeprefix(LABEL) for one in tags if one.startswith(LABEL)}


def only_of(pause: Pause) -> list[str]:
    """The tags that a narrowed pause is about; none: everything."""
    found = barriers(pause)
    return list(found[0].only) if found else []


def left_of(pause: Pause) -> tuple[Left, ...]:
    rows = Leaving.objects.filter(pause=pause).select_related("delivery__channel")
    return tuple(
        Left(one.delivery, _became(one.delivery)) for one in rows.order_by("created_at", "pk")
    )


def out_before(pause: Pause) -> int:
    """Posts that went out in the 24 hours before it began."""
    return out_posts(pause.workspace_id, pause.created_at).count()


def out_posts(workspace_id: UUID, until: datetime) -> QuerySet[Delivery]:
    """Posts that a network took in the 24 hours before `until`, the newest first."""
    rows = Delivery.objects.filter(workspace_id=workspace_id, kind=PUBLISH, state__in=OUT)
    rows = rows.filter(accepted_at__gt=until - DAY, accepted_at__lte=until)
    return rows.order_by("-accepted_at", "-pk")


def asking(pause: Pause) -> int:
    """How many ask since it ended, because their time came while it stood."""
    rows = Delivery.objects.filter(workspace_id=pause.workspace_id, state="missed")
    return rows.filter(reason="paused", state_at__gte=pause.created_at).count()


def told(workspace_id: UUID) -> list[Person]:
    """Who hears of a pause: all who plan, answer or respond."""
    found = {one.pk: one for right in _TOLD for one in with_right(workspace_id, right)}
    return [found[pk] for pk in sorted(found)]


def _pauses() -> QuerySet[Pause]:
    return Pause.objects.select_related("workspace", "by", "ended_by")


def _posts(pause: Pause) -> QuerySet[Delivery]:
    return Delivery.objects.filter(workspace_id=pause.workspace_id, kind=PUBLISH)


def _waiting(pause: Pause) -> QuerySet[Delivery]:
    waits = _posts(pause).filter(state__in=_WAITS)
    return waits | _posts(pause).filter(state="held", reason="hold")


def _behind(pause: Pause) -> Callable[[Iterable[str]], bool]:
    """Whether what has these tags is behind the pause."""
    only = set(only_of(pause))
    passes = {STATEMENT, *(f"pass:{one.pk}" for one in barriers(pause))}
    return lambda tags: (not only or not only.isdisjoint(tags)) and passes.isdisjoint(tags)


def _became(row: Delivery) -> str:
    if row.state in OUT:
        return "out"
    if row.state in ("sending", "unknown"):
        return "unknown"
    return "asks" if row.state == "needs_human" else "not_out"
