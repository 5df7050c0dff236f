"""What one taking brought: plain values between the network and the package."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from breakwater.channels.tapes import Exchange
from breakwater.networks.base import Figure, Metric

ESSENTIAL = frozenset({"post", "media", "address"})
"""Without these a capture is partial: what it says, what it shows; else the address alone."""


@dataclass(frozen=True)
class Medium:
    """A picture or film as the public gets it. name: of its item."""

    name: str
    url: str
    mime: str
    data: bytes


@dataclass
class Taken:
    """began, ended: by the desk's clock. post: as the network's interface shows it, None: it did
    not. missing: [{"name", "code", …}]. hidden: answers from which a secret was left out."""

    began: datetime
    ended: datetime
    post: dict[str, Any] | None = None
    page_status: int | None = None
    media: list[Medium] = field(default_factory=list)
    comments: list[dict[str, Any]] = field(default_factory=list)
    figures: list[dict[str, Any]] = field(default_factory=list)
    profile: dict[str, Any] | None = None
    missing: list[dict[str, Any]] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)
    hidden: int = 0

    def lacks(self, name: str, code: str, **facts: Any) -> None:
        self.missing.append({"name": name, "code": code, **facts})

    @property
    def whole(self) -> bool:
        return not any(one["name"] in ESSENTIAL for one in self.missing)

    @property
    def counted(self) -> list[Figure]:
        """The figures again as the network gave them."""
        return [
            Figure(
                Metric(one["metric"]), one["value"],
                date.fromisoformat(one["day"]) if one.get("day") else None,
            )
            for one in self.figures
        ]  # fmt: skip


_ENDINGS = {
    "image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp",
    "video/mp4": ".mp4", "application/pdf": ".pdf",
}  # fmt: skip


def ending(mime: str) -> str:
    """Of the file that a medium is kept as: of a type that we do not know, one that opens nothing."""
    return _ENDINGS.get(mime, ".bin")
