"""LinkedIn: members and the organisations that they administer, by the versioned API."""

from pathlib import Path

from breakwater.networks.base import Network
from breakwater.networks.linkedin.auth import LinkedInAuth
from breakwater.networks.linkedin.hooks import LinkedInHooks
from breakwater.networks.linkedin.manifest import MANIFEST
from breakwater.networks.linkedin.outbound import LinkedInConnector


def build(home: Path) -> Network:  # noqa: ARG001 - nothing of ours is kept on disk
    """The network, for the registry."""
    return Network(
        manifest=MANIFEST, auth=LinkedInAuth, connector=LinkedInConnector, hooks=LinkedInHooks()
    )
