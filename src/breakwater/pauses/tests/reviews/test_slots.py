"""After a pause: nothing late leaves unasked; new times are proposed, and taken by a person."""

from datetime import datetime, timedelta

import pytest

from breakwater.channels.models import Channel
from breakwater.core import troubles
from breakwater.delivery.allright import all_right
from breakwater.delivery.models import Delivery
from breakwater.domain.errors import StaleState
from breakwater.pauses.models import Pause, ReviewLine
from breakwater.pauses.services import reviewing, slots
from breakwater.pauses.services.carrying import aside_hold, carry, open_aside
from breakwater.pauses.services.filling import fill
from breakwater.pauses.services.resuming import resume_all
from breakwater.pauses.tests.reviews.conftest import delivery, plan
from breakwater.people.models import Person
from breakwater.people.selectors import Access
from breakwater.publishing.models import Decision, Post


def test_a_kept_line_passes_and_leaves_at_its_time(
    pause: Pause, party: Post, fog: Post, approver: Access, now: datetime
) -> None:
    fill(pause, now=now)
    line = ReviewLine.objects.get(pause=pause, subject=fog.version_id)

    with pytest.raises(StaleState) as refused:
        slots.resume_lines(approver, pause, [line.pk], now=now)
    assert refused.value.code == "line_undecided"
    assert not any(tag.startswith("pass:") for tag in delivery(fog).tags)

    reviewing.decide(approver, pause, [line.pk], "keep", "Weather.", now=now)
    slots.resume_lines(approver, pause, [line.pk], now=now)

    assert any(tag.startswith("pass:") for tag in delivery(fog).tags)
    assert not any(tag.startswith("pass:") for tag in delivery(party).tags)
    assert delivery(fog).state == "queued"


def test_what_is_late_is_offered_a_time_and_leaves_at_none_unasked(
    pause: Pause, party: Post, quay: Channel, approver: Access, ann: Person, bob: Person,
    now: datetime,
) -> None:  # fmt: skip
    plan(quay, "Second.", now + timedelta(hours=4), ann, bob, now)
    later = now + timedelta(hours=6)
    resume_all(approver, pause, why="Over.", despite_undecided=True, now=later)
    assert delivery(party).state == "missed"

    found = slots.propose(approver, pause, now=later)

    assert [one.was_at for one in found] == [now + timedelta(hours=3), now + timedelta(hours=4)]
    assert found[0].to_at >= later + timedelta(minutes=15)
    assert found[1].to_at - found[0].to_at >= timedelta(minutes=30)
    assert delivery(party).state == "missed"


def test_taken_it_is_a_new_decision_and_leaves_then(
    pause: Pause, party: Post, approver: Access, now: datetime
) -> None:
    later = now + timedelta(hours=6)
    resume_all(approver, pause, why="Over.", despite_undecided=True, now=later)
    (slot,) = slots.propose(approver, pause, now=later)

    done, refused = slots.accept(approver, pause, [slot.pk], now=later)

    assert ([one.pk for one in done], refused) == ([slot.pk], {})
    assert (delivery(party).state, delivery(party).due_at) == ("queued", slot.to_at)
    assert Decision.objects.filter(version=party.version_id, about="later").count() == 1
    assert slots.propose(approver, pause, now=later) == []
    again, _ = slots.accept(approver, pause, [slot.pk], now=later)
    assert again == []


def test_refused_it_waits_for_a_person(
    pause: Pause, party: Post, approver: Access, now: datetime
) -> None:
    later = now + timedelta(hours=6)
    resume_all(approver, pause, why="Over.", despite_undecided=True, now=later)
    (slot,) = slots.propose(approver, pause, now=later)

    slots.refuse(approver, pause, [slot.pk], now=later)

    assert delivery(party).state == "missed"
    slot.refresh_from_db()
    assert slot.state == "refused"


def test_kept_back_it_outlives_the_pause(
    pause: Pause, party: Post, fog: Post, approver: Access, now: datetime
) -> None:
    fill(pause, now=now)
    line = ReviewLine.objects.get(pause=pause, subject=fog.version_id)
    reviewing.decide(approver, pause, [line.pk], "pause", "Not before the funeral.", now=now)
    carry(pause, now=now)

    resume_all(approver, pause, why="Over.", despite_undecided=True, now=now + timedelta(hours=1))

    hold = aside_hold(pause)
    assert hold is not None
    assert hold.tag in delivery(fog).tags
    slots.resume_lines(approver, pause, [line.pk], now=now + timedelta(hours=2))
    assert f"pass:{hold.pk}" in delivery(fog).tags


def test_the_hold_of_what_was_kept_back_goes_once_it_stops_nothing_and_not_before(
    pause: Pause, party: Post, fog: Post, approver: Access, now: datetime
) -> None:
    fill(pause, now=now)
    rows = ReviewLine.objects.filter(pause=pause, subject__in=[party.version_id, fog.version_id])
    for line in rows:
        reviewing.decide(approver, pause, [line.pk], "pause", "Later.", now=now)
    carry(pause, now=now)
    later = now + timedelta(hours=1)
    assert open_aside(now=later) == 0
    resume_all(approver, pause, why="Over.", despite_undecided=True, now=later)
    pause.refresh_from_db()
    (one, other) = slots.ready_lines(pause)
    assert open_aside(now=later) == 0
    (shown,) = all_right(pause.workspace_id, later).holds
    assert troubles.say(shown.code, shown.data).title == "Posts of a past pause are kept back"

    slots.resume_lines(approver, pause, [one.pk], now=later)
    assert open_aside(now=later) == 0
    slots.resume_lines(approver, pause, [other.pk], now=later)

    assert (open_aside(now=later), open_aside(now=later)) == (1, 0)
    assert aside_hold(pause) is None
    assert all_right(pause.workspace_id, later).holds == ()


def test_the_hold_stays_while_a_line_is_still_to_be_carried_out(
    pause: Pause, fog: Post, approver: Access, now: datetime
) -> None:
    fill(pause, now=now)
    line = ReviewLine.objects.get(pause=pause, subject=fog.version_id)
    reviewing.decide(approver, pause, [line.pk], "pause", "Later.", now=now)
    carry(pause, now=now)
    ReviewLine.objects.filter(pk=line.pk).update(outcome="")
    resume_all(approver, pause, why="Over.", despite_undecided=True, now=now)
    Delivery.objects.update(tags=["workspace"])  # somebody is about to mark it

    assert open_aside(now=now) == 0
    assert aside_hold(pause) is not None
