"""Labelled sentences in English and French, made from frames and tables by a seed.

They show what a few hundred written rows cannot: the same words about many groups and trades,
once as an attack, once denied, reported or said of slugs. The tables stand in en*,
fr* and groups; spelling, openings and emoji come from noise."""

import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from training.grammar import (
    en,
    en_said,
    en_slots,
    en_trades,
    fr,
    fr_said,
    fr_slots,
    fr_trades,
)
from training.grammar.groups import Group, cut, groups
from training.grammar.noise import Typist

LABELS = (
    *("toxic", "insult", "threat", "hate", "profane", "sexual", "neg", "neu", "pos"),
    *("complaint", "question", "praise", "request", "crisis", "danger"),
)
SIZE = 12_000
TRIES = 40
"""A frame that so often in a row brings nothing new has nothing more to say."""

_BRACKET = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_GENDER = re.compile(r"<([^<>/]*)/([^<>/]*)>")
_ELISION = re.compile(r"\b(qu|[a-z])([ea])~(?=(\w+))", re.IGNORECASE)
_START = re.compile(r"(^|[^.][.!?…] )([^\W\d_])")
_LONG_NAME = re.compile(r" (in|with|en|de) |person|femme")

Entry = tuple[frozenset[str], str]
Trade = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Frame:
    """kinds: the groups that it may speak of, all when empty; "word" wants a short name."""

    family: str
    labels: frozenset[str]
    kinds: frozenset[str]
    text: str
    plain: bool


@dataclass(frozen=True, slots=True)
class Language:
    code: str
    weights: dict[str, int]
    frames: dict[str, tuple[Frame, ...]]
    slots: dict[str, tuple[Entry, ...]]
    trades: tuple[Trade, ...]


def sections(text: str) -> Iterator[tuple[list[str], list[str]]]:
    """The words of each `== head`, with the lines below it."""
    for block in text.strip().removeprefix("== ").split("\n== "):
        head, *lines = block.strip().splitlines()
        yield head.split(), lines


def _frame(line: str, family: str, plain: bool) -> Frame:
    labels, text = line.split(" | ", 1)
    kinds = ""
    if text.startswith("@") and not text.startswith("@page"):
        kinds, text = text[1:].split(" ", 1)
    return Frame(
        family, frozenset(labels.split()), frozenset(filter(None, kinds.split(","))), text, plain
    )


def _entry(line: str) -> Entry:
    if not line.startswith("+"):
        return frozenset(), line
    label, text = line[1:].split(" ", 1)
    return frozenset((label,)), text


def _trade(lines: list[str]) -> Trade:
    fields = (line.split(": ", 1) for line in lines)
    return {name: tuple(part.strip() for part in rest.split(";")) for name, rest in fields}


def _language(code: str, frames: str, tables: str, trades: str) -> Language:
    heads = list(sections(frames))
    return Language(
        code,
        {head[0]: int(head[1]) for head, _ in heads},
        {
            head[0]: tuple(_frame(line, head[0], "plain" in head) for line in lines)
            for head, lines in heads
        },
        {head[0]: tuple(_entry(line) for line in lines) for head, lines in sections(tables)},
        tuple(_trade(lines) for _, lines in sections(trades)),
    )


def languages() -> tuple[Language, Language]:
    return (
        _language(
            "en",
            en.FRAMES,
            en_said.SAID + en_slots.SLOTS,
            en_trades.TRADES,
        ),
        _language(
            "fr",
            fr.FRAMES,
            fr_said.SAID + fr_slots.SLOTS,
            fr_trades.TRADES,
        ),
    )


def article(words: str) -> str:
    """An or a. A Ukrainian and a European begin with the sound of y."""
    low = words.lower()
    return "an" if low[:1] in "aeiou" and not low.startswith(("ukr", "eu", "uni", "one")) else "a"


class Sentence:
    """One sentence in the making: what is drawn once (group, gender, trade) and what it is about."""

    def __init__(self, rng: random.Random, language: Language, frame: Frame) -> None:
        self.rng = rng
        self.language = language
        self.labels = set(frame.labels)
        self.group, self.gender = self._drawn(frame)
        self.trade = rng.choice(language.trades)
        self.used: set[str] = set()
        self.text = self._finished(self._filled(frame.text))

    def _drawn(self, frame: Frame) -> tuple[Group, int]:
        kinds = frame.kinds - {"word"}
        short = "word" in frame.kinds
        while True:
            group = self.rng.choice(_GROUPS)
            gender = "mf".index(self.rng.choice(group.genders()))
            name = group.person if self.language.code == "en" else group.fr_one[gender]
            if (not kinds or group.kind in kinds) and not (short and _LONG_NAME.search(name)):
                return group, gender

    def _filled(self, text: str) -> str:
        while True:
            if bracket := _BRACKET.search(text):
                new = self.rng.choice(bracket[1].split("|"))
                text = text[: bracket.start()] + new + text[bracket.end() :]
            elif slot := _SLOT.search(text):
                new = self._slot(slot[1].lower())
                if slot[1][0].isupper():
                    new = _capital(new)
                text = text[: slot.start()] + new + text[slot.end() :]
            else:
                return text

    def _slot(self, name: str) -> str:
        if name in self.trade:
            return self._new(self.trade[name])
        own = self._english(name) if self.language.code == "en" else self._french(name)
        return own or self._said(name)

    def _said(self, name: str) -> str:
        tables = self.language.slots
        entries = tables[name] + 2 * tables.get(f"{name}_{self.group.kind}", ())
        fresh = [entry for entry in entries if entry[1] not in self.used] or list(entries)
        labels, text = self.rng.choice(fresh)
        self.used.add(text)
        self.labels |= labels if "toxic" in self.labels else labels & {"profane"}
        return text

    def _new(self, texts: tuple[str, ...]) -> str:
        text = self.rng.choice([t for t in texts if t not in self.used] or list(texts))
        self.used.add(text)
        return text

    def _english(self, name: str) -> str:
        group = self.group
        if name in ("gs", "one"):
            return group.people if name == "gs" else group.person
        if name == "a_one":
            return f"{article(group.person)} {group.person}"
        if name in ("a_role", "a_post"):
            who = group.role.format(self._said(name[2:]))
            return f"{article(who)} {who}"
        return ""

    def _french(self, name: str) -> str:
        one, many = self.group.fr_one[self.gender], self.group.fr_many[self.gender]
        un = ("un", "une")[self.gender]
        if name in ("les", "des", "aux"):
            return f"{name} {many}"
        if name in ("un", "one"):
            return f"{un} {one}" if name == "un" else one
        if name in ("un_role", "un_post"):
            return f"{un} {self.group.fr_role[self.gender].format(self._said(name[3:]))}"
        return ""

    def _finished(self, text: str) -> str:
        text = _GENDER.sub(lambda found: found[1 + self.gender], text)
        text = _ELISION.sub(_joined, text)
        text = re.sub(r" +(?=[ ,.])", "", text).strip()
        return _START.sub(lambda found: found[1] + found[2].upper(), text)


def _joined(found: re.Match[str]) -> str:
    return f"{found[1]}'" if cut(found[3]) else f"{found[1]}{found[2]} "


def _capital(text: str) -> str:
    if text.startswith("<"):
        return _GENDER.sub(lambda found: f"<{_capital(found[1])}/{_capital(found[2])}>", text, 1)
    return text[:1].upper() + text[1:]


_GROUPS = groups()


def key(text: str) -> str:
    """What two texts share when they differ in case, signs and accents alone."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", bare.casefold()))


class Deck:
    """The frames of a language, dealt so that those of a family come equally often."""

    def __init__(self, rng: random.Random, language: Language) -> None:
        self.rng = rng
        self.weights = dict(language.weights)
        self.left = {family: list(frames) for family, frames in language.frames.items()}
        self.hands: dict[str, list[Frame]] = {family: [] for family in self.left}

    def deal(self) -> Frame:
        families = list(self.weights)
        if not families:
            raise ValueError("the frames have no more distinct texts than those already made")
        family = self.rng.choices(families, [self.weights[name] for name in families])[0]
        if not self.hands[family]:
            self.hands[family] = self.rng.sample(self.left[family], len(self.left[family]))
        return self.hands[family].pop()

    def retire(self, frame: Frame) -> None:
        family = frame.family
        self.left[family].remove(frame)
        if not self.left[family]:
            del self.weights[family]


def rows(
    seed: int, size: int = SIZE, *, tidy: bool = False
) -> Iterator[tuple[frozenset[str], str, str]]:
    """Labels, language and text of `size` texts of which no two are alike, the same ones for the
    same seed. tidy: without openings, emoji, typos and the like."""
    rng = random.Random(seed)
    both = languages()
    decks = {language.code: Deck(rng, language) for language in both}
    typists = {language.code: _typist(language) for language in both}
    seen: set[str] = set()
    for _ in range(size):
        language = rng.choice(both)
        frame, sentence = _fresh(rng, language, decks[language.code], seen)
        text = sentence.text
        if not tidy:
            text = typists[language.code].typed(rng, text, sentence.labels, plain=frame.plain)
        seen.update((key(sentence.text), key(text)))
        yield frozenset(sentence.labels), language.code, text


def _typist(language: Language) -> Typist:
    tables = {name: [text for _, text in entries] for name, entries in language.slots.items()}
    places = (place for trade in language.trades for place in trade["place"])
    people = (" ".join((group.people, *group.fr_many)) for group in _GROUPS)
    words = re.findall(r"[^\W\d_]+", " ".join((*places, *people)))
    return Typist(
        language.code, tables, {word.lower() for word in words if word[0].isupper()} | {"i"}
    )


def _fresh(
    rng: random.Random, language: Language, deck: Deck, seen: set[str]
) -> tuple[Frame, Sentence]:
    while True:
        frame = deck.deal()
        for _ in range(TRIES):
            sentence = Sentence(rng, language, frame)
            if key(sentence.text) not in seen:
                return frame, sentence
        deck.retire(frame)
