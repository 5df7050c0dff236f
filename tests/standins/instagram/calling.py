"""Our connector on the stand-in, ready to be called from a plain test function."""

from pathlib import Path

from breakwater.networks import instagram
from breakwater.networks.base import Account
from tests.standins.base.calling import Calling
from tests.standins.instagram.standin import APP_ID, APP_SECRET, InstagramStandin

APP = {"client_id": APP_ID, "client_secret": APP_SECRET, "verify_token": "of the quay"}


def connected(standin: InstagramStandin) -> Calling:
    """The harbour's account, as after the walk through the door."""
    state = standin.state
    secrets = {"access_token": state.page_token, "page_id": state.page}
    account = Account(state.me, f"@{state.name}", standin.origin, secrets)
    return Calling(instagram.build(Path()), account, standin.transport(), APP)
