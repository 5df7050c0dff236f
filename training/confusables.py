"""Writes src/breakwater/domain/scoring/confusables.py from Unicode's data.

python -m training.confusables

Sources: what Unicode calls confusable (UTS 39), as the package confusable-homoglyphs 3.3.1 on PyPI
carries it (made from Unicode 15.1; it is needed to run this, never to run the product); names and
decompositions as Python knows them; and the lists below, which are our own.
"""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path

ASKED = "14.0.0"
"""The Unicode version of Python's own data that the table was made with (Python 3.11)."""
TABLE = Path(__file__).resolve().parents[1] / "src/breakwater/domain/scoring/confusables.py"
HEAD = '''"""Characters that are read as Latin letters. Written by training/confusables.py: do not edit.

Made from data of Unicode, Inc. (UTS 39 confusables 15.1, UnicodeData {asked}), Copyright 1991-2023
Unicode, Inc., under the Unicode License v3 (https://www.unicode.org/license.txt), by way of
confusable-homoglyphs 3.3.1 (MIT, Victor Felder and Elena Grandi); the rest is our own.
Each line: the letters that are read, and the characters that are read so.
"""

'''
PARTS = (
    ("LATIN", "Other forms of Latin letters, whatever stands around them."),
    ("ALIKE", "Letters of other scripts, and signs, that look the same."),
    (
        "ROUGH",
        "Letters of other scripts that merely recall a letter, in a word that has real ones.",
    ),
)

SPECIAL = {
    "SHARP S": "ss", "ETH": "d", "THORN": "th", "ENG": "n", "ESH": "s", "EZH": "z", "SCHWA": "e",
    "ALPHA": "a", "IOTA": "i", "UPSILON": "u", "GAMMA": "y", "CHI": "x", "KRA": "k", "WYNN": "w",
    "YOGH": "y", "BETA": "b", "OMEGA": "w", "PHI": "f", "MIDDLE-WELSH LL": "ll", "U BAR": "u",
    "STIRRUP R": "r",
}  # fmt: skip
"""Letters that their Unicode name does not spell."""
SHAPED = (
    r"(?:(?:TURNED|REVERSED|SIDEWAYS|OPEN|CLOSED|DOTLESS|LONG|INVERTED|BARRED|SCRIPT|INSULAR|"
    r"BLACKLETTER|BASELINE|TAILLESS|STRETCHED|FLATTENED|HALF|TOP|BOTTOM|VOLAPUK|BROKEN|CAPITAL|"
    r"SMALL|EPIGRAPHIC|LENIS|ANGLICANA|DOUBLE) )*"
)
NAMED = re.compile(
    r"(?:(?:CROSSED )?NEGATIVE (?:CIRCLED|SQUARED) )?LATIN (?:(?:SMALL|CAPITAL) )?"
    rf"LETTER {SHAPED}(.+?)(?: DIGRAPH)?(?: WITH .*)?$"
)
SQUARED = re.compile(r"(?:NEGATIVE )?SQUARED (AB|CL|COOL|FREE|IC|ID|NEW|NG|OK|SOS|VS|WC)$")
NOT_READ = set("©®℗∞∣⏽￨‖∥⊖⊝⍬∀∃∫∑⅀")
"""Confusable to Unicode, but read as themselves; with all currencies and marks."""
SAID = {
    "І": "i", "Ι": "i", "Ӏ": "i", "ӏ": "i", "м": "m", "ꮇ": "m", "β": "b", "ε": "e", "ϵ": "e",
    "є": "e", "Є": "e", "ℇ": "e", "Σ": "e", "ⲉ": "e", "Ⲉ": "e", "и": "n", "Λ": "a", "Л": "n",
}  # fmt: skip
"""What is meant, where Unicode's first choice is another letter (a capital i looks like an l)."""
TURNED = {"ɔ": "c", "Ɔ": "c"}
"""An open o to Unicode: a c to those who write upside down."""
OWN_ALIKE = {
    "a": "ᗩ", "b": "ᗷ", "c": "ᑕ", "e": "ᗴ", "g": "ᘜ", "k": "ᛕ", "l": "ᒪ", "n": "ᑎ", "q": "ᑫ",
    "s": "ᔕ", "w": "ᗯ", "z": "ᘔ",
}  # fmt: skip
"""Canadian syllables as they are used for a look."""
OWN_ROUGH = {
    "a": "дλΔ卂ል", "b": "бъ乃", "c": "匚", "d": "刀", "e": "эΞξ乇", "f": "千", "g": "б", "h": "ч卄",
    "i": "工丨", "l": "ㄥ", "m": "爪", "n": "плΠπ几ห", "o": "Ωδ口ㄖ", "p": "卩", "r": "я尺", "s": "丂",
    "t": "丅ㄒ七", "u": "цμㄩบ", "w": "шщψ山", "x": "ж乂", "y": "Ψㄚץ", "z": "ζ乙",
}  # fmt: skip
"""As they are met in posts."""
CONFUSABLES = "confusables.json"


def reduced(text: str) -> str:
    """Decomposed, without marks."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if not unicodedata.category(c).startswith("M"))


def confusable(latin: Mapping[str, str]) -> dict[str, str]:
    """Unicode's pairs: a character -> the letters it is confused with, if need be by way of
    another form of them (`latin`), as в is with ʙ."""
    text = files("confusable_homoglyphs").joinpath(CONFUSABLES).read_text("utf-8")
    found = {}
    for one, others in json.loads(text).items():
        if _asked(one):
            met = {_spelt(other["c"]) for other in others} - {""}
            met = met or {latin[other["c"]] for other in others if other["c"] in latin}
            if met:
                found[one] = min(met, key=_plainest).lower()
    return found


def named() -> dict[str, str]:
    """What a character is called: the letters in its name, for all that Latin has."""
    found = {}
    for code in range(0x80, 0x110000):
        one = chr(code)
        name = unicodedata.name(one, "")
        if ("LATIN" in name or "SQUARED" in name) and not reduced(one).isascii():
            letters = in_name(name)
            if letters:
                found[one] = letters
    return found


def parts() -> dict[str, dict[str, str]]:
    """The three tables of the file: part -> character -> the letters it is read as."""
    latin = named() | TURNED
    pairs = confusable(latin)
    alike = {one: as_ for one, as_ in pairs.items() if not _latin(one)}
    alike |= {one: as_ for as_, ones in OWN_ALIKE.items() for one in ones} | SAID
    latin = {one: as_ for one, as_ in pairs.items() if _latin(one)} | latin
    rough = {one: as_ for as_, ones in OWN_ROUGH.items() for one in ones if one not in alike}
    return {"LATIN": latin, "ALIKE": alike, "ROUGH": rough}


def written() -> str:
    """The file that the product has."""
    made = parts()
    body = []
    for part, what in PARTS:
        lines = "".join(f"    {_said(as_)}: {ones},\n" for as_, ones in _by_letters(made[part]))
        body.append(f'{part} = {{\n{lines}}}\n"""{what}"""\n')
    return HEAD.format(asked=ASKED) + "".join(body)


def _asked(one: str) -> bool:
    """One character that no decomposition makes plain, and that stands for a letter."""
    return (
        len(one) == 1
        and reduced(one) == one
        and not one.isascii()
        and one not in NOT_READ
        and unicodedata.category(one) not in ("Sc", "Cn")
    )


def _spelt(other: str) -> str:
    letters = reduced(other)
    return letters if letters.isascii() and letters.isalpha() and len(letters) < 3 else ""


def _plainest(letters: str) -> tuple[int, bool, str]:
    """Short before long; and an l only where nothing else is meant."""
    return len(letters), letters == "l", letters


def _latin(one: str) -> bool:
    return "LATIN" in unicodedata.name(one, "")


def in_name(name: str) -> str:
    """The letters that a character's name spells, in lower case; "" if it spells none."""
    if squared := SQUARED.match(name):
        return squared[1].lower()
    met = NAMED.match(name)
    if met is None:
        return ""
    said = SPECIAL.get(met[1], met[1])
    return said.lower() if re.fullmatch(r"[A-Za-z]{1,2}", said) else ""


def _by_letters(part: dict[str, str]) -> Iterable[tuple[str, str]]:
    ones = defaultdict(list)
    for one, as_ in part.items():
        ones[as_].append(one)
    return [(as_, _said("".join(sorted(ones[as_])))) for as_ in sorted(ones)]


def _said(text: str) -> str:
    """In ASCII: no editor, diff or terminal turns a line around that holds Hebrew."""
    return json.dumps(text) if text.isascii() else '"' + "".join(map(_escaped, text)) + '"'


def _escaped(one: str) -> str:
    return f"\\u{ord(one):04x}" if ord(one) < 0x10000 else f"\\U{ord(one):08x}"


def main() -> int:
    TABLE.write_text(written(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
