"""Threads: posts, replies and mentions of one account."""

from pathlib import Path

from breakwater.networks.base import Network
from breakwater.networks.threads.auth import ThreadsAuth
from breakwater.networks.threads.hooks import ThreadsHooks
from breakwater.networks.threads.manifest import MANIFEST
from breakwater.networks.threads.outbound import ThreadsConnector


def build(home: Path) -> Network:  # noqa: ARG001 - nothing of ours is kept on disk
    """The network, for the registry."""
    return Network(MANIFEST, ThreadsAuth, ThreadsConnector, ThreadsHooks())
