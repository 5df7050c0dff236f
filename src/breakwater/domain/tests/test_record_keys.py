"""Record keys of the AT Protocol: valid, and in the order of time."""

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.tid import tid

_VALID = re.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")
"""https://atproto.com/specs/tid, "TID syntax"."""

_START = datetime(1970, 1, 1, tzinfo=UTC)
moments = st.integers(min_value=0, max_value=2**53 - 1).map(
    lambda microseconds: _START + timedelta(microseconds=microseconds)
)
clock_ids = st.integers(min_value=0, max_value=1023)


@given(moments, clock_ids)
def test_a_record_key_is_valid(moment: datetime, clock_id: int) -> None:
    assert _VALID.fullmatch(tid(moment, clock_id))


@given(moments, clock_ids, moments, clock_ids)
def test_record_keys_sort_as_time_does(
    moment: datetime, clock_id: int, other: datetime, other_id: int
) -> None:
    by_text = tid(moment, clock_id) < tid(other, other_id)

    assert by_text == ((moment, clock_id) < (other, other_id))


def test_a_known_moment_gives_the_known_key() -> None:
    moment = datetime(2026, 11, 22, 6, 18, 8, 123456, tzinfo=UTC)

    # as TID.fromTime of @atproto/common-web says
    assert tid(moment, 0) == "3n2uxshwum222"
    assert tid(moment, 1023) == "3n2uxshwum2zz"
    assert tid(datetime(1970, 1, 1, tzinfo=UTC), 0) == "2222222222222"


def test_the_zone_of_the_moment_makes_no_difference() -> None:
    moment = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
    in_paris = moment.astimezone(timezone(timedelta(hours=1)))

    assert tid(in_paris, 7) == tid(moment, 7)


@pytest.mark.parametrize(
    ("moment", "clock_id"),
    [
        (datetime(2026, 11, 22, tzinfo=UTC).replace(tzinfo=None), 0),
        (datetime(1969, 12, 31, tzinfo=UTC), 0),
        (datetime(2256, 1, 1, tzinfo=UTC), 0),
        (datetime(2026, 11, 22, tzinfo=UTC), -1),
        (datetime(2026, 11, 22, tzinfo=UTC), 1024),
    ],
)
def test_it_refuses_what_has_no_key(moment: datetime, clock_id: int) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the sentence names the argument
        tid(moment, clock_id)
