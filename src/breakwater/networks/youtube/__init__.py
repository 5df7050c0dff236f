"""YouTube: videos, Shorts and live events; a private upload that is made visible in one call."""

from pathlib import Path

from breakwater.networks.base import Network
from breakwater.networks.youtube.auth import YouTubeAuth
from breakwater.networks.youtube.hooks import YouTubeHooks
from breakwater.networks.youtube.manifest import MANIFEST
from breakwater.networks.youtube.outbound import YouTubeConnector


def build(home: Path) -> Network:  # noqa: ARG001 - nothing of ours is kept on disk
    """The network, for the registry."""
    return Network(
        manifest=MANIFEST, auth=YouTubeAuth, connector=YouTubeConnector, hooks=YouTubeHooks()
    )
