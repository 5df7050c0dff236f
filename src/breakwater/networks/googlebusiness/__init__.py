"""Google Business Profile: posts of a place, its opening hours, its reviews and their answers."""

from pathlib import Path

from breakwater.networks.base import Network
from breakwater.networks.googlebusiness.auth import BusinessAuth
from breakwater.networks.googlebusiness.manifest import MANIFEST
from breakwater.networks.googlebusiness.outbound import BusinessConnector


def build(home: Path) -> Network:  # noqa: ARG001 - nothing of ours is kept on disk
    """The network, for the registry."""
    return Network(manifest=MANIFEST, auth=BusinessAuth, connector=BusinessConnector)
