"""The harbour's channel on a stand-in, ready to be called from a plain test function."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx

from breakwater.networks import youtube
from breakwater.networks.base import Account, Kit, Medium, Parcel
from tests.standins.base import calling
from tests.standins.base.calling import VIDEO, Calling
from tests.standins.google.standin import KEYS
from tests.standins.youtube.standin import YouTubeStandin
from tests.standins.youtube.state import OWN

NETWORK = youtube.build(Path())
LONG = b"\x00\x00\x00\x18ftypmp42" + bytes(20 * 1024 * 1024)
"""Three pieces."""
LONG_FILM = Medium(
    hashlib.sha256(LONG).hexdigest(), "video/mp4", len(LONG), 1920, 1080, length_ms=240_000
)


class Desk(Calling):
    """Has a long film too."""

    def _kit(self) -> Kit:
        return replace(super()._kit(), part=_piece)


async def _piece(sha256: str, offset: int, length: int) -> bytes:
    whole = LONG if sha256 == LONG_FILM.sha256 else calling.BLOBS[sha256]
    return whole[offset : offset + length]


def connected(standin: YouTubeStandin, transport: httpx.AsyncBaseTransport | None = None) -> Desk:
    """As after the walk through the door, in process unless the stand-in has a socket."""
    account = Account(OWN, "@harbour", standin.origin, standin.connected())
    inside = None if "127.0.0.1" in standin.origin else standin.transport()
    return Desk(NETWORK, account, transport or inside, app=dict(KEYS))


def film(text: str = "Fresh mussels tonight", **changes: Any) -> Parcel:
    """A parcel with one video and what YouTube needs to know of it."""
    options = {"title": "Mussels", "kids": "no", **changes.pop("options", {})}
    return calling.parcel(text, **{"media": (VIDEO,), "options": options, **changes})


def words(text: str, **changes: Any) -> Parcel:
    """A comment, an answer or a chat message."""
    return calling.parcel(text, **changes)
