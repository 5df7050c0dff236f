"""What one character stands for, whatever stands around it."""

import unicodedata

from breakwater.domain.scoring.confusables import ALIKE, LATIN, ROUGH

_LATIN = {one: letters for letters, ones in LATIN.items() for one in ones}
SAME = {one: letters for letters, ones in ALIKE.items() for one in ones}
"""A letter of another script, or a sign -> the Latin letters that look the same."""
READ = {one: letters for letters, ones in ROUGH.items() for one in ones} | SAME
"""The same, and those that only recall a Latin letter."""

_SIGNS = {sign: plain for plain, signs in {
    "'": "´‘’‚‛′ʹʻʼʽˈ＇", '"': "“”„‟″«»〝〞＂", "-": "‐‑‒–—―−⁃﹣－", ".": "․‧・", ",": "‚，", "/": "⁄∕",
    " ": "⠀", "|": "∣⏐│", "*": "∗⁎✱＊", "~": "∼～",
}.items() for sign in signs}  # fmt: skip
_UNSEEN = set("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufffc\ufffd")
"""Letters, marks and signs that show nothing. U+FFFD is what a lone surrogate was stored as."""
_SYMBOLS = range(0x2190, 0x2C00), range(0x1F000, 0x1FC00)
_REGIONS = range(0x1F1E6, 0x1F200)
_TONES = range(0x1F3FB, 0x1F400)
_LONGEST = 4
"""A character that decomposes into more is kept: a ligature that says a sentence, a date."""
_KEPT = 50_000
"""How many characters are remembered: more than people write, fewer than a flood can cost."""


def fold(one: str) -> str:
    """What `one` is read as: "", letters of Latin in lower case and without marks, or itself.

    Letters of other scripts keep their case. A symbol or emoji has a space on both sides.
    """
    if one in _LATIN or one in _SIGNS or one in READ:
        return _part(one)
    apart = unicodedata.normalize("NFKD", one)
    if len(apart) == 3 and apart[0] + apart[2] == "()":
        apart = apart[1]
    whole = unicodedata.normalize("NFC", "".join(map(_part, apart)))
    return whole if len(whole) <= _LONGEST else one


class Characters(dict[int, str]):
    """`fold` for str.translate, each character worked out once."""

    def __missing__(self, code: int) -> str:
        read = fold(chr(code))
        if len(self) < _KEPT:
            self[code] = read
        return read


def _part(one: str) -> str:
    if one.isascii():
        return _ascii(one)
    if one in READ:
        return one
    known = _LATIN.get(one) or _SIGNS.get(one)
    if known:
        return known
    return _other(one, unicodedata.category(one))


def _ascii(one: str) -> str:
    if one.isprintable():
        return one.lower()
    return " " if one.isspace() else ""


def _other(one: str, category: str) -> str:
    code = ord(one)
    if one.isspace():
        return " "
    if one in _UNSEEN or code in _TONES:
        return ""
    if code in _REGIONS:
        return one
    if category in ("So", "Sm", "Cn") and any(code in block for block in _SYMBOLS):
        return f" {one} "
    if category[0] == "C" or _decorates(one, category):
        return ""
    return one


def _decorates(one: str, category: str) -> bool:
    """A mark that may stand on any letter; not one that spells, as in Hindi, Thai or Japanese."""
    if category not in ("Mn", "Me"):
        return False
    place = unicodedata.combining(one)
    spells = place == 0 or 7 <= place <= 9 or 36 < place < 200
    return not spells or category == "Me" or "VARIATION SELECTOR" in unicodedata.name(one, "")
