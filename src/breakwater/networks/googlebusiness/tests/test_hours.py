"""Opening hours: what people write, what Google gets, and what counts as the same."""

import contextlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.errors import Refused
from breakwater.networks.googlebusiness.hours import (
    Period,
    Special,
    digest,
    location,
    regular,
    special,
)

NINE, SIX = 9 * 60, 18 * 60


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Mon 09:00-18:00", (Period(0, NINE, SIX),)),
        ("monday 9:00 – 18:00", (Period(0, NINE, SIX),)),
        ("lundi 9h00-18h00", (Period(0, NINE, SIX),)),
        ("mar. 09:00-18:00", (Period(1, NINE, SIX),)),
        ("Sat-Sun: 09:00-18:00", (Period(5, NINE, SIX), Period(6, NINE, SIX))),
        ("Sun-Mon 09:00-18:00", (Period(0, NINE, SIX), Period(6, NINE, SIX))),
        ("Sun closed", ()),
        ("Dim fermé", ()),
        ("Fri 24h", (Period(4, 0, 1440),)),
        ("Fri 18:00-02:00", (Period(4, SIX, 1440 + 120),)),
        ("Fri 09:00-12:00, 14:00-24:00", (Period(4, NINE, 720), Period(4, 840, 1440))),
        ("Mon 09:00-18:00; Tue closed", (Period(0, NINE, SIX),)),
    ],
)
def test_regular_hours_are_read(text: str, wanted: tuple[Period, ...]) -> None:
    assert regular(text) == wanted


@pytest.mark.parametrize(
    "text",
    ["Noday 09:00-18:00", "Mon", "Mon 9-18", "Mon 25:00-26:00", "Mon 09:60-10:00", "09:00-18:00",
     "Mon 09:00-18:00 lunch", "Mon,Tue 09:00-18:00", "Mon 24:00-25:00", "é"],
)  # fmt: skip
def test_regular_hours_that_mean_nothing_are_refused_with_their_line(text: str) -> None:
    with pytest.raises(Refused) as refused:
        regular(f"Sun closed\n{text}")

    assert refused.value.reason == "hours_unreadable"
    assert refused.value.detail == text.lower()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-12-25 closed", (Special("2026-12-25", 0, 0),)),
        ("2026-12-24 09:00-18:00", (Special("2026-12-24", NINE, SIX),)),
        ("2026-12-31 18:00-02:00", (Special("2026-12-31", SIX, 1560),)),
        ("none", ()),
        ("Aucun", ()),
    ],
)
def test_single_days_are_read(text: str, wanted: tuple[Special, ...]) -> None:
    assert special(text) == wanted


@pytest.mark.parametrize(
    "text", ["25.12.2026 closed", "2026-02-30 closed", "2026-12-25", "20261225 closed"]
)
def test_single_days_that_mean_nothing_are_refused(text: str) -> None:
    with pytest.raises(Refused):
        special(text)


def test_only_what_was_written_is_changed() -> None:
    assert location("", "none") == ("specialHours", {"specialHours": {"specialHourPeriods": []}})
    assert location("Mon closed", "")[0] == "regularHours"
    with pytest.raises(Refused):
        location("", " ")


def test_a_night_ends_on_the_next_day_and_the_week_goes_round() -> None:
    _, body = location("Sun 18:00-02:00", "")

    assert body["regularHours"]["periods"] == [
        {
            "openDay": "SUNDAY", "openTime": {"hours": 18, "minutes": 0},
            "closeDay": "MONDAY", "closeTime": {"hours": 2, "minutes": 0},
        }
    ]  # fmt: skip


def test_the_same_hours_in_another_order_and_without_zeros_are_the_same() -> None:
    mask, body = location("Mon 00:00-10:00\nTue 09:00-18:00", "")
    shown = {
        "regularHours": {
            "periods": [
                {"openDay": "TUESDAY", "openTime": {"hours": 9}, "closeDay": "TUESDAY",
                 "closeTime": {"hours": 18}},
                {"openDay": "MONDAY", "openTime": {}, "closeDay": "MONDAY", "closeTime": {"hours": 10}},
            ]
        },
        "title": "Harbour Café",
    }  # fmt: skip

    assert digest(mask, shown) == digest(mask, body)
    assert digest(mask, {}) != digest(mask, body)


@pytest.mark.parametrize("read", [regular, special])
@given(text=st.text(max_size=40))
def test_nothing_but_a_refusal_comes_of_any_text(read: Callable[[str], object], text: str) -> None:
    with contextlib.suppress(Refused):
        assert isinstance(read(text), tuple)
