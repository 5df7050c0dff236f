"""What a network does not have is refused before anything is ordered."""

from datetime import datetime

import pytest
from tests.deliveries import MakeDelivery

from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.delivery.services import Answer, answer, change, do
from breakwater.domain.errors import Invalid, Problem
from breakwater.networks.base import Deed
from breakwater.people.models import Person

ANSWER = Answer("Until ten.", to_post="c1", root="p1")


@pytest.fixture
def mute(channel: Channel) -> Channel:
    """A channel where a program can neither answer nor act."""
    Channel.objects.filter(pk=channel.pk).update(network="tiktok")
    channel.refresh_from_db()
    return channel


@pytest.fixture
def able(channel: Channel) -> Channel:
    Channel.objects.filter(pk=channel.pk).update(network="facebook")
    channel.refresh_from_db()
    return channel


@pytest.mark.parametrize("said", [ANSWER, Answer("Until ten.", to="talk-7")])
def test_no_answer_where_nobody_can_be_answered(
    mute: Channel, ann: Person, now: datetime, said: Answer
) -> None:
    with pytest.raises(Problem, match="unsupported"):
        answer(mute, said, request=new_id(), by=ann.pk, now=now)

    assert not Delivery.objects.exists()


@pytest.mark.parametrize("deed", list(Deed))
def test_no_deed_where_there_is_none(mute: Channel, ann: Person, now: datetime, deed: Deed) -> None:
    with pytest.raises(Problem, match="unsupported"):
        do(mute, deed, "c1", request=new_id(), by=ann.pk, now=now)

    assert not Delivery.objects.exists()


def test_a_word_that_is_no_deed_is_refused(able: Channel, ann: Person, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        do(able, "flatter", "c1", request=new_id(), by=ann.pk, now=now)

    assert (refused.value.code, refused.value.field) == ("field_choice", "deed")
    assert not Delivery.objects.exists()


def test_what_stays_as_it_is_is_not_changed(
    mute: Channel, queued: MakeDelivery, ann: Person, now: datetime
) -> None:
    row = queued()
    Delivery.objects.filter(pk=row.pk).update(state="verified", remote_id="r1")
    row.refresh_from_db()

    with pytest.raises(Problem, match="unsupported"):
        change(row, "Sun.", request=new_id(), by=ann.pk, now=now)

    assert not Delivery.objects.filter(kind="edit").exists()


def test_the_same_click_is_one_answer_and_one_deed(
    able: Channel, ann: Person, now: datetime
) -> None:
    said, done = new_id(), new_id()

    answers = [answer(able, ANSWER, request=said, by=ann.pk, now=now) for _ in range(2)]
    deeds = [do(able, "hide", "c1", about="p1", request=done, by=ann.pk, now=now) for _ in range(2)]

    assert answers[0] == answers[1]
    assert deeds[0] == deeds[1]
    assert Delivery.objects.count() == 2
