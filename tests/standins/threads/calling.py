"""Our connector on the stand-in, ready to be called from a plain test function."""

from pathlib import Path

from breakwater.networks import threads
from breakwater.networks.base import Account
from tests.standins.base.calling import Calling
from tests.standins.threads.standin import APP_ID, APP_SECRET, ThreadsStandin

APP = {"client_id": APP_ID, "client_secret": APP_SECRET, "verify_token": "of the quay"}


def connected(standin: ThreadsStandin) -> Calling:
    """The harbour's account, as after the walk through the door."""
    state = standin.state
    account = Account(
        state.me, f"@{state.name}", standin.origin, {"access_token": state.token}
    )  # fmt: skip
    return Calling(threads.build(Path()), account, standin.transport(), APP)
