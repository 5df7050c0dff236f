"""Which words are known: those that stood in what was trained on, as hashes."""

from pathlib import Path

import pytest

from breakwater.domain.scoring.known import OCTAVE, RUDE, Known
from training import spelling
from training.corpus import Row
from training.lexicons import listed

ROWS = [
    *(Row("public", "en", text, {}) for text in ("the driver late", "the driver, teh", "THE the")),
    Row("public", "fr", "Le livreur à Tôkyô, l'été", {}),
    Row("own", "en", "lovely b2b x u t1ger*", {}),
]


LISTS = {
    "lex_afinn/AFINN-en-165.txt": "awful\t-3\nlovely\t4\n", "lex_afinn/AFINN-fr-165.txt": "awful\t-4\n",
    "lex_cuss/index.json": '{"moron": 2}', "lex_cuss/fr.json": "{}", "lex_fr/list.txt": "gros mot\n",
    "lex_ldnoobw/en": "moron\n", "lex_ldnoobw/fr": "", "lex_ldnoobw/fr-CA-u-sd-caqc": "",
    "surge_profanity/profanity_en.csv": "text,category_1,severity_rating\nmoron,mental disability,1.5\n",
}  # fmt: skip


@pytest.fixture
def lexicons(tmp_path: Path) -> Path:
    for name, text in LISTS.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def found(lexicons: Path) -> Known:
    return spelling.known(ROWS, lexicons)


def test_words_are_known_by_how_often_they_were_met(found: Known) -> None:
    assert found.of(["the", "driver", "le", "livreur", "tokyo", "l'", "ete", "lovely", "u"]) == [
        1 + 2 * OCTAVE, 1 + OCTAVE, 1, 1, 1, 1, 1, 1, 1,
    ]  # fmt: skip


def test_slips_signs_and_single_letters_are_not(found: Known) -> None:
    assert not any(found.of(["teh", "late", "b2b", "x", ",", "t1ger*", "mot", "idiot"]))


def test_what_is_listed_and_what_names_a_group_is_known_without_being_met(found: Known) -> None:
    assert found.of(["moron", "muslims", "aveugle"]) == [1 + int(RUDE), 1, 1]


def test_the_same_texts_give_the_same_table_in_any_order(found: Known, lexicons: Path) -> None:
    again = spelling.known(ROWS[::-1], lexicons)

    assert again.keys.tolist() == found.keys.tolist() == sorted(found.keys.tolist())
    assert again.levels.tolist() == found.levels.tolist()


def test_listed_words_keep_the_highest_of_what_lists_say(lexicons: Path) -> None:
    assert listed(lexicons) == {
        "awful": {"bad": 0.8}, "lovely": {"good": 0.8},
        "moron": {"swear": 1.0, "severity": 0.5, "insult": 1.0},
    }  # fmt: skip
