"""Which scenes are played, on which database, and how often each fault is meted out."""

import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

KINDS = ("kills", "steps", "freeze", "postgres", "disk", "clock", "proxy", "hosts")
DATABASES = ("sqlite", "postgresql")
FULL_SCALE, QUICK_SCALE = 60.0, 100.0


@dataclass(frozen=True)
class Wish:
    """One scene. module: where it is a variant of another one; takes_s: about how long, alone."""

    scene: str
    database: str
    counts: dict[str, int]
    seed: int
    scale: float
    takes_s: int = 0
    module: str = ""
    keep: bool = False

    def plain(self) -> dict[str, Any]:
        values = asdict(self)
        values["module"] = self.module or self.scene
        return values


_FULL: dict[str, tuple[dict[str, int], int]] = {
    "kills": ({"deliveries": 1500, "kills": 150}, 300),
    "steps": ({"short": 1, "long": 1}, 330),
    "freeze": ({"freezes": 25}, 150),
    "postgres": ({"restarts": 50}, 260),
    "disk": ({"times": 10}, 90),
    "clock": ({"jumps": 10}, 60),
    "proxy": ({"moods": 10}, 110),
    "hosts": ({"cuts": 5}, 270),
}
_QUICK: dict[str, tuple[dict[str, int], int]] = {
    "kills": ({"deliveries": 64, "kills": 8}, 45),
    "steps": ({"short": 1, "long": 0, "steps": 4}, 60),
    "freeze": ({"freezes": 3}, 25),
    "postgres": ({"restarts": 4}, 35),
    "disk": ({"times": 4}, 35),
    "clock": ({"jumps": 2}, 20),
    "proxy": ({"moods": 5}, 50),
    "hosts": ({"cuts": 1}, 75),
}
_QUICK_ON = {"freeze": "sqlite", "disk": "sqlite", "clock": "sqlite", "proxy": "postgresql"}
"""The quick form plays these on one database only."""


def wishes(
    *, quick: bool, seed: int, only: Sequence[str], databases: Sequence[str], keep: bool
) -> list[Wish]:
    """What is to be played, the longest first; with all kinds, the control too."""
    scale = QUICK_SCALE if quick else FULL_SCALE
    table = _QUICK if quick else _FULL
    found = [
        Wish(kind, database, table[kind][0], seed, scale, table[kind][1], keep=keep)
        for kind in only or KINDS
        for database in databases
        if _played(kind, database, quick=quick)
    ]
    if not only and "sqlite" in databases:
        found.append(_control(seed, keep=keep))
    return sorted(found, key=lambda wish: -wish.takes_s)


def left_out() -> str:
    """Why a scene is not played here; "" where all are."""
    return "" if os.geteuid() == 0 else "hosts: not played, only root makes network namespaces"


def _played(kind: str, database: str, *, quick: bool) -> bool:
    if kind == "hosts" and left_out():
        return False
    if kind in ("postgres", "hosts"):
        return database == "postgresql"
    return not quick or _QUICK_ON.get(kind, database) == database


def _control(seed: int, *, keep: bool) -> Wish:
    counts = {"deliveries": 24, "kills": 2}
    return Wish("naive", "sqlite", counts, seed, QUICK_SCALE, 30, "control", keep)
