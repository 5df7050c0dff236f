"""Facebook Pages over the Graph API: Facebook Login, one token for each Page."""

from pathlib import Path

from breakwater.networks.base import Network
from breakwater.networks.facebook.auth import FacebookAuth
from breakwater.networks.facebook.hooks import PageHooks
from breakwater.networks.facebook.manifest import MANIFEST
from breakwater.networks.facebook.outbound import FacebookConnector


def build(home: Path) -> Network:  # noqa: ARG001 - nothing of ours is kept on disk
    """The network, for the registry."""
    return Network(
        manifest=MANIFEST, auth=FacebookAuth, connector=FacebookConnector, hooks=PageHooks()
    )
