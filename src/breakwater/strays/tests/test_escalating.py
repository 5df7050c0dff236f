"""Nobody answers an alarm: after five minutes all who may respond are rung, after fifteen the owners."""

from datetime import datetime, timedelta

import pytest
from tests.people import make_member, make_person, make_workspace

from breakwater.inbox.models import Rota
from breakwater.notices.models import Notice
from breakwater.notices.services import tell
from breakwater.people.links import LinkFor
from breakwater.people.models import Person, Purpose, SignedLink, Workspace
from breakwater.people.roles import Role
from breakwater.strays import duty
from breakwater.strays.models import Alarm
from breakwater.strays.services.escalating import escalate, key_of


@pytest.fixture
def team(db: None) -> dict[str, Person]:
    workspace = make_workspace("Harbour")
    roles = {"ola": Role.OWNER, "mia": Role.MANAGER, "leo": Role.APPROVER, "ann": Role.AUTHOR}
    people = {name: make_person(name) for name in roles}
    for name, role in roles.items():
        make_member(workspace, people[name], role)
    return people


@pytest.fixture
def alarm(team: dict[str, Person], now: datetime) -> Alarm:
    workspace = Workspace.objects.get()
    found = Alarm.objects.create(workspace=workspace, state_at=now, told_at=now, created_at=now)
    tell(
        duty.first(workspace, now), "alarm", key=key_of(found), data={"channel": "Kelp"},
        path="/", workspace_id=workspace.pk, now=now, urgent=True,
        link=LinkFor(Purpose.ALARM, found.pk),
    )  # fmt: skip
    return found


def told() -> list[tuple[str, str]]:
    rows = Notice.objects.order_by("created_at", "person__name")
    return list(rows.values_list("person__name", "code"))


def test_without_a_rota_owners_and_managers_are_first(
    team: dict[str, Person], now: datetime
) -> None:
    assert {one.name for one in duty.first(Workspace.objects.get(), now)} == {"Ola", "Mia"}


def test_the_duty_person_of_the_hour_is_first_if_they_may_respond(
    team: dict[str, Person], now: datetime
) -> None:
    workspace = Workspace.objects.get()
    for name in ("leo", "ann"):
        Rota.objects.create(
            workspace=workspace, person=team[name], weekday=0, starts="00:00", ends="23:00",
            duty=True, languages=[], created_at=now,
        )  # fmt: skip

    assert duty.first(workspace, now) == [team["leo"]]
    assert {one.name for one in duty.first(workspace, now + timedelta(days=1))} == {"Ola", "Mia"}


def test_it_goes_on_upwards_and_each_is_rung_once(alarm: Alarm, now: datetime) -> None:
    first = [("Mia", "alarm"), ("Ola", "alarm")]
    assert told() == first

    assert escalate(now + timedelta(minutes=4, seconds=59)) == 0
    assert escalate(now + timedelta(minutes=5)) == 1
    assert escalate(now + timedelta(minutes=5, seconds=5)) == 0
    assert told() == [*first, ("Leo", "alarm_again")]
    assert escalate(now + timedelta(minutes=15)) == 1
    assert escalate(now + timedelta(minutes=16)) == 0
    assert told() == [*first, ("Leo", "alarm_again"), ("Ola", "alarm_again")]
    assert SignedLink.objects.filter(subject=alarm.pk).count() == 4


@pytest.mark.parametrize("state", ["followed", "answered"])
def test_who_answered_wakes_nobody_more(alarm: Alarm, now: datetime, state: str) -> None:
    Alarm.objects.update(state=state)

    assert escalate(now + timedelta(minutes=20)) == 0
    assert len(told()) == 2
