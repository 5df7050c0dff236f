"""An insult at whoever is spoken to is told by rule, whatever else the text says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.scoring.addressed import FRIENDLY, LIKELY, insults_its_reader
from breakwater.domain.scoring.banding import MOST_MOVED
from breakwater.domain.scoring.bands import decides
from breakwater.domain.scoring.identities import EVERYDAY, IDENTITIES
from breakwater.domain.scoring.model import embedded
from breakwater.domain.scoring.normal import plain
from breakwater.domain.scoring.scores import Band, Head, Item, Score
from breakwater.domain.scoring.together import together
from breakwater.domain.scoring.weights import shipped
from breakwater.domain.scoring.words import WINDOW, words

ASKS = {
    "en": "when will my order 48213 arrive? I am in Lyon, and I have asked three times since March!",
    "fr": "quand est-ce que ma commande 48213 arrive à Lyon ? J'ai déjà demandé trois fois depuis mars !",
}


def _found(text: str) -> list[str]:
    return words(plain(text))


def _score(text: str, language: str) -> Score:
    return embedded().score([Item(text, language)])[0]


@pytest.mark.parametrize(
    "text",
    [
        "You stupid bitches, when?",
        "You're all a bunch of idiots",
        "Y’all fucking morons",
        "you piece of shit",
        "Bande d'enculés !",
        "Espèces de trous du cul",
        "T’es qu'un gros con",
        "Vous êtes vraiment tous des connards",
        "YOU CUNTS",
        "you black bitches",
        "You lazy African American bastards",
        "When will you bitches answer?",
        "Vous n'êtes que des connards",
    ],
)
def test_an_insult_at_whoever_is_spoken_to_is_told(text: str) -> None:
    assert insults_its_reader(_found(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "you",
        "idiots",
        "You called me a bitch, and I want an apology.",
        "Your idiots' guide is great",
        "La conne de l'accueil, c'est moi.",
        "Une bande de copains chez un fumier de ferme",
        "I told you that the idiots are others",
        "Vous êtes un peu en retard",
        'My ex texted me "you stupid bitch" again.',
        "My boss said you are a useless idiot",
        "Mon ex m'écrit « espèce de salope » tous les jours",
        "Il m'a dit tu es une pute",
        "I don't think you are idiots",
        "Never let anyone call you a bitch, ladies",
        "Miss you bitches, when is the next concert?",
        "Why do you bitch about it?",
        "Do you prick the potatoes before baking them?",
        "How do you bastard-cut this file?",
        "Thank you! Idiots keep blocking my driveway.",
        "Une espèce de gros bâtard tout doux cherche une famille",
        "Un tas d'ordures devant le magasin",
        "tout un tas de grands bouffons en peluche",
    ],
)
def test_naming_one_without_addressing_anybody_is_not(text: str) -> None:
    assert not insults_its_reader(_found(text))


@given(st.lists(st.sampled_from(["you", "bitch", "are", "de", "bande", "con", "x", ",", "piece"])))
def test_more_words_around_it_change_nothing(found: list[str]) -> None:
    before = insults_its_reader(found)

    assert insults_its_reader(["when", *found, "when"]) == before
    assert not before or insults_its_reader([*found, "you", "called", "me"])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_name_of_a_group_between_takes_nothing_off(language: str) -> None:
    frames = {"en": "You {} bastards, where is it?", "fr": "Bande de {} connards, où est-ce ?"}
    forms = sorted(IDENTITIES.forms[language] - EVERYDAY)

    missed = [
        form
        for form in forms
        if not insults_its_reader(together(_found(frames[language].format(form))))
    ]

    assert len(forms) > 300
    assert missed == []


@pytest.mark.parametrize(
    ("insult", "language"),
    [
        ("You bastards,", "en"),
        ("You fucking b1tches,", "en"),
        ("Bande de salopes,", "fr"),
        ("Espèces de p o u r r i t u r e s,", "fr"),
    ],
)
def test_it_is_veiled_beside_a_longer_question_but_not_held(insult: str, language: str) -> None:
    score = _score(f"{insult} {ASKS[language]}", language)

    assert score.band is Band.VEILED
    assert score.chances[Head.ABUSIVE] >= LIKELY
    assert score.chances[Head.INSULT] >= LIKELY


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_question_alone_is_shown(language: str) -> None:
    assert _score(ASKS[language], language).band is Band.CLEAR


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("you idiots 😂 love you all so much, best team ever, thank you", "en"),
        (
            "bande de cons 😂 je vous aime trop, merci pour cette belle soirée, c'était magnifique",
            "fr",
        ),
    ],
)
def test_what_friends_say_in_joy_is_left_to_the_network(text: str, language: str) -> None:
    score = _score(text, language)

    assert insults_its_reader(_found(text))
    assert score.chances[Head.POSITIVE] >= 0.3
    assert score.chances[Head.ABUSIVE] < LIKELY
    assert score.band is Band.CLEAR


@pytest.mark.parametrize(
    ("praise", "insult", "language"),
    [
        (
            "Thank you so much, you were wonderful, I love it! ",
            "Well then, you fucking idiots. ",
            "en",
        ),
        ("Merci mille fois, vous êtes merveilleux, j’adore ! ", "Bande de connards. ", "fr"),
    ],
)
def test_joy_hides_no_insult_in_a_text_that_is_not_read_at_once(
    praise: str, insult: str, language: str
) -> None:
    short, long = praise * 2 + insult, praise * 6 + insult + praise * 6
    assert len(_found(short)) < WINDOW < len(_found(long))

    scores = [_score(text, language) for text in (short, long)]

    assert [score.chances[Head.POSITIVE] >= FRIENDLY for score in scores] == [True, True]
    assert scores[0].chances[Head.ABUSIVE] < LIKELY <= scores[1].chances[Head.ABUSIVE]
    assert scores[1].band is Band.VEILED
    assert _score(praise * 12, language).band is Band.CLEAR


def test_what_addresses_somebody_is_what_explains_it() -> None:
    text = f"You bastards, {ASKS['en']}"

    score = embedded().explain(Item(text, "en"))

    assert decides(score.chances, embedded().edges("en").veil) in (Head.ABUSIVE, Head.INSULT)
    assert any("bastards" in text[span.start : span.end] for span in score.spans)
    assert not any("48213" in text[span.start : span.end] for span in score.spans)


def test_its_chance_veils_at_the_limits_that_are_shipped() -> None:
    heads = shipped().heads
    for head in (Head.ABUSIVE, Head.INSULT):
        assert (shipped().veil[:, heads.index(head)] < LIKELY).all()


@pytest.mark.parametrize("by", [-MOST_MOVED, MOST_MOVED])
def test_it_holds_nothing_wherever_a_team_moves_the_limits(by: float) -> None:
    score = _score(f"You bastards, {ASKS['en']}", "en")
    edges = embedded().edges("en").moved({Head.INSULT: by, Head.ABUSIVE: by})

    assert score.chances[Head.INSULT] == LIKELY
    assert edges.hold[Head.INSULT] != embedded().edges("en").hold[Head.INSULT]
    assert edges.band_of(score) is not Band.HELD
