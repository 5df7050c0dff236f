"""What a network counts of a bad post is kept with its evidence, and followed while it is there."""

from datetime import timedelta

import pytest

from breakwater.channels.models import Channel, Reading
from breakwater.channels.services import postfigures
from breakwater.core import clock
from breakwater.domain.guarantees import Guarantee
from breakwater.evidence.models import Capture
from breakwater.networks.base import Figure, Metric
from breakwater.workers.tests.conftest import Bench
from breakwater.workers.tests.test_respond import asked, respond, stray

pytestmark = pytest.mark.django_db(transaction=True)


def figures_of(remote_id: str) -> dict[str, int]:
    return dict(Reading.objects.filter(about=remote_id).values_list("metric", "value"))


def look_again(bench: Bench, channel: Channel) -> None:
    """The hour is over: the figures of the account, and of the posts that are followed, are read."""
    before = clock.now()
    cursor = channel.cursors.filter(source="figures")
    bench.read_until(lambda: cursor.filter(next_at__isnull=False).exists())
    cursor.update(next_at=before)
    bench.read_until(lambda: cursor.filter(read_at__gte=before).exists())


def test_what_the_network_counts_of_a_post_is_kept_with_its_evidence(bench: Bench) -> None:
    quay = bench.channel(Guarantee.NONE)
    theirs = stray(bench, quay)
    asked(bench, quay, theirs)

    respond()

    found = figures_of(theirs)
    assert set(found) == {"likes", "comments", "shares", "views"}
    assert found["views"] == 60 + 11 * found["likes"]
    assert Capture.objects.get().state == "sealed"


def test_its_figures_are_read_again_while_it_is_there(bench: Bench) -> None:
    quay = bench.channel(Guarantee.NONE)
    theirs = stray(bench, quay)
    asked(bench, quay, theirs)
    respond()
    before = figures_of(theirs)
    bench.ask(quay, lambda practice: practice.say(theirs, "Is this a joke?"))

    look_again(bench, quay)

    now = bench.ask(quay, lambda practice: practice.insights(theirs))
    assert figures_of(theirs) == {one.metric.value: one.value for one in now}
    assert figures_of(theirs)["comments"] > before["comments"]
    assert Reading.objects.filter(about="", metric="followers").count() == 1


def test_a_post_that_is_gone_keeps_its_last_figures_and_troubles_nobody(bench: Bench) -> None:
    quay = bench.channel(Guarantee.NONE)
    theirs = stray(bench, quay)
    asked(bench, quay, theirs)
    respond()
    before = figures_of(theirs)
    bench.ask(quay, lambda practice: practice.vanish(theirs))

    look_again(bench, quay)

    assert figures_of(theirs) == before
    assert quay.cursors.get(source="figures").trouble == ""
    assert Reading.objects.filter(about="", metric="followers").count() == 1


def test_nothing_is_kept_of_what_is_evidence_by_its_address_alone(bench: Bench) -> None:
    quay = bench.channel(Guarantee.NONE)
    theirs = stray(bench, quay)
    asked(bench, quay, theirs, address_only=True)

    respond()

    assert not Reading.objects.filter(about=theirs).exists()


def test_a_post_is_followed_until_it_gives_nothing_and_for_eight_days_at_most(
    bench: Bench,
) -> None:
    quay, now = bench.channel(Guarantee.NONE), clock.now()
    postfigures.keep(quay, "p1", [Figure(Metric.VIEWS, 5)], zone="Europe/Paris", now=now)

    def followed(after: timedelta) -> list[str]:
        Reading.objects.update(at=now + after)
        return postfigures.followed(quay.pk, now=now + after)

    assert postfigures.followed(quay.pk, now=now + timedelta(hours=3)) == ["p1"]
    assert postfigures.followed(quay.pk, now=now + timedelta(hours=4)) == []
    assert followed(timedelta(days=7)) == ["p1"]
    assert followed(timedelta(days=10)) == []


def test_days_are_summed_where_a_network_gives_no_total(bench: Bench) -> None:
    quay, now = bench.channel(Guarantee.NONE), clock.now()
    one, two = now.date() - timedelta(days=1), now.date()
    given = [
        Figure(Metric.VIEWS, 5, one), Figure(Metric.VIEWS, 7, two),
        Figure(Metric.LIKES, 9), Figure(Metric.LIKES, 2, two),
    ]  # fmt: skip

    assert postfigures.keep(quay, "p1", given, zone="UTC", now=now) == 2

    assert figures_of("p1") == {"views": 12, "likes": 9}
