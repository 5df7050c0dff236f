"""What the model that is shipped says, whatever else it is asked at the same time."""

from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier

import pytest

from breakwater.domain.scoring.banding import NOWHERE
from breakwater.domain.scoring.model import Model, embedded
from breakwater.domain.scoring.scores import (
    ABUSE,
    FEELING,
    Abstention,
    Band,
    Head,
    Item,
    Score,
)
from breakwater.domain.scoring.weights import read, shipped, written

LAST_DIGIT = 1.01e-4
THREADS = 8
ABUSIVE = [
    ("en", "You stupid bitch, shut the fuck up."),
    ("en", "Your driver is a fucking moron and a worthless piece of shit."),
    ("fr", "Tu es un gros connard, ferme ta gueule."),
    ("fr", "Espèce de sale pute, va crever."),
]
HARMLESS = [
    ("en", "Thank you so much, a lovely team!"),
    ("en", "Where is my order, please?"),
    ("en", "I saw your new shop in Leeds on Tuesday."),
    ("fr", "Merci beaucoup, une équipe adorable !"),
    ("fr", "Où est ma commande, s'il vous plaît ?"),
    ("fr", "J'ai vu votre nouvelle boutique à Lyon mardi."),
]
SWEARING = [
    ("en", "Holy shit, that concert was amazing!"),
    ("en", "Damn, this cake is so fucking good, thank you"),
    ("fr", "Putain, c'est la meilleure pizza de ma vie"),
    ("fr", "Bordel, quel concert !"),
]
IN_DANGER = [
    ("en", "My husband beats me every night and I am afraid to go home."),
    ("en", "I am going to kill myself tonight."),
    ("fr", "Mon mari me frappe et j'ai peur de rentrer chez moi."),
    ("fr", "Je vais me suicider ce soir."),
]
ODD = ["", " ", "!!!", "😂😂", "ok", "42", "@ann", "Ich warte seit drei Wochen auf mein Paket", "Привет, где мой заказ"]  # fmt: skip


def _one(text: str, hint: str = "") -> Score:
    return embedded().score([Item(text, hint)])[0]


def _items() -> list[Item]:
    said = [Item(text, hint) for hint, text in (*ABUSIVE, *HARMLESS, *SWEARING, *IN_DANGER)]
    long = [Item(" ".join(text for _, text in HARMLESS) * n, "en") for n in (1, 5)]
    return [*said, *long, *(Item(text, hint) for text in ODD for hint in ("", "en", "fr", "de"))]


def _same(one: Score, other: Score) -> bool:
    return (
        (one.model, one.language, one.abstained) == (other.model, other.language, other.abstained)
        and one.chances.keys() == other.chances.keys()
        and all(abs(one.chances[h] - other.chances[h]) < LAST_DIGIT for h in one.chances)
    )


def test_an_empty_batch_has_no_score() -> None:
    assert embedded().score([]) == []


def test_a_score_does_not_depend_on_the_others_of_its_batch() -> None:
    items = _items()
    alone = [embedded().score([item])[0] for item in items]

    together = embedded().score(items)
    many = embedded().score(items * 9)

    assert all(map(_same, alone, together))
    assert all(map(_same, alone * 9, many))


@pytest.mark.parametrize("seed", range(3))
def test_scores_come_in_the_order_of_the_items(seed: int) -> None:
    items = _items()
    alone = {item: embedded().score([item])[0] for item in items}
    Random(seed).shuffle(items)

    assert all(
        _same(alone[item], score)
        for item, score in zip(items, embedded().score(items), strict=True)
    )


def test_the_same_text_has_the_same_score_again_and_in_a_model_that_is_read_again() -> None:
    items = _items()
    again = Model(read(written(shipped())))

    first = embedded().score(items)

    assert embedded().score(items) == first
    assert again.score(items) == first


def test_threads_that_score_at_once_say_what_one_says_alone() -> None:
    fresh, start = Model(shipped()), Barrier(THREADS)
    texts = [
        [
            Item(f"{text} {thread} {turn}", hint)
            for turn in range(3)
            for hint, text in (*ABUSIVE, *HARMLESS)
        ]
        for thread in range(THREADS)
    ]
    alone = [embedded().score(items) for items in texts]

    def told(items: list[Item]) -> list[Score]:
        start.wait()
        return fresh.score(items)

    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(told, texts))

    assert all(
        _same(*both) for pair in zip(alone, found, strict=True) for both in zip(*pair, strict=True)
    )


def test_chances_lie_between_none_and_one_and_feelings_share_one_whole() -> None:
    for score in embedded().score(_items()):
        assert all(0 <= chance <= 1 for chance in score.chances.values())
        if score.abstained is None:
            assert set(score.chances) == set(Head)
            assert sum(score.chances[head] for head in FEELING) == pytest.approx(1, abs=2e-4)


def test_a_score_says_which_model_it_comes_from() -> None:
    model = embedded()

    assert {score.model for score in model.score(_items())} == {f"breakwater-{model.version}"}
    assert model.languages == {"en", "fr"}
    assert model.heads == set(Head)


@pytest.mark.parametrize(
    "text", ["", " \n\t", "!!!", "...?!", "\u200b\u200e", "\u0301" * 20, "( ) -"]
)
@pytest.mark.parametrize("hint", ["", "fr", "de"])
def test_where_nothing_is_said_it_abstains(text: str, hint: str) -> None:
    score = _one(text, hint)

    assert score == Score(score.model, "und", abstained=Abstention.EMPTY)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ich warte seit drei Wochen auf mein Paket", "de"),
        ("llevo tres semanas esperando mi pedido", "es"),
        ("荷物がまだ届きません", "ja"),
        ("где мой заказ уже три недели", "und"),
        ("أين طلبي منذ ثلاثة أسابيع", "und"),
    ],
)
@pytest.mark.parametrize("hint", ["", "en"])
def test_in_a_language_that_it_does_not_know_it_abstains(
    text: str, language: str, hint: str
) -> None:
    score = _one(text, hint)

    assert score == Score(score.model, language, abstained=Abstention.LANGUAGE)
    assert not score.chances
    assert score.band is None
    assert embedded().explain(Item(text, hint)) == score


@pytest.mark.parametrize("text", ["idiot", "merci 😍", "ok", "42", "😂😂😂", "🤬 🖕", "@ann #love"])
@pytest.mark.parametrize("hint", ["en", "fr"])
def test_of_a_short_text_the_hint_says_the_language(text: str, hint: str) -> None:
    score = _one(text, hint)

    assert score.language == hint
    assert score.abstained is None
    assert score.band is not None


def test_a_short_text_in_a_language_that_it_does_not_know_is_not_scored() -> None:
    assert _one("idiot", "de").abstained is Abstention.LANGUAGE
    assert _one("😂😂😂", "de").abstained is Abstention.LANGUAGE


def test_emoji_alone_are_scored_with_a_hint_and_without_one_they_are_not() -> None:
    assert _one("😂😂😂").abstained is Abstention.LANGUAGE
    assert _one("😂😂😂").language == "und"
    assert _one("😂😂😂", "fr").band is Band.CLEAR


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("k1ll y0urs3lf", "en"),
        ("wh47 4n 1d107", "en"),
        ("b4nd3 d3 c0nn4rd5", "fr"),
        ("1 2 3", "und"),
        ("A113", "und"),
        ("Salom, mening buyurtmam qayerda", "und"),  # Uzbek
        ("Tere, kus on minu pakk 24h", "und"),  # Estonian
        ("где мой заказ 48213 n0w", "und"),
    ],
)
def test_words_with_figures_for_letters_tell_the_language_where_no_others_do(
    text: str, said: str
) -> None:
    assert _one(text).language == said


def test_a_hint_says_the_language_of_words_with_figures_first() -> None:
    assert _one("k1ll y0urs3lf", "fr").language == "fr"


def test_a_long_text_is_in_its_language_whatever_the_hint() -> None:
    assert _one("Where is my parcel, it has been three weeks now", "fr").language == "en"
    assert _one("Où est mon colis, ça fait trois semaines maintenant", "en").language == "fr"


def test_abuse_is_told_from_what_is_harmless() -> None:
    for hint in ("en", "fr"):
        least = min(
            _one(text, hint).chances[Head.ABUSIVE] for lang, text in ABUSIVE if lang == hint
        )
        most = max(
            _one(text, hint).chances[Head.ABUSIVE] for lang, text in HARMLESS if lang == hint
        )
        assert least > 0.5 > 0.2 > most


@pytest.mark.parametrize(("hint", "text"), [*HARMLESS, *SWEARING])
def test_swearing_alone_and_what_is_harmless_is_shown(hint: str, text: str) -> None:
    assert _one(text, hint).band is Band.CLEAR


@pytest.mark.parametrize(("hint", "text"), SWEARING)
def test_swearing_is_seen(hint: str, text: str) -> None:
    assert _one(text, hint).chances[Head.PROFANITY] > 0.5


@pytest.mark.parametrize(("hint", "text"), IN_DANGER)
def test_somebody_in_danger_is_seen_and_never_put_away(hint: str, text: str) -> None:
    score = _one(text, hint)

    assert embedded().edges(score.language).endangered(score.chances)
    assert score.band is not Band.HELD


@pytest.mark.parametrize(("hint", "text"), IN_DANGER)
@pytest.mark.parametrize("rude", ["You fucking bitch. ", "Sale pute. ", "Connard, va crever. "])
def test_somebody_in_danger_who_swears_is_held_only_where_danger_is_not_seen(
    hint: str, text: str, rude: str
) -> None:
    score = _one(rude + text, hint)

    endangered = embedded().edges(score.language).endangered(score.chances)
    assert not (endangered and score.band is Band.HELD)


@pytest.mark.parametrize("text", ["Where is my order?", "Où est ma commande ?"])
def test_a_question_is_a_question(text: str) -> None:
    score = _one(text)

    assert score.chances[Head.QUESTION] > 0.5
    assert score.chances[Head.PRAISE] < 0.5


@pytest.mark.parametrize(
    ("hint", "polite", "rude"),
    [
        ("en", "I ordered a lamp in March and it came in good time. ", "You stupid bitch, shut the fuck up."),
        ("fr", "J'ai commandé une lampe en mars, arrivée à temps. ", "Tu es un gros connard, ferme ta gueule."),
    ],
)  # fmt: skip
def test_one_insult_at_the_end_of_a_long_letter_is_found(hint: str, polite: str, rude: str) -> None:
    letter = polite * 60

    assert _one(letter, hint).chances[Head.ABUSIVE] < 0.3
    assert _one(letter + rude, hint).chances[Head.ABUSIVE] > 0.6


def test_an_explanation_is_the_score_with_its_spans() -> None:
    model = embedded()
    for item in _items():
        score, explained = model.score([item])[0], model.explain(item)

        assert (explained.chances, explained.band) == (score.chances, score.band)
        assert bool(explained.spans) is (score.band in (Band.VEILED, Band.HELD))
        assert all(span.head in ABUSE for span in explained.spans)


def test_bands_begin_nowhere_in_other_languages() -> None:
    assert embedded().edges("de") is NOWHERE
    assert set(embedded().edges("fr").veil) <= set(ABUSE)
    assert embedded().edges("en").veil
