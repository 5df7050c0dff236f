"""What every connector must pass, on the stand-in."""

import pytest

from breakwater.networks.conformance import CHECKS, Check, Said
from tests.standins.base.conforming import passes, told
from tests.standins.youtube import YouTubeStandin
from tests.standins.youtube.calling import Desk
from tests.standins.youtube.state import SOMEBODY

_FILM = {"title": "A film", "kids": "no"}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_youtube_conforms_on_the_stand_in(
    check: Check, standin: YouTubeStandin, desk: Desk
) -> None:
    def comments(post: str, text: str) -> Said:
        return Said(standin.eve_says(text, post).id, SOMEBODY)

    server = told(standin, "PUT", "/youtube/v3/videos", stranger_comments=comments)
    passes(check, desk, server, now=standin.now, options=_FILM)
