"""Schedules: at each point of a run one thing happens; the first option is "nothing goes wrong".

A schedule is the tuple of what was chosen, by position in a run. Whoever runs (the model, a naive
strategy, the real code) asks `pick` at each point. So the same schedule drives all of them, and
walking every schedule needs no list of them: a run shows where it could have gone another way.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

Script = tuple[int, ...]
T = TypeVar("T")


@dataclass(frozen=True)
class Choice:
    """One point of a run: its name, how many options it had, and the one taken."""

    point: str
    options: int
    index: int
    option: str

    def __str__(self) -> str:
        return f"{self.point}={self.option}"


class Chooser:
    """Follows `script`; after its end nothing goes wrong any more. `taken`: the run so far."""

    def __init__(self, script: Script = ()) -> None:
        self.script = script
        self.taken: list[Choice] = []

    def pick(self, point: str, options: Sequence[str]) -> str:
        at = len(self.taken)
        index = self.script[at] if at < len(self.script) else 0
        if index >= len(options):
            raise Diverged(f"{point} has no option {index} after {told(self.taken)}")
        self.taken.append(Choice(point, len(options), index, options[index]))
        return options[index]


class Diverged(Exception):
    """A script of another run: the points are not those that it was written for."""


def told(taken: Sequence[Choice]) -> str:
    """The faults of a run in words, by how often the point was passed: `send 2=lost`."""
    passed: dict[str, int] = {}
    words = []
    for choice in taken:
        passed[choice.point] = passed.get(choice.point, 0) + 1
        if choice.index:
            words.append(f"{choice.point} {passed[choice.point]}={choice.option}")
    return ", ".join(words) or "no fault"


def walk(run: Callable[[Chooser], T], faults: int) -> Iterator[tuple[Chooser, T]]:
    """Every schedule with at most `faults` faults, once each, with what its run gave."""
    waiting: list[Script] = [()]
    while waiting:
        script = waiting.pop()
        chooser = Chooser(script)
        ended = run(chooser)
        yield chooser, ended
        if sum(1 for index in script if index) < faults:
            waiting += _others(chooser, len(script))


def _others(chooser: Chooser, since: int) -> Iterator[Script]:
    went = tuple(choice.index for choice in chooser.taken)
    for at in range(since, len(went)):
        for index in range(1, chooser.taken[at].options):
            yield (*went[:at], index)
