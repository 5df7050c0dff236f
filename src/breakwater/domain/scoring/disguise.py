"""What is done to words so that they are read, but not found; each undone.

Every step takes the plain view. None of them knows words, but for the ones that protect what is
written so without any guile: elisions, addresses, words that a hyphen joins.
"""

import re
from collections.abc import Callable

from breakwater.domain.scoring import leet
from breakwater.domain.scoring.edits import Edit, Step
from breakwater.domain.scoring.shape import Shape

_ONE = r"[^\W\d_]"
_SPACED = re.compile(
    rf"(?<![^\W_])(?<![@$])(?:{_ONE}|[@$])( ?([.\-_*/,|~+·•])\2? ?| )(?:{_ONE}|[@$])"
    rf"(?:\1(?:{_ONE}|[@$]))+(?![^\W_])(?!')"
)
_APART = {
    one: (f"{one}a{one}", f"{one} a{one}", f"{one} a {one}", f"{one}a {one}")
    for one in ".-_*/,|~+·•"
}
"""A letter between two of the same sign."""
_WORDS_OF_ONE = frozenset("aiyo")
_LEFT_SPACED = frozenset({"yat"})
"""Words of one letter that follow one another: "y a t il"."""
_LONG_ENOUGH = 5

_SLIPPED_IN = re.compile(rf"(?<={_ONE})[~^`\"\\=<>{{}}\[\]·]{{1,2}}(?={_ONE})")
_SLIPPED = frozenset('~^`"\\=<>{}[]·')
_HIDDEN = re.compile(rf"(?<![\w#%])({_ONE}{{1,4}})[#%•]{{1,3}}({_ONE}{{1,6}})(?![\w#%])")
"""A letter that is not shown; longer ones are two words, the second one a hashtag."""
_POINTED = re.compile(rf"(?<![\w@.,;:-]){_ONE}+(?:[.,;:_]{_ONE}+)+(?![\w@])")
_POINTS = re.compile(r"[.,;:_]")
_HOSTS = frozenset({
    "com", "org", "net", "fr", "be", "ch", "ca", "eu", "uk", "de", "io", "co", "info", "tv",
    "me", "ly", "gov", "edu", "gouv", "app", "dev", "news", "shop", "store", "site", "online",
    "blog", "qc", "sn", "ci", "ma", "tn", "dz", "cm", "us", "es", "it", "lu", "nl", "pl", "ru",
    "cn", "jp", "br", "gg", "ai", "fm", "to", "xyz", "paris", "html", "php", "pdf", "jpg",
    "jpeg", "png", "gif", "py", "js",
})  # fmt: skip
_SENTENCE = 4
"""Two words of as many letters with a full stop between: the space was left out."""
_ELIDED = re.compile(rf"(?<![\w'])({_ONE}{{2,}})'({_ONE}{{2,}})(?![\w'])")
_ELIDES = frozenset({
    "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu", "presqu", "aujourd", "entr", "prud",
    "ma", "y", "rock", "grand",
})  # fmt: skip
_CLIPPED = frozenset(["re", "ve", "ll", "em", "am", "all", "til", "bout", "cause", "clock", "er"])
_SHARDS = re.compile(rf"(?<![\w-]){_ONE}{{1,2}}(?:-{_ONE}{{1,2}}){{2,}}(?![\w-])")
_SPLIT_OFF = re.compile(
    rf"(?<![\w'-])(?:([bcfhlmnpqrswz])-(?={_ONE}{{3,}}(?![\w-]))|({_ONE}{{3,}})-({_ONE})(?:-(s))?(?![\w'-]))"
)
"""s-alope, idio-t; and etudiant-e-s. Not e-mail, t-shirt, x-ray."""
_SOUNDED = re.compile(r"(?:^|-)t-|^y-")
"""va-t-il, y-a-t-il."""

_DRAWN_OUT = re.compile(rf"({_ONE})\1\1")
_WORD = re.compile(rf"{_ONE}{{3,}}")
_RUN = re.compile(rf"({_ONE})\1\1+")
_LONGEST = 40
"""No word of either language has as many letters."""
_NUMERAL = re.compile(r"[ivx]+")
_DOUBLED = re.compile(
    r"conna|conne|ass(?:es)?$|assh|asse|pussy|nigg|fagg|bullsh|bitte|piss|chatt|grosse|couill|lette$|"
    r"tapett|poufi?f|chienn|gueull|kill|hell|butt|good|cool|look|fool|null|belle|really|school|loos|"
    r"class|miss|pass|guerr|terr|horr|arret|mett|jett|poubell|fillet|bonn|homm|femm|salle|folle|"
    r"creep|weed|need|feel|keep|free|see$|too$|off|all$|ell$|ill$|oll$|ull$|ess$"
)
"""Parts of words that are written with a double letter."""


def _joined(met: re.Match[str]) -> str:
    """One word; and once more without its first letter, if that may be a word: "a b i t c h"."""
    letters = met[0][:: 1 + len(met[1])]
    elided = met.start() > 0 and met.string[met.start() - 1] == "'"
    if letters in _LEFT_SPACED or (met[1] == " " and elided):
        return met[0]
    if met[1] == " " and len(letters) >= _LONG_ENOUGH and letters[0] in _WORDS_OF_ONE:
        return f"{letters} {letters[1:]}"
    return letters


def _pointed(met: re.Match[str]) -> str:
    parts = _POINTS.split(met[0])
    if met[0][-len(parts[-1]) - 1] == "." and parts[-1] in _HOSTS:
        return met[0]
    lengths = [len(part) for part in parts]
    if min(lengths) >= _SENTENCE or lengths == [1, 1]:
        return met[0]
    if "_" in met[0] and len(parts) > 2 and min(lengths) > 1:
        return " ".join(parts)
    return "".join(parts)


def _elided(met: re.Match[str]) -> str:
    if met[1] in _ELIDES or met[2] in _CLIPPED:
        return met[0]
    return met[1] + met[2]


def _shards(met: re.Match[str]) -> str:
    return met[0] if _SOUNDED.search(met[0]) else met[0].replace("-", "")


def _drawn_out(met: re.Match[str]) -> str:
    """Each run once, or twice where a word is written so."""
    word = met[0]
    if len(set(word)) == 1 or _NUMERAL.fullmatch(word):
        return word
    if len(word) > _LONGEST:
        return _RUN.sub(r"\1", word)
    while run := _RUN.search(word):
        before, after = word[: run.start()], _RUN.sub(r"\1", word[run.end() :])
        twice = before + run[1] * 2 + after
        double = range(run.start(), run.start() + 2)
        own = any(double[0] >= part.start() and double[1] < part.end()
                  for part in _DOUBLED.finditer(twice))  # fmt: skip
        word = before + run[1] * (2 if own else 1) + word[run.end() :]
    return word


_ONES = re.compile(r"(?<![a0])a a a(?![a0])")


def _spaced(shape: Shape) -> bool:
    signs = shape.signs & _APART.keys()
    return (
        (shape.has("a a a") and _ONES.search(shape.shape) is not None)
        or (bool(signs) and shape.has(*(part for sign in signs for part in _APART[sign])))
        or not shape.signs.isdisjoint("@$")
    )


def _beside(signs: frozenset[str]) -> Callable[[Shape], bool]:
    """Whether one of `signs` follows a letter."""
    return lambda shape: (
        not signs.isdisjoint(shape.signs)
        and shape.has(*(f"a{sign}" for sign in shape.signs & signs))
    )


def _for_letters(shape: Shape) -> bool:
    signs = shape.signs & leet.SIGNS
    return shape.has("a0", "0a", "!a", "a!0") or (
        bool(signs)
        and ("!" in shape.signs or shape.has(*(p for one in signs for p in (f"a{one}", f"{one}a"))))
    )


STEPS: tuple[tuple[Callable[[Shape], bool], Step], ...] = (
    (_spaced, Edit(_SPACED, _joined)),
    (_beside(_SLIPPED), Edit(_SLIPPED_IN, lambda _: "")),
    (
        lambda shape: shape.has("a.a", "a,a", "a:a", "a_a", "a;a"),
        Edit(_POINTED, _pointed),
    ),
    (lambda shape: shape.has("aa'aa"), Edit(_ELIDED, _elided)),
    (lambda shape: shape.has("-a-", "-aa-"), Edit(_SHARDS, _shards)),
    (
        lambda shape: "-" in shape.signs,
        Edit(_SPLIT_OFF, lambda met: "".join(filter(None, met.groups()))),
    ),
    (
        _beside(frozenset("#%•")),
        Edit(_HIDDEN, lambda met: f"{met[1]}{'*' * (len(met[0]) - len(met[1] + met[2]))}{met[2]}"),
    ),
    (_for_letters, Edit(leet.TOKEN, lambda met: leet.read(met[0]))),
    (lambda shape: _DRAWN_OUT.search(shape.text) is not None, Edit(_WORD, _drawn_out)),
)
"""When a text may be disguised so, judged by its shape before any step, and what undoes it."""
