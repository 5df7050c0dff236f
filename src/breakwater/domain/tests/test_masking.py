"""What remains of an insulting text is harmless, and is what it takes to answer it."""

import re
from collections.abc import Collection, Sequence
from time import process_time

import pytest
from hypothesis import assume, example, given
from hypothesis import settings as how
from hypothesis import strategies as st

from breakwater.domain.facts import Kind, facts
from breakwater.domain.grouping.labels import neutral
from breakwater.domain.masking import LOOKS, MOST, Look, Looked, Piece, masked
from breakwater.domain.scoring.model import embedded
from breakwater.domain.scoring.normal import LINK, USER, plain
from breakwater.domain.scoring.scores import Band, Head, Item, Score, Span
from breakwater.domain.shield import USUAL, Level, rank_of

INSULTS = (
    "you fucking idiots", "bande de connards", "you stupid bitches", "espèces de merdes",
    "what a bunch of morons", "go fuck yourselves", "f.u.c.k you", "b i t c h e s",
)  # fmt: skip
FACTS = (
    ("my order {} has not arrived", "48213"),
    ("ma commande n° {} n'est pas là", "CMD-2231"),
    ("I paid {} for it", "49.90 €"),
    ("c'était le {}", "3 novembre"),
    ("you close at {}", "18:30"),
)


def look(texts: Sequence[str], *, spans: bool) -> list[Looked]:
    items = [Item(text) for text in texts]
    said = [embedded().explain(item) for item in items] if spans else embedded().score(items)
    return [Looked(_rank(one), one.spans) for one in said]


def _rank(score: Score) -> int | None:
    over = embedded().edges(score.language).over(score.chances)
    rank = rank_of(score.band, over, score.chances)
    return None if rank is None else int(rank)


def _rank_of(text: str) -> int | None:
    return _rank(embedded().explain(Item(text)))


def always(rank: int | None, asked: list[int]) -> Look:
    """A scorer that says the same of everything, and each time that one more character speaks for
    it; asked: of how many texts, each time."""

    def look(texts: Sequence[str], *, spans: bool) -> list[Looked]:
        asked.append(len(texts))
        at = 3 * len(asked)
        return [Looked(rank, [Span(at, at + 1, Head.INSULT, 1.0)] if spans else ())] * len(texts)

    return look


def offending(words: object) -> set[str]:
    said = list(words)  # type: ignore[call-overload]
    scores = embedded().score([Item(one) for one in said])
    return {w for w, s in zip(said, scores, strict=True) if s.band in (Band.VEILED, Band.HELD)}


def _masked(text: str, worst: int = USUAL, names: tuple[str, ...] = ()) -> tuple[Piece, ...] | None:
    return masked(text, look, worst=worst, kind=Head.INSULT, offending=offending, names=names)


def _shown(pieces: tuple[Piece, ...] | None) -> str:
    return "".join(one.text or "[…]" for one in pieces or ())


@given(
    before=st.sampled_from(INSULTS), fact=st.sampled_from(FACTS), after=st.sampled_from(INSULTS),
    worst=st.sampled_from((Level.ABUSE, Level.CAREFUL)), mark=st.sampled_from((", ", "! ", " ")),
)  # fmt: skip
@example(INSULTS[0], FACTS[2], INSULTS[3], Level.ABUSE, " ")
@how(max_examples=60, deadline=None)
def test_facts_stay_and_insults_go(
    before: str, fact: tuple[str, str], after: str, worst: Level, mark: str
) -> None:
    text = f"{before}{mark}{fact[0].format(fact[1])}{mark}{after}"
    veiled = _rank_of(text)
    assume(veiled is not None and veiled <= worst)

    pieces = _masked(text, worst)

    assert pieces is not None
    shown = _shown(pieces)
    rank = _rank_of(shown.replace("[…]", "…"))
    assert fact[1] in shown
    assert rank is None or rank > worst
    assert all(neutral(word, lambda _: False) for word in re.findall(r"\w+", shown))
    assert any(one.kind is not None for one in pieces)


def test_plain_insults_around_a_fact_are_nearly_always_veiled() -> None:
    """Those that are disguised as well, or a lone word that friends say too, are so less often."""
    plain = [one for one in INSULTS if not re.search(r"\b\w[ .]\w[ .]\w\b", one)]
    texts = [
        f"{before}{mark}{fact.format(what)}{mark}{after}"
        for before in plain for fact, what in FACTS for after in plain for mark in (", ", "! ", " ")
    ]  # fmt: skip

    ranks = [_rank(score) for score in embedded().score([Item(text) for text in texts])]

    assert len(plain) == 6
    assert sum(rank is not None and rank <= USUAL for rank in ranks) >= 0.97 * len(texts) > 500


def test_the_question_and_the_place_stay() -> None:
    text = "You stupid bitches, when will my order 48213 arrive? I am in Lyon!"

    assert _shown(_masked(text)) == "You […], when will my order 48213 arrive? I am in Lyon!"


def test_what_says_nothing_but_abuse_leaves_nothing_or_nothing_abusive() -> None:
    for text in INSULTS:
        pieces = _masked(text, Level.CAREFUL)
        rank = _rank_of(_shown(pieces))
        assert pieces is None or rank is None or rank > Level.CAREFUL


def test_abuse_in_an_address_or_a_handle_goes_where_no_scorer_looks() -> None:
    shown = _shown(_masked("fuck you, see https://x.example/you-are-bitches and @stupidbitch now"))

    assert "bitch" not in shown
    assert "x.example" not in shown


@pytest.mark.parametrize(
    "address",
    [
        "bit.ly/YouAreAnIdiot",
        "BIT.LY/YouAreAnIdiot",
        "example.com/%66%75%63%6b%79%6f%75",
        "https://x.example/a,%66%75%63%6b",
        "x.example.co/you_are_bitches?idiot",
        "bit.\u200bly/YouAreAnIdiot",
        "\uff42\uff49\uff54.\uff4c\uff59/YouAreAnIdiot",
        "wwww.you-idiot.example",
        "\uff20stupidbitch",
    ],
)
def test_whatever_a_scorer_takes_for_an_address_is_looked_into(address: str) -> None:
    shown = _shown(_masked(f"You idiots, see {address} now, my order 48213 is late"))

    assert {LINK, USER} & set(re.findall(r"\w+", plain(address)))
    assert shown.endswith("now, my order 48213 is late")
    assert not re.search("idiot|bitch|%66|ly/", shown, re.IGNORECASE)


def test_an_honest_address_without_its_scheme_stays() -> None:
    shown = _shown(_masked("You idiots, shop.example.com/p/12 is down, and bit.ly/3xYz too"))

    assert shown == "You […], shop.example.com/p/12 is down, and bit.ly/3xYz too"


def test_an_honest_link_and_a_shop_stay_and_a_number_is_shown_in_part() -> None:
    text = "You idiots, https://shop.example/p/12 is down, Cabin Grill said so, call 06 12 34 56 78"

    shown = _shown(_masked(text, names=("Cabin Grill",)))

    assert "https://shop.example/p/12" in shown
    assert "Cabin Grill" in shown
    assert "06 •• •• •• 78" in shown
    assert "34" not in shown


def test_a_long_text_is_cut_where_the_scorer_stops_reading() -> None:
    text = "You fucking idiots. Where is my parcel? " + "It is late. " * 300 + "You fucking idiots"

    shown = _shown(_masked(text))

    assert len(shown) < 2_100
    assert shown.endswith(" …")


def test_a_scorer_that_finds_all_of_it_abusive_leaves_figures_alone() -> None:
    stern = always(int(Level.ABUSE), [])

    text = "My order 48213 of 12 November"
    shown = masked(text, stern, worst=USUAL, kind=Head.ABUSIVE, offending=lambda _: ())

    assert shown is None or "order" not in _shown(shown)


def test_a_scorer_that_says_nothing_leaves_nothing_of_the_words() -> None:
    pieces = masked(
        "Где мой заказ 48213", always(None, []), worst=USUAL, kind=Head.ABUSIVE,
        offending=lambda _: (),
    )  # fmt: skip

    assert "заказ" not in _shown(pieces)


@given(st.text(max_size=120))
@how(max_examples=60, deadline=None)
def test_whatever_comes_what_remains_is_harmless_and_of_the_text(text: str) -> None:
    pieces = _masked(text)

    rank = _rank_of(_shown(pieces).replace("[…]", "…"))
    assert pieces is None or rank is None or rank > USUAL
    assert all(bool(one.text) is (one.kind is None) for one in pieces or ())


@pytest.mark.parametrize("one", ["a", "fuck ", "@a", "https://a.b/", "\u202e", "é", "1 ", "\x00"])
def test_long_texts_of_anything_take_no_time(one: str) -> None:
    begun = process_time()
    pieces = _masked(one * 20_000)
    found = facts(one * 20_000)

    assert process_time() - begun < 2
    assert len(_shown(pieces)) < 6_100
    assert all(fact.kind in Kind for fact in found)


@pytest.mark.parametrize("one", ["u. ", "a ", "fuck. ", "No! ", "1\n", "bit.ly/a. "])
@pytest.mark.parametrize("rank", [Level.ABUSE, None])
def test_whatever_the_text_the_scorer_is_asked_a_few_times_at_most(
    one: str, rank: int | None
) -> None:
    asked: list[int] = []
    words: list[int] = []

    def offending(some: Collection[str]) -> Collection[str]:
        words.append(len(some))
        return ()

    masked(one * 660, always(rank, asked), worst=USUAL, kind=Head.ABUSIVE, offending=offending)

    assert len(asked) <= LOOKS
    assert sum(asked) < MOST
    assert len(words) == 1
