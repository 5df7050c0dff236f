"""Questions are known by how they are put, with or without their mark."""

from time import process_time

import pytest

from breakwater.domain.asking import MOST, asks


@pytest.mark.parametrize(
    "text",
    [
        "Is anybody there?",
        "営業していますか？",
        "when's the next boat",
        "Hi, can you deliver to the island",
        "Two tickets, how much is that",
        "I was wondering whether you ship to Spain.",
        "can anyone tell me the way in",
        "bjr comment annuler ma commande svp",
        "Bonjour, pouvez-vous me rappeler",
        "je me demande si la piscine rouvre",
        "c'est quoi le code du parking",
        "vous vendez quoi le lundi",
        "y a de la place demain ou pas",
        "Combien pour quatre",
        "what camera is this",
        "do seniors get a discount",
        "is the late tour in English",
        "anyone selling two for Saturday",
        "Let me know whether Mum may keep her budgie.",
        "I'd like to ask when the gates open.",
        "who is number 12",
        "Reste-t-il des places pour dimanche",
        "Faut il réserver pour le brunch",
        "le pont rouvre quand",
        "je sais pas à quelle heure vous fermez",
        "J'aimerais savoir si vous livrez.",
        "Je demandais si le bac passe aussi le soir.",
        "la clé est restée dans le casier, que faire",
        "oh joli, tu l'as pris où ça mdr",
    ],
)
def test_what_is_put_as_a_question_asks(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The boat was late.",
        "What a lovely evening",
        "I know how to swim",
        "When I arrived it was closed.",
        "It is what it is",
        "Tell them that it does work",
        "n'importe quoi",
        "il n'y a pas de quoi",
        "Quand je pense à vous je souris.",
        "Que du bonheur",
        "somehow it works",
        "quoique tardive, la réponse est bonne",
        "Do not come here again.",
        "Do better.",
        "Who knows.",
        "« C'est beau », dit-elle.",
        "C'est de quand je vous parle.",
    ],
)
def test_what_only_has_such_a_word_in_it_does_not(text: str) -> None:
    assert not asks(text)


@pytest.mark.parametrize(
    "part", [" ", ", ", "\n ", "hi ", "c ", "ou c' ", "i wonder", "…", "a-", "ab-t-", "x-il"]
)
def test_no_text_keeps_it_busy(part: str) -> None:
    text = part * 100_000
    began = process_time()

    asks(text)

    assert process_time() - began < 0.2


def test_of_a_long_text_the_first_part_is_read_for_its_form_and_all_of_it_for_a_mark() -> None:
    long = "a" * MOST

    assert asks(f"{long}?")
    assert not asks(f"{long}. How much is it")
