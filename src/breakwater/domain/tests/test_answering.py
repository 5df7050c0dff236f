"""Windows of networks, and who has to call before they may be answered."""

from datetime import UTC, datetime, timedelta

from breakwater.domain.answering import Door, Rules, Standing, names, standing

NINE = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
DAY = 24 * 3600


def _at(rules: Rules, hours: float, *, what: str = "message", named: bool = False) -> Standing:
    later = NINE + timedelta(hours=hours)
    return standing(rules, what=what, named=named, last_at=NINE, now=later)


def test_without_a_rule_the_door_is_always_open() -> None:
    assert _at(Rules(), 10_000) == Standing(Door.OPEN)


def test_a_window_says_until_when_and_shuts_on_time() -> None:
    rules = Rules(within_s=DAY)

    assert _at(rules, 23.99) == Standing(Door.CLOSES, until=NINE + timedelta(hours=24))
    assert _at(rules, 24) == Standing(Door.SHUT, since=NINE + timedelta(hours=24))


def test_between_the_two_windows_only_a_granted_app_may() -> None:
    rules = Rules(within_s=DAY, granted_s=7 * DAY)

    assert _at(rules, 1) == Standing(Door.CLOSES, until=NINE + timedelta(hours=24))
    assert _at(rules, 25) == Standing(Door.GRANTED, until=NINE + timedelta(days=7))
    assert _at(rules, 7 * 24) == Standing(Door.SHUT, since=NINE + timedelta(days=7))


def test_who_did_not_call_is_told_apart_from_who_did() -> None:
    rules = Rules(called=("mention", "quote"))

    assert _at(rules, 1, what="comment") == Standing(Door.UNCALLED)
    assert _at(rules, 1, what="comment", named=True) == Standing(Door.OPEN)
    assert _at(rules, 1, what="quote") == Standing(Door.OPEN)


def test_a_handle_is_named_whole_or_not_at_all() -> None:
    assert names("Hello @Quay, are you open?", "@quay")
    assert names("@quayside and @quay", "quay")
    assert not names("@quayside, @quay_2", "@quay")
    assert not names("quay", "@quay")
    assert not names("@", "")
