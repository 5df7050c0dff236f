"""Mastodon and what speaks its API: any instance, OAuth, an Idempotency-Key of one hour."""

from pathlib import Path

from breakwater.networks.base import Network
from breakwater.networks.mastodon.auth import MastodonAuth
from breakwater.networks.mastodon.manifest import MANIFEST
from breakwater.networks.mastodon.outbound import MastodonConnector


def build(home: Path) -> Network:  # noqa: ARG001 - nothing of ours is kept on disk
    """The network, for the registry."""
    return Network(manifest=MANIFEST, auth=MastodonAuth, connector=MastodonConnector)
