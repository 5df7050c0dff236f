"""Instagram: professional accounts, through the Facebook Page that they are linked to."""

from pathlib import Path

from breakwater.networks.base import Network
from breakwater.networks.instagram.auth import InstagramAuth
from breakwater.networks.instagram.hooks import InstagramHooks
from breakwater.networks.instagram.manifest import MANIFEST
from breakwater.networks.instagram.outbound import InstagramConnector


def build(home: Path) -> Network:  # noqa: ARG001 - nothing of ours is kept on disk
    """The network, for the registry."""
    return Network(MANIFEST, InstagramAuth, InstagramConnector, InstagramHooks())
