"""Hours in which posts made by hand wake nobody, and whether answers made by hand may wake people."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.channels.selectors import channel_of
from breakwater.domain.errors import Invalid, NotFound
from breakwater.notices.services import tell
from breakwater.people.roles import Right
from breakwater.people.selectors import with_right
from breakwater.strays.models import HandRule, Watched

LASTS = timedelta(days=14)
HOURS = 12
_WHY = 300
_WEEK = frozenset(range(7))


@dataclass(frozen=True)
class Wish:
    """weekdays: 0 (Monday) to 6. begins, ends: of the workspace's wall; an end that is not later is
    on the next day. until: its last day, which it must have."""

    weekdays: tuple[int, ...]
    begins: time
    ends: time
    why: str
    until: date | None


def add_rule(
    workspace_id: UUID, channel_id: UUID, wish: Wish, *, by: UUID, now: datetime
) -> HandRule:
    """The rule holds from now on, for at most LASTS and HOURS a day, and everybody who may respond
    is told. Raises: NotFound; Invalid with `field`."""
    channel = channel_of(workspace_id, channel_id)
    why = wish.why.strip()
    if not why:
        raise Invalid(code="field_missing", field="why")
    if len(why) > _WHY:
        raise Invalid(code="field_too_long", field="why", most=_WHY)
    if not wish.weekdays or not set(wish.weekdays) <= _WEEK:
        raise Invalid(code="field_missing", field="weekdays")
    _short(wish, now.astimezone(ZoneInfo(channel.workspace.zone)).date())
    with transaction.atomic():
        rule = HandRule.objects.create(
            channel=channel, weekdays=sorted(set(wish.weekdays)), begins=wish.begins,
            ends=wish.ends, until=wish.until, why=why, by_id=by, created_at=now,
        )  # fmt: skip
        _record(rule, "hand_rule.added", by=by, now=now)
        _tell(rule, now)
    return rule


def end_rule(workspace_id: UUID, rule_id: UUID, *, by: UUID, now: datetime) -> HandRule:
    """It holds no more; one that had ended already stays so. Raises: NotFound."""
    with transaction.atomic():
        rows = HandRule.objects.select_for_update().filter(channel__workspace_id=workspace_id)
        rule = rows.filter(pk=rule_id).first()
        if rule is None:
            raise NotFound(what="hand_rule")
        if rule.ended_at is None:
            rule.ended_at = now
            rule.save(update_fields=["ended_at"])
            _record(rule, "hand_rule.ended", by=by, now=now)
    return rule


def judge_answers(
    workspace_id: UUID, channel_id: UUID, on: bool, *, by: UUID, now: datetime
) -> Watched:
    """Answers in the account's name that come from now on are judged as its posts are, or not.
    Raises: NotFound, also for a channel whose own posts nobody sees."""
    channel = channel_of(workspace_id, channel_id)
    with transaction.atomic():
        row = Watched.objects.select_for_update().filter(channel=channel).first()
        if row is None:
            raise NotFound(what="watched")
        if row.answers is not on:
            row.answers = on
            row.save(update_fields=["answers"])
            verb = "answers.judged" if on else "answers.left_alone"
            record([Fact(workspace_id, verb, "channel", channel.pk)], by=by, now=now)
    return row


def _short(wish: Wish, today: date) -> None:
    """Nobody is woken while it holds, whoever posts: so it is short, and ends by itself."""
    if wish.until is None:
        raise Invalid(code="field_missing", field="until")
    if not today <= wish.until <= today + LASTS:
        raise Invalid(code="hand_rule_days", field="until", days=LASTS.days)
    begins, ends = (one.hour * 60 + one.minute for one in (wish.begins, wish.ends))
    if not 0 < (ends - begins) % (24 * 60) <= HOURS * 60:
        raise Invalid(code="hand_rule_hours", field="ends", hours=HOURS)


def _tell(rule: HandRule, now: datetime) -> None:
    workspace = rule.channel.workspace
    data = {
        "channel": str(rule.channel), "begins": f"{rule.begins:%H:%M}", "ends": f"{rule.ends:%H:%M}",
        "until": f"{rule.until:%Y-%m-%d}",
    }  # fmt: skip
    tell(
        with_right(workspace.pk, Right.RESPOND), "hand_rule", key=f"hand_rule:{rule.pk}", data=data,
        path=f"/w/{workspace.slug}/strays/", workspace_id=workspace.pk, now=now,
    )  # fmt: skip


def _record(rule: HandRule, verb: str, *, by: UUID, now: datetime) -> None:
    data = {"channel": str(rule.channel_id), "weekdays": rule.weekdays}
    fact = Fact(rule.channel.workspace_id, verb, "hand_rule", rule.pk, data)
    record([fact], by=by, now=now)
