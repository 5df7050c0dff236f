"""Fixtures of the stand-ins. conftest.py at the root loads this file.

openapi-core is imported by the fixtures: sessions without them do not pay for it.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.standins.facebook import FacebookStandin
    from tests.standins.googlebusiness import BusinessStandin
    from tests.standins.instagram import InstagramStandin
    from tests.standins.linkedin import LinkedInStandin
    from tests.standins.mastodon import MastodonStandin
    from tests.standins.pinterest import PinterestStandin
    from tests.standins.threads import ThreadsStandin
    from tests.standins.tiktok import TikTokStandin
    from tests.standins.x import XStandin
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
def facebook_in_process() -> "Iterator[FacebookStandin]":
    """A Page behind a transport in the process. The test fails when a request was not as Meta's
    description has it (where that is at hand: `tests/standins/facebook/described.py`)."""
    from tests.standins.facebook import FacebookStandin

    standin = FacebookStandin()
    yield standin
    assert standin.violations == []


@pytest.fixture
def instagram_standin() -> "Iterator[InstagramStandin]":
    """In process; the test fails when a request is not as Meta describes it."""
    from tests.standins.instagram import InstagramStandin

    standin = InstagramStandin()
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


@pytest.fixture
def threads_standin() -> "Iterator[ThreadsStandin]":
    """In process; the test fails when a request is not in the official collection."""
    from tests.standins.threads import ThreadsStandin

    standin = ThreadsStandin()
    yield standin
    assert standin.violations == []


@pytest.fixture
def linkedin_standin() -> "Iterator[LinkedInStandin]":
    """LinkedIn without a socket. The test fails when a request was not as its API wants it."""
    from tests.standins.linkedin import LinkedInStandin

    standin = LinkedInStandin()
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
def tiktok_in_process() -> "Iterator[TikTokStandin]":
    """A fresh stand-in inside the process. The test fails when either side did anything that
    TikTok's guide does not have."""
    from tests.standins.tiktok import TikTokStandin

    standin = TikTokStandin()
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
def pinterest_standin() -> "Iterator[PinterestStandin]":
    """Pinterest without a socket. The test fails when either side did anything that its
    published description does not allow."""
    from tests.standins.pinterest import PinterestStandin

    standin = PinterestStandin()
    yield standin
    assert standin.violations == []


@pytest.fixture
def business_in_process() -> "Iterator[BusinessStandin]":
    """The same without a socket."""
    from tests.standins.googlebusiness import BusinessStandin

    standin = BusinessStandin()
    yield standin
    assert standin.violations == []
