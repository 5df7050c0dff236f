"""What is looked for is found, alike by the law, by SQLite's index and whatever the case or accent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.errors import Invalid
from breakwater.domain.matching.analyser import MOST, words
from breakwater.domain.matching.grammar import parse
from breakwater.domain.matching.indexes import fts5, indexed, tsquery, vector
from breakwater.domain.matching.query import Document, Mark, has

MARKS = ("lang", "from")
EVERY = Mark("lang", "fr")


def document(text: str, **marks: str) -> Document:
    return Document(tuple(words(text)), {name: frozenset([v]) for name, v in marks.items()})


def finds(query: str, text: str, **marks: str) -> bool:
    return has(document(text, **marks), parse(query, MARKS))


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("livraison", "Ma LIVRAISON est en retard", True),
        ("ete", "Cet Été", True),
        ("coeur", "Un cœur", True),
        ('"not delivered"', "it was not yet delivered", False),
        ('"not delivered"', "it was NOT delivered", True),
        ("late OR tard", "trop tard", True),
        ("late OU tard", "trop tard", True),
        ("delivery -refund", "a refund for my delivery", False),
        ("delivery SAUF refund", "my delivery", True),
        ("deliv*", "three deliveries", True),
        ("deliv", "three deliveries", False),
        ("(late OR lost) parcel", "my lost parcel", True),
        ("(late OR lost) parcel", "my lost cat", False),
        ("parcel (-lost OR found)", "my lost parcel", False),
        ("12:30", "See you at 12:30", True),
        ("l'heure", "à l’heure", True),
        ("lodz", "Łódź", True),
        ("ŁÓDŹ", "Lodz", True),
        ("thor", "Þór Ørsted", True),
        ("strasse", "Straße", True),
        ("東京", "東京タワー", True),
        ("#sale", "big #sale today", True),
    ],
)
def test_what_somebody_types_finds_what_they_mean(query: str, text: str, found: bool) -> None:
    assert finds(query, text) is found


@pytest.mark.parametrize("text", ["__from_kim", "＿＿from_kim", "_ __ ___from_kim"])
def test_no_word_of_a_text_is_taken_for_a_fact_about_it(text: str) -> None:
    assert words(text) == ["from_kim"]
    assert finds("__from_kim", text)
    assert not finds("from:kim", text)
    marked = indexed(document(text, lang="fr"))
    assert marked.split() == ["from_kim", "__lang_fr"]
    assert "__from" not in vector(document(text))


def test_facts_are_looked_for_by_name_and_other_colons_are_none() -> None:
    assert finds("lang:fr retard", "en retard", lang="fr")
    assert not finds("lang:en retard", "en retard", lang="fr")
    assert finds("note:bien", "une note: bien", lang="fr")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "search_empty"),
        ("  ...  ", "search_empty"),
        ('"open', "search_quote"),
        ("(open", "search_bracket"),
        ("open)", "search_bracket"),
        ("-refund", "search_only_without"),
        ("a OR -b", "search_only_without"),
        ("a " * 60, "search_too_long"),
        ("a" * 501, "search_too_long"),
        ("(" * 40 + "a" + ")" * 40, "search_bracket"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(query: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        parse(query, MARKS)

    assert refused.value.code == code


@given(st.text())
def test_words_of_words_are_the_same_words(text: str) -> None:
    assert words(" ".join(words(text))) == words(text)[:MOST]


def test_nothing_that_is_typed_becomes_an_operator() -> None:
    assert vector(document("l'heure a\\b")) == "'l':1 'heure':2 'a':3 'b':4"
    assert tsquery(parse("l'heure -a\\b", MARKS)) == "(('l' <-> 'heure') & !('a' <-> 'b'))"
    assert fts5(parse('NEAR AND "x y"', MARKS), EVERY) == '(("near") AND ("x" + "y"))'


@given(st.text(max_size=300))
def test_no_word_of_an_index_is_longer_than_a_database_takes(value: str) -> None:
    """PostgreSQL: 2,046 bytes."""
    document = Document(tuple(words(value * 40)), {"from": frozenset({value * 40})})

    assert all(len(one.encode()) < 2_046 for one in indexed(document).split())
