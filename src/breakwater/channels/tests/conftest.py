"""The third party's networks of `harbour.py`, installed as any wheel would install them."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import cast

import pytest
from pytest_django import Settings

from breakwater.channels import services
from breakwater.channels.installed import network
from breakwater.channels.models import Channel
from breakwater.channels.tests.dock import CLIENT, DockTown
from breakwater.channels.tests.harbour import PASSWORD, Town
from breakwater.people.models import Person, Workspace

_ENTRY_POINTS = """[breakwater.networks]
dock = breakwater.channels.tests.dock:build_dock
harbour = breakwater.channels.tests.harbour:build_harbour
pier = breakwater.channels.tests.harbour:build_pier
wreck = breakwater.channels.tests.harbour:build_wreck
"""
Connect = Callable[..., Channel]


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keys, spool and networks of this test alone."""
    installed = tmp_path / "site" / "third_party-1.0.dist-info"
    installed.mkdir(parents=True)
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: third-party\nVersion: 1.0\n")
    (installed / "entry_points.txt").write_text(_ENTRY_POINTS)
    monkeypatch.syspath_prepend(tmp_path / "site")
    settings.NETWORKS_HOME = tmp_path / "networks"
    settings.SEALING_KEYS = tmp_path / "sealing"
    settings.SPOOL = tmp_path / "spool"
    settings.BLOBS = tmp_path / "blobs"
    return tmp_path


@pytest.fixture
def town(home: Path) -> Town:
    """The network behind "harbour" (password)."""
    return cast(Town, network("harbour").app)


@pytest.fixture
def pier(home: Path) -> Town:
    """The network behind "pier" (OAuth)."""
    return cast(Town, network("pier").app)


@pytest.fixture
def connect(town: Town, harbour_workspace: Workspace, ann: Person, now: datetime) -> Connect:
    """Connects an account of "harbour"; `name` says whose."""

    def connected(name: str = "ann", **changes: object) -> Channel:
        wanted = {
            "workspace_id": harbour_workspace.id,
            "network": "harbour",
            "origin": "",
            "fields": {"name": name, "password": PASSWORD},
            "by": ann.id,
            "now": now,
            **changes,
        }
        return services.connect_with_fields(**wanted)  # type: ignore[arg-type]

    return connected


@pytest.fixture
def dock(home: Path) -> DockTown:
    """The network behind "dock" (OAuth, the administrator's keys, several accounts)."""
    return cast(DockTown, network("dock").app)


@pytest.fixture
def keyed(dock: DockTown, ann: Person, now: datetime) -> DockTown:
    """The same, with the right keys."""
    services.save_keys(network="dock", typed=CLIENT, by=ann.id, now=now)
    return dock
