"""What was decided on a line is done: a post is reopened, kept back or cancelled, a post that is
out is taken down, a rule is switched off. Each line by itself; whoever is killed is taken over."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from breakwater.delivery.models import Delivery, Hold
from breakwater.delivery.places import place_of
from breakwater.delivery.selectors import for_sources
from breakwater.delivery.services import mark, release
from breakwater.delivery.services.passing import UNBEGUN
from breakwater.delivery.services.walls import Barrier, pass_of, raise_walls
from breakwater.domain.errors import BreakwaterError, StaleState
from breakwater.domain.kinds import PUBLISH
from breakwater.evidence.selectors import for_incident, ready
from breakwater.inbox.services.automation_setup import switch_off
from breakwater.pauses.lines import ASIDE, Choice, What
from breakwater.pauses.models import Pause, ReviewLine
from breakwater.pauses.services.reviewing import needs
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, access
from breakwater.publishing.models import Version
from breakwater.publishing.services import cancel, reopen, take_down

AT_ONCE = 50
NIL = UUID(int=0)
DONE = "done"
TO_CHANGE = "to_change"
"""Of what is out: people change it on its own page, where it takes who may approve."""


def to_carry(pause: Pause) -> QuerySet[ReviewLine]:
    """Decided, by as many as the pause asks for, and not carried out."""
    rows = ReviewLine.objects.filter(pause=pause, outcome="").exclude(decision="")
    if pause.two_persons:
        rows = rows.exclude(second_by=None)
    return rows.select_related("by", "pause__workspace").order_by("at", "pk")


def carry(pause: Pause, *, now: datetime, limit: int = AT_ONCE) -> list[ReviewLine]:
    """At most `limit` decided lines are carried out, each in its decider's name with their rights
    now; what could not be done has its code in `outcome`. Returns them."""
    found = list(to_carry(pause)[:limit])
    return [carry_out(row, now=now) for row in found]


def carry_out(line: ReviewLine, *, now: datetime) -> ReviewLine:
    """The line's decision is done, or its outcome says why not. Done twice, nothing happens twice."""
    deed = _DEEDS.get((line.what, line.decision), _nothing)
    try:
        if line.by is None:
            raise StaleState(code="line_gone")
        access(line.by, line.pause.workspace.slug, Right.SCHEDULE)
        by = access(line.by, line.pause.workspace.slug, needs(line.what, line.decision))
        outcome = deed(line, by, now)
    except BreakwaterError as error:
        outcome = error.code
    same = ReviewLine.objects.filter(pk=line.pk, decision=line.decision, at=line.at, outcome="")
    if same.update(outcome=outcome[:40]):
        line.outcome = outcome[:40]
    return line


def aside_tag(pause: Pause) -> str:
    """Of what is kept back beyond the end of the pause."""
    return f"{ASIDE}{pause.pk}"


def aside_hold(pause: Pause) -> Hold | None:
    return Hold.objects.filter(
        workspace_id=pause.workspace_id, tag=aside_tag(pause), released_at=None
    ).first()


def open_aside(*, now: datetime) -> int:
    """Holds of what was kept back beyond the end of a pause are opened where nothing stops at them
    any more; how many. Raises: StaleState("clock_doubted")."""
    rows = Hold.objects.filter(tag__startswith=ASIDE, released_at=None)
    return sum(_opened(hold, now) for hold in rows.order_by("pk"))


def _opened(hold: Hold, now: datetime) -> bool:
    """A line that is still to be carried out may be about to mark its posts."""
    if hold.of is None:
        return False
    with transaction.atomic():
        pause = Pause.objects.select_for_update(of=("self",)).filter(pk=hold.of).first()
        if pause is None or not pause.over or to_carry(pause).exists() or _stops_any(hold):
            return False
        release(hold, strict=True, by=None, now=now)
    return True


def _stops_any(hold: Hold) -> bool:
    rows = Delivery.objects.filter(workspace_id=hold.workspace_id, kind=PUBLISH, state__in=UNBEGUN)
    tags = rows.filter(tags__icontains=hold.tag).values_list("tags", flat=True)
    return any(hold.tag in own and pass_of(hold) not in own for own in tags)


def waiting(line: ReviewLine) -> list[Delivery]:
    """The deliveries of a planned thing, that may still leave."""
    rows = for_sources([line.subject]).get(line.subject, []) if line.subject else []
    return [row for row in rows if row.kind == PUBLISH]


def _nothing(_line: ReviewLine, _by: Access, _now: datetime) -> str:
    """Kept: nothing leaves by that alone; it goes on when the pause lets it."""
    return DONE


def _modify(line: ReviewLine, by: Access, now: datetime) -> str:
    post = _version(line).post
    if post.version_id == line.subject and post.state != "draft":
        reopen(post, by=by.person.pk, now=now)
    return DONE


def _cancel(line: ReviewLine, by: Access, now: datetime) -> str:
    post = _version(line).post
    if post.version_id == line.subject and post.state != "cancelled":
        cancel(post, by=by.person.pk, now=now)
    return DONE


def _keep_back(line: ReviewLine, by: Access, now: datetime) -> str:
    """Its deliveries stop at a hold of the review's own, which outlives the pause."""
    with transaction.atomic():
        Pause.objects.select_for_update(of=("self",)).get(pk=line.pause_id)
        if aside_hold(line.pause) is None:
            raise_walls(
                line.pause.workspace_id, [Barrier(aside_tag(line.pause), [PUBLISH])],
                why=line.why or line.pause.why, of=line.pause_id, by=by.person.pk, now=now,
            )  # fmt: skip
    mark(waiting(line), aside_tag(line.pause), by=by.person.pk, now=now)
    return DONE


def _take_down(line: ReviewLine, by: Access, now: datetime) -> str:
    row = Delivery.objects.select_related("channel").filter(pk=line.subject or NIL).first()
    if row is None:
        return "by_hand"
    take_down(row, needs=_evidence(row), by=by.person.pk, now=now)
    return DONE


def _evidence(row: Delivery) -> str:
    """The file without which it is not deleted; "" where no incident is about it. Raises:
    StaleState("evidence_first") where one is, and nothing is sealed or signed for."""
    there = place_of(row).remote_id
    capture = for_incident(row.channel_id, there) if there else None
    if capture is None:
        return ""
    if not (found := ready([capture])):
        raise StaleState(code="evidence_first")
    return found[0].blob


def _to_change(_line: ReviewLine, _by: Access, _now: datetime) -> str:
    return TO_CHANGE


def _off(line: ReviewLine, by: Access, now: datetime) -> str:
    if line.subject is not None:
        switch_off(by, line.subject, now=now)
    return DONE


def _version(line: ReviewLine) -> Version:
    found = Version.objects.select_related("post").filter(pk=line.subject or NIL).first()
    if found is None:
        raise StaleState(code="line_gone")
    return found


_DEEDS: dict[tuple[str, str], Callable[[ReviewLine, Access, datetime], str]] = {
    (What.PLANNED, Choice.MODIFY): _modify,
    (What.PLANNED, Choice.CANCEL): _cancel,
    (What.PLANNED, Choice.PAUSE): _keep_back,
    (What.OUT, Choice.MODIFY): _to_change,
    (What.OUT, Choice.CANCEL): _take_down,
    (What.RULE, Choice.CANCEL): _off,
}
