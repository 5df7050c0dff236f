"""The figures of an incident, recounted from what arrived, and kept as they were."""

from datetime import timedelta
from typing import Any

import pytest

from breakwater.channels.models import Arrival, Channel, Reading
from breakwater.domain.errors import Forbidden, Invalid
from breakwater.inbox.models import Item
from breakwater.inbox.tests.world import COMPLAINT, LEO, NOW, PRAISE, arrive, channel_of, said
from breakwater.incidents.damage import damage, earlier, numbers_of
from breakwater.incidents.models import Entry, Incident, Measure, Subject
from breakwater.incidents.services.measuring import measure
from breakwater.incidents.services.opening import Opening, open_incident
from breakwater.insights.models import MentionHour
from breakwater.insights.services import count_hours
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, access

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def quay(harbour_workspace: Workspace) -> Channel:
    channel = channel_of(harbour_workspace)
    Channel.objects.update(created_at=NOW - 40 * DAY)
    return channel


@pytest.fixture
def incident(by_bob: Access, quay: Channel) -> Incident:
    """Began at nine with our post p1."""
    made = open_incident(by_bob, Opening("bad_post", "The joke", 3), now=NOW + HOUR)
    Incident.objects.filter(pk=made.pk).update(began_at=NOW, noticed_at=NOW + HOUR)
    Subject.objects.create(incident=made, channel=quay, remote_id="p1", created_at=NOW)
    return Incident.objects.select_related("workspace").get(pk=made.pk)


def _before(quay: Channel, days: int = 28) -> None:
    """One message an hour, one in four displeased, and 1,000 followers."""
    MentionHour.objects.bulk_create(
        MentionHour(
            channel=quay, hour=NOW - n * HOUR, total=1, scored=1, negative=n % 4 == 0,
            settled=True,
        )
        for n in range(1, 24 * days + 1)
    )  # fmt: skip


def _followers(quay: Channel, value: int, days: int) -> None:
    Reading.objects.create(
        channel=quay, metric="followers", day=(NOW + days * DAY).date(), value=value, at=NOW
    )


def _storm(quay: Channel, n: int = 30) -> None:
    words = (COMPLAINT, PRAISE)
    arrive(
        quay,
        *(
            said(
                f"{words[at % 2]} {at}", f"m{at}", minutes=at * 2, **({"by": LEO} if at % 3 else {})
            )
            for at in range(n)
        ),
        now=NOW + 2 * HOUR,
    )
    count_hours(now=NOW + 2 * HOUR)


def test_the_figures_are_those_of_the_messages_that_arrived(
    incident: Incident, quay: Channel
) -> None:
    _before(quay)
    _storm(quay)
    _followers(quay, 1000, -1)
    _followers(quay, 940, 1)

    found = damage(incident, 72, NOW + 2 * DAY)

    items = Item.objects.filter(at__gte=NOW, own=False)
    own = found.volume
    assert (own.total, own.days, own.expected, own.excess) == (items.count(), 28, 48.0, 0)
    assert own.total == Arrival.objects.filter(own=False).count() == 30
    negative = items.filter(chances__negative__gte=0.5).count()
    assert own.negative == round(negative / 30, 3)
    assert own.negative_before == 0.25
    assert (own.peak, own.peak_at) == (30, NOW)
    assert (found.below, found.followers_lost) == (30, 60)
    assert [one.items for one in found.amplifiers] == [20, 10]
    assert len(found.series) == 48
    assert found.series[0] == (NOW, 30, 1.0)


def test_less_than_a_week_of_before_compares_nothing(incident: Incident, quay: Channel) -> None:
    Channel.objects.update(created_at=NOW - 3 * DAY)
    _before(quay, days=3)
    _storm(quay)

    found = damage(incident, 24, NOW + DAY)

    assert (found.volume.days, found.volume.enough) == (3, False)
    assert (found.volume.total, found.volume.excess, found.volume.times) == (30, None, None)
    assert found.followers_lost is None


def test_half_of_the_channels_is_no_sum_of_followers(
    incident: Incident, quay: Channel, harbour_workspace: Workspace
) -> None:
    other = channel_of(harbour_workspace, remote_id="2")
    Subject.objects.create(incident=incident, channel=other, remote_id="p2", created_at=NOW)
    _followers(quay, 1000, -1)
    _followers(quay, 900, 1)

    found = damage(incident, 72, NOW + 2 * DAY)

    assert (found.followers_before, found.followers_after) == (None, None)


def test_what_is_kept_stays_and_is_compared_with_later_ones(
    incident: Incident, by_bob: Access, quay: Channel
) -> None:
    _before(quay)
    _storm(quay)
    row = measure(by_bob, incident, 72, now=NOW + 2 * DAY)

    Item.objects.all().delete()
    MentionHour.objects.filter(hour__gte=NOW).delete()
    later = open_incident(by_bob, Opening("bad_post", "Another", 2), now=NOW + 9 * DAY)

    assert [one.pk for one in earlier(later)] == [row.pk]
    kept: dict[str, Any] = Measure.objects.get().numbers
    assert (kept["total"], kept["noticed_min"], kept["days_before"]) == (30, 60, 28)
    assert not {"amplifiers", "names"} & set(kept)
    assert Entry.objects.filter(incident=incident, code="measured").count() == 1
    assert numbers_of(damage(incident, 72, NOW + 2 * DAY))["total"] == 0


def test_who_does_not_respond_keeps_nothing(
    incident: Incident, ann: Person, by_bob: Access
) -> None:
    ann_at = access(ann, "harbour", Right.SEE)

    with pytest.raises(Forbidden):
        measure(ann_at, incident, 72, now=NOW + DAY)
    with pytest.raises(Invalid):
        measure(by_bob, incident, 5, now=NOW + DAY)

    assert not Measure.objects.exists()


def test_reach_is_what_the_networks_gave_of_its_posts_people_before_views(
    incident: Incident, quay: Channel
) -> None:
    for name in ("p2", "p3"):
        Subject.objects.create(incident=incident, channel=quay, remote_id=name, created_at=NOW)
    given = [
        ("p1", "views", 0, 900), ("p1", "reach", 0, 300), ("p1", "reach", 1, 400),
        ("p2", "views", 0, 70), ("p2", "likes", 0, 6), ("p2", "comments", 0, 2),
        ("elsewhere", "reach", 0, 5000),
    ]  # fmt: skip
    Reading.objects.bulk_create(
        Reading(
            channel=quay, about=about, metric=metric, day=(NOW + day * DAY).date(), value=value,
            at=NOW + day * DAY,
        )
        for about, metric, day, value in given
    )  # fmt: skip

    found = damage(incident, 72, NOW + 2 * DAY)

    assert (found.reach, found.engagement) == (470, 8)
    assert (found.counted, found.posts) == (2, 3)
    assert numbers_of(found)["reach"] == 470


def test_reach_is_not_known_where_no_network_gave_it(incident: Incident, quay: Channel) -> None:
    Reading.objects.create(
        channel=quay, about="p1", metric="likes", day=NOW.date(), value=3, at=NOW
    )

    found = damage(incident, 72, NOW + 2 * DAY)

    assert (found.reach, found.engagement, found.counted) == (None, 3, 1)
