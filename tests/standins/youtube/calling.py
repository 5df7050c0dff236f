"""The harbour's channel on a stand-in, ready to be called from a plain test function."""

from pathlib import Path
from typing import Any

import httpx

from breakwater.networks import youtube
from breakwater.networks.base import Account, Parcel
from tests.standins.base import calling
from tests.standins.base.calling import VIDEO, Calling
from tests.standins.google.standin import KEYS
from tests.standins.youtube.standin import YouTubeStandin
from tests.standins.youtube.state import OWN

NETWORK = youtube.build(Path())


def connected(
    standin: YouTubeStandin, transport: httpx.AsyncBaseTransport | None = None
) -> Calling:
    """As after the walk through the door, in process unless the stand-in has a socket."""
    account = Account(OWN, "@harbour", standin.origin, standin.connected())
    inside = None if "127.0.0.1" in standin.origin else standin.transport()
    return Calling(NETWORK, account, transport or inside, app=dict(KEYS))


def film(text: str = "Fresh mussels tonight", **changes: Any) -> Parcel:
    """A parcel with one video and what YouTube needs to know of it."""
    options = {"title": "Mussels", "kids": "no", **changes.pop("options", {})}
    return calling.parcel(text, media=(VIDEO,), options=options, **changes)


def words(text: str, **changes: Any) -> Parcel:
    """A comment, an answer or a chat message."""
    return calling.parcel(text, **changes)
