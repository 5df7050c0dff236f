"""Our connector and our door at the stand-in, and what ann planned for it."""

from pathlib import Path
from typing import Any

from breakwater.networks import tiktok
from breakwater.networks.base import Account, Parcel
from tests.standins.base.calling import VIDEO, Calling, parcel
from tests.standins.tiktok.standin import APP, SCOPES, TikTokStandin

NETWORK = tiktok.build(Path())
AGREED = {"privacy": "PUBLIC_TO_EVERYONE", "consent": True}


def connected(standin: TikTokStandin, scopes: tuple[str, ...] = SCOPES) -> Calling:
    account = Account("open-harbour", "@harbour", standin.origin, standin.connected(scopes))
    return Calling(NETWORK, account, standin.transport(), app=APP)


def film(text: str = "Fresh mussels tonight #moules", **changes: Any) -> Parcel:
    """A video for everybody. Options are those of AGREED, unless others are given."""
    return parcel(text, **{"media": (VIDEO,), "options": AGREED, **changes})
