"""The digest stands for a value, whatever its order, and for no other value."""

import random
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.digest import canonical, digest

KEY = UUID("018f3b1e-0000-7000-8000-000000000001")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("abcdefgh", max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


def shuffled(value: Any, chance: random.Random) -> Any:
    """The same value, its mappings filled in another order."""
    if isinstance(value, dict):
        pairs = [(key, shuffled(item, chance)) for key, item in value.items()]
        chance.shuffle(pairs)
        return dict(pairs)
    if isinstance(value, list):
        return [shuffled(item, chance) for item in value]
    return value


@given(VALUES, st.randoms(use_true_random=False))
def test_the_order_of_keys_does_not_count(value: Any, chance: random.Random) -> None:
    assert digest(shuffled(value, chance)) == digest(value)


@given(TEXT, TEXT)
def test_other_text_has_another_digest(one: str, other: str) -> None:
    assert (digest(one) == digest(other)) is (canonical(one) == canonical(other))


def test_the_canonical_form_is_exact() -> None:
    value = {"b": [1, None, True], "a": "é", KEY: ()}

    assert canonical(value) == (
        b'{"018f3b1e-0000-7000-8000-000000000001":[],"a":"\xc3\xa9","b":[1,null,true]}'
    )
    assert digest("") == "12ae32cb1ec02d01eda3581b127c1fee3b0dc53572ed6baf239721a03d82e126"


def test_composed_and_decomposed_letters_are_one() -> None:
    assert digest("e\u0301") == digest("\u00e9")


def test_the_order_of_a_list_counts() -> None:
    assert digest([1, 2]) != digest([2, 1])


def test_true_is_not_one() -> None:
    assert len({digest(1), digest(True), digest("1"), digest([1])}) == 4


def test_an_instant_is_one_whatever_its_zone() -> None:
    at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

    assert digest(at) == digest(at.astimezone(timezone(timedelta(hours=9))))


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        b"bytes",
        {1, 2},
        datetime(2026, 3, 2),  # noqa: DTZ001 - naive on purpose
        {1: "a number as key"},
        {"e\u0301": 1, "\u00e9": 2},
        {KEY: 1, str(KEY): 2},
        object(),
    ],
)
def test_what_has_no_canonical_form_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        canonical(value)
