"""The French catalogue: complete, sound, and set as French is set."""

import re
import shutil
import subprocess
from collections import Counter

import polib
import pytest
from django.conf import settings
from django.utils import translation
from setup.collect import collected

from breakwater.core.messages import sentence
from breakwater.core.reasons import HEALTH, why
from breakwater.core.sentences import SENTENCES
from breakwater.delivery.lifecycle import DELIVERY
from breakwater.domain.kinds import KINDS
from breakwater.inbox import helplines
from breakwater.notices import sentences as notices
from tests import catalogue

LANGUAGES = [code for code, _name in settings.LANGUAGES]
KNOWN_NAMES = {"_", "_now"}
"""What the sources may call gettext; setup/collect.py tells xgettext of the second."""

LITERAL = re.compile(r"https?://\S*|Authorization: Bearer|\d\d:\d\d")
"""What a machine reads as it stands: French spacing does not touch it."""
NO_SPACE_BEFORE = re.compile(r"(?<!\u00a0)[:;?!»](?=\s|$|[,.)])")
NO_SPACE_AFTER = re.compile(r"«(?!\u00a0)")
FAMILIAR = re.compile(r"\b(tu|te|toi|ton|ta|tes|tien|tienne)\b|\bt’", re.IGNORECASE)
BORROWED = re.compile(
    r"\b(posts?|poster|feed|checker|upload\w*|tokens?|e-?mails?|mails?|login|workspaces?|dashboard"
    r"|timeline|planning|feedback|deadline|digitale?s?|supporter|impacter|community manager)\b",
    re.IGNORECASE,
)
FALSE_FRIENDS = re.compile(
    r"\b(abusi(f|ve)s?|évidences?|opportunités?|éligibles?|adresser un problème|définitivement)\b",
    re.IGNORECASE,
)
ENTRIES = catalogue.entries()
FORMS = [pair for entry in ENTRIES for pair in catalogue.forms(entry)]


def test_the_catalogue_has_what_the_sources_say_and_nothing_else() -> None:
    sources = {_key(entry) for entry in collected()}

    kept = {_key(entry) for entry in ENTRIES}

    assert len(sources) > 500
    assert sources - kept == set(), "run setup/collect.py (docs/contributing/translations.md)"
    assert kept - sources == set(), "run setup/collect.py (docs/contributing/translations.md)"


def test_no_text_is_marked_under_a_name_that_is_not_collected() -> None:
    renamed = re.compile(r"\b(?:n|p|np)?gettext(?:_lazy|_noop)? as (\w+)")

    names = {
        name
        for path in catalogue.PACKAGE.rglob("*.py")
        for name in renamed.findall(path.read_text(encoding="utf-8"))
    }

    assert names <= KNOWN_NAMES


def test_nothing_is_left_empty_guessed_or_kept_from_before() -> None:
    assert [e.msgid for e in ENTRIES if not e.translated()] == []
    assert [e.msgid for e in ENTRIES if e.fuzzy or e.obsolete] == []
    assert [english for english, french in FORMS if french != french.strip()] == []


def test_each_form_fills_in_the_same_values() -> None:
    assert [
        (english, french)
        for english, french in FORMS
        if catalogue.holes(english) != catalogue.holes(french)
    ] == []


def test_gettext_itself_finds_nothing_wrong() -> None:
    msgfmt = shutil.which("msgfmt")
    assert msgfmt, "Install Debian's `gettext` package, or run `make test` as root."

    done = subprocess.run(
        [msgfmt, "--check-format", "--check-domain", "-o", "/dev/null", str(catalogue.FRENCH)],
        capture_output=True,
        check=False,
        text=True,
    )

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "wrong", ["Vraiment ?", "Attention: ici", "«Oui»", "Fini !", "Voici : x", "dit « oui »"]
)
def test_the_test_of_spaces_sees_a_fault(wrong: str) -> None:
    assert _spaces(wrong)


def test_spaces_before_signs_and_inside_quotes_do_not_break() -> None:
    assert [french for _english, french in FORMS if _spaces(french)] == []


def test_nor_do_those_of_the_notes_beside_the_numbers_to_call() -> None:
    lines = (line for country in helplines.countries() for line in helplines.defaults(country))

    assert [line.note for line in lines if re.search(" [:;?!»]|« ", line.note)] == []


def test_apostrophes_and_quotes_are_the_printers() -> None:
    assert [french for _english, french in FORMS if re.search("['\"“”]", french)] == []


def test_everybody_is_addressed_alike() -> None:
    assert [french for _english, french in FORMS if FAMILIAR.search(french)] == []


PRODUCTS = re.compile(r"youtube\.upload|Facebook Login|Login Kit|Direct Post|Sign In with LinkedIn")
"""Names that networks gave to things of theirs."""


def test_no_word_is_borrowed_where_french_has_its_own() -> None:
    assert [
        french
        for _english, french in FORMS
        if BORROWED.search(re.sub(r"%\(\w+\)s", "", PRODUCTS.sub("", french)))
    ] == []


VALUES = re.compile(r"\babusive, insult, threat, identity_hate, sexual\b")
"""Written into breakwater.json, whatever one speaks."""


def test_no_french_word_is_one_that_only_looks_like_the_english_one() -> None:
    said = [VALUES.sub("", french) for _english, french in FORMS]
    assert [french for french in said if FALSE_FRIENDS.search(french)] == []


def test_a_word_stands_once_in_the_glossary() -> None:
    rows = re.findall(
        r"^\| (.+?) \|", (catalogue.ROOT / "docs/glossary.md").read_text("utf-8"), re.MULTILINE
    )

    assert len(rows) > 50
    assert [row for row, times in Counter(rows).items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_a_code_can_be_said(language: str) -> None:
    with translation.override(language):
        for code, said in SENTENCES.items():
            data = dict.fromkeys(_names(str(said)), "7")
            spoken = sentence(code.partition(":")[0], {**data, "limit": "7"})
            assert spoken, code
            assert "%(" not in spoken, code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_notice_can_be_told(language: str) -> None:
    with translation.override(language):
        for code, told in notices.SENTENCES.items():
            data = dict.fromkeys(told.names, "Kelp")
            assert notices.title(code, data), code
            assert not NO_SPACE_BEFORE.search(notices.title(code, data)) or language == "en", code
            assert "%(" not in notices.title(code, data) + notices.body(code, data), code


def test_what_is_said_in_french_is_not_said_in_english() -> None:
    spoken = [*SENTENCES.values(), *HEALTH.values()]
    spoken += [text for one in notices.SENTENCES.values() for text in (one.title, one.body)]

    with translation.override("en"):
        english = [str(text) for text in spoken]
    with translation.override("fr"):
        french = [str(text) for text in spoken]

    assert [e for e, f in zip(english, french, strict=True) if e == f] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_of_a_delivery_has_its_why(language: str) -> None:
    with translation.override(language):
        assert all(why("", state, kind=kind) for state in DELIVERY.states for kind in KINDS)


def _key(entry: polib.POEntry) -> tuple[str | None, str, str]:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def _names(text: str) -> list[str]:
    return re.findall(r"%\((\w+)\)", text)


def _spaces(french: str) -> bool:
    text = LITERAL.sub("", french)
    return bool(NO_SPACE_BEFORE.search(text) or NO_SPACE_AFTER.search(text))
