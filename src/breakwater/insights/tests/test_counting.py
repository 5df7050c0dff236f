"""What was said is counted into hours, and stays counted."""

from datetime import timedelta

import pytest

from breakwater.channels.models import Channel
from breakwater.inbox.models import Item
from breakwater.inbox.tests.world import (
    ABUSE,
    COMPLAINT,
    LEO,
    NOW,
    PRAISE,
    arrive,
    channel_of,
    said,
)
from breakwater.insights import selectors
from breakwater.insights.models import MentionHour
from breakwater.insights.services import count_hours
from breakwater.people.models import Workspace

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def quay(harbour_workspace: Workspace) -> Channel:
    return channel_of(harbour_workspace)


def _spread(channel: Channel, hour_ago: int, number: int) -> None:
    """So many messages were said in that hour."""
    MentionHour.objects.create(channel=channel, hour=NOW - hour_ago * HOUR, total=number)


def test_an_hour_says_what_was_said_in_it(quay: Channel) -> None:
    arrive(
        quay,
        said(PRAISE, "1"),
        said(COMPLAINT, "2", minutes=5),
        said(ABUSE, "3", minutes=6, by=LEO),
        said(PRAISE, "4", minutes=70),
        now=NOW + 2 * HOUR,
    )

    assert count_hours(now=NOW + 2 * HOUR)

    first, second = selectors.hours([quay.pk], NOW, NOW + 2 * HOUR)
    assert (first.at, first.total, first.scored, first.abusive, first.authors) == (NOW, 3, 3, 1, 2)
    assert first.negative == Item.objects.filter(chances__negative__gte=0.5).count() >= 1
    assert (second.total, second.negative, second.authors) == (1, 0, 1)


def test_it_is_counted_once_a_minute_and_again_while_it_is_young(quay: Channel) -> None:
    arrive(quay, said(PRAISE, "1"))
    assert count_hours(now=NOW + HOUR / 2)
    arrive(quay, said(PRAISE, "2", minutes=1))

    early = count_hours(now=NOW + HOUR / 2 + timedelta(seconds=30))
    before = [row.total for row in MentionHour.objects.all()]
    later = count_hours(now=NOW + HOUR)

    assert (early, later) == (False, True)
    assert before == [1]
    assert [row.total for row in MentionHour.objects.all()] == [2]


def test_what_was_settled_stays_when_the_messages_are_gone(quay: Channel) -> None:
    arrive(quay, said(PRAISE, "1"), said(COMPLAINT, "2"))
    two_days = NOW + timedelta(hours=49)
    for minute in range(40):  # a round settles a day of the past at most
        count_hours(now=two_days + timedelta(minutes=minute))

    Item.objects.all().delete()
    count_hours(now=two_days + HOUR)

    [row] = MentionHour.objects.all()
    assert (row.total, row.settled, row.about) == (2, True, "p1")


def test_a_young_hour_of_which_nothing_is_left_is_gone(quay: Channel) -> None:
    arrive(quay, said(PRAISE, "1"))
    count_hours(now=NOW + HOUR)

    Item.objects.all().delete()
    count_hours(now=NOW + HOUR * 1.5)

    assert not MentionHour.objects.exists()


def test_a_burst_is_an_hour_far_above_the_week_before(
    quay: Channel, harbour_workspace: Workspace
) -> None:
    Channel.objects.update(created_at=NOW - timedelta(days=20))
    for hour in range(1, 24 * 7):
        _spread(quay, hour, 2 + hour % 3)
    assert selectors.bursts(harbour_workspace, NOW) == []

    _spread(quay, 0, 40)

    [burst] = selectors.bursts(harbour_workspace, NOW + timedelta(minutes=20))
    assert (burst.channel_id, burst.last, burst.since) == (quay.pk, 40, NOW)
    assert 2.9 < burst.mean < 3.1


def test_nothing_is_a_burst_on_the_first_day_or_when_few_speak(
    quay: Channel, harbour_workspace: Workspace
) -> None:
    Channel.objects.update(created_at=NOW - timedelta(hours=20))
    _spread(quay, 0, 400)
    on_the_first_day = selectors.bursts(harbour_workspace, NOW)
    Channel.objects.update(created_at=NOW - timedelta(days=9))
    MentionHour.objects.update(total=19)

    few = selectors.bursts(harbour_workspace, NOW)

    assert (on_the_first_day, few) == ([], [])
