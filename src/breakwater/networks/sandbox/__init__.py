"""The practice harbour: a network that lives in a file and fails on demand."""

from pathlib import Path

from breakwater.networks.base import Network
from breakwater.networks.sandbox.auth import HarbourAuth
from breakwater.networks.sandbox.harbour import Harbour
from breakwater.networks.sandbox.hooks import HarbourHooks
from breakwater.networks.sandbox.manifest import MANIFEST
from breakwater.networks.sandbox.outbound import HarbourConnector
from breakwater.networks.sandbox.server import HarbourApp


def build(home: Path) -> Network:
    """The network; its state is an SQLite file below `home`, made when first used."""
    harbour = Harbour(home)
    return Network(
        manifest=MANIFEST,
        auth=HarbourAuth,
        connector=HarbourConnector,
        hooks=HarbourHooks(harbour.secret),
        app=HarbourApp(harbour),
    )
