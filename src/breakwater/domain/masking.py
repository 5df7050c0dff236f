"""A text without its insults, and with what it takes to answer it.

What remains has to be harmless as a whole, by the same scorer and the list of words that no label
shows; where it is not, after sentence upon sentence went, nothing of the text remains.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from unicodedata import normalize

from breakwater.domain.facts import Fact, Kind, facts, sentences
from breakwater.domain.grouping.labels import neutral
from breakwater.domain.grouping.things import things
from breakwater.domain.grouping.words import singulars
from breakwater.domain.scoring.normal import LINK, USER, plain
from breakwater.domain.scoring.scores import Head, Span
from breakwater.domain.text import unaccented

MOST = 2_000
"""Characters of a text that are looked at: fewer than the scorer reads, so that none is unseen."""
ROUNDS = 4
LOOKS = ROUNDS + 4
"""At words, at what they leave, at all sentences at once, at what these leave, at figures."""
_SURE = (Kind.ORDER, Kind.DATE, Kind.TIME, Kind.AMOUNT, Kind.PHONE)
"""Facts made of figures: they hurt nobody."""
_HIDDEN = "…"
_DOT = re.compile(r"(?<![^\W\d_])•(?![^\W\d_])")
_TOKEN = re.compile(r"\S{1,200}")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_MARKS = ".,;:!?…()[]\"'«»“”’"
_LONGEST_LINK = 200
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_IN_LINK = re.compile(r"[\W_]+|(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the text, or what stands in place of one: text "" and the kind of abuse it was."""

    text: str
    kind: Head | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """What a scorer says of a text. rank: of shield.rank_of; None where it says nothing. spans: the
    words that speak for it, where it is abusive."""

    rank: int | None
    spans: Sequence[Span] = ()


class Look(Protocol):
    """Asks the scorer once about all of these texts: one answer for each, in order."""

    def __call__(self, texts: Sequence[str], *, spans: bool) -> Sequence[Looked]: ...


Offending = Callable[[Collection[str]], Collection[str]]
"""Which of these words or short texts are abusive each by itself."""


@dataclass
class _Cover:
    """Which characters are hidden, as what."""

    text: str
    kind: Head
    hidden: list[Head | None] = field(init=False)

    def __post_init__(self) -> None:
        self.hidden = [None] * len(self.text)

    def hide(self, start: int, end: int, head: Head, spared: Sequence[bool] = ()) -> bool:
        """Whether anything more is hidden than before."""
        more = False
        for at in range(start, min(end, len(self.text))):
            if self.hidden[at] is None and not (spared and spared[at]):
                self.hidden[at] = head
                more = more or self.text[at].isalnum()
        return more

    def shown(self, start: int = 0, end: int | None = None) -> str:
        """As long as the text, so that places in it are places in the text."""
        return "".join(
            one if head is None else self._filler(at)
            for at, (one, head) in enumerate(zip(self.text, self.hidden, strict=True))
        )[start:end]

    def _filler(self, at: int) -> str:
        return " " if at and self.hidden[at - 1] is not None else _HIDDEN


def masked(
    text: str,
    look: Look,
    *,
    worst: int,
    kind: Head,
    offending: Offending,
    names: Collection[str] = (),
) -> tuple[Piece, ...] | None:
    """The text in parts, or None where nothing harmless of it says anything.

    worst: the rank up to which a text is veiled; what remains has a greater one. kind: what masks
    are called where no word says it better. names: of shops and products, which are kept.
    `offending` is asked once and `look` LOOKS times at most, whatever the text.
    """
    look = _figured(look)
    seen = _discreet(normalize("NFC", text[:MOST]))
    cover = _Cover(seen, kind)
    spared = _spared(seen, cover, offending, names)
    steps: tuple[Callable[[], object], ...] = (
        lambda: _word_by_word(cover, look, worst, spared.useful),
        lambda: _sentence_by_sentence(cover, look, worst, spared.facts),
        lambda: cover.hide(0, len(seen), kind, spared.figures),
    )
    for step in steps:
        step()
        pieces = _pieces(cover, cut=len(text) > MOST)
        if _harmless(_as_read(pieces or ()), look, worst):
            return pieces
    return None


def _figured(look: Look) -> Look:
    """Asks about figures where we put dots into a number: no scorer knows what dots may mean."""

    def asked(texts: Sequence[str], *, spans: bool) -> Sequence[Looked]:
        return look([_DOT.sub("0", text) for text in texts], spans=spans)

    return asked


def _discreet(text: str) -> str:
    """As long as the text, with a stranger's telephone numbers shown in part."""
    for one in facts(text):
        if one.kind is Kind.PHONE:
            text = text[: one.start] + one.of(text) + text[one.end :]
    return text


@dataclass(frozen=True)
class _Spared:
    """Which characters are kept: of figures, always; of places, links and names too, unless nothing
    else helps; of ordinary things as well, while single words are hidden."""

    figures: list[bool]
    facts: list[bool]
    useful: list[bool]

    def keep(self, start: int, end: int, *into: list[bool]) -> None:
        for spared in into:
            spared[start:end] = [True] * (end - start)


def _spared(text: str, cover: _Cover, offending: Offending, names: Collection[str]) -> _Spared:
    """What offends by itself is hidden here, and never spared."""
    found = facts(text)
    tokens = {text[start:end]: None for start, end in _tokens(text)}
    words = {part: None for token in tokens for part in _WORD.findall(token)}
    links = {one: _spelled(one.of(text)) for one in found if one.kind in (Kind.LINK, Kind.PERSON)}
    asked = list(dict.fromkeys([*tokens, *words, *links.values()]))
    abusive = {one for one in asked if _offends(one)} | set(offending(asked))
    spared = _Spared(*([False] * len(text) for _ in range(3)))
    for fact in found:
        if fact.kind is Kind.PERSON or _bad_link(fact.of(text), links.get(fact), abusive):
            cover.hide(fact.start, fact.end, cover.kind)
        elif not abusive.intersection(_WORD.findall(fact.of(text))):
            more = [spared.figures] if fact.kind in _SURE else []
            spared.keep(fact.start, fact.end, spared.facts, spared.useful, *more)
    for start, end, own in _named(text, names):
        if not abusive.intersection(_WORD.findall(text[start:end])):
            spared.keep(start, end, spared.useful, *([spared.facts] if own else []))
    for start, end in _abusive(text, abusive):
        cover.hide(start, end, cover.kind, spared.figures)
    for start, end in _disguised(text, links):
        cover.hide(start, end, cover.kind)
    return spared


def _tokens(text: str) -> Iterable[tuple[int, int]]:
    """Words with what disguises them, but without the marks around them."""
    for met in _TOKEN.finditer(text):
        bare = met[0].strip(_MARKS)
        if bare:
            start = met.start() + met[0].index(bare)
            yield start, start + len(bare)


def _abusive(text: str, known: Collection[str]) -> Iterable[tuple[int, int]]:
    for start, end in _tokens(text):
        if any(one in known for one in (text[start:end], *_WORD.findall(text[start:end]))):
            yield start, end


def _disguised(text: str, found: Iterable[Fact]) -> Iterable[tuple[int, int]]:
    """Words that scorers take for an address, and so do not read, though none was found there:
    nobody knows what they say."""
    for one in found:
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    for start, end in _tokens(text):
        if not {LINK, USER}.isdisjoint(plain(text[start:end]).split()):
            yield start, end


def _bad_link(said: str, spelled: str | None, abusive: Collection[str]) -> bool:
    if spelled is None:
        return False
    return len(said) > _LONGEST_LINK or spelled in abusive or any(map(_offends, spelled.split()))


def _spelled(link: str) -> str:
    """The words in an address: scorers look at none of it."""
    read = _PERCENT.sub(lambda met: _decoded(met[0]), link)
    return " ".join(one for one in _IN_LINK.split(read) if one)


def _decoded(coded: str) -> str:
    return bytes.fromhex(coded.replace("%", "")).decode("utf-8", "replace")


def _named(text: str, names: Collection[str]) -> Iterable[tuple[int, int, bool]]:
    """Names of the brand's own (True), and ordinary things."""
    for name in filter(None, names):
        for met in re.finditer(re.escape(name), text, re.IGNORECASE):
            yield *met.span(), True
    for met in _WORD.finditer(text):
        if any(things().thing(form) for form in singulars(unaccented(met[0]))):
            yield *met.span(), False


def _offends(word: str) -> bool:
    return not neutral(word, lambda _: False)


def _word_by_word(cover: _Cover, look: Look, worst: int, kept: Sequence[bool]) -> None:
    for _ in range(ROUNDS):
        (looked,) = look([cover.shown()], spans=True)
        if not _veiled(looked, worst):
            return
        more = [cover.hide(one.start, one.end, one.head, kept) for one in looked.spans]
        if not any(more):
            return


def _sentence_by_sentence(cover: _Cover, look: Look, worst: int, kept: Sequence[bool]) -> None:
    shown = cover.shown()
    parts = [part for part in sentences(cover.text) if any(map(str.isalpha, shown[slice(*part)]))]
    found = look([shown[slice(*part)] for part in parts], spans=False)
    for (start, end), looked in zip(parts, found, strict=True):
        if not _clear(looked, worst):
            cover.hide(start, end, cover.kind, kept)


def _veiled(looked: Looked, worst: int) -> bool:
    return looked.rank is not None and looked.rank <= worst


def _harmless(shown: str, look: Look, worst: int) -> bool:
    """What nobody can score is not known to be harmless; figures alone are."""
    if not any(one.isalpha() for one in shown):
        return True
    (looked,) = look([shown], spans=False)
    return _clear(looked, worst)


def _clear(looked: Looked, worst: int) -> bool:
    return looked.rank is not None and looked.rank > worst


def _pieces(cover: _Cover, *, cut: bool) -> tuple[Piece, ...] | None:
    """None where nothing that says anything is left."""
    parts: list[Piece] = []
    for at, (one, head) in enumerate(zip(cover.text, cover.hidden, strict=True)):
        before = cover.hidden[at - 1] if at else None
        if head is not None and (before is None or not parts):
            parts = _closed(parts, head)
        elif head is None and (before is not None or not parts):
            parts.append(Piece(one))
        elif head is None:
            parts[-1] = Piece(parts[-1].text + one)
    if cut:
        parts.append(Piece(f" {_HIDDEN}"))
    says = any(one.isalnum() for part in parts for one in part.text)
    return tuple(parts) if says else None


def _as_read(pieces: Sequence[Piece]) -> str:
    """One mark for each mask: as many as were hidden would be judged, and are not what is read."""
    return "".join(one.text or _HIDDEN for one in pieces)


def _closed(parts: list[Piece], head: Head) -> list[Piece]:
    """With one more mask; two with nothing but signs between them are one."""
    if len(parts) > 1 and parts[-2].kind is not None and not any(map(str.isalnum, parts[-1].text)):
        return parts[:-1]
    return [*parts, Piece("", head)]
