"""The stand-in in process, and the harbour's channel on it."""

import pytest

from tests.standins.youtube import YouTubeStandin
from tests.standins.youtube.calling import Desk, connected


@pytest.fixture
def standin(youtube_in_process: YouTubeStandin) -> YouTubeStandin:
    return youtube_in_process


@pytest.fixture
def desk(standin: YouTubeStandin) -> Desk:
    return connected(standin)
