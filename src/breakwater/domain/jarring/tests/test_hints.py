"""Hints: what could jar is found, named and explained; what means something else is left alone."""

from pathlib import Path

import pytest

from breakwater.domain.jarring import CATEGORIES, Event, event_of, hints, names_in_news
from breakwater.domain.jarring.lists import LANGUAGES, source_of

HERE = Path(__file__).parent
TEXTS = Path(__file__).parents[5] / "training" / "data"
NONE = Event()
HARMFUL = {"toxic", "threat", "danger", "crisis", "profane", "neg"}


def found(text: str, language: str = "", event: Event = NONE) -> list[tuple[str, str]]:
    return [(hint.category, hint.word) for hint in hints(text, event, language)]


@pytest.mark.parametrize(
    ("language", "text", "category", "word"),
    [
        ("en", "These killer deals end tonight", "deals", "killer deals"),
        ("en", "Our new sauce is to die for", "death", "to die for"),
        ("en", "Join our launch party on Friday", "party", "party"),
        ("en", "The sale that sets your wardrobe on fire", "fire", "on fire"),
        ("en", "Prices are exploding", "weapons", "exploding"),
        ("en", "Ready for take off?", "flight", "take off"),
        ("en", "A tsunami of savings", "water", "tsunami"),
        ("en", "We declared war on prices", "war", "war"),
        ("en", "This cake will kill your diet", "death", "kill"),
        ("fr", "Une promo explosive pour la rentrée", "deals", "promo explosive"),
        ("fr", "Un brunch à mourir", "death", "à mourir"),
        ("fr", "La fête continue samedi", "party", "fête"),
        ("fr", "Nos soldes mettent le feu", "fire", "feu"),
        ("fr", "Ce burger, c’est une tuerie", "deals", "c’est une tuerie"),
        ("fr", "Une déferlante de nouveautés", "water", "déferlante"),
        ("fr", "La guerre des prix est déclarée", "war", "guerre"),
        ("fr", "Il m’a tué avec sa blague", "death", "tué"),
        ("fr", "Embarquez pour un vol de rêve", "flight", "vol"),
        ("fr", "L’arme secrète de votre cuisine", "weapons", "arme"),
    ],
)
def test_what_could_jar_is_found(language: str, text: str, category: str, word: str) -> None:
    assert (category, word) in found(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Bullet points for your next talk, shot on film by Mia"),
        ("en", "A crash course in pottery, and a third party reviews it"),
        ("en", "The deadline for the photo shoot is Monday"),
        ("en", "Sit down by the fireplace with a book"),
        ("fr", "Feu vert pour la piste cyclable"),
        ("fr", "Laissez mijoter à feu doux vingt minutes"),
        ("fr", "L’atelier nature morte reprend mardi, tout tombe bien"),
        ("fr", "Un gommage qui retire les peaux mortes"),
        ("fr", "La remise des clés a eu lieu ce matin"),
        ("fr", "Elle vous embrasse tous"),
        ("fr", "Tu es là, on se tutoie"),
    ],
)
def test_what_means_something_else_is_left_alone(language: str, text: str) -> None:
    assert found(text, language) == []


def test_the_hint_shows_the_place_as_it_was_written_even_behind_ligatures_and_emoji() -> None:
    text = "Œuvre 🎉 ﬁnale : des prix FOUS !"

    (hint,) = hints(text, Event(), "fr")

    assert text[slice(*hint.span)] == hint.word == "prix FOUS"


def test_an_address_says_nothing() -> None:
    assert found("https://example.org/killer-deals", "en") == []


def test_an_unknown_language_is_asked_in_both() -> None:
    assert found("Une tuerie, these killer deals", "de") == [
        ("death", "tuerie"), ("deals", "killer deals"),
    ]  # fmt: skip


def test_what_the_event_is_about_comes_first_and_says_so() -> None:
    event = event_of("Fire in Lyon, several people died")

    told = hints("Party in Lyon tonight, we will set the place on fire", event, "en")

    assert [(one.category, one.why) for one in told] == [
        ("news", "news"), ("fire", "event"), ("party", "list"),
    ]  # fmt: skip


def test_names_are_what_three_headlines_share() -> None:
    headlines = ["Explosion at the Valmor plant", "Valmor: many hurt", "What we know of Valmor"]

    assert names_in_news(headlines) == ("Valmor",)
    assert names_in_news(headlines[:2]) == ()


def test_every_list_has_a_source_and_a_day_and_every_hint_has_them_too() -> None:
    for language in LANGUAGES:
        for category in CATEGORIES:
            source, day = source_of(category, language)
            assert source.startswith("https://" if "nowgroup" not in source else "http://")
            assert day == "2026-11-28"
    assert all(one.source for one in hints("killer deals, party", Event(), "en"))


def test_of_500_harmless_french_texts_at_most_five_in_a_hundred_are_hit() -> None:
    """Texts that others wrote, for another purpose. Taken out: those in `speaks_of_it_fr.txt`, that
    a reader found to say a jarring thing indeed ("une tuerie", "on a explosé le leader")."""
    speaks = set((HERE / "speaks_of_it_fr.txt").read_text("utf-8").splitlines())
    texts = [text for text in _harmless() if text not in speaks]
    some = texts[:: len(texts) // 500][:500]

    hit = [text for text in some if found(text, "fr")]

    assert len(some) == 500
    assert len(hit) <= 25, hit


def _harmless() -> list[str]:
    files = [*sorted(TEXTS.glob("fr-clients/*.rows")), *sorted(TEXTS.glob("fr-forum/*.rows"))]
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    rows = [line.split(" | ", 1) for line in lines if " | " in line and line[0] != "#"]
    return [
        text
        for labels, text in rows
        if {"pos", "neu"} & set(labels.split()) and not HARMFUL & set(labels.split())
    ]
