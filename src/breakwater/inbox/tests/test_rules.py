"""Rules act once on each new message, through what people use, and leave to people what is theirs."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.people import make_member, make_workspace

from breakwater.audit.models import Entry
from breakwater.channels.models import Channel
from breakwater.delivery.models import Delivery
from breakwater.inbox.models import (
    Answer,
    Intake,
    Item,
    Kept,
    Labelled,
    Proposal,
    Rule,
    RuleRun,
    SavedReply,
    Setup,
    Thread,
)
from breakwater.inbox.services import automation
from breakwater.inbox.services.automation_setup import (
    Wording,
    add_rule,
    switch_on,
    try_rule,
)
from breakwater.inbox.services.labels import add_label
from breakwater.inbox.services.saved_replies import Wording as Reply
from breakwater.inbox.services.saved_replies import add_reply
from breakwater.inbox.tests.world import (
    COMPLAINT,
    DANGER,
    KIM,
    LEO,
    NOW,
    PRAISE,
    QUESTION,
    arrive,
    said,
)
from breakwater.networks.base import What
from breakwater.notices.models import Notice
from breakwater.people.models import Membership
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)
WHY = "Insults below our posts hurt those who read them."
ANY = [{"what": "network", "of": ["sandbox"]}]
ONLY_ABUSE = [{"what": "category", "of": ["abuse"]}]
ABOUT_HOURS = [{"what": "words", "query": "open Sunday"}]


def made(
    by: Access, conditions: Sequence[dict[str, Any]], *actions: dict[str, Any], hourly: int = 60
) -> Rule:
    """A rule that was tried and is on."""
    wording = Wording("Rule", conditions, actions, WHY, hourly)
    rule = add_rule(by, wording, now=NOW)
    try_rule(by, rule.pk, now=NOW)
    return switch_on(by, rule.pk, revision=rule.revision, now=NOW)


def reply(by: Access, text: str = "Hello {name}, at ten. {agent}") -> dict[str, Any]:
    row = add_reply(by, Reply("Hours", "en", text), now=NOW)
    return {"do": "answer", "of": str(row.pk)}


def go() -> None:
    while automation.turn(now=LATER):
        pass


def done() -> list[list[str]]:
    return list(RuleRun.objects.order_by("item_id", "created_at").values_list("done", flat=True))


def test_a_rule_labels_gives_and_closes_what_it_is_about(quay: Channel, mia_at: Access) -> None:
    label = add_label(mia_at, "Hours", now=NOW)
    rule = made(
        mia_at, ABOUT_HOURS, {"do": "label", "of": str(label.pk)},
        {"do": "assign", "of": str(mia_at.person.pk)}, {"do": "done"},
    )  # fmt: skip
    arrive(quay, said(QUESTION, "a"), said(PRAISE, "b", by=LEO))

    go()

    talk = Thread.objects.get(key="a")
    assert (talk.state, talk.assignee) == ("done", mia_at.person)
    assert Labelled.objects.get().thread == talk
    assert done() == [["label", "assign", "done"]]
    fact = Entry.objects.get(verb="rule.ran")
    assert (fact.subject_id, fact.actor_id, fact.data["item"]) == (
        rule.pk, None, Item.objects.get(thread=talk).pk,
    )  # fmt: skip
    assert Thread.objects.get(key="b").state == "open"


def test_what_was_there_before_it_was_switched_on_is_left_alone(
    quay: Channel, mia_at: Access
) -> None:
    arrive(quay, said(QUESTION, "a"))
    made(mia_at, ABOUT_HOURS, {"do": "done"})
    arrive(quay, said(QUESTION, "b", by=LEO))

    go()

    assert {one.key: one.state for one in Thread.objects.all()} == {"a": "open", "b": "done"}


def test_an_answer_leaves_once_as_a_machines_and_the_conversation_waits_on(
    quay: Channel, mia_at: Access
) -> None:
    rule = made(mia_at, ABOUT_HOURS, reply(mia_at))
    arrive(quay, said(QUESTION, "a"))

    go()
    Intake.objects.filter(name="rules").update(mark=0)
    go()

    sent, answer = Delivery.objects.get(), Answer.objects.get()
    assert sent.payload["text"] == "Hello Kim Holloway, at ten. Harbour"
    assert "automatic" in sent.tags
    assert (answer.by_id, answer.deed) == (None, "")
    assert Thread.objects.get().state == "open"
    assert RuleRun.objects.get().rule == rule


def test_a_second_message_the_same_day_gets_no_second_answer(quay: Channel, mia_at: Access) -> None:
    made(mia_at, [{"what": "kind", "of": ["message"]}], reply(mia_at))
    for key in ("a", "b"):
        arrive(quay, said(QUESTION, key, what=What.MESSAGE, thread="t", about=""))
        go()

    assert done() == [["answer"], ["answer:answered"]]
    assert Delivery.objects.count() == 1


def test_an_old_message_is_answered_by_no_machine(quay: Channel, mia_at: Access) -> None:
    made(mia_at, ABOUT_HOURS, reply(mia_at))
    arrive(quay, said(QUESTION, "a", minutes=-60 * 25))

    go()

    assert done() == [["answer:old"]]
    assert not Delivery.objects.exists()


def test_where_a_yes_is_needed_an_answer_waits_for_it(quay: Channel, mia_at: Access) -> None:
    Setup.objects.create(workspace=mia_at.workspace, approval=True, created_at=NOW)
    made(mia_at, ABOUT_HOURS, reply(mia_at))
    arrive(quay, said(QUESTION, "a"))

    go()

    assert Proposal.objects.get().state == "waiting"
    assert done() == [["answer:proposed"]]
    assert not Delivery.objects.exists()


def test_with_a_person_in_danger_a_rule_only_labels_and_gives(
    quay: Channel, mia_at: Access
) -> None:
    label = add_label(mia_at, "Look", now=NOW)
    made(
        mia_at, ANY, {"do": "label", "of": str(label.pk)}, {"do": "assign"}, {"do": "hide"},
        {"do": "mute"}, reply(mia_at), {"do": "aside"},
    )  # fmt: skip
    arrive(quay, said(DANGER, "a"))

    go()

    assert done() == [
        ["label", "assign", "aside:danger", "hide:danger", "mute:danger", "answer:danger"]
    ]
    assert not Delivery.objects.exists()
    assert Thread.objects.get().state == "open"


def test_abuse_is_hidden_and_set_aside_with_proof(quay: Channel, mia_at: Access) -> None:
    made(mia_at, ONLY_ABUSE, {"do": "hide"}, {"do": "aside"})
    arrive(quay, said("You are a fucking disgusting bitch", "a"), said(COMPLAINT, "b", by=LEO))

    go()

    assert done() == [["aside", "hide:already"]]
    assert {one.key: one.state for one in Thread.objects.all()} == {"a": "aside", "b": "open"}
    assert all("automatic" in one.tags for one in Delivery.objects.all())
    assert {one.payload["deed"] for one in Delivery.objects.all()} == {"hide"}


def test_a_threat_is_kept_before_a_rule_hides_it_and_is_not_closed(
    quay: Channel, mia_at: Access
) -> None:
    made(mia_at, [{"what": "category", "of": ["threat"]}], {"do": "hide"}, {"do": "done"})
    arrive(quay, said("I will find you and kill you, I know where you live", "a"))
    assert Item.objects.get().category == "threat"

    go()

    assert done() == [["hide", "done:threat"]]
    assert Kept.objects.get().why == "threat"
    assert Thread.objects.get().state == "open"


def test_what_nobody_scored_waits_and_is_then_only_labelled(quay: Channel, mia_at: Access) -> None:
    made(mia_at, ANY, {"do": "hide"})
    arrive(quay, said(QUESTION, "a"), scored=False)

    go()
    waited = RuleRun.objects.exists()
    automation.turn(now=NOW + automation.PATIENCE)

    assert not waited
    assert done() == [["hide:unscored"]]
    assert not Delivery.objects.exists()


def test_a_conversation_in_which_somebody_else_asks_is_neither_closed_nor_set_aside(
    quay: Channel, mia_at: Access
) -> None:
    arrive(quay, said(QUESTION, "a", by=LEO))
    made(mia_at, [{"what": "words", "query": "thank"}], {"do": "done"})
    arrive(quay, said(PRAISE, "b", parent="a"))

    go()

    assert done() == [["done:others"]]
    assert Thread.objects.get().waiting == 2


def test_when_workspaces_work_is_asked_once_for_all_of_them(quay: Channel, mia_at: Access) -> None:
    made(mia_at, ANY, {"do": "done"})
    pier = make_workspace("Pier")
    make_member(pier, mia_at.person, Role.MANAGER)
    made(access(mia_at.person, pier.slug, Right.SEE), ANY, {"do": "done"})

    with CaptureQueriesContext(connection) as asked:
        automation.turn(now=LATER)

    assert len([one for one in asked if 'FROM "inbox_setup"' in one["sql"]]) == 1


def test_too_many_in_an_hour_stop_the_rule_until_a_person_switches_it_on(
    quay: Channel, mia_at: Access
) -> None:
    rule = made(mia_at, ANY, {"do": "done"}, hourly=2)
    arrive(quay, *(said(f"{QUESTION} {n}", f"m{n}") for n in range(4)))

    go()
    stopped = Rule.objects.get()
    switch_on(mia_at, rule.pk, revision=rule.revision, now=LATER)
    on = Rule.objects.get()

    assert (stopped.on, stopped.stopped, stopped.tripped_at) == (False, "rate", LATER)
    assert RuleRun.objects.count() == 2
    assert Notice.objects.get(code="rule_stopped_rate", person=mia_at.person).data["count"] == 2
    assert (on.on, on.stopped, on.tripped_at) == (True, "", None)


def test_it_stops_when_whoever_it_acts_for_may_not_answer_any_more(
    quay: Channel, mia_at: Access
) -> None:
    made(mia_at, ANY, {"do": "done"})
    Membership.objects.filter(person=mia_at.person).update(role=Role.VIEWER)
    arrive(quay, said(QUESTION, "a"))

    go()

    rule = Rule.objects.get()
    assert (rule.on, rule.stopped) == (False, "author")
    assert Thread.objects.get().state == "open"
    assert not RuleRun.objects.exists()


def test_killed_within_a_message_nothing_of_it_is_done_and_the_next_turn_does_all(
    quay: Channel, mia_at: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    label = add_label(mia_at, "Hours", now=NOW)
    made(mia_at, ABOUT_HOURS, {"do": "label", "of": str(label.pk)}, reply(mia_at))
    arrive(quay, said(QUESTION, "a"))

    def killed(*args: object, **kwargs: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(automation, "record", killed)
        with pytest.raises(SystemExit):
            automation.turn(now=LATER)
    nothing = (Labelled.objects.count(), Delivery.objects.count(), RuleRun.objects.count())
    go()

    assert nothing == (0, 0, 0)
    assert done() == [["label", "answer"]]


def test_while_somebody_else_is_at_it_nothing_is_done(quay: Channel, mia_at: Access) -> None:
    made(mia_at, ANY, {"do": "done"})
    arrive(quay, said(QUESTION, "a"))
    Intake.objects.create(name="rules", lease_until=LATER + timedelta(seconds=5))

    go()

    assert not RuleRun.objects.exists()


def test_first_messages_and_copies_are_counted_as_of_each_message(
    quay: Channel, mia_at: Access
) -> None:
    made(mia_at, [{"what": "author", "least": 1, "most": 1}], {"do": "done"})
    made(mia_at, [{"what": "equal", "least": 3}], {"do": "assign"})
    for number, by in enumerate((KIM, KIM, LEO)):
        arrive(quay, said(PRAISE, f"m{number}", by=by, minutes=number))

    go()

    runs = RuleRun.objects.order_by("item_id", "rule__position")
    assert [(one.item.arrival.remote_id, one.done) for one in runs] == [
        ("m0", ["done"]), ("m2", ["done"]), ("m2", ["assign"]),
    ]  # fmt: skip


def test_a_rule_whose_answer_is_gone_says_so_and_does_the_rest(
    quay: Channel, mia_at: Access
) -> None:
    made(mia_at, ABOUT_HOURS, reply(mia_at), {"do": "assign"})
    SavedReply.objects.all().delete()
    arrive(quay, said(QUESTION, "a"))

    go()

    assert done() == [["assign", "answer:gone"]]


def test_what_rules_did_is_forgotten_after_ninety_days_and_not_done_again(
    quay: Channel, mia_at: Access
) -> None:
    made(mia_at, ABOUT_HOURS, {"do": "done"})
    arrive(quay, said(QUESTION, "a"))
    go()
    kept = RuleRun.objects.count()

    forgotten = [
        automation.forget(now=LATER + automation.KEPT + timedelta(seconds=n)) for n in (0, 1)
    ]
    go()

    assert (kept, forgotten) == (1, [0, 1])
    assert not RuleRun.objects.exists()
    assert Entry.objects.filter(verb="rule.ran").count() == 1


def test_what_could_be_looked_at_again_is_not_forgotten(quay: Channel, mia_at: Access) -> None:
    made(mia_at, ABOUT_HOURS, {"do": "done"})
    arrive(quay, said(QUESTION, "a"))
    go()
    Intake.objects.filter(name="rules").update(mark=0)  # killed before it could say how far it was

    assert automation.forget(now=NOW + 2 * automation.KEPT) == 0
    assert RuleRun.objects.count() == 1
