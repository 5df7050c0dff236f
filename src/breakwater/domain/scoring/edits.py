"""Changes of a text that can also be made while keeping where each character came from."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

At = list[int]
"""For each character of a text, where it stood in another one."""


class Step(Protocol):
    """A change. `marked` makes the same one, and says where each character comes from."""

    def __call__(self, text: str) -> str: ...

    def marked(self, text: str, at: At) -> tuple[str, At]: ...


@dataclass(frozen=True, slots=True)
class Edit:
    """Puts something else where `pattern` is met, if `when` finds the text worth a look."""

    pattern: re.Pattern[str]
    put: Callable[[re.Match[str]], str]
    when: Callable[[str], object] = bool

    def __call__(self, text: str) -> str:
        return self.pattern.sub(self.put, text) if self.when(text) else text

    def marked(self, text: str, at: At) -> tuple[str, At]:
        if not self.when(text):
            return text, at
        parts, places, done = [], At(), 0
        for met in self.pattern.finditer(text):
            start, end = met.span()
            new = self.put(met)
            parts += [text[done:start], new]
            places += at[done:start] + [at[start + one] for one in aligned(met[0], new)]
            done = end
        return "".join([*parts, text[done:]]), places + at[done:]


@dataclass(frozen=True, slots=True)
class Translate:
    """Puts what `table` says for each character."""

    table: Mapping[int, str]

    def __call__(self, text: str) -> str:
        return text.translate(self.table)

    def marked(self, text: str, at: At) -> tuple[str, At]:
        parts = [self.table[ord(one)] for one in text]
        places = [place for part, place in zip(parts, at, strict=True) for _ in part]
        return "".join(parts), places


@dataclass(frozen=True, slots=True)
class Lower:
    """Lower case, where that does not change how many characters there are."""

    def __call__(self, text: str) -> str:
        return text.lower()

    def marked(self, text: str, at: At) -> tuple[str, At]:
        lower = text.lower()
        return lower, at if len(lower) == len(text) else [at[i] for i in aligned(text, lower)]


@dataclass(frozen=True, slots=True)
class Reverse:
    """Turns around what `pattern` finds in its group 1, and drops the rest of what it found."""

    pattern: re.Pattern[str]

    def __call__(self, text: str) -> str:
        return self.pattern.sub(lambda met: met[1][::-1], text)

    def marked(self, text: str, at: At) -> tuple[str, At]:
        parts, places, done = [], At(), 0
        for met in self.pattern.finditer(text):
            parts += [text[done : met.start()], met[1][::-1]]
            places += at[done : met.start()] + at[met.start(1) : met.end(1)][::-1]
            done = met.end()
        return "".join([*parts, text[done:]]), places + at[done:]


@dataclass(frozen=True, slots=True)
class Ends:
    """The first `head` and the last `tail` characters, with a space between; or a whole text, if
    that is no longer."""

    head: int
    tail: int

    def __call__(self, text: str) -> str:
        if len(text) <= self.head + 1 + self.tail:
            return text
        return f"{text[: self.head]} {text[-self.tail :]}"

    def marked(self, text: str, at: Sequence[int]) -> tuple[str, At]:
        if len(text) <= self.head + 1 + self.tail:
            return text, list(at)
        return self(text), [*at[: self.head + 1], *at[-self.tail :]]


@dataclass(frozen=True, slots=True)
class Cap:
    """At most `most` characters, without a broken word where there is another one."""

    most: int

    def __call__(self, text: str) -> str:
        if len(text) <= self.most:
            return text
        return text[: self.most + 1].rsplit(" ", 1)[0][: self.most]

    def marked(self, text: str, at: At) -> tuple[str, At]:
        kept = self(text)
        return kept, at[: len(kept)]


_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class OneSpace:
    """One space for white space, none at either end."""

    def __call__(self, text: str) -> str:
        return " ".join(text.split())

    def marked(self, text: str, at: At) -> tuple[str, At]:
        start, end = len(text) - len(text.lstrip()), len(text.rstrip())
        return Edit(_SPACE, lambda _: " ").marked(text[start:end], at[start:end])


def aligned(old: str, new: str) -> At:
    """For each character of `new`, a place in `old` (not empty): the same one where there is one,
    in order, and from the start again where there is none further on; else by proportion."""
    if len(old) == len(new):
        return list(range(len(old)))
    places, after = At(), 0
    for one in new:
        place = old.find(one, after)
        if place < 0:
            place = old.find(one)
        if place < 0:
            return [i * len(old) // len(new) for i in range(len(new))]
        places.append(place)
        after = place + 1
    return places
