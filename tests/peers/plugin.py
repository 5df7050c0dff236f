"""Fixtures of the real servers. Registered by conftest.py at the root."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from tests.peers.pds import Pds, Person, start_pds

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def pds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pds]:
    """A real AT Protocol server for the session: about four seconds and 220 MB. No rate limits."""
    with start_pds(tmp_path_factory.mktemp("pds")) as running:
        yield running


@pytest.fixture
def pds_account(pds: Pds) -> Callable[[str], Person]:
    """Makes accounts: `pds_account("ann")` gives ann1.test, ann2.test … with an app password."""

    def make(name: str) -> Person:
        return pds.account(f"{name}{next(_NUMBERS)}")

    return make
