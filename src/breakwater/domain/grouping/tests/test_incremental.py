"""Groups grow, move and shrink with what comes, whatever its order, and outlive a restart."""

import json
import random
from collections import defaultdict
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.grouping.groups import Groups
from breakwater.domain.grouping.messages import Message
from breakwater.domain.grouping.state import restored, saved
from breakwater.domain.grouping.summary import summaries
from breakwater.domain.grouping.tests.piles import piles
from breakwater.domain.grouping.tests.saying import said

ALL = [message for pile in piles() for message in pile.messages()]
TOPICLESS = ("Marceau really said that", "that Marceau again", "what a day, Marceau")


def partition(groups: Groups) -> set[frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one in groups.kept:
        group = groups.group(one)
        if group:
            found[group].add(one)
    return {frozenset(ids) for ids in found.values()}


def batches(messages: list[Message], seed: int) -> Iterable[list[Message]]:
    chance = random.Random(seed)
    while messages:
        size = chance.randint(1, 40)
        yield messages[:size]
        messages = messages[size:]


@given(st.lists(st.sampled_from(ALL), min_size=20, max_size=200, unique=True), st.integers(0, 999))
def test_repeats_and_wrong_order_give_the_same_groups(chosen: list[Message], seed: int) -> None:
    """No tolerance: the very same partition."""
    chance = random.Random(seed)
    shuffled = [*chosen, *chance.sample(chosen, len(chosen) // 5)]
    chance.shuffle(shuffled)
    straight, crooked = Groups(), Groups()

    straight.add(chosen)
    for batch in batches(shuffled, seed):
        crooked.add(batch)

    assert partition(crooked) == partition(straight)


@given(st.lists(st.sampled_from(ALL), min_size=5, max_size=80, unique=True), st.integers(0, 999))
def test_changes_say_all_that_became_of_each_message(chosen: list[Message], seed: int) -> None:
    groups = Groups(limit=60)
    told: dict[str, str | None] = {}
    open_groups: frozenset[str] = frozenset()

    for batch in batches(chosen, seed):
        changes = groups.add(batch)
        told.update(changes.placed)
        for one in changes.gone:
            told.pop(one, None)
        open_groups = (open_groups | changes.opened) - changes.closed
    removed = [message.id for message in chosen[:3]]
    changes = groups.remove(removed)
    told.update(changes.placed)
    told = {one: group for one, group in told.items() if one not in changes.gone}
    open_groups = (open_groups | changes.opened) - changes.closed

    assert told == {one: groups.group(one) for one in groups.kept}
    assert open_groups == set(groups.places.members)


@given(st.lists(st.sampled_from(ALL), min_size=10, max_size=80, unique=True))
def test_a_restart_changes_nothing(chosen: list[Message]) -> None:
    half = len(chosen) // 2
    groups = Groups(own=["Harlow"])
    groups.add(chosen[:half])

    again = restored(json.loads(json.dumps(saved(groups))))

    assert partition(again) == partition(groups)
    assert {one: again.group(one) for one in again.kept} == {
        one: groups.group(one) for one in groups.kept
    }
    assert again.add(chosen[half:]) == groups.add(chosen[half:])
    assert summaries(again, "fr", lambda _: False) == summaries(groups, "fr", lambda _: False)


def test_of_a_text_at_most_twelve_words_are_kept() -> None:
    groups = Groups()
    long = "My parcel never arrived and " + " ".join(
        f"word{'abcdefghijklmnop'[at]}" for at in range(16)
    )
    groups.add([said("a", long)])

    (text,) = saved(groups)["texts"]

    assert len(text["terms"]) == 12
    assert "never arrived" not in json.dumps(saved(groups))


def test_a_message_that_comes_again_changes_nothing() -> None:
    groups = Groups()
    first = groups.add([said("a", "My parcel never arrived")])

    again = groups.add([said("a", "My parcel never arrived")])

    assert first.placed == {"a": "topic:late"}
    assert first.opened == {"topic:late"}
    assert (again.placed, again.opened, again.closed) == ({}, frozenset(), frozenset())


def test_an_edited_message_moves() -> None:
    groups = Groups()
    groups.add([said("a", "My parcel never arrived")])

    changes = groups.add([said("a", "I want my money back")])

    assert changes.placed == {"a": "topic:refund"}
    assert changes.opened == {"topic:refund"}
    assert changes.closed == {"topic:late"}
    assert len(groups.texts) == 1


def test_a_name_becomes_a_subject_when_enough_people_say_it() -> None:
    groups = Groups()
    groups.add([said(str(at), text) for at, text in enumerate(TOPICLESS[:2])])
    before = groups.group("0")

    changes = groups.add([said("2", TOPICLESS[2])])

    assert before is None
    assert set(changes.placed) == {"0", "1", "2"}
    assert len(set(changes.placed.values())) == 1
    assert str(groups.group("0")).startswith("word:")
    assert "marceau" not in str(groups.group("0"))


def test_ones_own_name_groups_nothing() -> None:
    groups = Groups(own=["Marceau & Fils"])

    groups.add([said(str(at), text) for at, text in enumerate(TOPICLESS)])

    assert partition(groups) == set()


def test_what_is_removed_is_forgotten_with_all_that_stood_on_it() -> None:
    groups = Groups()
    groups.add([said(str(at), text) for at, text in enumerate(TOPICLESS)])

    changes = groups.remove(["2", "unknown"])

    assert changes.gone == {"2"}
    assert changes.placed == {"0": None, "1": None}
    assert groups.remove(["0", "1"]).gone == {"0", "1"}
    assert saved(groups)["texts"] == saved(groups)["kept"] == []
    assert saved(groups)["subjects"] == {}


def test_beyond_the_limit_the_oldest_goes_whatever_came_first() -> None:
    groups = Groups(limit=2)

    changes = groups.add(
        [
            said("new", "My parcel never arrived", minute=9),
            said("old", "Where is my refund", minute=1),
            said("newer", "My order never came", minute=10),
        ]
    )

    assert changes.gone == {"old"}
    assert set(groups.kept) == {"new", "newer"}
    assert set(groups.places.members) == {"topic:late"}
