"""Short-lived public addresses of media, for networks that fetch what they publish.

An address names one file by its digest, and ends. It opens nothing else, needs no session, and a
changed letter opens nothing.
"""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings

from breakwater.core import clock
from breakwater.core.outside import reachable
from breakwater.domain.errors import NotFound, Refused

LASTS = timedelta(hours=6)
"""A network fetches within minutes of being told; a queue on its side may take longer."""

ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
    "video/mp4": "mp4",
    "application/pdf": "pdf",
}
_TYPES = {ending: mime for mime, ending in ENDINGS.items()}
_PURPOSE = b"media address"


def address(sha256: str, mime: str, *, now: datetime | None = None, local: bool = False) -> str:
    """Where the file can be fetched from outside for LASTS. local: by something on this machine.
    now: this machine's clock unless given: nobody else has to agree.

    Raises: Refused("media_unreachable") where nobody outside can reach this installation.
    """
    if not local and not reachable():
        raise Refused("media_unreachable", "BREAKWATER_PUBLIC_URL is not a public https address")
    until = int(((now or clock.here()) + LASTS).timestamp())
    name = f"{sha256}.{ENDINGS.get(mime, 'bin')}"
    return f"{settings.PUBLIC_URL}/m/{until}/{_seal(until, name)}/{name}"


def opened(until: str, seal: str, name: str, *, now: datetime) -> tuple[str, str]:
    """(SHA-256, MIME type) that the address names. Raises: NotFound, whatever is wrong with it."""
    sha256, _, ending = name.partition(".")
    ends = int(until) if until.isdecimal() and len(until) < 12 else 0
    same = hmac.compare_digest(_seal(ends, name).encode(), seal.encode())
    if not same or ends <= now.timestamp() or ending not in _TYPES:
        raise NotFound(what="asset")
    return sha256, _TYPES[ending]


def _seal(until: int, name: str) -> str:
    key = hashlib.sha256(_PURPOSE + settings.SECRET_KEY.encode()).digest()
    made = hmac.new(key, f"{until}/{name}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()
