"""What every connector must pass, on the stand-in: a channel that follows another."""

import pytest

from breakwater.networks.conformance import CHECKS, Check
from tests.standins.base.conforming import passes
from tests.standins.youtube import YouTubeStandin
from tests.standins.youtube.calling import Desk
from tests.standins.youtube.orders import orders
from tests.standins.youtube.state import SOMEBODY

_FILM = {"title": "A film", "kids": "no"}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_youtube_conforms_on_the_stand_in(
    check: Check, standin: YouTubeStandin, desk: Desk
) -> None:
    standin.state.subscriptions["sub-1"] = SOMEBODY
    passes(check, desk, orders(standin), now=standin.now, options=_FILM)
