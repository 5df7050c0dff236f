"""One category for each message: danger first, what asks before what only hurts, questions not lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.scoring.scores import ABUSE, INTENT, Band, Head
from breakwater.domain.triage import (
    ASKS,
    Category,
    Signs,
    category_of,
    may_threaten,
    threatens,
    wants,
    worst,
)

CHANCES = st.dictionaries(st.sampled_from((*INTENT, Head.THREAT)), st.floats(0, 1))
SIGNS = st.builds(
    Signs,
    CHANCES,
    st.sampled_from([*Band, None]),
    st.lists(st.sampled_from(ABUSE), max_size=2),
    danger=st.booleans(),
    rating=st.one_of(st.none(), st.integers(1, 5)),
    spam=st.booleans(),
)
CATEGORIES = st.lists(st.sampled_from(Category))


@given(signs=SIGNS)
def test_danger_is_before_everything_and_a_threat_before_all_else(signs: Signs) -> None:
    category = category_of(signs)

    assert (category is Category.DANGER) is signs.danger
    if threatens(signs) and not signs.danger:
        assert category is Category.THREAT


@given(signs=SIGNS)
def test_what_may_be_a_threat_is_nowhere_that_nobody_looks(signs: Signs) -> None:
    category = category_of(signs)

    if may_threaten(signs):
        assert category not in (Category.ABUSE, Category.OTHER)
    if category is Category.THREAT and not threatens(signs):
        assert may_threaten(signs)
        assert not wants(signs)


@given(signs=SIGNS)
def test_abuse_is_never_what_asks_for_something(signs: Signs) -> None:
    if category_of(signs) is Category.ABUSE:
        assert set(wants(signs)) <= {Head.PRAISE}
        assert signs.band in (Band.VEILED, Band.HELD)


@given(chances=CHANCES, reasons=st.lists(st.sampled_from(ABUSE), max_size=2))
def test_what_asks_in_a_clear_text_asks_in_an_abusive_one(
    chances: dict[Head, float], reasons: list[Head]
) -> None:
    clear = wants(Signs(chances, Band.CLEAR))
    abusive = wants(Signs(chances, Band.VEILED, reasons))

    assert set(clear) <= set(abusive)


@given(one=CATEGORIES, two=CATEGORIES)
def test_the_worst_of_all_is_the_worst_of_the_worst(
    one: list[Category], two: list[Category]
) -> None:
    both = worst([*one, *two])

    assert both == worst([*two, *one])
    assert both in {worst(one), worst(two)}
    assert all(list(Category).index(both) <= list(Category).index(it) for it in (*one, *two))


@pytest.mark.parametrize(
    ("signs", "category"),
    [
        (Signs({}, None), Category.OTHER),
        (Signs({}, None, rating=5), Category.PRAISE),
        (Signs({}, None, rating=4), Category.PRAISE),
        (Signs({}, None, rating=3), Category.COMPLAINT),
        (Signs({}, Band.HELD), Category.ABUSE),
        (Signs({Head.QUESTION: 0.1}, Band.HELD), Category.QUESTION),
        (Signs({Head.QUESTION: 0.1}, Band.CLEAR), Category.OTHER),
        (Signs({Head.QUESTION: 0.15}, Band.CLEAR), Category.QUESTION),
        (Signs({Head.QUESTION: 0.005}, Band.CLEAR, marked=True), Category.QUESTION),
        (Signs({Head.QUESTION: 0.004}, Band.CLEAR, marked=True), Category.OTHER),
        (Signs({Head.THREAT: 0.15}, Band.CLEAR), Category.THREAT),
        (Signs({Head.THREAT: 0.09}, Band.CLEAR), Category.THREAT),
        (Signs({Head.THREAT: 0.09}, Band.CLEAR, rating=1), Category.THREAT),
        (Signs({Head.THREAT: 0.09}, Band.HELD), Category.THREAT),
        (Signs({Head.THREAT: 0.089}, Band.HELD), Category.ABUSE),
        (Signs({Head.THREAT: 0.089}, Band.CLEAR), Category.OTHER),
        (Signs({Head.THREAT: 0.14, Head.QUESTION: 0.9}, Band.CLEAR), Category.QUESTION),
        (Signs({Head.THREAT: 0.14, Head.PRAISE: 0.9}, Band.CLEAR), Category.PRAISE),
        (Signs({Head.THREAT: 0.14}, Band.CLEAR, spam=True), Category.SPAM),
        (Signs({Head.PRAISE: 0.9}, Band.CLEAR, rating=1), Category.PRAISE),
        (Signs({Head.PRAISE: 0.9, Head.COMPLAINT: 0.6}, Band.CLEAR), Category.COMPLAINT),
        (Signs({Head.QUESTION: 0.9}, Band.CLEAR, spam=True), Category.SPAM),
        (Signs({Head.CRISIS: 0.5, Head.QUESTION: 0.9}, Band.CLEAR), Category.CRISIS),
    ],
)
def test_categories(signs: Signs, category: Category) -> None:
    assert category_of(signs) is category


def test_of_no_message_nothing_is_said() -> None:
    assert worst([]) is Category.OTHER
    assert Category.ABUSE not in ASKS
