"""The harbour's account on a stand-in, ready to be called from a plain test function."""

from pathlib import Path

from breakwater.networks import x
from breakwater.networks.base import Account
from tests.standins.base.calling import Calling
from tests.standins.x.standin import APP, XStandin

NETWORK = x.build(Path())


def connected(standin: XStandin, scopes: tuple[str, ...] | None = None) -> Calling:
    """As after the walk through the door."""
    secrets, person = standin.connected(scopes), standin.person("harbour")
    account = Account(person.id, "@harbour", standin.origin, secrets)
    return Calling(NETWORK, account, standin.transport(), dict(APP))
