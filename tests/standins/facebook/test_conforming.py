"""What every connector must pass, on the stand-in."""

import pytest

from breakwater.networks.conformance import CHECKS, Check, Said
from tests.standins.base.conforming import passes, told
from tests.standins.facebook import FacebookStandin
from tests.standins.facebook.calling import calling


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_page_conforms_on_the_stand_in(
    check: Check, facebook_in_process: FacebookStandin
) -> None:
    standin = facebook_in_process

    def comments(post: str, text: str) -> Said:
        made = standin.comment(post, text)
        return Said(made.id, made.by.id)

    def writes(text: str) -> Said:
        made = standin.write(text)
        return Said(made.id, made.by.id, made.about)

    server = told(
        standin, "POST", f"/v25.0/{standin.page.id}/feed",
        stranger_comments=comments, stranger_writes=writes,
    )  # fmt: skip
    passes(check, calling(standin), server, now=standin.now, not_posts=frozenset({"message"}))
