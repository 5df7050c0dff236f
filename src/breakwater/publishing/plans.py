"""Which time zone data an instant was computed with."""

import zoneinfo
from functools import cache
from importlib import resources
from pathlib import Path


@cache
def tzdata_version() -> str:
    """The version (e.g. "2026c") that `zoneinfo` reads here: the system's, or the package's."""
    for folder in zoneinfo.TZPATH:
        source = Path(folder) / "tzdata.zi"
        if source.is_file():
            return _named_in(source.read_text(encoding="utf-8"))
    return _named_in((resources.files("tzdata") / "zoneinfo" / "tzdata.zi").read_text("utf-8"))


def refresh() -> str:
    """The version that is on disk now, and zones are read from there again: an update of the
    system reaches a process that goes on running."""
    known = tzdata_version()
    tzdata_version.cache_clear()
    found = tzdata_version()
    if found != known:
        zoneinfo.ZoneInfo.clear_cache()
    return found


def _named_in(text: str) -> str:
    return text.partition("\n")[0].removeprefix("# version ").strip()[:16]
