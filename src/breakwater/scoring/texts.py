"""Strangers' texts at rest: known again by a keyed hash, sealed where they have to be kept."""

import hashlib
import hmac
import re
from uuid import UUID

from django.conf import settings

from breakwater.core import crypto
from breakwater.domain.scoring.normal import ADDRESS
from breakwater.domain.text import folded, storable

_COLUMN = "sealed"
_RUN = re.compile(r"[\w.+@-]+")
"""Of the characters of handles and mail addresses: each is met once, whatever a text is made of."""
_LINKS = re.compile(rf"{ADDRESS}\S*", re.IGNORECASE)


def hash_of(workspace_id: UUID, text: str) -> str:
    """64 hexadecimal digits: the same for the same words in the same workspace, and of no use to
    who has not the key, which is in no database."""
    words = folded(storable(text)).encode()
    return hmac.new(settings.TEXTS_KEY, workspace_id.bytes + words, hashlib.sha256).hexdigest()


def without_names(text: str) -> str:
    """`text` with "@…" for handles and mail addresses, and "www…" for links."""
    return _RUN.sub(_unnamed, _LINKS.sub("www…", text))


def sealed(text: str, *, table: str, row: UUID) -> bytes:
    return crypto.seal(storable(text).encode(), table=table, row=row, column=_COLUMN)


def opened(blob: bytes | memoryview, *, table: str, row: UUID) -> str:
    """Raises: SealBroken."""
    return crypto.open_sealed(blob, table=table, row=row, column=_COLUMN).decode()


def _unnamed(met: re.Match[str]) -> str:
    run = met[0]
    name = run.rstrip("@.+-")
    return f"@…{run[len(name) :]}" if "@" in name else run
