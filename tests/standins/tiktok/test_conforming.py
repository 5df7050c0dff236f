"""What every connector must pass, on the stand-in. Nothing is a post here without consent, and an
app is not shown the media of a post; what publishes is the last piece of an upload."""

import pytest

from breakwater.networks.conformance import CHECKS, Check
from tests.standins.base.conforming import passes
from tests.standins.tiktok import TikTokStandin
from tests.standins.tiktok.calling import AGREED, connected
from tests.standins.tiktok.orders import orders


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_it_conforms(check: Check, tiktok_in_process: TikTokStandin) -> None:
    standin = tiktok_in_process
    passes(
        check, connected(standin), orders(standin), now=standin.now,
        options=AGREED, renames=True, media_shown=False, commit_signed=False, not_posts=frozenset({"photos"}),
    )  # fmt: skip
