"""Bluesky and any other AT Protocol server: app passwords, our own record keys for ever."""

from pathlib import Path

from breakwater.networks.base import Network
from breakwater.networks.bluesky.auth import BlueskyAuth
from breakwater.networks.bluesky.manifest import MANIFEST
from breakwater.networks.bluesky.outbound import BlueskyConnector


def build(home: Path) -> Network:  # noqa: ARG001 - nothing of ours is kept on disk
    """The network, for the registry."""
    return Network(manifest=MANIFEST, auth=BlueskyAuth, connector=BlueskyConnector)
