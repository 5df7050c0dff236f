"""One category for each message: danger first, what asks before what only hurts, questions not lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.scoring.scores import ABUSE, INTENT, Band, Head
from breakwater.domain.triage import ASKS, Category, Facts, category_of, threatens, wants, worst

CHANCES = st.dictionaries(st.sampled_from((*INTENT, Head.THREAT)), st.floats(0, 1))
FACTS = st.builds(
    Facts,
    CHANCES,
    st.sampled_from([*Band, None]),
    st.lists(st.sampled_from(ABUSE), max_size=2),
    danger=st.booleans(),
    rating=st.one_of(st.none(), st.integers(1, 5)),
    spam=st.booleans(),
)
CATEGORIES = st.lists(st.sampled_from(Category))


@given(facts=FACTS)
def test_danger_is_before_everything_and_a_threat_before_all_else(facts: Facts) -> None:
    category = category_of(facts)

    assert (category is Category.DANGER) is facts.danger
    if not facts.danger:
        assert (category is Category.THREAT) is threatens(facts)


@given(facts=FACTS)
def test_abuse_is_never_what_asks_for_something(facts: Facts) -> None:
    if category_of(facts) is Category.ABUSE:
        assert set(wants(facts)) <= {Head.PRAISE}
        assert facts.band in (Band.VEILED, Band.HELD)


@given(chances=CHANCES, reasons=st.lists(st.sampled_from(ABUSE), max_size=2))
def test_what_asks_in_a_clear_text_asks_in_an_abusive_one(
    chances: dict[Head, float], reasons: list[Head]
) -> None:
    clear = wants(Facts(chances, Band.CLEAR))
    abusive = wants(Facts(chances, Band.VEILED, reasons))

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
    ("facts", "category"),
    [
        (Facts({}, None), Category.OTHER),
        (Facts({}, None, rating=5), Category.PRAISE),
        (Facts({}, None, rating=4), Category.PRAISE),
        (Facts({}, None, rating=3), Category.COMPLAINT),
        (Facts({}, Band.HELD), Category.ABUSE),
        (Facts({Head.QUESTION: 0.2}, Band.HELD), Category.QUESTION),
        (Facts({Head.QUESTION: 0.2}, Band.CLEAR), Category.OTHER),
        (Facts({Head.QUESTION: 0.02}, Band.CLEAR, marked=True), Category.QUESTION),
        (Facts({Head.THREAT: 0.15}, Band.CLEAR), Category.THREAT),
        (Facts({Head.PRAISE: 0.9}, Band.CLEAR, rating=1), Category.PRAISE),
        (Facts({Head.PRAISE: 0.9, Head.COMPLAINT: 0.6}, Band.CLEAR), Category.COMPLAINT),
        (Facts({Head.QUESTION: 0.9}, Band.CLEAR, spam=True), Category.SPAM),
        (Facts({Head.CRISIS: 0.5, Head.QUESTION: 0.9}, Band.CLEAR), Category.CRISIS),
    ],
)
def test_categories(facts: Facts, category: Category) -> None:
    assert category_of(facts) is category


def test_of_no_message_nothing_is_said() -> None:
    assert worst([]) is Category.OTHER
    assert Category.ABUSE not in ASKS
