"""How people write words so that a filter does not find them: our own suite, seeded.

Each way takes a text, a source of chance, and the words that matter (in lower case; without any,
the longer words), and gives a text that a person still reads. `UNDONE` are those that the scorer
undoes to the letter: in its plain view, or in its bare one; the others lose something for good.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from random import Random

Way = Callable[[str, Random, Collection[str]], str]

_WORD = re.compile(r"[^\W\d_]+")
_LONG = 4
"""Letters of a word that is worth hiding, where nobody says which ones are."""

_LEET = {"a": "4@", "e": "3", "i": "1!", "o": "0", "s": "5$", "t": "7"}
_ALIKE = {
    "a": "аα", "c": "с", "d": "ԁ", "e": "е", "h": "һ", "i": "іι", "j": "ј", "k": "κ", "n": "ո", "o": "оο",
    "p": "рρ", "q": "ԛ", "s": "ѕ", "u": "υս", "v": "ν", "w": "ԝ", "x": "х", "y": "у",
    "A": "АΑ", "B": "ВΒ", "C": "С", "E": "ЕΕ", "H": "НΗ", "I": "ІΙ", "K": "КΚ", "M": "МΜ", "N": "Ν", "O": "ОΟ",
    "P": "РΡ", "S": "Ѕ", "T": "ТΤ", "X": "ХΧ", "Y": "Υ", "Z": "Ζ",
}  # fmt: skip
_ACCENTED = {"a": "áàâäã", "e": "éèêë", "i": "íìîï", "o": "óòôöõ", "u": "úùûü", "c": "ç", "n": "ñ"}
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_MARKS = "\u200e\u200f\u202a\u202c\u2066\u2069"
_EMOJI = "😂😡🤡💀🔥🙄👀😭"
_WITHIN = ".,-_~'"
_VOWELS = "aeiouyàâéèêëîïôûù"


def leet(text: str, chance: Random, words: Collection[str] = ()) -> str:
    """Digits and signs for most letters that have one."""
    return _each(text, words, lambda word: _replaced(word, _LEET, chance, 0.7))


def homoglyphs(text: str, chance: Random, words: Collection[str] = ()) -> str:
    """Cyrillic, Greek and Armenian letters for half of those that have one."""
    return _each(text, words, lambda word: _replaced(word, _ALIKE, chance, 0.5))


def zero_width(text: str, chance: Random, words: Collection[str] = ()) -> str:
    """Something that cannot be seen between any two letters."""
    return _each(text, words, lambda word: _joined(word, lambda: chance.choice(_UNSEEN)))


def spaced(text: str, chance: Random, words: Collection[str] = ()) -> str:
    """A space between any two letters."""
    del chance
    return _each(text, words, " ".join)


def dotted(text: str, chance: Random, words: Collection[str] = ()) -> str:
    """The same sign between any two letters."""
    return _each(text, words, lambda word: chance.choice(".-_").join(word))


def pointed(text: str, chance: Random, words: Collection[str] = ()) -> str:
    """One sign somewhere within."""
    return _each(text, words, lambda word: _inserted(word, chance.choice(_WITHIN), chance))


def drawn_out(text: str, chance: Random, words: Collection[str] = ()) -> str:
    """One letter, four to seven times."""
    return _each(text, words, lambda word: _repeated(word, chance))


def accents_added(text: str, chance: Random, words: Collection[str] = ()) -> str:
    """Accents that do not belong there."""
    return _each(text, words, lambda word: _replaced(word, _ACCENTED, chance, 0.6))


def accents_dropped(text: str, chance: Random, words: Collection[str] = ()) -> str:
    """No accents anywhere: half of what is written in French."""
    del chance, words
    apart = unicodedata.normalize("NFD", text)
    return "".join(one for one in apart if not unicodedata.combining(one))


def starred(text: str, chance: Random, words: Collection[str] = ()) -> str:
    """A star for one vowel, not the first letter."""
    return _each(text, words, lambda word: _starred(word, chance))


def swapped(text: str, chance: Random, words: Collection[str] = ()) -> str:
    """Two neighbours changed places; the first letter and the last stay."""
    return _each(text, words, lambda word: _swapped(word, chance))


def dropped(text: str, chance: Random, words: Collection[str] = ()) -> str:
    """One letter is missing; neither the first nor the last."""
    return _each(text, words, lambda word: _dropped(word, chance))


def upper_case(text: str, chance: Random, words: Collection[str] = ()) -> str:
    """All in capitals."""
    del chance, words
    return text.upper()


def fullwidth(text: str, chance: Random, words: Collection[str] = ()) -> str:
    """Letters as wide as Chinese ones."""
    del chance
    return _each(text, words, lambda word: "".join(map(_wide, word)))


def emoji_between(text: str, chance: Random, words: Collection[str] = ()) -> str:
    """An emoji instead of about half of the spaces."""
    del words
    return re.sub(
        " ", lambda _: f" {chance.choice(_EMOJI)} " if chance.random() < 0.5 else " ", text
    )


def direction_marks(text: str, chance: Random, words: Collection[str] = ()) -> str:
    """Marks of direction, which show nothing in text of one direction, around and in words."""
    return _each(text, words, lambda word: _joined(f"{word}", lambda: chance.choice(_MARKS)))


WAYS: Mapping[str, Way] = {
    way.__name__: way
    for way in (
        leet, homoglyphs, zero_width, spaced, dotted, pointed, drawn_out, accents_added,
        accents_dropped, starred, swapped, dropped, upper_case, fullwidth, emoji_between,
        direction_marks,
    )
}  # fmt: skip
UNDONE = {
    "plain": ("homoglyphs", "zero_width", "accents_added", "accents_dropped", "upper_case",
              "fullwidth", "direction_marks"),
    "bare": ("dotted",),
}  # fmt: skip
"""view -> the ways of which nothing is left in it, whatever the text."""


def suite(
    texts: Sequence[str], seed: int, words: Collection[str] = ()
) -> Iterator[tuple[str, list[str]]]:
    """The name of each way, and all `texts` written so. The same seed gives the same texts, and
    one text the same whatever others stand beside it."""
    for name, way in WAYS.items():
        yield name, [way(text, Random(f"{seed} {name} {text}"), words) for text in texts]


def _each(text: str, words: Collection[str], change: Callable[[str], str]) -> str:
    """`text` with `change` made to the words that matter."""

    def changed(met: re.Match[str]) -> str:
        word = met[0]
        matters = word.lower() in words if words else len(word) >= _LONG
        return change(word) if matters and len(word) > 1 else word

    return _WORD.sub(changed, text)


def _replaced(word: str, by: Mapping[str, str], chance: Random, share: float) -> str:
    """One at least, if any can be."""
    can = [at for at, one in enumerate(word) if one in by or one.lower() in by]
    do = {at for at in can if chance.random() < share} or set(can and [chance.choice(can)])
    return "".join(
        chance.choice(by.get(one) or by[one.lower()]) if at in do else one
        for at, one in enumerate(word)
    )


def _joined(word: str, sign: Callable[[], str]) -> str:
    return word[0] + "".join(sign() + one for one in word[1:])


def _inserted(word: str, sign: str, chance: Random) -> str:
    at = chance.randrange(1, len(word))
    return word[:at] + sign + word[at:]


def _repeated(word: str, chance: Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + word[at] * chance.randrange(4, 8) + word[at + 1 :]


def _starred(word: str, chance: Random) -> str:
    can = [at for at, one in enumerate(word) if at and one.lower() in _VOWELS]
    if not can:
        return word
    at = chance.choice(can)
    return f"{word[:at]}*{word[at + 1 :]}"


def _swapped(word: str, chance: Random) -> str:
    can = [at for at in range(1, len(word) - 2) if word[at] != word[at + 1]]
    if not can:
        return word
    at = chance.choice(can)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _dropped(word: str, chance: Random) -> str:
    if len(word) <= 2:
        return word
    at = chance.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1 :]


def _wide(one: str) -> str:
    return chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one
