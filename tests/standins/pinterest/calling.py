"""ann's account, ready to be called from a plain test function."""

from pathlib import Path

from breakwater.networks import pinterest
from breakwater.networks.base import Account
from tests.standins.base.calling import Calling
from tests.standins.pinterest.standin import ANN, CLIENT_ID, CLIENT_SECRET, PinterestStandin

APP = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "tier": "standard"}


def ann(standin: PinterestStandin) -> Calling:
    account = Account(ANN, "@harbour_cafe", standin.origin, standin.connected())
    return Calling(pinterest.build(Path()), account, standin.transport(), APP)
