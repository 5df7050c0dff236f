"""The product's table of look-alikes is what its script makes."""

import importlib.util
import unicodedata

import pytest

from training import confusables


@pytest.mark.skipif(
    importlib.util.find_spec("confusable_homoglyphs") is None
    or unicodedata.unidata_version != confusables.ASKED,
    reason="needs confusable-homoglyphs 3.3.1 and a Python that knows Unicode 14: nobody has shown "
    "here that the table is what the script makes",
)
def test_the_table_is_what_the_script_makes() -> None:
    assert confusables.TABLE.read_text("utf-8") == confusables.written()


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("LATIN SMALL LETTER TURNED A", "a"),
        ("LATIN LETTER SMALL CAPITAL H", "h"),
        ("LATIN CAPITAL LETTER O WITH STROKE", "o"),
        ("LATIN SMALL LETTER SHARP S", "ss"),
        ("LATIN SMALL LIGATURE OE", ""),
        ("LATIN SMALL LETTER GLOTTAL STOP", ""),
        ("NEGATIVE SQUARED LATIN CAPITAL LETTER B", "b"),
        ("SQUARED COOL", "cool"),
        ("SQUARED KEY", ""),
    ],
)
def test_a_name_says_which_letters_are_read(name: str, letters: str) -> None:
    assert confusables.in_name(name) == letters
