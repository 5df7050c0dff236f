"""When news become a signal: three feeds, two rare words, two hours."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from breakwater.domain.spikes import Headline, spike

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


def head(feed: int, title: str, minutes: int = 10) -> Headline:
    return Headline(UUID(int=feed), title, NOW - timedelta(minutes=minutes))


def test_three_feeds_that_share_two_rare_words_are_a_spike() -> None:
    found = spike(
        [head(1, "Explosion at Valmor plant"), head(2, "Valmor: explosion heard for miles"),
         head(3, "What is known of the explosion in Valmor")], NOW,
    )  # fmt: skip

    assert found is not None
    assert found.words == ("explosion", "valmor")
    assert len(found.feeds) == 3


def test_two_feeds_are_not_nor_one_feed_that_repeats_itself() -> None:
    two = [head(1, "Explosion at Valmor plant"), head(2, "Valmor explosion")]

    assert spike(two, NOW) is None
    assert spike([*two, head(2, "Explosion in Valmor again")], NOW) is None


def test_what_is_older_than_two_hours_does_not_count() -> None:
    three = [
        head(1, "Explosion Valmor"),
        head(2, "Valmor explosion"),
        head(3, "Valmor explosion", 121),
    ]

    assert spike(three, NOW) is None


def test_words_of_every_day_are_no_event() -> None:
    daily = [head(n % 3 + 1, "Football results: Premier League", 60 * n) for n in range(3, 60)]
    fresh = [head(n, "Football: the League tonight") for n in (1, 2, 3)]

    assert spike([*daily, *fresh], NOW) is None
