"""Home shows what alarms, incidents and the watch ask of a person, and nothing where they ask nothing."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from tests.people import make_member, make_workspace

from breakwater.core import clock
from breakwater.incidents.models import Action, Incident, Task
from breakwater.incidents.services import reviewing, tasks, working
from breakwater.incidents.services.opening import Opening, open_incident
from breakwater.pauses.models import Signal
from breakwater.pauses.services import watching
from breakwater.people.models import Membership, Person, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access
from breakwater.strays.models import Alarm
from breakwater.strays.tests.world import channel_of, ordered, post, shows
from breakwater.web.tests.quay import at_desk, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def mia(harbour_workspace: Workspace) -> Person:
    return member(harbour_workspace, Role.MANAGER, name="mia")


@pytest.fixture
def by_mia(mia: Person) -> Access:
    return access(mia, "harbour", Right.RESPOND)


@pytest.fixture
def case(by_mia: Access) -> Incident:
    return open_incident(by_mia, Opening("bad_post", "A joke"), now=clock.now())


def sections(person: Person) -> dict[str, list[tuple[str, str, str]]]:
    """Head line -> address, title and note of what is below it."""
    page = at_desk(person).get("/").content.decode()
    found: dict[str, list[tuple[str, str, str]]] = {}
    for part in page.split('<section class="section">')[1:]:
        head = re.sub(r"<[^>]+>", "", part.split("</h2>")[0]).strip()
        found[head] = re.findall(
            r'<div class="rows-main"><a href="([^"]*)">(.*?)</a>(?:<span class="soft small">(.*?)</span>)?',
            part,
        )
    found.pop("Your workspaces", None)
    return found


def test_tasks_of_mine_and_late_ones_are_a_line_for_each_incident(
    case: Incident, by_mia: Access, mia: Person, bob: Person
) -> None:
    now = clock.now()
    Task.objects.filter(incident=case).delete()
    tasks.add(by_mia, case, "Call the mayor", who=mia.pk, now=now)
    tasks.add(by_mia, case, "Call the press", due_at=now - timedelta(minutes=1), now=now)
    Task.objects.create(
        incident=case, text="Speak", source="playbook", role="spokesperson", created_at=now
    )
    there = reverse("incident-tasks", args=["harbour", case.pk])

    before = sections(bob)
    working.give_role(by_mia, case, "spokesperson", bob.pk, now=now)

    assert before == {"Incidents": [(there, "#1 A joke", "Harbour · 1 task is late")]}
    assert sections(bob)["Incidents"] == [
        (there, "#1 A joke", "Harbour · 1 task of yours · 1 task is late")
    ]
    assert sections(mia) == {
        "Incidents": [(there, "#1 A joke", "Harbour · 1 task of yours · 1 task is late")]
    }


def test_a_closed_incident_and_what_is_done_ask_nothing(
    case: Incident, by_mia: Access, mia: Person
) -> None:
    other = open_incident(by_mia, Opening("other", "Else"), now=clock.now())
    Task.objects.update(who=mia, due_at=clock.now() - timedelta(days=1))
    for one in Task.objects.filter(incident=other):
        tasks.done(by_mia, one.pk, now=clock.now())

    working.close(by_mia, case, why="It was nothing.", now=clock.now())

    assert sections(mia) == {}


def test_an_alarm_and_a_question_wait_for_those_who_can_answer(
    mia: Person, ann: Person, harbour_workspace: Workspace
) -> None:
    quay = channel_of(harbour_workspace)
    ordered(quay, "Fog on the pier.", ann, state="missed")
    shows(quay, post("Fog on the pier.", "h1"), post("Vile words", "x1"))
    alarm = reverse("alarm", args=["harbour", Alarm.objects.get().pk])
    twin = (
        reverse("strays", args=["harbour"]),
        "1 post with words that were written here and did not leave from here",
        "Harbour",
    )

    found, hers = sections(mia), sections(ann)

    assert found["Alarms"] == [(alarm, "Something is out that nobody here sent", "Harbour")]
    assert found["Is this yours?"] == hers["Is this yours?"] == [twin]
    assert "Alarms" not in hers


def test_a_signal_waits_until_somebody_answers_it(
    ann: Person, harbour_workspace: Workspace
) -> None:
    by_ann = access(ann, "harbour", Right.PAUSE)
    signal = watching.tap(by_ann, "A dam broke.", now=clock.now())
    there = f"{reverse('watch', args=['harbour'])}#signal-{signal.pk}"

    asked = sections(ann)
    watching.dismiss(by_ann, Signal.objects.get(), "Far away.", now=clock.now())

    assert asked == {"The watch asks you to look": [(there, "A dam broke.", "Harbour")]}
    assert sections(ann) == {}


def test_what_was_to_change_stays_until_it_has_whoever_left(
    case: Incident, by_mia: Access, mia: Person, bob: Person
) -> None:
    now = clock.now()
    for text, owner in (("Two read each draft.", bob), ("We train.", mia)):
        due = now + timedelta(days=9)
        reviewing.add_action(by_mia, case, text, "approval", owner=owner.pk, due_at=due, now=now)
    working.close(by_mia, case, why="It was nothing.", now=now)
    there, head = (
        reverse("incident-review", args=["harbour", case.pk]),
        "To change after an incident",
    )
    his = (there, "Two read each draft.", "Harbour · #1 A joke")
    hers = (there, "We train.", "Harbour · #1 A joke")
    assert sections(bob) == {head: [his]}
    assert sections(mia) == {head: [hers]}

    Person.objects.filter(pk=bob.pk).update(is_active=False)
    assert sections(mia) == {head: [his, hers]}

    for one in Action.objects.all():
        reviewing.end_action(by_mia, one.pk, "closed", now=now)
    assert sections(mia) == {}


def test_nothing_is_asked_of_those_who_cannot_nor_of_another_workspace(
    case: Incident, mia: Person, ann: Person, harbour_workspace: Workspace
) -> None:
    Task.objects.update(due_at=clock.now() - timedelta(days=1))
    shows(channel_of(harbour_workspace), post("Vile words", "x1"))
    watching.tap(access(mia, "harbour", Right.PAUSE), "A dam broke.", now=clock.now())
    tom = member(make_workspace("Elsewhere"), Role.OWNER, name="tom")
    kim = member(harbour_workspace, Role.VIEWER)

    assert sections(tom) == sections(kim) == {}


def test_home_costs_the_same_however_many_incidents_and_workspaces_there_are(
    case: Incident, mia: Person, django_assert_max_num_queries: Any
) -> None:
    def fill(workspace: Workspace) -> None:
        by = access(mia, workspace.slug, Right.RESPOND)
        for n in range(9):
            open_incident(by, Opening("other", f"Thing {n}"), now=clock.now())
        Task.objects.update(due_at=clock.now() - timedelta(days=1), who=mia)
        watching.tap(access(mia, workspace.slug, Right.PAUSE), "A dam broke.", now=clock.now())

    client = at_desk(mia)
    client.get("/")
    fill(case.workspace)
    for name in ("Two", "Three"):
        make_member(workspace := make_workspace(name), mia, Role.OWNER)
        fill(workspace)
    assert Membership.objects.filter(person=mia).count() == 3

    with django_assert_max_num_queries(16):
        page = client.get("/").content.decode()

    assert "22 more" in page
