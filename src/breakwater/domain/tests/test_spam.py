"""Advertising is known where it is plain; honest people are never taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.domain.spam import is_spam


@pytest.mark.parametrize(
    "text",
    [
        "Buy 10k followers cheap at https://grow.example/now",
        "Achetez des vrais abonnés, lien en bio",
        "I made $5000 a week trading bitcoin with Mrs Anna, DM her now on WhatsApp +1 555 010 0199",
        "Investissez dans le bitcoin avec un expert, écrivez-moi sur Telegram",
        "Earn 300€ per day working from home! https://x.example/job",
        "Gagnez 500 € par jour, contactez-moi sur WhatsApp",
        "Offre de prêt entre particuliers, contactez-moi en MP",
        "Recover your lost funds and hacked account: contact @fixer on Telegram",
        "Free iPhone!!! Click here https://win.example",
        "B\u200buy real followers, link in bio",
        "@a @b @c @d @e crypto giveaway, double your bitcoin",
        "I invested in crypto with him and got huge profits, inbox me",
    ],
)
def test_an_offer_with_a_way_to_it_is_spam(text: str) -> None:
    assert is_spam(text)


@pytest.mark.parametrize(
    "text",
    [
        "I bought this yesterday: https://shop.example/p/12, when does it arrive?",
        "Can I contact you on WhatsApp about my refund?",
        "Somebody is selling followers in your name on Telegram, it is a scam, please report",
        "Une arnaque circule : « gagnez 500 € par jour », contactez-moi sur WhatsApp pour les preuves",
        "My order 48213 paid in bitcoin, I invested in crypto, write me when it ships",
        "Do you take crypto?",
        "How many followers do you have?",
        "J'ai acheté trois montres chez vous, écrivez-moi pour le SAV",
        "Is this ad real? free iPhone at https://win.example, is it you?",
        "I love your page, DM me the price please",
        "Je travaille à domicile et votre livraison n'arrive jamais, contactez-moi",
        "@a @b @c @d @e look at this lovely shop!",
        "Buy one get one free, is that still on?",
        "I get more likes than you, click here https://my.example/photo",
        "Votre carte cadeau gratuite ne marche pas, lien dans la bio cassé, votre site est nul",
        "",
    ],
)
def test_honest_people_are_not(text: str) -> None:
    assert not is_spam(text)


@given(st.text(max_size=200))
def test_nothing_that_comes_breaks_it(text: str) -> None:
    assert is_spam(text) in (True, False)


@pytest.mark.parametrize("one", ["buy ", "invest ", "@a ", "https://a.b/ ", "\u202e", "earn 1 a "])
def test_long_texts_take_no_time(one: str) -> None:
    assert is_spam(one * 50_000) in (True, False)
