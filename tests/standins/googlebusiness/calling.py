"""The harbour's place on a stand-in, ready to be called from a plain test function."""

from pathlib import Path
from typing import Any

from breakwater.networks import googlebusiness
from breakwater.networks.base import Account, Parcel
from tests.standins.base import calling
from tests.standins.base.calling import Calling
from tests.standins.google.standin import KEYS
from tests.standins.googlebusiness.standin import PLACE, BusinessStandin

NETWORK = googlebusiness.build(Path())


def connected(standin: BusinessStandin) -> Calling:
    """As after the walk through the door, in process unless the stand-in has a socket."""
    account = Account(PLACE, "Harbour Café, Lorient", standin.origin, standin.connected())
    inside = None if "127.0.0.1" in standin.origin else standin.transport()
    return Calling(NETWORK, account, inside, app=dict(KEYS))


def post(text: str = "Fresh mussels tonight", **changes: Any) -> Parcel:
    return calling.parcel(text, **changes)


def hours(regular: str = "", special: str = "", **changes: Any) -> Parcel:
    options = {"regular": regular, "special": special}
    return calling.parcel("", form="hours", options=options, **changes)
