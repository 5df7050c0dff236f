"""What is said of a draft, as codes and plain values; sentences: core/messages.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

STOP = "stop"
WARN = "warn"


@dataclass(frozen=True)
class Finding:
    """level: "stop" or "warn". data: the plain values that the sentence of `code` names."""

    level: str
    code: str
    channel_id: UUID | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Count:
    """The length of the text on one channel, in the unit that its network counts."""

    channel_id: UUID
    used: int
    limit: int
    unit: str


@dataclass(frozen=True)
class Cost:
    """What publishing costs on one channel, in millionths of a dollar; its sentence is that of
    `code`, which names `data`."""

    channel_id: UUID
    micros: int
    code: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """All findings of a draft, a count per channel, and what it costs on those that charge."""

    counts: tuple[Count, ...]
    findings: tuple[Finding, ...]
    costs: tuple[Cost, ...] = ()

    @property
    def stops(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.level == STOP)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.level == WARN)
