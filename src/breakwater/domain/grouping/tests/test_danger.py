"""A person in danger is never one of many."""

from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.grouping.groups import Groups
from breakwater.domain.grouping.tests.piles import piles
from breakwater.domain.grouping.tests.saying import said, score
from breakwater.domain.scoring.scores import Head, Score

CRY = "My parcel never arrived and I do not want to live any more"


def test_the_same_words_from_others_do_not_group_it() -> None:
    groups = Groups()

    groups.add([said("a", CRY), said("b", CRY), said("c", CRY, score=score(Head.DANGER))])

    assert groups.group("a") == groups.group("b") == "topic:late"
    assert groups.group("c") is None
    assert [one.id for one in groups.alone()] == ["c"]


def test_a_lower_chance_is_enough() -> None:
    groups = Groups()

    groups.add([said("a", CRY, score=Score("test-1", "en", {Head.DANGER: 0.3}))])

    assert groups.group("a") is None


def test_a_score_that_comes_later_takes_it_out() -> None:
    groups = Groups()
    groups.add([said("a", CRY), said("b", "My parcel never came")])

    changes = groups.add([said("a", CRY, score=score(Head.DANGER))])

    assert changes.placed == {"a": None}
    assert [one.id for one in groups.messages("topic:late")] == ["b"]


def test_the_caller_may_know_better_than_the_score() -> None:
    groups = Groups()

    groups.add([said("a", CRY, danger=True, score=score(Head.COMPLAINT))])

    assert groups.group("a") is None


@given(st.sets(st.integers(0, 30)), st.permutations(range(31)))
def test_whatever_the_order_none_of_them_is_in_a_group(hurt: set[int], order: list[int]) -> None:
    rows = piles()[0].rows
    groups = Groups()

    for at in order:
        groups.add([said(str(at), rows[at][2], danger=at in hurt)])

    assert all(groups.group(str(at)) is None for at in hurt)
    grouped = {one.id for group in groups.places.members for one in groups.messages(group)}
    assert grouped.isdisjoint(str(at) for at in hurt)
