"""Fixtures of the stand-ins. conftest.py at the root loads this file.

openapi-core is imported by the fixtures: sessions without them do not pay for it.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.standins.facebook import FacebookStandin
    from tests.standins.mastodon import MastodonStandin
    from tests.standins.x import XStandin


@pytest.fixture
def mastodon_standin() -> "Iterator[MastodonStandin]":
    """A fresh stand-in on a free port of 127.0.0.1. The test fails when either side did
    anything that the published description of Mastodon does not allow."""
    from tests.standins.base.server import serving
    from tests.standins.mastodon import MastodonStandin

    with serving(MastodonStandin()) as standin:
        yield standin
    assert standin.violations == []


@pytest.fixture
def mastodon_in_process() -> "Iterator[MastodonStandin]":
    """The same without a socket: `httpx.AsyncClient(transport=standin.transport())`."""
    from tests.standins.mastodon import MastodonStandin

    standin = MastodonStandin()
    yield standin
    assert standin.violations == []


@pytest.fixture
def facebook_in_process() -> "Iterator[FacebookStandin]":
    """A Page behind a transport in the process. The test fails when a request was not as Meta's
    description has it (where that is at hand: `tests/standins/facebook/described.py`)."""
    from tests.standins.facebook import FacebookStandin

    standin = FacebookStandin()
    yield standin
    assert standin.violations == []


@pytest.fixture
def x_standin() -> "Iterator[XStandin]":
    """A fresh stand-in for X in the process. The test fails when either side did anything that
    its rules, or (where it is at hand) the official description, do not allow."""
    from tests.standins.x import XStandin

    standin = XStandin()
    yield standin
    assert standin.violations == []
