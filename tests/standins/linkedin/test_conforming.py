"""The checks that every connector passes, on an organisation of the stand-in."""

import pytest

from breakwater.networks.conformance import CHECKS, Check
from tests.standins.base.conforming import passes
from tests.standins.linkedin import LinkedInStandin
from tests.standins.linkedin.calling import harbour
from tests.standins.linkedin.orders import orders


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_it_conforms(check: Check, linkedin_standin: LinkedInStandin) -> None:
    standin = linkedin_standin
    poll = {"poll_question": "Mussels?", "poll_answers": "Yes\nNo"}
    passes(
        check, harbour(standin), orders(standin), now=standin.now,
        form_options={"poll": poll},
    )  # fmt: skip
