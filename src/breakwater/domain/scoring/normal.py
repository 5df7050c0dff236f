"""A text as its reader sees it, whatever characters it is written in. Two views, and where they
come from.

Of a text at most the first 3,000 and the last 1,000 characters are looked at; a view has at most
4,001. What takes its time is bounded by that, whatever comes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from breakwater.domain.scoring import disguise, scripts
from breakwater.domain.scoring.characters import Characters
from breakwater.domain.scoring.edits import (
    At,
    Cap,
    Edit,
    Ends,
    Lower,
    OneSpace,
    Reverse,
    Step,
    Translate,
)
from breakwater.domain.scoring.flags import FLAGS
from breakwater.domain.scoring.shape import Shape

HEAD = 3_000
TAIL = 1_000
MOST = HEAD + 1 + TAIL
LINK = "urltoken"
USER = "usertoken"
_ELONGATED = 3
"""A letter that comes more often is cut to this, so that `bare` still sees it was drawn out."""
_TIMES = 4
"""A letter that is read as Latin may make its text Latin, and then others are: no further."""

_HOSTS = "com|org|net|fr|be|ch|ca|eu|uk|de|io|co|info|tv|me|ly|be|gl|gd|app|dev|news|shop|link|us"
ADDRESS = (
    r"(?:(?:https?://|(?<!\w)www\.)[^\s<>\"'(),;|]+"
    rf"|(?<![\w@.-])(?:[a-z0-9][a-z0-9-]{{0,62}}\.){{1,4}}(?:{_HOSTS})/[^\s<>\"'(),;|]*)"
)
"""A link, in a text in small letters: no scorer reads what is in it. Whoever shows or keeps texts
looks for the same, so that nothing is hidden from both."""
_LINKS = re.compile(ADDRESS)
_USERS = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@\w{1,63}(?:[.-]\w{1,63}){0,8}\.[a-z]{2,}[\w-]*(?:[\w.+-]*@[\w.-]*)*"
    r"|(?<![\w@])@+(?!(?:ss(?:e?s|holes?|wipes?|hats?)?|rse(?:hole)?s?|bruti\w*|nal|nus)\b)"
    r"\w+(?:[.-]\w+)*(?:[\w.+-]*@[\w.-]*)*"
)
_DRAWN_OUT = re.compile(r"([^\d\s])\1\1+")
_REPEATED_SYMBOL = re.compile(r"(?<!\S)([^\w\s!-~]{1,2})(?: \1){2,}(?!\S)")
_OVERRIDDEN = re.compile("\u202e([^\u202c-\u202e\u2066-\u2069\r\n]*)")


@dataclass(frozen=True, slots=True)
class Traced:
    """Both views of a text, and for each of their characters the place in the text as it came.

    A place is an index in code points. Places mostly grow; they do not within a word that was
    written backwards.
    """

    plain: str
    plain_at: tuple[int, ...]
    bare: str
    bare_at: tuple[int, ...]


def _flag(met: re.Match[str]) -> str:
    """Regional letters: flags, or a way of writing words."""
    letters = "".join(chr(ord(one) - 0x1F1E6 + ord("a")) for one in met[0])
    pairs = [letters[at : at + 2] for at in range(0, len(letters), 2)]
    if FLAGS.issuperset(pairs):
        return "".join(f" {met[0][at : at + 2]} " for at in range(0, len(letters), 2))
    return letters


def _cut(met: re.Match[str]) -> str:
    return met[1] * (_ELONGATED if met[1].isalpha() else 2)


_BLANK = re.compile(
    r"[\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202d\u2060-\u206f"
    r"\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0]{3,}"
)
"""What shows nothing: a long text would otherwise be filled with it, so that the middle is not seen."""
_ENDS: tuple[Step, ...] = (
    Edit(_BLANK, lambda _: " ", lambda text: len(text) > MOST),
    Ends(HEAD, TAIL),
)
_CAP = Cap(MOST)
_FOLD = Translate(Characters())
_ASCII: tuple[Step, ...] = (
    Lower(),
    Edit(_DRAWN_OUT, _cut),
    Edit(_LINKS, lambda _: f" {LINK} ", lambda text: "/" in text or "www." in text),
    Edit(_USERS, lambda _: f" {USER} ", lambda text: "@" in text),
    OneSpace(),
)
_ANY: tuple[Step, ...] = (
    Reverse(_OVERRIDDEN),
    Edit(re.compile("[\U0001f1e6-\U0001f1ff]+"), _flag),
    _FOLD,
    Edit(scripts.WORD, lambda met: scripts.unmixed(met[0]), scripts.has_stand_ins),
    Edit(
        scripts.WORD,
        lambda met: scripts.disguised(met[0]),
        lambda text: scripts.has_stand_ins(text) and scripts.mostly_latin(text),
    ),
    *_ASCII,
    Edit(_REPEATED_SYMBOL, lambda met: f"{met[1]} {met[1]}", lambda text: not text.isascii()),
    _CAP,
)


def plain(text: str) -> str:
    """What is read: in lower case, without accents, look-alikes as the letters they are read as,
    nothing that cannot be seen; a letter at most three times in a row and a sign twice; links as
    "urltoken", mentions and mail addresses as "usertoken"; emoji apart from the words, a flag as
    its two letters. plain(plain(text)) is plain(text).

    Other scripts are kept (scripts.py). What is written backwards with U+202E is turned around.
    """
    for step in _ENDS:
        text = step(text)
    if text.isascii():
        if not text.isprintable():
            text = _FOLD(text)
        for step in _ASCII:
            text = step(text)
        return _CAP(text)
    for _ in range(_TIMES):
        before = text
        for step in _ANY:
            text = step(text)
        if text == before or not scripts.has_stand_ins(text):
            break
    return text


def bare(plain: str) -> str:
    """What a plain view says once words are no longer disguised; the very same object if none is.

    Letters for the digits and signs that stand for them, single letters joined, nothing within
    words, no letter drawn out. A letter that is starred out stays "*".
    """
    text = plain
    shape = Shape.of(plain)
    for disguised, undo in disguise.STEPS:
        if text is not plain or disguised(shape):
            text = undo(text)
    return plain if text == plain else text


def traced(text: str) -> Traced:
    """`plain` and `bare` of `text`, with where they come from. Slower than both."""
    shown, at = _through(_ENDS, text, list(range(len(text))))
    shown, at = _plain_marked(shown, at)
    stripped, stripped_at = _through((undo for _, undo in disguise.STEPS), shown, at)
    return Traced(shown, tuple(at), stripped, tuple(stripped_at))


def _plain_marked(text: str, at: At) -> tuple[str, At]:
    if text.isascii():
        steps = (_FOLD, *_ASCII, _CAP) if not text.isprintable() else (*_ASCII, _CAP)
        return _through(steps, text, at)
    for _ in range(_TIMES):
        before = text
        text, at = _through(_ANY, text, at)
        if text == before or not scripts.has_stand_ins(text):
            break
    return text, at


def _through(steps: Iterable[Step], text: str, at: At) -> tuple[str, At]:
    for step in steps:
        text, at = step.marked(text, at)
    return text, at
