"""Ordinary things by one name, whichever of the two languages they are said in: things.txt."""

from functools import lru_cache
from importlib import resources

from breakwater.domain.text import unaccented

_LANGUAGES = ("en", "fr")
_SHORTEST = 3


class Things:
    """names: thing -> language -> its name there."""

    def __init__(self, lines: list[str]) -> None:
        self.names: dict[str, dict[str, str]] = {}
        self._words: dict[str, str] = {}
        self._begun: dict[str, str] = {}
        for line in lines:
            if line and not line.startswith("#"):
                self._learn(*(side.split() for side in line.split("=")))

    def thing(self, word: str) -> str | None:
        """The thing that `word`, without its plural, is a word for."""
        found = self._words.get(word)
        if found or len(word) <= _SHORTEST:
            return found
        starts = (word[:size] for size in range(_SHORTEST, len(word) + 1))
        return next((self._begun[one] for one in starts if one in self._begun), None)

    def _learn(self, *sides: list[str]) -> None:
        thing = sides[0][0]
        self.names[thing] = {
            language: side[0].replace("_", " ")
            for language, side in zip(_LANGUAGES, sides, strict=True)
        }
        for word in (unaccented(word) for side in sides for word in side):
            if word.endswith("*"):
                self._begun.setdefault(word[:-1], thing)
            else:
                self._words.setdefault(word, thing)


@lru_cache(maxsize=1)
def things() -> Things:
    """The list that comes with the product."""
    path = resources.files(__package__).joinpath("things.txt")
    return Things(path.read_text("utf-8").splitlines())
