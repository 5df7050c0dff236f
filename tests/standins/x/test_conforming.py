"""The connector passes what every connector must pass, on the stand-in."""

import pytest

from breakwater.networks.conformance import CHECKS, Check, Said
from tests.standins.base.conforming import passes, told
from tests.standins.x import XStandin
from tests.standins.x.calling import connected


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_it_conforms(check: Check, x_standin: XStandin) -> None:
    standin, other = x_standin, next(n for n in x_standin.state.people if n != "harbour")
    person = standin.person(other)

    def comments(post: str, text: str) -> Said:
        return Said(standin.says(other, text, reply_to=post).id, person.id)

    def mentions(text: str) -> Said:
        return Said(standin.says(other, f"@harbour {text}").id, person.id)

    def writes(text: str) -> Said:
        return Said(f"dm:{standin.writes(other, text)}", person.id, person.id)

    server = told(
        standin, "POST", "/2/tweets",
        stranger_comments=comments, stranger_mentions=mentions, stranger_writes=writes,
    )  # fmt: skip
    poll = {"poll_answers": "Yes\nNo"}
    passes(check, connected(standin), server, now=standin.now, form_options={"poll": poll})
