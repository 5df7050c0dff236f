"""What every connector must pass, on the stand-in."""

import pytest

from breakwater.networks.conformance import CHECKS, Check
from tests.standins.base.conforming import passes
from tests.standins.facebook import FacebookStandin
from tests.standins.facebook.calling import calling
from tests.standins.facebook.orders import orders


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_page_conforms_on_the_stand_in(
    check: Check, facebook_in_process: FacebookStandin
) -> None:
    standin = facebook_in_process
    passes(
        check, calling(standin), orders(standin), now=standin.now,
        not_posts=frozenset({"message"}),
    )  # fmt: skip
