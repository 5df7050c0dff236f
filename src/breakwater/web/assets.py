"""Where the built styles, elements and icons are. Their names hold a digest of their content."""

import json
import os
from functools import lru_cache
from pathlib import Path

from django.templatetags.static import static

DIST = Path(__file__).resolve().parent / "static" / "dist"
_MANIFEST = str(DIST / "manifest.json")


def asset(name: str) -> str:
    """The address of "app.css", "app.js" or "icons.svg".

    Before `npm run build` the plain name is given: pages then work unstyled.
    """
    try:
        stamp = os.stat(_MANIFEST).st_mtime_ns
    except FileNotFoundError:
        return static(f"dist/{name}")
    return _address(name, stamp)


def worker() -> bytes | None:
    """The service worker's script; None before `npm run build`."""
    try:
        stamp = os.stat(_MANIFEST).st_mtime_ns
        return (DIST / _manifest(stamp)["sw.js"]).read_bytes()
    except (FileNotFoundError, KeyError):
        return None


@lru_cache(maxsize=16)
def _address(name: str, stamp: int) -> str:
    return static(f"dist/{_manifest(stamp).get(name, name)}")


@lru_cache(maxsize=1)
def _manifest(_stamp: int) -> dict[str, str]:
    names: dict[str, str] = json.loads(Path(_MANIFEST).read_text(encoding="utf-8"))
    return names
