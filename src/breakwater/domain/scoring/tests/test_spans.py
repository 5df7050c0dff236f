"""The words that speak for a score are found in the text as it came."""

import math
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given

from breakwater.domain.scoring.model import embedded
from breakwater.domain.scoring.scores import Head, Item, Span
from breakwater.domain.scoring.spans import Chances, spans
from breakwater.domain.scoring.tests.spelt import reader
from breakwater.domain.scoring.tests.weird import texts
from breakwater.domain.scoring.words import WINDOW

NOTHING_KNOWN = reader()
BAD = {"idiot", "encule", "nul", "👍"}
CLEAR_CUT = [
    ("en", "Your delivery driver is an idiot.", "idiot"),
    ("en", "Your delivery driver is a moron, and the parcel came late.", "moron"),
    ("en", "The cashier is a b1tch today.", "b1tch"),
    ("fr", "Votre livreur est un connard, et le colis est en retard.", "connard"),
    ("fr", "Bonjour, le patron est un abruti et la soupe était bonne.", "abruti"),
    ("fr", "Le responsable est un c0nnard, à demain.", "c0nnard"),
]


def _listed(lists: Sequence[Sequence[str]]) -> list[float]:
    """A chance that rises with each word that is listed, up to 0.9."""
    return [min(sum(word in BAD for word in found) * 0.3, 0.9) for found in lists]


def _found(text: str) -> list[str]:
    return [
        text[span.start : span.end] for span in spans(text, Head.INSULT, NOTHING_KNOWN, _listed)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("You idiot, you", ["idiot"]),
        ("idiot", ["idiot"]),
        ("🙂 idiot 🙂", ["idiot"]),
        ("ok👍🏾ok", ["👍🏾"]),
        ("ok ❤️ idiot", ["idiot"]),
        ("L'été, espèce d'IDIOT !", ["IDIOT"]),
        ("i\u200bdi\u00adot !", ["i\u200bdi\u00adot"]),
        ("un encul\u00e9, là", ["encul\u00e9"]),
        ("un encule\u0301, la\u0300", ["encule\u0301"]),
        ("ｉｄｉｏｔ et іdіоt", ["ｉｄｉｏｔ", "іdіоt"]),
        ("an i.d.i.o.t here", ["i.d.i.o.t"]),
        ("an 1di0t here", ["1di0t"]),
        ("African-American people, idiot", ["idiot"]),
        ("1di0t, an african - american's and an id-iot, non-binary 1di0t", ["1di0t", "1di0t"]),
        ("so \u202etoidi\u202c there", ["toidi"]),
        ("\u202etoidi na si nul\u202c", ["toidi"]),
        ("idiot  idiot\nidiot", ["idiot  idiot\nidiot"]),
        ("\ud800idiot\udfff", ["idiot"]),
    ],
)
def test_a_span_is_what_stands_in_the_raw_text(text: str, found: list[str]) -> None:
    assert _found(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("You're an idoit, mate", ["idoit"]),
        ("You are an id*ot.", ["id*ot"]),
        ("You are an ïdi-ot́ !", ["ïdi-ot́"]),
        ("Y o u a r e a n i d i o t", ["i d i o t"]),
        ("You 1doit", ["1doit"]),
    ],
)
def test_a_word_that_was_mended_is_named_as_it_stands(text: str, found: list[str]) -> None:
    read = reader(idiot=50, you=900, are=800, an=700)

    said = spans(text, Head.INSULT, read, _listed)

    assert [text[span.start : span.end] for span in said] == found


@given(texts)
def test_what_is_mended_lies_in_the_text_too(text: str) -> None:
    found = spans(text, Head.ABUSIVE, reader(idiot=50, con=9, un=90, b=2, es=80), _listed)

    assert all(0 <= span.start < span.end <= len(text) and 0 < span.weight <= 1 for span in found)


def test_a_weight_is_the_share_of_what_speaks() -> None:
    assert spans("idiot et nul", Head.INSULT, NOTHING_KNOWN, _listed) == (
        Span(0, 5, Head.INSULT, 0.5),
        Span(9, 12, Head.INSULT, 0.5),
    )


def test_where_no_word_has_a_tenth_the_loudest_is_named() -> None:
    letters = "abcdefghijklmnop"

    def many(lists: Sequence[Sequence[str]]) -> list[float]:
        return [0.5 + 0.02 * len(found) + 0.01 * int("c" in found) for found in lists]

    (only,) = spans(" ".join(letters), Head.ABUSIVE, NOTHING_KNOWN, many)

    assert (only.start, only.end) == (4, 5)
    assert 0 < only.weight < 0.1


def test_insult_upon_insult_each_has_its_share() -> None:
    def sure(lists: Sequence[Sequence[str]]) -> list[float]:
        odds = [2.0 * found.count("fool") for found in lists]
        return [1 / (1 + math.exp(-one)) for one in odds]

    assert spans("fool, fool, fool, fool", Head.INSULT, NOTHING_KNOWN, sure) == tuple(
        Span(at, at + 4, Head.INSULT, 0.25) for at in (0, 6, 12, 18)
    )


@pytest.mark.parametrize("text", ["", " ", "\u200b", "\u0301" * 10, "nothing here"])
def test_where_there_is_no_chance_there_is_no_span(text: str) -> None:
    assert spans(text, Head.INSULT, NOTHING_KNOWN, _listed) == ()


@pytest.mark.parametrize("before", [WINDOW - 1, WINDOW, 100, 700])
def test_an_insult_far_into_a_long_text_is_found(before: int) -> None:
    text = "word " * before + "idiot " + "word " * 60

    assert _found(text) == ["idiot"]


def test_a_long_text_costs_little_more_than_its_windows() -> None:
    asked: list[Sequence[str]] = []

    def counted(lists: Sequence[Sequence[str]]) -> list[float]:
        asked.extend(lists)
        return _listed(lists)

    spans("ab " * 300_000 + "idiot", Head.INSULT, NOTHING_KNOWN, counted)

    assert sum(len(found) for found in asked) < 10_000


@given(texts)
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    def length(lists: Sequence[Sequence[str]]) -> list[float]:
        return [min(sum(map(len, found)), 100) / 100 for found in lists]

    found = spans(text, Head.ABUSIVE, NOTHING_KNOWN, length)

    assert all(0 <= span.start < span.end <= len(text) and 0 < span.weight <= 1 for span in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def _toxic(language: str) -> Chances:
    def chances(lists: Sequence[Sequence[str]]) -> list[float]:
        scores = embedded().score([Item(" ".join(found), language) for found in lists])
        return [score.chances.get(Head.ABUSIVE, 0.0) for score in scores]

    return chances


@pytest.mark.parametrize(("language", "text", "insult"), CLEAR_CUT)
def test_what_is_shipped_names_the_insult(language: str, text: str, insult: str) -> None:
    found = spans(text, Head.ABUSIVE, NOTHING_KNOWN, _toxic(language))

    loudest = max(found, key=lambda span: span.weight)
    assert insult in text[loudest.start : loudest.end]


@pytest.mark.parametrize(
    ("language", "polite", "rude", "insult"),
    [
        ("en", "I ordered a lamp in March and it came in good time. ", "Your driver is a stupid bitch.", "bitch"),
        ("fr", "J'ai commandé une lampe en mars, arrivée à temps. ", "Votre livreur est un connard.", "connard"),
    ],
)  # fmt: skip
def test_what_is_shipped_names_it_at_the_end_of_a_letter(
    language: str, polite: str, rude: str, insult: str
) -> None:
    text = polite * 60 + rude

    found = spans(text, Head.ABUSIVE, NOTHING_KNOWN, _toxic(language))

    loudest = max(found, key=lambda span: span.weight)
    assert insult in text[loudest.start : loudest.end]
