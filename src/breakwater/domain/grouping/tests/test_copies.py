"""Copypasta, edited copypasta, retweets, quotes, spelling and emoji: one family each."""

from itertools import combinations

from breakwater.domain.grouping.groups import Groups
from breakwater.domain.grouping.tests.piles import FOLDER, Fit, piles
from breakwater.domain.grouping.tests.saying import said

ROWS = [
    tuple(line.split("|", 2))
    for line in (FOLDER.parent / "copies.txt").read_text("utf-8").splitlines()[1:]
]


def test_variants_are_found_and_next_to_nothing_else_is_taken_for_one() -> None:
    others = [("-", "pile", text) for pile in piles() for _, _, text in pile.rows]
    rows = [*ROWS, *(row for row in others if not row[2].startswith("RT "))]
    groups = Groups()
    groups.add(said(str(at), text) for at, (_, _, text) in enumerate(rows))
    families = [groups.families.of[groups.kept[str(at)].text or 0] for at in range(len(rows))]

    right = found = true = 0
    for (one, here), (two, there) in combinations(zip(rows, families, strict=True), 2):
        same = one[0] == two[0] != "-"
        true, found, right = true + same, found + (here == there), right + (same and here == there)

    fits = Fit(right, found, true)
    assert fits.precision >= 0.98
    assert fits.recall >= 0.98


def test_figures_links_mentions_and_capitals_make_no_difference() -> None:
    groups = Groups()

    groups.add(
        [
            said("a", "@brand order 5512 never came https://t.example/a"),
            said("b", "@other ORDER 7 NEVER CAME!!! https://t.example/b"),
        ]
    )

    assert len(groups.texts) == 1


def test_variants_that_no_topic_knows_are_a_group_of_their_own() -> None:
    groups = Groups()

    groups.add([said("a", "Zorbulate the quux, folks, until it glimmers")])
    alone = groups.group("a")
    groups.add([said("b", "Zorbulate the quux folks until it glimmers 😀")])

    assert alone is None
    assert groups.group("a") == groups.group("b")
    assert str(groups.group("a")).startswith("copies:")


def test_a_short_text_is_a_variant_only_of_itself() -> None:
    groups = Groups()

    groups.add([said("a", "oh well"), said("b", "oh dell"), said("c", "Oh well!")])

    assert groups.group("a") == groups.group("c") is not None
    assert groups.group("b") is None


def test_messages_without_a_word_are_copies_only_when_they_are_the_same() -> None:
    groups = Groups()

    groups.add([said("love", "❤️"), said("sick", "🤮"), said("link", "https://t.example/a")])
    groups.add([said("dots", "..."), said("empty", ""), said("picture", " ")])
    alone = len(groups.alone())
    groups.add([said("sick too", "🤮 ")])

    assert alone == 6
    assert groups.group("sick") == groups.group("sick too")
    assert str(groups.group("sick")).startswith("copies:")
    assert len(groups.alone()) == 5
