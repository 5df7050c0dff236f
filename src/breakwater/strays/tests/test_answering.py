"""What people say of strays and twins, and what then holds."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest

from breakwater.audit.models import Entry
from breakwater.channels.models import Channel
from breakwater.domain.errors import Invalid, StaleState
from breakwater.notices.models import Notice
from breakwater.people.models import Person, SignedLink
from breakwater.strays import selectors
from breakwater.strays.models import Alarm, HandRule, Sighting
from breakwater.strays.services import (
    add_rule,
    allow,
    answer,
    answer_fine,
    close,
    end_rule,
    link_twin,
    not_ours,
)
from breakwater.strays.services.escalating import escalate
from breakwater.strays.services.rules import Wish
from breakwater.strays.tests.world import NOW, ordered, out, post, seen, shows

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)
FAIR = Wish((5, 6), time(9), time(18), "The fair", (NOW + timedelta(days=7)).date())


@pytest.fixture
def alarm(quay: Channel, mia: Person) -> Alarm:
    shows(quay, post("Free money", "x1"), post("More money", "x2"))
    return Alarm.objects.get()


def test_it_is_us_and_fine_ends_the_alarm_and_the_next_stray_is_another(
    alarm: Alarm, quay: Channel, mia: Person
) -> None:
    answer(alarm, "fine", by=mia.pk, via="page", now=LATER)

    shows(quay, post("Again", "x3"), now=LATER)

    alarm.refresh_from_db()
    assert (alarm.state, alarm.answer, alarm.answered_by, alarm.via) == (
        "answered", "fine", mia, "page",
    )  # fmt: skip
    assert [one[2] for one in seen()] == ["fine", "fine", "stray"]
    assert Notice.objects.filter(code="alarm", person=mia).count() == 2


def test_not_us_is_followed_and_what_joins_it_wakes_nobody_again(
    alarm: Alarm, quay: Channel, mia: Person
) -> None:
    answer(alarm, "not_us", by=mia.pk, via="link", now=LATER)

    shows(quay, post("Again", "x3"), now=LATER)

    (one,) = Alarm.objects.all()
    assert (one.state, selectors.open_alarm(quay.workspace_id)) == ("followed", one)
    assert [row.ref for row in selectors.strays_of(one)] == ["x1", "x2", "x3"]
    assert Notice.objects.filter(code="alarm", person=mia).count() == 1


def test_what_joins_after_ours_but_wrong_rings_again_and_is_nobodys_answer(
    alarm: Alarm, quay: Channel, mia: Person
) -> None:
    answer(alarm, "wrong", by=mia.pk, via="link", now=LATER)
    after = LATER + timedelta(hours=2)

    shows(quay, post("We own you", "x3"), post("All of you", "x4"), now=after)

    (one,) = Alarm.objects.all()
    assert (one.state, one.answer, one.answered_by, one.told_at) == ("open", "", None, after)
    assert [row[2] for row in seen()] == ["wrong", "wrong", "stray", "stray"]
    assert Notice.objects.filter(code="alarm", person=mia).count() == 2
    assert escalate(after + timedelta(minutes=5)) == 1
    answer(one, "not_us", by=mia.pk, via="link", now=after)
    assert {row[2] for row in seen()} == {"contained"}


def test_what_nobody_said_anything_of_is_another_alarm_once_the_first_is_closed(
    alarm: Alarm, quay: Channel, mia: Person
) -> None:
    answer(alarm, "not_us", by=mia.pk, via="page", now=LATER)
    shows(quay, post("Again", "x3"), now=LATER)

    close(alarm, by=mia.pk, now=LATER)

    (other,) = Alarm.objects.exclude(pk=alarm.pk)
    assert (other.state, [row.ref for row in selectors.strays_of(other)]) == ("open", ["x3"])


def test_the_same_answer_again_covers_what_joined_meanwhile(
    alarm: Alarm, quay: Channel, mia: Person
) -> None:
    answer(alarm, "not_us", by=mia.pk, via="page", now=LATER)
    shows(quay, post("Again", "x3"), now=LATER)

    answer(alarm, "not_us", by=mia.pk, via="page", now=LATER)

    assert {one[2] for one in seen()} == {"contained"}


def test_what_is_followed_is_not_called_fine_afterwards(alarm: Alarm, mia: Person) -> None:
    answer(alarm, "wrong", by=mia.pk, via="page", now=LATER)

    with pytest.raises(StaleState):
        answer(alarm, "fine", by=mia.pk, via="page", now=LATER)

    assert {one[2] for one in seen()} == {"wrong"}


def test_an_answer_that_is_none_changes_nothing(alarm: Alarm, mia: Person) -> None:
    with pytest.raises(Invalid):
        answer(alarm, "perhaps", by=mia.pk, via="page", now=LATER)

    alarm.refresh_from_db()
    assert alarm.state == "open"


def test_fine_can_remember_the_hours_on_the_channels_of_the_alarm(
    alarm: Alarm, quay: Channel, mia: Person
) -> None:
    answer_fine(alarm, by=mia.pk, via="page", now=LATER, remember=FAIR)

    shows(quay, post("At the fair again", "x3"), now=LATER)

    rule = HandRule.objects.get()
    assert (rule.channel_id, rule.weekdays, rule.by) == (quay.pk, [5, 6], mia)
    assert seen("allowed") == [("post", "x3", "allowed")]


def test_a_rule_without_a_reason_is_refused_and_the_alarm_goes_on(
    alarm: Alarm, mia: Person
) -> None:
    wish = replace(FAIR, why=" ")

    with pytest.raises(Invalid):
        answer_fine(alarm, by=mia.pk, via="page", now=LATER, remember=wish)

    alarm.refresh_from_db()
    assert (alarm.state, HandRule.objects.count()) == ("open", 0)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"until": None}, "until"),
        ({"until": (NOW + timedelta(days=15)).date()}, "until"),
        ({"until": (NOW - timedelta(days=1)).date()}, "until"),
        ({"begins": time(9), "ends": time(9)}, "ends"),
        ({"begins": time(9), "ends": time(21, 1)}, "ends"),
        ({"begins": time(20), "ends": time(8, 1)}, "ends"),
    ],
)
def test_a_rule_that_is_long_or_without_end_is_refused(
    changes: dict[str, Any], field: str, quay: Channel, mia: Person
) -> None:
    with pytest.raises(Invalid) as refused:
        add_rule(quay.workspace_id, quay.pk, replace(FAIR, **changes), by=mia.pk, now=NOW)

    assert refused.value.field == field
    assert (HandRule.objects.count(), Notice.objects.count()) == (0, 0)


def test_all_who_may_respond_are_told_of_a_rule(quay: Channel, bob: Person, mia: Person) -> None:
    longest = replace(FAIR, begins=time(20), ends=time(8), until=(NOW + timedelta(days=14)).date())

    add_rule(quay.workspace_id, quay.pk, longest, by=mia.pk, now=NOW)

    told = Notice.objects.filter(code="hand_rule")
    assert {one.person for one in told} == {bob, mia}
    assert told[0].data["until"] == "2026-12-12"


def test_a_rule_that_has_ended_allows_nothing(alarm: Alarm, quay: Channel, mia: Person) -> None:
    answer_fine(alarm, by=mia.pk, via="page", now=LATER, remember=FAIR)
    end_rule(quay.workspace_id, HandRule.objects.get().pk, by=mia.pk, now=LATER)

    shows(quay, post("Late", "x3"), now=LATER)

    assert seen("stray") == [("post", "x3", "stray")]


def test_when_each_stray_was_allowed_the_alarm_is_over(alarm: Alarm, mia: Person) -> None:
    for stray in selectors.strays_of(alarm):
        allow(stray, by=mia.pk, now=LATER)

    alarm.refresh_from_db()
    assert (alarm.state, alarm.answer) == ("answered", "fine")


def test_what_was_followed_is_closed_once(alarm: Alarm, mia: Person) -> None:
    answer(alarm, "not_us", by=mia.pk, via="page", now=LATER)

    close(alarm, by=mia.pk, now=LATER)
    close(alarm, by=mia.pk, now=LATER)

    assert SignedLink.objects.filter(subject=alarm.pk).exists()
    assert not SignedLink.objects.filter(subject=alarm.pk, revoked_at=None).exists()
    assert Entry.objects.filter(verb="alarm.answered").count() == 1


def test_a_twin_that_is_linked_is_out_and_nothing_more_leaves(
    quay: Channel, ann: Person, mia: Person
) -> None:
    row = ordered(quay, "Fog on the pier.", ann, state="missed")
    shows(quay, post("Fog on the pier.", "h1"))
    (twin,) = Sighting.objects.all()

    link_twin(twin, row, by=ann.pk, now=LATER)

    row.refresh_from_db()
    twin.refresh_from_db()
    assert (row.state, row.remote_id, row.commit_calls) == ("accepted", "h1", 0)
    assert (twin.state, twin.answered_by) == ("explained", ann)


def test_a_twin_is_not_linked_to_a_delivery_that_is_out(
    quay: Channel, ann: Person, mia: Person
) -> None:
    row = ordered(quay, "Fog on the pier.", ann, state="missed")
    shows(quay, post("Fog on the pier.", "h1"))
    (twin,) = Sighting.objects.all()
    other = out(quay, "Another", "p9", ann)

    with pytest.raises(Invalid):
        link_twin(twin, other, by=ann.pk, now=LATER)

    row.refresh_from_db()
    assert (row.state, seen("twin")) == ("missed", [("post", "h1", "twin")])


def test_a_twin_that_is_nobodys_becomes_an_alarm(quay: Channel, ann: Person, mia: Person) -> None:
    ordered(quay, "Fog on the pier.", ann, state="held")
    shows(quay, post("Fog on the pier.", "h1"))
    (twin,) = Sighting.objects.all()

    not_ours(twin, by=ann.pk, now=LATER)

    assert Alarm.objects.get().sightings.get() == twin
    assert seen() == [("post", "h1", "stray")]
