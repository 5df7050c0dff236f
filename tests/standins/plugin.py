"""Fixtures of the stand-ins. conftest.py at the root loads this file.

openapi-core is imported by the fixtures: sessions without them do not pay for it.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.standins.googlebusiness import BusinessStandin
    from tests.standins.mastodon import MastodonStandin
    from tests.standins.youtube import YouTubeStandin


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
def youtube_standin() -> "Iterator[YouTubeStandin]":
    """A fresh stand-in on a free port of 127.0.0.1. The test fails when either side did
    anything that the discovery documents of YouTube do not allow."""
    from tests.standins.base.server import serving
    from tests.standins.youtube import YouTubeStandin

    with serving(YouTubeStandin()) as standin:
        yield standin
    assert standin.violations == []


@pytest.fixture
def youtube_in_process() -> "Iterator[YouTubeStandin]":
    """The same without a socket."""
    from tests.standins.youtube import YouTubeStandin

    standin = YouTubeStandin()
    yield standin
    assert standin.violations == []


@pytest.fixture
def business_standin() -> "Iterator[BusinessStandin]":
    """Google Business Profile on a free port of 127.0.0.1; held against its descriptions."""
    from tests.standins.base.server import serving
    from tests.standins.googlebusiness import BusinessStandin

    with serving(BusinessStandin()) as standin:
        yield standin
    assert standin.violations == []


@pytest.fixture
def business_in_process() -> "Iterator[BusinessStandin]":
    """The same without a socket."""
    from tests.standins.googlebusiness import BusinessStandin

    standin = BusinessStandin()
    yield standin
    assert standin.violations == []
