"""Texts that are variants of one another, directly or through others, are one family."""

from collections.abc import Iterable, Mapping

from breakwater.domain.grouping.nearness import ALIKE, Signature, alike, bands

DEPTH = 12
"""Texts of one band that a new one is compared with: the first that came. What is looked at for
one text is bounded by it: 16 bands of 12 texts."""


class Families:
    """Families by the digest of their first text. Grows with the number of different texts."""

    def __init__(self) -> None:
        self.of: dict[int, int] = {}
        self.members: dict[int, dict[int, None]] = {}
        self._signatures: dict[int, Signature] = {}
        self._bands: dict[bytes, list[int]] = {}

    def add(self, text: int, signature: Signature | None) -> list[int]:
        """Puts `text` into a family; the texts whose family is another one now."""
        if text in self.of:
            return []
        self.of[text] = text
        self.members[text] = {text: None}
        if signature is None:
            return []
        like = self._like(signature)
        self._signatures[text] = signature
        for key in bands(signature):
            met = self._bands.setdefault(key, [])
            if len(met) < DEPTH:
                met.append(text)
        return self._joined(text, like)

    def remove(self, text: int) -> None:
        """What `text` connected stays connected."""
        family = self.of.pop(text)
        self.members[family].pop(text)
        if not self.members[family]:
            del self.members[family]
        signature = self._signatures.pop(text, None)
        for key in bands(signature) if signature is not None else ():
            met = self._bands[key]
            if text in met:
                met.remove(text)
            if not met:
                del self._bands[key]

    def signature(self, text: int) -> Signature | None:
        return self._signatures.get(text)

    def restore(self, of: Mapping[int, int], signatures: Iterable[tuple[int, Signature]]) -> None:
        """Puts back what was kept, in the order in which it came."""
        for text, family in of.items():
            self.of[text] = family
            self.members.setdefault(family, {})[text] = None
        for text, signature in signatures:
            self._signatures[text] = signature
            for key in bands(signature):
                met = self._bands.setdefault(key, [])
                if len(met) < DEPTH:
                    met.append(text)

    def _like(self, signature: Signature) -> list[int]:
        seen: set[int] = set()
        like: list[int] = []
        reached: set[int] = set()
        for key in bands(signature):
            for other in self._bands.get(key, ()):
                if other in seen or self.of[other] in reached:
                    continue
                seen.add(other)
                if alike(signature, self._signatures[other]) >= ALIKE:
                    like.append(other)
                    reached.add(self.of[other])
        return like

    def _joined(self, text: int, like: Iterable[int]) -> list[int]:
        """The smaller family goes into the larger one."""
        moved: list[int] = []
        for other in like:
            one, two = self.of[text], self.of[other]
            if one == two:
                continue
            into, gone = sorted((one, two), key=lambda f: (-len(self.members[f]), f == text, f))
            for member in self.members.pop(gone):
                self.of[member] = into
                self.members[into][member] = None
                moved.append(member)
        return moved
