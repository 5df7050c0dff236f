"""TikTok: videos and pictures by the Content Posting API, own videos by the Display API."""

from pathlib import Path

from breakwater.networks.base import Network
from breakwater.networks.tiktok.auth import TikTokAuth
from breakwater.networks.tiktok.hooks import TikTokHooks
from breakwater.networks.tiktok.manifest import MANIFEST
from breakwater.networks.tiktok.outbound import TikTokConnector


def build(home: Path) -> Network:  # noqa: ARG001 - nothing of ours is kept on disk
    """The network, for the registry."""
    return Network(
        manifest=MANIFEST, auth=TikTokAuth, connector=TikTokConnector, hooks=TikTokHooks()
    )
