"""What preparing has made so far, kept before the next step uses it."""

from typing import Any

from breakwater.networks.base import Handle, KeepHandle


class Kept:
    """The handle as it grows. Each fact that is new is kept at once."""

    def __init__(self, handle: Handle, keep: KeepHandle) -> None:
        self.facts: dict[str, Any] = dict(handle)
        self._keep = keep

    def text(self, name: str) -> str:
        return str(self.facts.get(name) or "")

    async def add(self, **facts: Any) -> None:
        self.facts = {**self.facts, **facts}
        await self._keep(self.facts)

    async def forget(self, *names: str) -> None:
        self.facts = {name: fact for name, fact in self.facts.items() if name not in names}
        await self._keep(self.facts)
