"""An incident: opened once from a thing, with its playbook, a timeline that only grows, and an end."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from tests.people import make_workspace

from breakwater.domain.decisions import Facts
from breakwater.domain.errors import Forbidden, Invalid, NotFound, StaleState
from breakwater.inbox.models import Pile
from breakwater.incidents import selectors
from breakwater.incidents.kinds import KINDS
from breakwater.incidents.models import Action, Advice, Entry, Incident, Task, Verdict
from breakwater.incidents.playbooks import Step, book_of, shipped
from breakwater.incidents.services import (
    deciding,
    guests,
    playbooks,
    reviewing,
    tasks,
    timeline,
    working,
)
from breakwater.incidents.services.opening import Opening, open_incident
from breakwater.notices.models import Notice
from breakwater.people.links import living
from breakwater.people.models import Membership, Person, Purpose, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access


@pytest.fixture
def case(by_bob: Access, now: datetime) -> Incident:
    return open_incident(by_bob, Opening("bad_post", "A joke about a storm"), now=now)


def test_each_kind_has_a_playbook_in_both_languages() -> None:
    for kind in KINDS:
        steps = shipped()[kind].steps
        assert steps, kind
        assert all(step.en and step.fr and step.source for step in steps), kind
        assert len({step.key for step in steps}) == len(steps), kind


def test_it_brings_the_tasks_of_its_playbook_with_their_times(
    case: Incident, now: datetime
) -> None:
    first = Task.objects.filter(incident=case).order_by("position")[0]

    assert case.number == 1
    assert (first.key, first.role) == ("bad_post:decide", "lead")
    assert first.due_at == now + timedelta(minutes=20)
    assert [one.code for one in selectors.timeline(case)] == ["opened"]


def test_the_same_thing_gives_the_same_incident(by_bob: Access, now: datetime) -> None:
    pile = Pile.objects.create(workspace=by_bob.workspace, key="p1", created_at=now)
    opening = Opening("pile_on", "Many are angry", from_kind="pile", from_id=str(pile.pk))
    shouted = replace(opening, from_id=str(pile.pk).upper())

    first = open_incident(by_bob, opening, now=now)
    again = open_incident(by_bob, shouted, now=now)
    other = open_incident(by_bob, Opening("other", "Else"), now=now)

    assert again == first
    assert (first.number, other.number) == (1, 2)


@pytest.mark.parametrize(
    "kind", ["post", "delivery", "thread", "pile", "signal", "pause", "alarm", "hand"]
)
def test_what_is_not_of_this_workspace_opens_none(kind: str, by_bob: Access, now: datetime) -> None:
    elsewhere = Pile.objects.create(workspace=make_workspace("Elsewhere"), key="p", created_at=now)

    for thing in (str(elsewhere.pk), "p1"):
        with pytest.raises(NotFound):
            open_incident(by_bob, Opening("other", "x", from_kind=kind, from_id=thing), now=now)

    assert not Incident.objects.exists()


def test_who_may_neither_answer_nor_respond_opens_none(
    ann: Person, harbour_workspace: Workspace, now: datetime
) -> None:
    by_ann = access(ann, "harbour", Right.SEE)

    with pytest.raises(Forbidden):
        open_incident(by_ann, Opening("other", "x"), now=now)

    assert not Incident.objects.exists()


def test_the_database_itself_refuses_to_change_or_remove_a_line(
    case: Incident, by_bob: Access, now: datetime
) -> None:
    line = timeline.write(by_bob, case, "The press called.", now=now)

    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(pk=line.pk).update(text="Nobody called.")
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(pk=line.pk).delete()

    assert Entry.objects.get(pk=line.pk).text == "The press called."


def test_a_task_is_taken_on_done_and_not_done_after_all(
    case: Incident, by_bob: Access, now: datetime
) -> None:
    task = Task.objects.filter(incident=case).order_by("position")[0]

    tasks.give(by_bob, task.pk, by_bob.person.pk, now=now)
    tasks.done(by_bob, task.pk, now=now)
    tasks.done(by_bob, task.pk, now=now)
    tasks.reopen(by_bob, task.pk, now=now)

    task.refresh_from_db()
    assert (task.who, task.done_at) == (by_bob.person, None)
    assert [one.code for one in reversed(selectors.timeline(case))] == [
        "opened", "task_given", "task_done", "task_open",
    ]  # fmt: skip


def test_nothing_of_another_workspace_is_reached(
    case: Incident, eve: Person, other_workspace: Workspace, now: datetime
) -> None:
    by_eve = access(eve, "elsewhere", Right.RESPOND)
    task = Task.objects.filter(incident=case)[0]

    with pytest.raises(NotFound):
        tasks.done(by_eve, task.pk, now=now)
    with pytest.raises(NotFound):
        working.close(by_eve, case, why="mine", now=now)
    with pytest.raises(NotFound):
        selectors.incident_of(by_eve.workspace.pk, case.pk)

    task.refresh_from_db()
    assert task.done_at is None


def test_advice_and_the_signed_decision_are_both_kept_and_fixed(
    case: Incident, by_bob: Access, now: datetime
) -> None:
    advice = deciding.ask(by_bob, case, Facts("ours", frozenset({"tasteless"})), now=now)
    with pytest.raises(Invalid):
        deciding.decide(by_bob, advice.pk, "delete", "  ", now=now)
    verdict = deciding.decide(by_bob, advice.pk, "delete", "It hurts a child.", now=now)

    assert (advice.outcome, verdict.decision) == ("leave", "delete")
    assert [one.pk for one in selectors.verdicts(case)] == [verdict.pk]
    for model, pk in ((Advice, advice.pk), (Verdict, verdict.pk)):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.filter(pk=pk).delete()
    assert {one.name: one.at for one in selectors.clock(case)}["decided"] == now


def test_it_closes_with_a_review_or_a_reason_and_keeps_its_number(
    case: Incident, by_bob: Access, now: datetime
) -> None:
    link = guests.invite(by_bob, case, "Kim from the press office", now=now)
    with pytest.raises(Invalid, match="incident_review_first"):
        working.close(by_bob, case, now=now)
    reviewing.write(by_bob, case, "Nobody reads drafts on Sundays.", ["hours"], now=now)

    closed = working.close(by_bob, case, now=now)

    assert closed.state == "closed"
    assert not living(Purpose.GUEST, now, subject=case.pk).exists()
    with pytest.raises(StaleState):
        guests.invite(by_bob, closed, "Kim", now=now)
    opened = working.reopen(by_bob, case, why="A second wave.", now=now)
    assert (opened.state, opened.number) == ("open", case.number)
    assert link.subject == case.pk


def test_what_is_to_change_nags_each_week_and_then_upwards(
    case: Incident, by_bob: Access, now: datetime, person_factory: object
) -> None:
    mia = Person.objects.create(email="mia@example.test", name="Mia", created_at=now)
    Membership.objects.create(
        workspace=by_bob.workspace, person=mia, role=Role.MANAGER, created_at=now
    )
    due = now + timedelta(days=1)
    action = reviewing.add_action(
        by_bob, case, "Two read each draft.", "approval", owner=None, due_at=due, now=now
    )

    rounds = [reviewing.nag(now + timedelta(days=day)) for day in (0, 1, 2, 8, 15, 22)]

    assert rounds == [0, 1, 0, 1, 1, 1]
    assert Notice.objects.filter(person=by_bob.person, code="action_open").count() == 4
    assert Notice.objects.filter(person=mia, code="action_open").count() == 1
    reviewing.end_action(by_bob, action.pk, "closed", now=now)
    assert reviewing.nag(now + timedelta(days=60)) == 0
    assert Action.objects.get().state == "closed"


def test_an_action_is_dropped_only_with_a_reason(
    case: Incident, by_bob: Access, now: datetime
) -> None:
    action = reviewing.add_action(
        by_bob, case, "A drill.", "drill", owner=None, due_at=now, now=now
    )

    with pytest.raises(Invalid, match="incident_why"):
        reviewing.end_action(by_bob, action.pk, "dropped", now=now)

    assert Action.objects.get().state == "open"


def test_a_playbook_is_changed_by_a_new_version_and_open_incidents_keep_theirs(
    case: Incident, by_bob: Access, bob: Person, now: datetime
) -> None:
    Membership.objects.filter(person=bob).update(role=Role.OWNER)
    owner = access(bob, "harbour", Right.INVITE)
    mine = [Step("call", "Call Mia.", "Appeler Mia.", "lead", 5)]

    playbooks.change_playbook(owner, "bad_post", mine, seen=0, now=now)
    with pytest.raises(StaleState):
        playbooks.change_playbook(owner, "bad_post", mine, seen=0, now=now)
    with pytest.raises(Invalid, match="playbook_text"):
        playbooks.change_playbook(
            owner, "bad_post", [Step("x", "Only.", "", "lead", 0)], seen=1, now=now
        )

    assert book_of(owner.workspace.pk, "bad_post").number == 1
    later = open_incident(owner, Opening("bad_post", "Again"), now=now)
    assert [one.text for one in selectors.tasks(later)] == ["Call Mia."]
    assert Task.objects.filter(incident=case).count() == len(shipped()["bad_post"].steps)


def test_who_only_responds_does_not_change_playbooks(by_bob: Access, now: datetime) -> None:
    with pytest.raises(Forbidden):
        playbooks.change_playbook(
            by_bob, "other", [Step("a", "a", "a", "lead", 0)], seen=0, now=now
        )
