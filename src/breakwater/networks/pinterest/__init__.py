"""Pinterest: pins on boards, by the v5 API."""

from pathlib import Path

from breakwater.networks.base import Network
from breakwater.networks.pinterest.auth import PinterestAuth
from breakwater.networks.pinterest.manifest import MANIFEST
from breakwater.networks.pinterest.outbound import PinterestConnector


def build(home: Path) -> Network:  # noqa: ARG001 - nothing of ours is kept on disk
    """The network, for the registry."""
    return Network(manifest=MANIFEST, auth=PinterestAuth, connector=PinterestConnector)
