"""What every connector must pass, on the stand-in: joined to Bluesky's services, and alone."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from breakwater.networks import bluesky
from breakwater.networks.base import Account
from breakwater.networks.conformance import CHECKS, Check
from tests.standins.base.calling import Calling
from tests.standins.base.conforming import passes
from tests.standins.base.elsewhere import Elsewhere
from tests.standins.bluesky.orders import listen, orders
from tests.standins.bluesky.standin import BlueskyStandin

MANY = 120
"""More than two pages of notifications."""

_JOINED = Elsewhere("A server that stands alone does not have it; one that is joined shows it.")
ALONE: Mapping[str, Elsewhere] = dict.fromkeys(
    (
        "figures_of_a_post_are_numbers_of_one_thing",
        "figures_of_the_account_are_numbers_of_one_thing", "answers_a_message",
        "mutes_twice_without_harm", "hears_again_twice_without_harm",
        "reports_what_a_stranger_wrote", "loses_no_comment", "loses_no_mention",
        "loses_no_message", "comments_below_a_post_are_all_read",
    ),
    _JOINED,
)  # fmt: skip


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize(
    ("joined", "elsewhere"), [(True, None), (False, ALONE)], ids=["joined", "alone"]
)
def test_it_conforms(
    check: Check, joined: bool, elsewhere: Mapping[str, Elsewhere] | None, tmp_path: Path
) -> None:
    standin = BlueskyStandin(joined=joined)
    for name in ("sam", "kim", "lee"):
        standin.follows(standin.person(name))
    account = Account(standin.ann.did, "ann.test", standin.origin, standin.connected())
    calling = Calling(bluesky.build(tmp_path), account, standin.transport())

    passes(check, calling, orders(standin), elsewhere=elsewhere, many=MANY, listen=listen(standin))

    assert standin.violations == []
