"""Where a network is: typed, its own, or moved to this machine by a setting."""

from pathlib import Path

import pytest
from pytest_django import Settings

from breakwater.channels.installed import manifests, network
from breakwater.channels.origins import normal_origin
from breakwater.channels.tests.dock import DockTown
from breakwater.domain.errors import Invalid


def test_a_network_with_one_server_has_no_other(dock: DockTown) -> None:
    found = network("dock")

    assert normal_origin("", found, set()) == "https://dock.internal"
    assert normal_origin("https://dock.internal/", found, set()) == "https://dock.internal"
    with pytest.raises(Invalid) as caught:
        normal_origin("https://other.test", found, set())
    assert caught.value.code == "origin_fixed"


def test_a_setting_moves_a_network_to_this_machine(home: Path, settings: Settings) -> None:
    there = "http://127.0.0.1:9000"
    settings.NETWORK_ORIGINS = {"bluesky": there}

    moved = network("bluesky").manifest

    assert (moved.default_origin, moved.at(there, "api")) == (there, there)
    assert manifests()["bluesky"].default_origin == there
    assert manifests()["mastodon"].default_origin == ""
    assert normal_origin("", network("bluesky"), {there}) == there


def test_a_network_that_lives_inside_stays(home: Path, settings: Settings) -> None:
    settings.NETWORK_ORIGINS = {"sandbox": "http://127.0.0.1:9000"}

    assert network("sandbox").manifest.default_origin == "http://harbour.internal"
