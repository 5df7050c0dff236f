"""What kinds of characters a text is made of: a cheap look that tells whether a costly one pays."""

from dataclasses import dataclass


class _Kinds(dict[int, str]):
    def __missing__(self, code: int) -> str:
        one = chr(code)
        kind = one if not one.isalnum() else "0" if one.isdecimal() else "a"
        if code < 0x3000:  # what both languages write, and no more
            self[code] = kind
        return kind


_KINDS = _Kinds()


@dataclass(frozen=True, slots=True)
class Shape:
    """shape: `text` with "a" for each letter and "0" for each digit, between two spaces.
    signs: what else is in it."""

    text: str
    shape: str
    signs: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "Shape":
        shape = f" {text.translate(_KINDS)} "
        return cls(text, shape, frozenset(shape) - _LETTERS)

    def has(self, *parts: str) -> bool:
        """Whether one of `parts` is in the shape."""
        shape = self.shape
        for part in parts:  # noqa: SIM110 - twice as fast as any(), and asked for every comment
            if part in shape:
                return True
        return False


_LETTERS = frozenset("a0 ")
