"""What a text looks like once nothing in it only looks different."""

import pytest

from breakwater.domain.scoring.normal import plain


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("Tu es NUL", "tu es nul"),
        ("L’été à Œuvre, ça  va\n?", "l'ete a oeuvre, ca va ?"),
        ("« bon » “ok” c´est ‑ là…", "\" bon \" \"ok\" c'est - la.."),
        ("straße, Łódź, İstanbul, Ørsted", "strasse, lodz, istanbul, orsted"),
        ("nooooon!!!!! 100000", "nooon!! 100000"),
        ("f\u200bu\u00adc\u2060k\x00", "fuck"),
        ("z\u0338\u0322a\u0336l\u0334g\u0337o", "zalgo"),
        ("bon\U000e0061\U000e0062jour", "bonjour"),
        ("ｉｄｉｏｔ 𝓯𝓾𝓬𝓴 ⓕⓤⓒⓚ ⒡⒰⒞⒦ 🅕🅤🅒🅚 🅱itch ᴀssʜᴏʟᴇ ᶠᵘᶜᵏ", "idiot fuck fuck fuck fuck bitch asshole fuck"),
        ("🄵🅄🄲🄺 🆂🆃🆄🅿🅸🅳 ʇɐɔ ﬁn", "fuck stupid tac fin"),
        ("pay 12,50€ @ 10h30, 4x4", "pay 12,50€ @ 10h30, 4x4"),
    ],
)  # fmt: skip
def test_letters_are_those_that_are_read(text: str, view: str) -> None:
    assert plain(text) == view


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("see https://a.b/c?d=e, ok", "see urltoken , ok"),
        ("WWW.Site.com/x (www.y.fr)", "urltoken ( urltoken )"),
        ("bit.ly/xyz mais amazon.fr", "urltoken mais amazon.fr"),
        ("https://x.y/z,connard", "urltoken ,connard"),
        ("@Ann et @bob@mastodon.social: ann.b@example.org!", "usertoken et usertoken : usertoken !"),
        ("@sshole, you @ss, b@tard", "@sshole, you @ss, b@tard"),
        ("et/ou 24h/24", "et/ou 24h/24"),
    ],
)  # fmt: skip
def test_links_and_people_are_one_word_each(text: str, view: str) -> None:
    assert plain(text) == view


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("nul😂😂😂😂ok", "nul 😂 😂 ok"),
        ("❤️ 👍🏾 👨‍👩‍👧 1️⃣", "❤ 👍 👨 👩 👧 1"),
        ("allez🇫🇷🇧🇪", "allez 🇫🇷 🇧🇪"),
        ("🇫🇺🇨🇰 🇾 🇴 🇺", "fuck y o u"),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿 ⚽", "🏴 ⚽"),
        ("★★★★★ parfait", "★ ★ parfait"),
    ],
)
def test_an_emoji_is_a_word_of_its_own(text: str, view: str) -> None:
    assert plain(text) == view


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("іdіоt, ѕtuріd", "idiot, stupid"),
        ("ПYTAIN, ѕаlоре", "nytain, salope"),
        ("you are a сосо, ok then", "you are a coco, ok then"),
        ("ᗪIᑕK ᗩᔕᔕ of you all", "dick ass of you all"),
        ("Ꮖ hate yοu", "ꮖ hate you"),
        ("f\u0e47u\u0e47ck", "fuck"),
    ],
)
def test_letters_of_other_scripts_that_stand_in_are_read(text: str, view: str) -> None:
    assert plain(text) == view


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("Привет, как дела?", "привет, как дела?"),
        ("сок, рот, нос", "сок, рот, нос"),
        ("Мой iPhone и мой Mac, вот так", "мои iphone и мои mac, вот так"),
        ("Γειά σου, τι κάνεις", "γεια σου, τι κανεις"),
        ("مرحبا كيف حالك", "مرحبا كيف حالك"),
        ("שלום לכולם", "שלום לכולם"),
        ("हिन्दी में, ภาษาไทย, 日本語がすき, 한국어", "हिन्दी में, ภาษาไทย, 日本語がすき, 한국어"),
        ("she said привет to me", "she said привет to me"),
    ],
)
def test_other_languages_stay_what_they_are(text: str, view: str) -> None:
    assert plain(text) == view


def test_what_is_written_backwards_for_the_eye_is_read_forwards() -> None:
    assert plain("you \u202etoidi\u202c there") == "you idiot there"
    assert plain("\u202b\u2066idiot\u2069\u200f") == "idiot"
