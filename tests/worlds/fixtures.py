"""A network that stands, and the product around it. Parametrise `world`, indirectly, with WORLDS."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from breakwater.people.models import Person, Workspace
from tests.worlds.desk import Desk
from tests.worlds.every import WORLDS
from tests.worlds.world import World


@pytest.fixture
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    made = WORLDS[request.param]()
    made.prepare(request.getfixturevalue, tmp_path / "networks")
    with made.standing():
        yield made


@pytest.fixture
def desk(
    world: World, harbour_workspace: Workspace, ann: Person, bob: Person, tmp_path: Path,
    settings: Settings,
) -> Desk:  # fmt: skip
    return Desk.at(world, harbour_workspace, ann, bob, tmp_path, settings)
