"""The product beside the stand-in: an account that is connected, and loops that work for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from breakwater.channels.models import Channel
from breakwater.channels.services import save_keys, storing
from breakwater.channels.services.storing import SignedIn
from breakwater.core import clock
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Who
from breakwater.people.models import Person, Workspace
from breakwater.workers.tests.conftest import Bench
from tests.standins.base.server import serving
from tests.standins.x import XStandin
from tests.standins.x.standin import APP


@pytest.fixture
def bench(
    transactional_db: None,
    harbour_workspace: Workspace,
    ann: Person,
    tmp_path: Path,
    settings: Settings,
) -> Bench:
    settings.NETWORKS_HOME = tmp_path / "networks"
    settings.SEALING_KEYS = tmp_path / "sealing"
    return Bench(harbour_workspace, ann, tmp_path)


@pytest.fixture
def quay(bench: Bench, x_standin: XStandin, settings: Settings) -> Iterator[Channel]:
    """The harbour's account on the stand-in, on a socket."""
    with serving(x_standin):
        settings.ALLOWED_ORIGINS = frozenset({x_standin.origin})
        settings.NETWORK_ORIGINS = {"x": x_standin.origin}
        save_keys(network="x", typed=APP, by=bench.person.pk, now=clock.now())
        who = x_standin.person("harbour")
        new = SignedIn(
            "x", x_standin.origin, Who(who.id, who.username, who.name),
            Guarantee.DUPLICATE_REFUSED, x_standin.connected(),
        )  # fmt: skip
        yield storing.store(
            bench.workspace.pk, new, channel_id=None, by=bench.person.pk, now=clock.now()
        )
