"""The chain of packages: each link's seal holds the one before it. Pure; `verify.py` says it again."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

FIELDS = ("number", "capture", "at", "complete", "manifest", "package")


def seal(before: str, link: Mapping[str, Any]) -> str:
    """The seal of a link (FIELDS, plain JSON values) behind a chain that ended in `before`."""
    told = json.dumps([link[name] for name in FIELDS], separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(f"{before}\n{told}".encode()).hexdigest()
