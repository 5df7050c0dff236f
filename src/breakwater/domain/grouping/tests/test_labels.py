"""What a group is called: in the reader's language, and without a word of abuse."""

import pytest

from breakwater.domain.grouping.groups import Groups
from breakwater.domain.grouping.labels import label, neutral
from breakwater.domain.grouping.tests.piles import grouped, piles
from breakwater.domain.grouping.tests.saying import said
from breakwater.domain.grouping.things import things
from breakwater.domain.grouping.topics import lexicon


def none(_word: str) -> bool:
    return False


def of(*texts: str) -> tuple[Groups, str]:
    """Groups of these texts, and the one group that they are in."""
    groups = Groups()
    groups.add(said(str(at), text) for at, text in enumerate(texts))
    (group,) = groups.places.members
    return groups, group


@pytest.mark.parametrize(
    ("text", "english", "french"),
    [
        ("Where is my parcel?", "delivery late", "livraison en retard"),
        ("Beaucoup trop cher", "price", "prix"),
        ("C'est immangeable", "taste", "goût"),
    ],
)
def test_a_topic_has_its_name_in_both_languages(text: str, english: str, french: str) -> None:
    groups, group = of(text)

    assert label(groups, group, "en", none) == english
    assert label(groups, group, "fr", none) == french
    assert label(groups, group, "de", none) == english


def test_a_name_is_shown_as_people_write_it() -> None:
    groups, group = of("Who is Tobias Renn?", "it was Tobias Renn", "TOBIAS RENN AGAIN")

    assert label(groups, group, "fr", none) == "Tobias Renn"


def test_a_thing_is_named_in_the_readers_language() -> None:
    groups, group = of("empty pool", "and the pool?", "la piscine")

    assert label(groups, group, "en", none) == "pool"
    assert label(groups, group, "fr", none) == "piscine"


@pytest.mark.parametrize("insult", ["asshole", "connards", "Moron", "enculés"])
def test_an_insult_that_all_share_is_no_label(insult: str) -> None:
    groups, group = of(f"look, {insult}", f"the {insult} here", f"oh {insult} ahem")

    assert label(groups, group, "en", none) == "other subject"
    assert label(groups, group, "fr", none) == "autre sujet"


@pytest.mark.parametrize(
    "word", ["a$$hole", "m0r0n", "FUCKING", "enculé", "cоnnard", "s-a-l-o-p-e", "merrrrde"]
)
def test_a_disguised_insult_is_known(word: str) -> None:
    assert not neutral(word, none)


@pytest.mark.parametrize("word", ["conseil", "classic", "assurance", "Scunthorpe", "réputé"])
def test_a_word_that_only_holds_one_is_none(word: str) -> None:
    assert neutral(word, none)


def test_what_the_caller_calls_abusive_is_left_out_however_it_is_written() -> None:
    groups, group = of("vil Grumble", "such Grumble", "GRUMBLE, what else", "grumble grumble")

    shown = label(groups, group, "en", none)
    hidden = label(groups, group, "en", lambda word: word == "grumble")

    assert shown == "Grumble"
    assert hidden == "other subject"


def test_a_name_is_shown_as_it_is_written_and_counted_however_it_is() -> None:
    groups, group = of("back from Łódź", "never again Łódź", "what about LODZ", "so far away: Łódź")

    assert label(groups, group, "en", none) == "Łódź"


def test_one_message_of_many_is_called_that() -> None:
    groups, group = of("Zorbulate the quux folks", "Zorbulate the quux, folks!")
    groups.add([said("again", "Zorbulate the quux folks")])

    assert label(groups, group, "en", none) == "the same message"
    assert label(groups, group, "fr", none) == "un même message"


def test_the_products_own_names_offend_nobody() -> None:
    names = [label for topic in lexicon().topics.values() for label in topic.label.values()]
    names += [name for sides in things().names.values() for name in sides.values()]

    words = {word for name in names for word in name.replace("’", " ").split()}

    french_for_late = {"retard"}
    assert {word for word in words if not neutral(word, none)} == french_for_late


@pytest.mark.parametrize("pile", piles(), ids=lambda pile: pile.name)
def test_every_group_of_every_pile_on_has_a_label(pile: object) -> None:
    groups = grouped(pile)  # type: ignore[arg-type]

    for group in groups.places.members:
        for language in ("en", "fr"):
            assert 0 < len(label(groups, group, language, none)) <= 60
