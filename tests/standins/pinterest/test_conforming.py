"""The checks that every connector passes. The board is the account's first."""

import pytest

from breakwater.networks.conformance import CHECKS, Check
from tests.standins.base.conforming import passes, told
from tests.standins.pinterest import PinterestStandin
from tests.standins.pinterest.calling import ann


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_it_conforms(check: Check, pinterest_standin: PinterestStandin) -> None:
    standin = pinterest_standin
    server = told(standin, "POST", "/v5/pins", expire_tokens=standin.door.expire_all)
    passes(check, ann(standin), server, now=standin.now)
