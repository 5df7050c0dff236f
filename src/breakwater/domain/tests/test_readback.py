"""Recognising our own post: by a link of its own, by words, by pictures; two candidates ask."""

from datetime import UTC, datetime, timedelta

import pytest

from breakwater.domain.guarantees import Outcome
from breakwater.domain.likeness import Fingerprint, Likeness, compared, fingerprint, together
from breakwater.domain.markers import addresses
from breakwater.domain.readback import Candidate, marked, rewritten, weighed

NINE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SAME, DIFFERENT, UNKNOWN = Likeness.SAME, Likeness.DIFFERENT, Likeness.UNKNOWN


def post(remote_id: str, text: str = "Fog.", at: datetime = NINE) -> Candidate:
    return Candidate(remote_id, text, at, 1)


@pytest.mark.parametrize(
    "spelled",
    [
        "https://a.example/p?x=1",
        "http://a.example/p?x=1",
        "https://A.Example:443/p/?x=1#there",
        "(https://a.example/p?x=1).",
        "https://out.example/?to=https%3A%2F%2Fa.example%2Fp%3Fx%3D1&sum=9",
        "https://a.example/%70?x=1",
    ],
)
def test_one_link_in_all_its_spellings(spelled: str) -> None:
    assert "a.example/p?x=1" in addresses(f"Look: {spelled}")


@pytest.mark.parametrize(
    "other", ["https://a.example/p?x=2", "https://a.example/P?x=1", "a.example"]
)
def test_other_links_are_other_links(other: str) -> None:
    assert "a.example/p?x=1" not in addresses(other)


def test_a_link_of_our_own_identifies_a_post_whose_words_were_altered() -> None:
    posts = [post("7", "Fog (cut) http://a.example/1"), post("8", "Sun.")]

    found = marked(
        posts, markers=frozenset({"a.example/1"}), since=NINE, explained=lambda _one: False
    )

    assert [one.remote_id for one in found] == ["7"]


def test_a_link_in_an_older_post_or_in_an_explained_one_is_none_of_ours() -> None:
    old = post("6", "https://a.example/1", NINE - timedelta(minutes=3))
    theirs = post("7", "https://a.example/1")

    found = marked(
        [old, theirs], markers=frozenset({"a.example/1"}), since=NINE, explained={"7"}.__contains__
    )

    assert found == []


@pytest.mark.parametrize(
    ("likeness", "outcome", "kept"),
    [
        ({"7": SAME}, Outcome.FOUND, ["7"]),
        ({"7": UNKNOWN}, Outcome.FOUND, ["7"]),
        ({}, Outcome.FOUND, ["7"]),
        ({"7": DIFFERENT}, Outcome.SEVERAL, ["7"]),
    ],
)
def test_one_match_and_its_pictures(
    likeness: dict[str, Likeness], outcome: Outcome, kept: list[str]
) -> None:
    got, left = weighed([post("7")], likeness, rivals=[], lookalikes=[], complete=True)

    assert (got, [one.remote_id for one in left]) == (outcome, kept)


def test_of_two_equal_texts_the_one_with_our_picture_is_ours() -> None:
    likeness = {"7": DIFFERENT, "8": SAME}

    outcome, kept = weighed(
        [post("7"), post("8")], likeness, rivals=[NINE], lookalikes=[], complete=True
    )

    assert (outcome, [one.remote_id for one in kept]) == (Outcome.FOUND, ["8"])


def test_what_could_not_be_compared_decides_nothing() -> None:
    likeness = {"7": UNKNOWN, "8": SAME}

    outcome, _ = weighed([post("7"), post("8")], likeness, rivals=[], lookalikes=[], complete=True)

    assert outcome is Outcome.SEVERAL


@pytest.mark.parametrize(("seen", "outcome"), [(SAME, Outcome.FOUND), (UNKNOWN, Outcome.SEVERAL)])
def test_a_rival_with_other_pictures_counts_only_where_ours_were_not_recognised(
    seen: Likeness, outcome: Outcome
) -> None:
    got, _ = weighed([post("7")], {"7": seen}, rivals=[NINE], lookalikes=[], complete=True)

    assert got is outcome


def test_nothing_is_absent_only_if_all_was_seen() -> None:
    assert weighed([], {}, rivals=[], lookalikes=[], complete=True) == (Outcome.ABSENT, [])
    assert weighed([], {}, rivals=[], lookalikes=[], complete=False) == (Outcome.UNREADABLE, [])


def test_a_fingerprint_that_nobody_could_take_is_like_nothing_and_unlike_nothing() -> None:
    plain = fingerprint([0] * 272, [10] * 48)

    assert compared(plain, None) is UNKNOWN
    assert compared(plain, Fingerprint(0, (20,) * 48)) is SAME
    assert compared(plain, Fingerprint(0, (40,) * 48)) is DIFFERENT
    assert compared(plain, Fingerprint(2**40 - 1, (10,) * 48)) is DIFFERENT


def test_one_picture_that_differs_decides_for_the_post() -> None:
    assert together([SAME, UNKNOWN, DIFFERENT]) is DIFFERENT
    assert together([SAME, UNKNOWN]) is UNKNOWN
    assert together([]) is SAME


def test_too_few_points_are_no_fingerprint() -> None:
    with pytest.raises(ValueError, match="not the points"):
        fingerprint([0], [0])


PIER = "Fog on the pier: the ferry leaves at ten."


def _rewritten(*posts: Candidate, others: frozenset[str] = frozenset()) -> list[str]:
    found = rewritten(
        posts, text=PIER, since=NINE, explained={"theirs"}.__contains__, others=others
    )
    return [one.remote_id for one in found]


@pytest.mark.parametrize(
    "shown",
    [
        f"{PIER} \N{ANCHOR}",
        "Fog on the pier: the fer…",
        f"Paid partnership. {PIER} https://a.example/1",
        PIER.upper(),
        "Fog on the pier: the boat leaves at ten.",
    ],
)
def test_a_post_in_words_that_the_network_changed_may_be_ours(shown: str) -> None:
    assert _rewritten(post("7", shown)) == ["7"]


@pytest.mark.parametrize(
    "shown", ["Sun on the pier. Two ferries, at noon and at six.", "https://a.example/1", ""]
)
def test_other_words_are_not_ours(shown: str) -> None:
    assert _rewritten(post("7", shown)) == []


def test_an_older_an_explained_and_another_deliverys_post_are_not_ours() -> None:
    old = post("6", f"{PIER} Yes.", NINE - timedelta(minutes=3))
    theirs, awaited = post("theirs", f"{PIER} No."), post("8", f"{PIER}  Again.")

    assert _rewritten(old, theirs, awaited, others=frozenset({f"{PIER} Again."})) == []
