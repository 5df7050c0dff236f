"""X, formerly Twitter: its API v2, OAuth 2 with PKCE; equal words are refused for a while."""

from pathlib import Path

from breakwater.networks.base import Network
from breakwater.networks.x.auth import XAuth
from breakwater.networks.x.hooks import XHooks
from breakwater.networks.x.manifest import MANIFEST
from breakwater.networks.x.outbound import XConnector


def build(home: Path) -> Network:  # noqa: ARG001 - nothing of ours is kept on disk
    """The network, for the registry."""
    return Network(manifest=MANIFEST, auth=XAuth, connector=XConnector, hooks=XHooks())
