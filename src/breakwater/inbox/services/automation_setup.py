"""Rules of an inbox: written, tried on what has been, put in order, switched on and off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.channels.selectors import networks
from breakwater.domain.automation import conditions_of, spares_criticism
from breakwater.domain.automation_deeds import Action, actions_of, silences
from breakwater.domain.errors import Invalid, NotFound, StaleState
from breakwater.inbox import automation
from breakwater.inbox.automation import Tried
from breakwater.inbox.models import Label, Rule, SavedReply
from breakwater.inbox.rotas import able_person
from breakwater.inbox.services import intake
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

MOST = 50
"""Rules of one workspace."""
HOURLY_MOST = 1_000
SHORTEST_WHY = 10
LONGEST_WHY = 500
_SAID = ("conditions", "actions", "why", "hourly")


@dataclass(frozen=True)
class Wording:
    """conditions: domain.automation; actions: domain.automation_deeds, both as stored. hourly: messages
    that it may act on in an hour."""

    name: str
    conditions: Sequence[Mapping[str, Any]]
    actions: Sequence[Mapping[str, Any]]
    why: str = ""
    hourly: int = 60


def add_rule(by: Access, wording: Wording, *, now: datetime) -> Rule:
    """It is the last in order, and off.

    Raises: Forbidden; Invalid: those of conditions_of and actions_of, "rule_why",
    "rule_why_criticism", "rule_hourly", "rule_label_gone", "rule_answer_gone", "cannot_answer",
    "rules_full", "name_empty", "name_too_long", "field_too_long".
    """
    checks.may(by, Right.INVITE)
    said = _checked(by, wording)
    with transaction.atomic():
        rows = _locked(by)
        if len(rows) >= MOST:
            raise Invalid(code="rules_full", limit=MOST)
        last = max((one.position for one in rows), default=0)
        rule = Rule.objects.create(
            workspace=by.workspace, by=by.person, position=last + 1, created_at=now, **said
        )
        _record(rule, "rule.added", {"name": rule.name}, by, now)
    return rule


def change_rule(
    by: Access, rule_id: UUID, wording: Wording, *, revision: int, now: datetime
) -> Rule:
    """It says so from now on. One that does something else now is off until it was tried again.

    revision: that the form was made from. Raises: as `add_rule`; NotFound; StaleState("rule_changed").
    """
    checks.may(by, Right.INVITE)
    said = _checked(by, wording)
    with transaction.atomic():
        rule = _own(by, rule_id)
        if rule.revision != revision:
            raise StaleState(code="rule_changed")
        if any(getattr(rule, name) != said[name] for name in _SAID):
            rule.revision += 1
            rule.stopped = "changed" if rule.on else rule.stopped
            rule.on = False
        for name, value in said.items():
            setattr(rule, name, value)
        rule.by = by.person
        rule.save(update_fields=[*said, "revision", "stopped", "on", "by"])
        _record(rule, "rule.changed", {"name": rule.name, "revision": rule.revision}, by, now)
    return rule


def remove_rule(by: Access, rule_id: UUID, *, now: datetime) -> None:
    """What it did stays done. Raises: Forbidden; NotFound."""
    checks.may(by, Right.INVITE)
    with transaction.atomic():
        rule = _own(by, rule_id)
        _record(rule, "rule.removed", {"name": rule.name}, by, now)
        Rule.objects.filter(pk=rule.pk).delete()


def move_rule(by: Access, rule_id: UUID, *, up: bool, now: datetime) -> None:
    """One place earlier, or later; the first stays first. Raises: Forbidden; NotFound."""
    checks.may(by, Right.INVITE)
    with transaction.atomic():
        rows = sorted(_locked(by), key=lambda one: (one.position, one.created_at))
        at = next((at for at, one in enumerate(rows) if one.pk == rule_id), None)
        if at is None:
            raise NotFound(what="rule")
        other = at - 1 if up else at + 1
        if not 0 <= other < len(rows):
            return
        rows[at], rows[other] = rows[other], rows[at]
        for place, row in enumerate(rows, 1):
            row.position = place
        Rule.objects.bulk_update(rows, ["position"])
        _record(rows[other], "rule.moved", {"position": other + 1}, by, now)


def try_rule(by: Access, rule_id: UUID, *, now: datetime) -> Tried:
    """What it would have done lately; it may be switched on then, until it is changed.

    Raises: Forbidden; NotFound; Invalid; StaleState("rule_changed") where it was changed meanwhile.
    """
    checks.may(by, Right.INVITE)
    rule = automation.rule_of(by.workspace.pk, rule_id)
    tried = automation.try_out(rule, by.workspace, now=now)
    with transaction.atomic():
        same = Rule.objects.filter(pk=rule.pk, revision=rule.revision)
        if not same.update(tried=rule.revision, tried_at=now):
            raise StaleState(code="rule_changed")
        data = {"revision": rule.revision, "looked": tried.looked, "matched": tried.matched}
        _record(rule, "rule.tried", data, by, now)
    return tried


def switch_on(by: Access, rule_id: UUID, *, revision: int, now: datetime) -> Rule:
    """It acts on what comes from now on, in this person's name.

    revision: that the person saw. Raises: Forbidden; NotFound; StaleState("rule_changed");
    Invalid("rule_not_tried") and as `add_rule`.
    """
    checks.may(by, Right.INVITE)
    with transaction.atomic():
        rule = _own(by, rule_id)
        if rule.revision != revision:
            raise StaleState(code="rule_changed")
        if rule.tried != rule.revision:
            raise Invalid(code="rule_not_tried")
        if rule.on:
            return rule
        _checked(by, Wording(rule.name, rule.conditions, rule.actions, rule.why, rule.hourly))
        rule.on, rule.tripped_at, rule.stopped, rule.by = True, None, "", by.person
        rule.since = intake.reached()
        rule.save(update_fields=["on", "tripped_at", "stopped", "by", "since"])
        _record(rule, "rule.on", {"revision": rule.revision}, by, now)
    return rule


def switch_off(by: Access, rule_id: UUID, *, now: datetime) -> Rule:
    """It acts on nothing more. Raises: Forbidden; NotFound."""
    checks.may(by, Right.INVITE)
    with transaction.atomic():
        rule = _own(by, rule_id)
        if rule.on:
            rule.on, rule.stopped = False, ""
            rule.save(update_fields=["on", "stopped"])
            _record(rule, "rule.off", {}, by, now)
    return rule


def _checked(by: Access, wording: Wording) -> dict[str, Any]:
    name = checks.name(wording.name)
    conditions = conditions_of(list(wording.conditions), networks=networks())
    actions = actions_of(list(wording.actions))
    why = " ".join(wording.why.split())
    if len(why) > LONGEST_WHY:
        raise Invalid(code="field_too_long", field="why", most=LONGEST_WHY)
    if silences(actions) and len(why) < SHORTEST_WHY:
        code = "rule_why" if spares_criticism(conditions) else "rule_why_criticism"
        raise Invalid(code=code, field="why")
    if not 1 <= wording.hourly <= HOURLY_MOST:
        raise Invalid(code="rule_hourly", field="hourly", most=HOURLY_MOST)
    for action in actions:
        _check_there(by, action)
    return {
        "name": name, "why": why, "hourly": wording.hourly,
        "conditions": [one.stored() for one in conditions],
        "actions": [one.stored() for one in actions],
    }  # fmt: skip


def _check_there(by: Access, action: Action) -> None:
    """What it names is of this workspace."""
    own = {"workspace": by.workspace, "pk": action.of}
    if action.do == "label" and not Label.objects.filter(**own).exists():
        raise Invalid(code="rule_label_gone", field="label")
    if action.do == "answer" and not SavedReply.objects.filter(**own).exists():
        raise Invalid(code="rule_answer_gone", field="answer")
    if action.do == "assign" and action.of:
        able_person(by.workspace.pk, action.of, field="assign")


def _locked(by: Access) -> list[Rule]:
    return list(Rule.objects.select_for_update().filter(workspace=by.workspace).order_by("pk"))


def _own(by: Access, rule_id: UUID) -> Rule:
    rule = Rule.objects.select_for_update().filter(workspace=by.workspace, pk=rule_id).first()
    if rule is None:
        raise NotFound(what="rule")
    return rule


def _record(rule: Rule, verb: str, data: Mapping[str, Any], by: Access, now: datetime) -> None:
    record([Fact(rule.workspace_id, verb, "rule", rule.pk, data)], by=by.person.pk, now=now)
