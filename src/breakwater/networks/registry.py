"""The networks that are installed: entry points of the group `breakwater.networks`."""

import logging
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path

from breakwater.networks.base import Network

GROUP = "breakwater.networks"
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Broken:
    """A network that did not load, and why: reported on the start page of checks, then skipped."""

    slug: str
    why: str


@cache
def load(home: Path) -> tuple[dict[str, Network], tuple[Broken, ...]]:
    """Every installed network by slug, and those that could not be built.

    home: the folder below which each network gets one of its own.
    """
    networks: dict[str, Network] = {}
    broken: list[Broken] = []
    for point in sorted(entry_points(group=GROUP), key=lambda p: p.name):
        try:
            networks[point.name] = point.load()(home / point.name)
        except Exception as error:  # a third party's code: reported, never fatal
            log.exception("network.broken slug=%s", point.name)
            broken.append(Broken(point.name, f"{type(error).__name__}: {error}"))
    return networks, tuple(broken)
