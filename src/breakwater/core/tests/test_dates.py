"""A date is read the same by everybody: no month as a number, no half days."""

from datetime import date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from breakwater.core.dates import dated
from breakwater.core.messages import sentence

AT = datetime(2026, 11, 3, 14, 5)  # noqa: DTZ001 - a wall time


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Tue 3 Nov 2026, 14:05"),
        ("en-gb", "Tue 3 Nov 2026, 14:05"),
        ("en-us", "Tue 3 Nov 2026, 14:05"),
        ("fr", "3 novembre 2026 14:05"),
    ],
)
def test_a_moment_names_its_month_and_counts_to_24(language: str, said: str) -> None:
    with translation.override(language):
        assert dated(AT, "DATETIME_FORMAT") == said


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("DATE_FORMAT", "Tue 3 Nov 2026"),
        ("SHORT_DATE_FORMAT", "Tue 3 Nov 2026"),
        ("SHORT_DATETIME_FORMAT", "Tue 3 Nov 2026, 14:05"),
        ("TIME_FORMAT", "14:05"),
        ("MONTH_DAY_FORMAT", "3 November"),
        ("YEAR_MONTH_FORMAT", "November 2026"),
    ],
)
def test_english_has_one_way_of_each(form: str, said: str) -> None:
    with translation.override("en"):
        assert dated(AT, form) == said


def test_a_sentence_that_ends_with_a_time_ends_with_one_full_stop() -> None:
    with translation.override("en"):
        data = {"asked": "02:30", "zone": "Paris", "effective": dated(AT, "DATETIME_FORMAT")}
        said = sentence("time_gap", data)

    assert said.endswith("It would leave at Tue 3 Nov 2026, 14:05.")


@pytest.mark.parametrize(
    ("at", "form", "said"),
    [
        (date(2026, 12, 1), "DATE_FORMAT", "1er décembre 2026"),
        (date(2026, 12, 1), "l j F", "Mardi 1er décembre"),
        (date(2026, 12, 1), "F Y", "décembre 2026"),
        (datetime(2026, 8, 1, 1, 1), "DATETIME_FORMAT", "1er août 2026 01:01"),  # noqa: DTZ001 - a wall time
        (datetime(2026, 12, 1, 4, 1), "H:i l j F", "04:01 Mardi 1er décembre"),  # noqa: DTZ001 - a wall time
        (date(2026, 12, 1), "j M", "1er déc"),
        (date(2026, 12, 11), "DATE_FORMAT", "11 décembre 2026"),
        (date(2026, 12, 21), "j M", "21 déc"),
    ],
)
def test_french_has_a_word_for_the_first_of_a_month(at: date, form: str, said: str) -> None:
    with translation.override("fr"):
        assert dated(at, form) == said
        assert Template("{{ at|date:form }}").render(Context({"at": at, "form": form})) == said


def test_english_has_none() -> None:
    with translation.override("en"):
        assert dated(date(2026, 12, 1), "j F") == "1 December"


@pytest.mark.parametrize("at", [None, "", "2026-12-01", 5])
def test_what_is_no_date_is_nothing_in_a_template(at: object) -> None:
    assert Template("{{ at|date }}").render(Context({"at": at})) == ""
