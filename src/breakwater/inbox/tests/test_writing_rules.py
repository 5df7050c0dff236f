"""Rules are written by managers, tried before they act, and silence nobody without a reason."""

from typing import Any

import pytest

from breakwater.channels.models import Channel
from breakwater.domain.errors import Forbidden, Invalid, NotFound, StaleState
from breakwater.inbox.models import Rule
from breakwater.inbox.services.automation_setup import (
    Wording,
    add_rule,
    change_rule,
    move_rule,
    remove_rule,
    switch_off,
    switch_on,
    try_rule,
)
from breakwater.inbox.tests.test_rules import ANY, LATER, ONLY_ABUSE, WHY, made
from breakwater.inbox.tests.world import DANGER, LEO, NOW, QUESTION, arrive, said
from breakwater.people.selectors import Access

pytestmark = pytest.mark.django_db


def test_a_rule_is_tried_before_it_is_switched_on_and_again_after_a_change(
    quay: Channel, mia_at: Access
) -> None:
    arrive(quay, said(QUESTION, "a"), said(DANGER, "b", by=LEO))
    wording = Wording("Rule", ANY, [{"do": "done"}], hourly=10)
    rule = add_rule(mia_at, wording, now=NOW)

    with pytest.raises(Invalid) as untried:
        switch_on(mia_at, rule.pk, revision=1, now=NOW)
    tried = try_rule(mia_at, rule.pk, now=LATER)
    switch_on(mia_at, rule.pk, revision=1, now=LATER)
    changed = change_rule(
        mia_at, rule.pk, Wording("Rule", ANY, [{"do": "assign"}], hourly=10), revision=1, now=LATER
    )
    with pytest.raises(Invalid):
        switch_on(mia_at, rule.pk, revision=2, now=LATER)

    assert untried.value.code == "rule_not_tried"
    assert (tried.looked, tried.matched, tried.capped) == (2, 2, False)
    assert (tried.actions, tried.spared) == ({"done": 1}, {("done", "danger"): 1})
    assert (changed.on, changed.stopped, changed.revision) == (False, "changed", 2)


def test_another_name_leaves_it_on(quay: Channel, mia_at: Access) -> None:
    rule = made(mia_at, ANY, {"do": "done"})
    wording = Wording("Other", ANY, [{"do": "done"}], WHY)

    changed = change_rule(mia_at, rule.pk, wording, revision=1, now=LATER)

    assert (changed.on, changed.revision, changed.name) == (True, 1, "Other")


@pytest.mark.parametrize(
    ("conditions", "why", "code"),
    [
        (ONLY_ABUSE, "", "rule_why"),
        (ANY, "because", "rule_why_criticism"),
        ([{"what": "network", "of": ["nowhere"]}], WHY, "rule_value"),
        ([], WHY, "rule_no_condition"),
    ],
)
def test_nothing_is_hidden_without_a_written_reason(
    mia_at: Access, conditions: list[dict[str, Any]], why: str, code: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        add_rule(mia_at, Wording("Rule", conditions, [{"do": "hide"}], why), now=NOW)

    assert refusal.value.code == code
    assert not Rule.objects.exists()


def test_what_a_rule_names_has_to_be_the_workspaces(mia_at: Access, ann_at: Access) -> None:
    for action, code in (
        ({"do": "label", "of": str(mia_at.person.pk)}, "rule_label_gone"),
        ({"do": "answer", "of": str(mia_at.person.pk)}, "rule_answer_gone"),
        ({"do": "assign", "of": str(ann_at.person.pk)}, "cannot_answer"),
    ):
        with pytest.raises(Invalid) as refusal:
            add_rule(mia_at, Wording("Rule", ANY, [action]), now=NOW)
        assert refusal.value.code == code

    assert not Rule.objects.exists()


def test_only_managers_change_rules_and_nobody_over_a_colleague(
    ada_at: Access, mia_at: Access
) -> None:
    wording = Wording("Rule", ANY, [{"do": "done"}])
    rule = add_rule(mia_at, wording, now=NOW)

    with pytest.raises(Forbidden):
        add_rule(ada_at, wording, now=NOW)
    with pytest.raises(Forbidden):
        switch_on(ada_at, rule.pk, revision=1, now=NOW)
    with pytest.raises(StaleState):
        change_rule(mia_at, rule.pk, Wording("X", ANY, [{"do": "assign"}]), revision=7, now=NOW)

    assert Rule.objects.get().name == "Rule"


def test_rules_are_put_in_order_and_removed(mia_at: Access) -> None:
    first, second = (
        add_rule(mia_at, Wording(name, ANY, [{"do": "done"}]), now=NOW) for name in ("A", "B")
    )

    move_rule(mia_at, second.pk, up=True, now=NOW)
    move_rule(mia_at, second.pk, up=True, now=NOW)
    order = [one.name for one in Rule.objects.all()]
    remove_rule(mia_at, first.pk, now=NOW)
    with pytest.raises(NotFound):
        switch_off(mia_at, first.pk, now=NOW)

    assert order == ["B", "A"]
    assert Rule.objects.get() == second
