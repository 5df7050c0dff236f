"""Where the built styles, elements and icons are. Their names hold a digest of their content."""

import json
from functools import lru_cache
from pathlib import Path

from django.templatetags.static import static

DIST = Path(__file__).resolve().parent / "static" / "dist"


def asset(name: str) -> str:
    """The address of "app.css", "app.js" or "icons.svg".

    Before `npm run build` the plain name is given: pages then work unstyled.
    """
    path = DIST / "manifest.json"
    try:
        stamp = path.stat().st_mtime_ns
    except FileNotFoundError:
        return static(f"dist/{name}")
    return static(f"dist/{_manifest(stamp).get(name, name)}")


@lru_cache(maxsize=1)
def _manifest(_stamp: int) -> dict[str, str]:
    names: dict[str, str] = json.loads((DIST / "manifest.json").read_text(encoding="utf-8"))
    return names
