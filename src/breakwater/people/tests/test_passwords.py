"""Which passwords are refused, in both languages, and which are not."""

import gzip
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth import password_validation
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from breakwater.domain.errors import Invalid
from breakwater.people import passwords, stems
from breakwater.people.models import Person

EN = (
    "password welcome sunshine dragon monkey football baseball princess shadow master summer winter comp"
    "any secret marketing banana computer internet freedom whatever superman batman charlie jordan hunter"
)
FR = (
    "motdepasse bonjour soleil chocolat azerty bienvenue entreprise jaime monamour doudou chouchou printemps"
    " hiver automne marseille famille papillon licorne coucou loulou football maison vacances secret janvier"
)

WORDS = f"{EN} {FR}".split()


def reasons(password: str, person: Person | None = None, *words: str) -> set[str]:
    """Codes of the refusals; empty: accepted."""
    found: set[str] = set()
    for check in (validate_password, passwords.NotGuessable(words).validate):
        try:
            check(password, person)
        except ValidationError as error:
            found |= {str(one.code) for one in error.error_list}
    return found


def somebody() -> Person:
    return Person(
        email="ann.rivage@harbour.example",
        name="Ann Rivage",
        created_at=datetime(2027, 1, 1, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    "password",
    [
        "motdepasse",
        "azerty",
        "azertyuiopqsdfghjklm",
        "Azertyuiop123456789!",
        "MotDePasse2026!",
        "Breakwater2026!",
        "Breakwater-2026-Breakwater",
        "MonEntreprise2026!",
        "jaimelechocolat",
        "J'aime le chocolat !",
        "P@ssw0rdP@ssw0rd",
        "M0nEntr3pr1se2026",
        "Bonjour20262026!",
        "aaaaaaaaaaaaaaaaaaaa",
        "abcdefghijklmnopqrst",
        "12345678901234567890",
        "photographieentreprise",
    ],
)
def test_a_guessable_one_is_refused(password: str) -> None:
    assert reasons(password, None, "Mon Entreprise") != set()


def test_short_is_refused_for_being_short() -> None:
    assert reasons("qF7#zLp2!vKx9a") == {"password_too_short"}
    assert reasons("qF7#zLp2!vKx9aW") == set()


def test_the_words_around_a_person_do_not_help() -> None:
    assert reasons("annrivage-20261", somebody()) == {"password_of_context"}
    for password in (
        "annrivage-20261",
        "AnnRivage20262026",
        "harbour2026example",
        "Zyxograph!!2026",
    ):
        assert reasons(password, somebody(), "Zyxograph") != set()
        assert reasons(password, somebody(), "Zyxograph") != {"password_too_short"}


@pytest.mark.parametrize(
    "password",
    [
        "kelp lantern moored quietly",
        "phare moquette tisane orage violon",
        "correct-horse-battery-staple-orbit",
        "83745092837450192643",
        "bon83745092837450192",
        "x9Tq2mVw7RzKp4Ls",
        "été brume grenier ficelle noyau",
        "пароль которого никто не знает",
    ],
)
def test_a_good_one_is_accepted(password: str) -> None:
    assert reasons(password, somebody(), "Mon Entreprise") == set()


def test_services_say_it_in_sentences() -> None:
    with pytest.raises(Invalid) as refusal:
        passwords.check("MonEntreprise2026!", somebody(), ["Mon Entreprise"])

    assert (refusal.value.code, refusal.value.field) == ("weak_password", "password")
    assert refusal.value.data["sentences"] == [
        "This password is one or two common words with something added to them."
    ]


def test_the_stem_alone_refuses_stem_year_symbol_in_both_languages() -> None:
    years, symbols = ("2026", "1987"), ("!", "@", "?!", "#", ".")

    forms = [f"{w.capitalize()}{y}{s}" for w in WORDS for y in years for s in symbols]

    assert len(forms) == 500
    left = [f for f in forms if (weight := stems.weight(f)) is None or weight >= 9]
    assert [f for f in left if reasons(f) <= {"password_too_short"}] == []


@pytest.mark.slow
def test_stem_year_symbol_made_long_is_refused_too() -> None:
    forms = [f"{w.capitalize()}{y}{y}{'!' * 8}" for w in WORDS for y in range(1980, 1990)]

    assert len(forms) == 500
    assert [f for f in forms if not reasons(f)] == []


@pytest.mark.slow
def test_all_common_passwords_of_django_are_refused() -> None:
    path = Path(password_validation.__file__).with_name("common-passwords.txt.gz")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        common = [line.strip() for line in lines]

    assert len(common) == 19_640
    assert [word for word in common if not _refused_by_django(word)] == []


def _refused_by_django(password: str) -> bool:
    try:
        validate_password(password)
    except ValidationError:
        return True
    return False


@pytest.mark.slow
def test_long_passwords_that_leaked_are_refused() -> None:
    leaked = [word for word in FREQUENCY_LISTS["passwords"] if len(word) >= 10]

    assert [word for word in leaked if not reasons(word) - {"password_too_short"}] == []


@pytest.mark.slow
def test_random_pass_phrases_are_accepted() -> None:
    chance = random.Random(20271)
    english = [word for word in FREQUENCY_LISTS["us_tv_and_film"][:8000] if word.isalpha()]
    pools = ([w for w in english if len(w) > 3], [w for w in stems.french()[:8000] if len(w) > 3])
    phrases = [" ".join(chance.choice(pools[n % 2]) for _ in range(5)) for n in range(1000)]

    refused = [phrase for phrase in phrases if reasons(phrase, somebody())]

    assert len(refused) <= 10
