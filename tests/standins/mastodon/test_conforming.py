"""What every connector must pass, on the stand-in: an account that follows two."""

from pathlib import Path

import pytest

from breakwater.networks import mastodon
from breakwater.networks.base import Account
from breakwater.networks.conformance import CHECKS, Check
from tests.standins.base.calling import Calling
from tests.standins.base.conforming import passes
from tests.standins.mastodon import MastodonStandin
from tests.standins.mastodon.orders import orders

MANY = 45
"""More than a page of notifications or conversations."""


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_it_conforms(check: Check, mastodon_in_process: MastodonStandin, tmp_path: Path) -> None:
    standin, state = mastodon_in_process, mastodon_in_process.state
    me = standin.person("harbour").id
    state.follows += [(me, standin.person(name).id) for name in ("kim", "lee")]
    account = Account(me, "@harbour@mastodon.test", standin.origin, standin.connected())
    calling = Calling(mastodon.build(tmp_path), account, standin.transport())
    passes(check, calling, orders(standin), many=MANY)
