"""Contain: one incident, evidence before each delete, killed anywhere, and nothing twice."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from tests.people import make_member, make_person

from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery, Hold
from breakwater.domain.errors import Forbidden
from breakwater.evidence.models import Absence, Capture
from breakwater.incidents import selectors
from breakwater.incidents.models import Containment, Incident, Subject
from breakwater.incidents.services import answering, containing, progress, saying, working
from breakwater.incidents.services.opening import Opening, open_incident
from breakwater.incidents.tests.world import (
    LATER,
    channels,
    deletes,
    go_on,
    intrude,
    seal_all,
    taken_down,
)
from breakwater.notices.models import Notice, PushDoor, WebhookDoor
from breakwater.people.models import Person, Purpose, SignedLink, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access
from breakwater.people.services.links import make
from breakwater.strays.models import Alarm, Sighting
from breakwater.strays.tests.world import NOW, post, shows


@pytest.fixture
def alarm(harbour_workspace: Workspace) -> Alarm:
    return intrude(channels(harbour_workspace), 6)


def begun(by: Access, alarm: Alarm, **more: Any) -> Incident:
    return containing.begin(by, alarm, via="page", now=NOW, **more)


def test_fifty_five_strays_on_three_channels_are_one_incident_and_all_go(
    by_bob: Access, harbour_workspace: Workspace
) -> None:
    alarm = intrude(channels(harbour_workspace), 55)

    incident = begun(by_bob, alarm)
    go_on(LATER)

    assert Incident.objects.count() == 1
    assert Subject.objects.filter(incident=incident).count() == 55
    assert Capture.objects.filter(state="sealed").count() == 55
    assert len(deletes()) == 55
    assert Absence.objects.count() == 165
    assert Containment.objects.get().state == "proved"
    assert {one.name: one.at is not None for one in selectors.clock(incident)}["contained"]


def test_it_holds_seals_and_cuts_off_before_anything_is_deleted(
    by_bob: Access, alarm: Alarm
) -> None:
    epoch = by_bob.person.session_epoch

    incident = begun(by_bob, alarm)

    by_bob.person.refresh_from_db()
    assert Hold.objects.filter(released_at=None, of=incident.pause).exists()
    assert by_bob.person.session_epoch == epoch + 1
    assert Capture.objects.filter(state="asked", incident=incident.pk).count() == 6
    assert deletes() == []
    assert {one.state for one in Sighting.objects.all()} == {"contained"}
    progress.advance_all(LATER)
    assert deletes() == []
    seal_all(now=LATER)
    progress.advance_all(LATER)
    assert len(deletes()) == 6


def test_links_browsers_and_young_webhooks_open_nothing_afterwards(
    by_bob: Access, alarm: Alarm
) -> None:
    here, bob = by_bob.workspace, by_bob.person
    duty = make(Purpose.PAUSE, workspace=here, person=bob, by=None, now=NOW)
    other = make(Purpose.ALARM, workspace=here, person=bob, subject=new_id(), by=None, now=NOW)
    present = make(Purpose.ALARM, workspace=here, person=bob, subject=alarm.pk, by=None, now=NOW)
    PushDoor.objects.create(
        person=bob, endpoint="https://push.example/1", endpoint_hash="1", p256dh="p", auth="a",
        created_at=NOW,
    )  # fmt: skip
    for name, age in (("young", timedelta(days=1)), ("old", timedelta(days=90))):
        WebhookDoor.objects.create(
            workspace=here, url=f"https://{name}.example/", name=name, created_at=NOW - age
        )

    begun(by_bob, alarm)

    living = set(SignedLink.objects.filter(revoked_at=None).values_list("pk", flat=True))
    assert present.pk in living
    assert not living & {duty.pk, other.pk}
    assert not PushDoor.objects.exists()
    assert list(WebhookDoor.objects.filter(on=True).values_list("name", flat=True)) == ["old"]


def test_pressed_by_two_it_is_the_same_containment(
    by_bob: Access, alarm: Alarm, now: datetime
) -> None:
    first = begun(by_bob, alarm)
    again = begun(by_bob, alarm)

    assert again.pk == first.pk
    assert Containment.objects.count() == 1
    assert Capture.objects.count() == 6
    assert [one.code for one in selectors.timeline(first)].count("contain") == 1


def test_partial_evidence_stops_there_and_rings_until_a_person_signs(
    by_bob: Access, alarm: Alarm
) -> None:
    begun(by_bob, alarm)
    seal_all(now=LATER, partly=True)

    progress.advance_all(LATER)

    assert deletes() == []
    assert Containment.objects.get().state == "stuck"
    assert Notice.objects.filter(code="contain_stuck", urgent=True).count() == 1


def test_signed_beforehand_partial_evidence_is_enough(by_bob: Access, alarm: Alarm) -> None:
    begun(by_bob, alarm, sign_partial="They show a child's address.")
    seal_all(now=LATER, partly=True)

    progress.advance_all(LATER)

    assert len(deletes()) == 6
    assert Containment.objects.get().state == "deleting"


def test_a_second_wave_joins_the_same_incident(
    by_bob: Access, harbour_workspace: Workspace
) -> None:
    places = channels(harbour_workspace)
    incident = begun(by_bob, intrude(places, 6))
    go_on(LATER)
    later = LATER + timedelta(minutes=5)

    intrude(places, 3, first=100, now=later)
    go_on(later, rounds=8)

    assert Incident.objects.count() == 1
    assert Subject.objects.filter(incident=incident).count() == 9
    assert len(deletes()) == 9
    assert Containment.objects.get().state == "proved"
    assert Alarm.objects.count() == 1
    told = Notice.objects.filter(code="contained", person=by_bob.person)
    assert sorted(one.data["n"] for one in told) == [6, 9]


def test_channels_are_disconnected_once_it_is_quiet_unless_somebody_keeps_them(
    by_bob: Access, harbour_workspace: Workspace
) -> None:
    places = channels(harbour_workspace, 1)
    begun(by_bob, intrude(places, 2))
    go_on(LATER)
    places[0].refresh_from_db()
    assert places[0].state == "connected"

    progress.advance_all(LATER + timedelta(minutes=16))

    places[0].refresh_from_db()
    assert places[0].state == "disconnected"
    assert Containment.objects.get().state == "done"


def test_kept_channels_stay_connected(by_bob: Access, harbour_workspace: Workspace) -> None:
    places = channels(harbour_workspace, 1)
    begun(by_bob, intrude(places, 2), keep_channels=True)
    go_on(LATER)

    progress.advance_all(LATER + timedelta(minutes=16))

    places[0].refresh_from_db()
    assert places[0].state == "connected"
    assert Containment.objects.get().state == "done"


def test_ours_but_wrong_seals_and_deletes_nothing(by_bob: Access, alarm: Alarm) -> None:
    incident = answering.wrong(by_bob, alarm, via="link", now=NOW)
    go_on(LATER)

    assert incident.kind == "rogue"
    assert Capture.objects.filter(state="sealed").count() == 6
    assert deletes() == []
    assert not Containment.objects.exists()
    by_bob.person.refresh_from_db()
    assert by_bob.person.session_epoch == 0


def test_the_worker_calls_nothing_wrong_that_nobody_has_seen(
    by_bob: Access, harbour_workspace: Workspace
) -> None:
    places = channels(harbour_workspace, 1)
    incident = answering.wrong(by_bob, intrude(places, 1), via="link", now=NOW)

    intrude(places, 2, first=100, now=LATER)
    go_on(LATER)

    assert Alarm.objects.get().state == "open"
    assert Subject.objects.filter(incident=incident).count() == 1
    assert Sighting.objects.filter(state="stray").count() == 2


def test_a_closed_incident_ends_its_alarm_and_the_next_stray_is_another(
    by_bob: Access, harbour_workspace: Workspace
) -> None:
    places = channels(harbour_workspace, 1)
    incident = answering.wrong(by_bob, intrude(places, 1), via="link", now=NOW)

    working.close(by_bob, incident, why="An intern.", now=LATER)

    assert Alarm.objects.get().state == "answered"
    shows(places[0], post("We own you", "x9", at=LATER), now=LATER)
    assert Alarm.objects.get(state="open").told_at == LATER


def test_fine_ends_the_alarm_and_opens_nothing(by_bob: Access, alarm: Alarm) -> None:
    answering.fine(by_bob, alarm, via="page", now=NOW)

    assert Alarm.objects.get().state == "answered"
    assert not Incident.objects.exists()
    assert not Hold.objects.exists()


class _KilledError(BaseException):
    """As a process ends: nothing catches it."""


def _kill_at(number: int) -> Callable[..., Any]:
    """A wrapper of the database that ends the process before its so-and-so-manieth question."""
    left = [number]

    def ask(execute: Callable[..., Any], *args: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            raise _KilledError
        return execute(*args)

    return ask


@pytest.mark.parametrize("number", range(5, 50, 5))
def test_killed_at_any_question_it_goes_on_and_nothing_is_done_twice(
    number: int, by_bob: Access, harbour_workspace: Workspace
) -> None:
    incident = begun(by_bob, intrude(channels(harbour_workspace, 1), 3))
    seal_all(now=LATER)
    with pytest.raises(_KilledError), connection.execute_wrapper(_kill_at(number)):
        progress.advance_all(LATER)
    taken_down(now=LATER)

    go_on(LATER + timedelta(minutes=1), rounds=8)

    assert len(deletes()) == 3
    assert Delivery.objects.filter(kind="delete", state="verified").count() == 3
    assert Absence.objects.count() == 9
    lines = [one.code for one in selectors.timeline(incident)]
    assert [lines.count(code) for code in ("sealed", "removing", "proved", "cut_off")] == [1] * 4
    assert Containment.objects.get().state == "proved"


def test_who_may_not_respond_contains_nothing(ann: Person, alarm: Alarm) -> None:
    by_ann = access(ann, "harbour", Right.SEE)
    with pytest.raises(Forbidden):
        begun(by_ann, alarm)

    assert not Incident.objects.exists()
    assert not Hold.objects.exists()
    assert Alarm.objects.get().state == "open"


def test_what_cannot_be_taken_down_from_here_is_never_told_as_gone(
    by_bob: Access, harbour_workspace: Workspace
) -> None:
    here, off = channels(harbour_workspace, 2)
    incident = begun(by_bob, intrude([here, off], 2))
    Channel.objects.filter(pk=off.pk).update(state="reconnect")

    go_on(LATER, rounds=3)
    progress.advance_all(LATER + timedelta(minutes=16))

    assert len(deletes()) == 1
    assert Containment.objects.get().state == "stuck"
    assert not Notice.objects.filter(code="contained").exists()
    assert Notice.objects.get(code="contain_left").data == {"number": 1, "n": 1}
    assert {one.name: one.at for one in selectors.clock(incident)}["contained"] is None
    here.refresh_from_db()
    assert here.state == "disconnected"


def test_a_post_goes_by_itself_once_its_channel_is_connected_again(
    by_bob: Access, harbour_workspace: Workspace
) -> None:
    (off,) = channels(harbour_workspace, 1)
    begun(by_bob, intrude([off], 1))
    Channel.objects.filter(pk=off.pk).update(state="reconnect")
    go_on(LATER, rounds=2)
    assert Subject.objects.get().cannot == "not_connected"
    assert deletes() == []

    Channel.objects.filter(pk=off.pk).update(state="connected")
    go_on(LATER + timedelta(minutes=1), rounds=3)

    assert len(deletes()) == 1
    assert Subject.objects.get().cannot == ""
    assert Containment.objects.get().state == "proved"


def test_one_that_breaks_stops_none_of_the_others(by_bob: Access, alarm: Alarm) -> None:
    begun(by_bob, alarm)
    broken = open_incident(by_bob, Opening("hijack", "Broken"), now=NOW)
    before = NOW - timedelta(minutes=1)
    Containment.objects.create(
        workspace=by_bob.workspace, incident=broken, asked_by=by_bob.person, state="walled",
        state_at=NOW, due_at=before, created_at=before, marks=1,
    )  # fmt: skip
    seal_all(now=LATER)

    progress.advance_all(LATER)

    assert len(deletes()) == 6
    left = Containment.objects.get(incident=broken)
    assert left.lease_id is None
    assert left.due_at > LATER


def test_pressed_again_it_is_looked_at_at_once_whatever_it_waited_for(
    by_bob: Access, alarm: Alarm
) -> None:
    begun(by_bob, alarm)
    Containment.objects.update(due_at=NOW + timedelta(days=30))

    begun(by_bob, alarm)

    assert Containment.objects.get().due_at == NOW


def test_asked_for_while_it_is_worked_on_it_stays_due_at_once(by_bob: Access, alarm: Alarm) -> None:
    begun(by_bob, alarm)
    seal_all(now=LATER, partly=True)
    asked = LATER - timedelta(seconds=1)
    left = [True]

    def meanwhile(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        if left and "notices_notice" in sql:
            left.pop()
            Containment.objects.update(due_at=asked)
        return execute(sql, *args)

    with connection.execute_wrapper(meanwhile):
        progress.advance_all(LATER)

    assert Containment.objects.get().due_at == asked


def test_channels_stay_while_a_statement_waits_for_its_yes(
    by_bob: Access, harbour_workspace: Workspace
) -> None:
    places = channels(harbour_workspace, 1)
    incident = begun(by_bob, intrude(places, 1))
    make_member(harbour_workspace, make_person("cleo"), Role.APPROVER)
    parts = {"what": "We are looking into it.", "next": "More at noon."}
    statement = saying.Draft("holding", "en", parts, (places[0].pk,))
    saying.write(by_bob, incident, statement, now=NOW)
    go_on(LATER, rounds=3)

    progress.advance_all(LATER + timedelta(minutes=16))
    places[0].refresh_from_db()
    assert places[0].state == "connected"
    progress.advance_all(LATER + timedelta(hours=25))

    places[0].refresh_from_db()
    assert places[0].state == "disconnected"
