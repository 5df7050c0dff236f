"""Rules act on new messages, each rule once on each, in their order.

Messages are read along their ids, behind the inbox's own reader (`Intake` "rules"). What a rule does to
one message is one transaction with the row that says so (`RuleRun`): killed anywhere, it was done or
it was not, and who comes next goes on from the mark. Everything goes through the services that people
use, in the name of whoever switched the rule on.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, InterfaceError, transaction
from django.db.models import Subquery

from breakwater.audit.services import Fact, record
from breakwater.domain.automation import Condition, conditions_of, matches
from breakwater.domain.automation_deeds import Action, actions_of
from breakwater.domain.business_hours import Hours
from breakwater.domain.errors import Forbidden, Invalid, NotFound, StaleState
from breakwater.inbox.automation import counts_of, hours_of
from breakwater.inbox.models import Intake, Item, Rule, RuleRun
from breakwater.inbox.services import intake, turns
from breakwater.inbox.services.acting import taken
from breakwater.inbox.services.automatic import Work, carry_out
from breakwater.notices.services import tell
from breakwater.people.models import Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, access, with_right

log = logging.getLogger(__name__)
NAME = "rules"
AT_ONCE = 500
"""Messages that are looked at in one turn."""
ACTS = 25
"""Messages that rules act on in one turn, so that what arrives meanwhile does not wait."""
PATIENCE = timedelta(minutes=10)
"""How long a message waits for a scorer that is down. After it, rules only label and assign it."""
KEPT = timedelta(days=90)
"""How long a rule's page can say what it did; the audit chain says it for good."""
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Live:
    """A rule that is on, as it was read."""

    pk: UUID
    revision: int
    since: int
    conditions: Sequence[Condition]
    actions: Sequence[Action]


@dataclass(frozen=True)
class Ruled:
    """The rules of one workspace, in order, and when it works."""

    rules: Sequence[Live]
    hours: Hours


def turn(*, now: datetime) -> bool:
    """What is new is looked at, if nobody else is at it; whether more waits already."""
    mine = turns.take(NAME, now=now)
    if mine is None:
        return False
    try:
        return _turn(mine, now)
    finally:
        turns.let_go(NAME, mine)


def forget(*, now: datetime) -> int:
    """How many rows of what rules did are gone, for they are old. Those of messages that could be
    looked at once more stay: without its row a rule would act again."""
    passed = Intake.objects.filter(name=NAME).values("mark")
    old = RuleRun.objects.filter(created_at__lt=now - KEPT, item_id__lte=Subquery(passed))
    return old.delete()[0]


def _turn(mine: UUID, now: datetime) -> bool:
    own = Intake.objects.filter(name=NAME, lease_id=mine)
    mark, upto = own.values_list("mark", flat=True).get(), intake.reached()
    desks = _desks(now)
    if not desks:
        own.filter(mark__lt=upto).update(mark=upto)
        return False
    start = max(mark, min(one.since for desk in desks.values() for one in desk.rules))
    rows = Item.objects.filter(pk__gt=start, pk__lte=upto, own=False, workspace_id__in=desks)
    rows = rows.select_related("arrival__channel", "contact").defer("arrival__raw").order_by("pk")
    items = list(rows[:AT_ONCE])
    ready = _scored(items, now)
    reached = _go_through(ready, desks, now)
    if reached is None:
        whole = len(ready) == len(items) < AT_ONCE
        reached = upto if whole else max([start, *(one.pk for one in ready)])
    own.filter(mark__lt=reached).update(mark=reached)
    return bool(ready) and reached < upto


def _scored(items: Sequence[Item], now: datetime) -> Sequence[Item]:
    """Those before the first that the scorer, once it is back, has yet to see."""
    for at, item in enumerate(items):
        if not item.model and now - item.arrival.arrived_at < PATIENCE:
            return items[:at]
    return items


def _go_through(items: Sequence[Item], desks: Mapping[UUID, Ruled], now: datetime) -> int | None:
    """None when all were looked at; the id of the last one where enough was done for this turn."""
    names = {one.name for desk in desks.values() for rule in desk.rules for one in rule.conditions}
    counts, acted = counts_of(items, names), 0
    for item in items:
        desk, case = desks[item.workspace_id], counts.case(item)
        before = acted
        for rule in desk.rules:
            if item.pk > rule.since and matches(case, rule.conditions, desk.hours):
                acted += _guarded(rule, item, now)
        if acted > before and acted >= ACTS:
            return int(item.pk)
    return None


def _desks(now: datetime) -> dict[UUID, Ruled]:
    """The workspaces with rules that are on. Two queries."""
    of: dict[Workspace, list[Live]] = {}
    for rule in Rule.objects.filter(on=True).select_related("workspace"):
        try:
            live = Live(
                rule.pk, rule.revision, rule.since, conditions_of(rule.conditions),
                actions_of(rule.actions),
            )  # fmt: skip
        except Invalid:
            _stop_broken(rule.pk, now)
        else:
            of.setdefault(rule.workspace, []).append(live)
    hours = hours_of(of)
    return {one.pk: Ruled(rules, hours[one.pk]) for one, rules in of.items()}


def _guarded(live: Live, item: Item, now: datetime) -> bool:
    """One message at which a rule breaks keeps no other waiting."""
    try:
        return act_on(live, item.workspace_id, item.pk, now=now)
    except (DatabaseError, InterfaceError):
        raise
    except Exception:
        log.exception("rules.broke rule=%s item=%s", live.pk, item.pk)
        return False


def act_on(live: Live, workspace_id: UUID, item_id: int, *, now: datetime) -> bool:
    """Whether the rule acted on this message now. It does so once; never when it is off or says
    something else by now."""
    with transaction.atomic():
        rows = Rule.objects.select_for_update(of=("self",)).select_related("by", "workspace")
        rule = rows.filter(pk=live.pk, on=True, revision=live.revision).first()
        if rule is None or RuleRun.objects.filter(rule=rule, item_id=item_id).exists():
            return False
        by = _author(rule)
        if by is None:
            _stop(rule, "author", now)
            return False
        if _acted(rule, now) >= rule.hourly:
            _stop(rule, "rate", now, tripped_at=now)
            return False
        item = _locked(workspace_id, item_id)
        if item is None:
            return False
        done = carry_out(Work(by, rule.pk, item, now), live.actions)
        RuleRun.objects.create(
            workspace_id=workspace_id, rule=rule, item=item, done=done, created_at=now
        )
        data = {"item": item.pk, "thread": str(item.thread_id), "done": done}
        record([Fact(workspace_id, "rule.ran", "rule", rule.pk, data)], by=None, now=now)
    return True


def _locked(workspace_id: UUID, item_id: int) -> Item | None:
    """As it is now, its conversation locked; None where there is nothing to act on any more. A
    conversation that becomes part of another at this moment is asked for again."""
    for _ in range(3):
        try:
            found = taken(workspace_id, [item_id])
        except StaleState:
            continue
        if not found or found[0].gone or found[0].arrival.erased_at is not None:
            return None
        return found[0]
    raise StaleState(subject="thread")


def _author(rule: Rule) -> Access | None:
    if rule.by is None:
        return None
    try:
        return access(rule.by, rule.workspace.slug, Right.ANSWER)
    except (NotFound, Forbidden):
        return None


def _acted(rule: Rule, now: datetime) -> int:
    return RuleRun.objects.filter(rule=rule, created_at__gt=now - _HOUR).count()


def _stop_broken(rule_id: UUID, now: datetime) -> None:
    with transaction.atomic():
        rows = Rule.objects.select_for_update(of=("self",)).select_related("workspace", "by")
        rule = rows.filter(pk=rule_id, on=True).first()
        if rule is not None:
            _stop(rule, "broken", now)


def _stop(rule: Rule, why: str, now: datetime, *, tripped_at: datetime | None = None) -> None:
    """It is off until a person switches it on; those who may are told."""
    rule.on, rule.stopped, rule.tripped_at = False, why, tripped_at or rule.tripped_at
    rule.save(update_fields=["on", "stopped", "tripped_at"])
    fact = Fact(rule.workspace_id, "rule.stopped", "rule", rule.pk, {"because": why})
    record([fact], by=None, now=now)
    tell(
        with_right(rule.workspace_id, Right.INVITE), f"rule_stopped_{why}",
        key=f"rule:{rule.pk}:{now.isoformat()}",
        data={"rule": rule.name, "count": rule.hourly},
        path=f"/w/{rule.workspace.slug}/inbox/setup/rules/{rule.pk}/",
        workspace_id=rule.workspace_id, now=now,
    )  # fmt: skip
