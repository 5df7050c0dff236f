"""The connector passes what every connector must pass, on the stand-in: with a plan that has it
all, and an account that follows two."""

import pytest

from breakwater.networks.conformance import CHECKS, Check
from tests.standins.base.conforming import passes
from tests.standins.x import XStandin
from tests.standins.x.calling import connected
from tests.standins.x.orders import orders


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_it_conforms(check: Check, x_standin: XStandin) -> None:
    standin, harbour = x_standin, x_standin.person("harbour")
    standin.state.enterprise = True
    standin.state.follows += [(harbour.id, standin.person(one).id) for one in ("ann", "bob")]
    poll = {"poll_answers": "Yes\nNo"}
    passes(check, connected(standin), orders(standin), now=standin.now, form_options={"poll": poll})
