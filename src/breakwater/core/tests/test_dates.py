"""A date is read the same by everybody: no month as a number, no half days."""

from datetime import datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format

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
        assert date_format(AT, "DATETIME_FORMAT") == said


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
        assert date_format(AT, form) == said


def test_a_sentence_that_ends_with_a_time_ends_with_one_full_stop() -> None:
    with translation.override("en"):
        data = {"asked": "02:30", "zone": "Paris", "effective": date_format(AT, "DATETIME_FORMAT")}
        said = sentence("time_gap", data)

    assert said.endswith("It would leave at Tue 3 Nov 2026, 14:05.")
