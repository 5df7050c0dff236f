"""Lantern: short signals on a board."""

from pathlib import Path

from breakwater.networks.base import Network
from breakwater_lantern.auth import LanternAuth
from breakwater_lantern.manifest import MANIFEST
from breakwater_lantern.outbound import LanternConnector


def build(home: Path) -> Network:
    return Network(MANIFEST, LanternAuth, LanternConnector)
