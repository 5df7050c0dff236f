"""What is read: boards to choose from, own pins, who is followed, figures."""

from datetime import date, timedelta
from typing import Any

import pytest

from breakwater.domain.errors import Refused, TryLater, Unsupported
from breakwater.networks.base import Act, Choice, Deed, Figure, Metric, Source, What
from tests.standins.base.calling import PICTURE, parcel
from tests.standins.base.exchange import as_json
from tests.standins.pinterest import PinterestStandin
from tests.standins.pinterest.calling import ann
from tests.standins.pinterest.standin import MAINS, MENUS, SECRET_GARDEN


def _pin(text: str, number: int = 0) -> Any:
    return parcel(text, key=f"{number:032x}", media=(PICTURE,), options={"board": MENUS})


def test_boards_and_sections_are_to_choose_from(pinterest_standin: PinterestStandin) -> None:
    calls = ann(pinterest_standin)

    boards = calls.run(lambda c: c.choices("board"))
    sections = calls.run(lambda c: c.choices("section"))

    assert boards == (Choice(MENUS, "Menus"), Choice(SECRET_GARDEN, "The garden"))
    assert sections == (Choice(MAINS, "Menus › Mains"),)
    with pytest.raises(Unsupported):
        calls.run(lambda c: c.choices("title"))


def test_more_boards_than_a_page_are_all_there(pinterest_standin: PinterestStandin) -> None:
    pinterest_standin.boards |= {f"6{n:011}": f"Board {n}" for n in range(300)}

    boards = ann(pinterest_standin).run(lambda c: c.choices("board"))

    assert len(boards) == 302
    assert len(pinterest_standin.calls("GET", "/v5/boards")) == 2


def test_own_pins_are_newest_first_and_polled_from_where_it_was(
    pinterest_standin: PinterestStandin,
) -> None:
    calls = ann(pinterest_standin)
    for number in range(3):
        calls.publish(_pin(f"{number}", number))
        pinterest_standin.advance(2)

    shown = calls.run(lambda c: c.timeline(2))
    first = calls.run(lambda c: c.poll(Source.OWN_POSTS, ""))
    pinterest_standin.advance(-2)  # within the second of the newest one
    calls.publish(_pin("new", 9))
    second = calls.run(lambda c: c.poll(Source.OWN_POSTS, first.cursor))

    assert [seen.text for seen in shown] == ["2", "1"]
    assert [(a.what, a.text, a.own) for a in first.arrived] == [
        (What.POST, "0", True), (What.POST, "1", True), (What.POST, "2", True),
    ]  # fmt: skip
    assert [a.text for a in second.arrived] == ["new"]
    with pytest.raises(Unsupported):
        calls.run(lambda c: c.poll(Source.COMMENTS, ""))


def test_who_is_followed_goes_on_by_cursor(pinterest_standin: PinterestStandin) -> None:
    pinterest_standin.followed = [f"user_{n}" for n in range(251)]
    calls = ann(pinterest_standin)

    first = calls.run(lambda c: c.following(""))
    last = calls.run(lambda c: c.following(first.cursor))

    assert (len(first.people), first.people[0].handle) == (250, "@user_0")
    assert ([p.remote_id for p in last.people], last.cursor) == (["user_250"], "")


def test_figures_of_the_account_day_by_day(pinterest_standin: PinterestStandin) -> None:
    calls, today = ann(pinterest_standin), pinterest_standin.now().date()

    figures = calls.run(lambda c: c.insights())

    yesterday = today - timedelta(days=1)
    assert figures[0] == Figure(Metric.FOLLOWERS, 1_204)
    assert Figure(Metric.VIEWS, 10, yesterday) in figures
    assert Figure(Metric.CLICKS, 12, yesterday) in figures
    assert {f.day for f in figures if f.day} == _days(today - timedelta(days=29), yesterday)
    assert calls.taken == ["org_read", "org_analytics"]


def test_an_account_that_is_no_business_has_totals_alone(
    pinterest_standin: PinterestStandin,
) -> None:
    pinterest_standin.business = False

    figures = ann(pinterest_standin).run(lambda c: c.insights())

    assert figures == (Figure(Metric.FOLLOWERS, 1_204),)


def test_figures_of_a_pin_are_totals_and_days(pinterest_standin: PinterestStandin) -> None:
    calls = ann(pinterest_standin)
    number = calls.publish(_pin("One"))

    figures = calls.run(lambda c: c.insights(number))

    assert figures[:5] == (
        Figure(Metric.VIEWS, 240), Figure(Metric.SAVES, 20), Figure(Metric.CLICKS, 3),
        Figure(Metric.LIKES, 12), Figure(Metric.COMMENTS, 2),
    )  # fmt: skip
    assert len({f.day for f in figures if f.day}) == 29
    with pytest.raises(Refused) as refused:
        calls.run(lambda c: c.insights("1"))
    assert refused.value.reason == "not_there"


def test_there_are_no_comments_and_no_deeds(pinterest_standin: PinterestStandin) -> None:
    calls = ann(pinterest_standin)

    with pytest.raises(Unsupported):
        calls.run(lambda c: c.comments("1"))
    for deed in Deed:
        with pytest.raises(Unsupported):
            calls.run(lambda c, deed=deed: c.act(Act(deed, "1")))  # type: ignore[misc]

    assert pinterest_standin.requests == []


def test_nonsense_is_asked_for_again(pinterest_standin: PinterestStandin) -> None:
    calls = ann(pinterest_standin)
    number = calls.publish(_pin("One"))
    pinterest_standin.html_200("GET", f"/v5/pins/{number}")
    with pytest.raises(TryLater):
        calls.run(lambda c: c.read(number))
    pinterest_standin.fail_next("GET", "/v5/pins", as_json({"items": [{"id": "1"}]}))
    with pytest.raises(TryLater):
        calls.run(lambda c: c.timeline(1))


def _days(first: date, last: date) -> set[date]:
    return {first + timedelta(days=n) for n in range((last - first).days + 1)}
