"""What every connector must pass, on the stand-in."""

import pytest

from breakwater.networks.conformance import CHECKS, Check, Said
from tests.standins.base.calling import Calling
from tests.standins.base.conforming import passes, told
from tests.standins.googlebusiness import BusinessStandin
from tests.standins.googlebusiness.standin import PLACE

_STARS = ("ONE", "TWO", "THREE", "FOUR", "FIVE")
_EVENT = {
    "event_title": "Mussel night", "starts": "2027-01-05T18:00", "ends": "2027-01-05T22:00",
}  # fmt: skip
_HOURS = {"regular": "Mon-Sun 9:00-18:00", "special": "2026-12-25 closed"}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_google_business_conforms_on_the_stand_in(
    check: Check, standin: BusinessStandin, desk: Calling
) -> None:
    def reviews(text: str, rating: int) -> Said:
        return Said(standin.review(_STARS[rating - 1], text))

    server = told(
        standin, "POST", f"/v4/{PLACE}/localPosts",
        expire_tokens=standin.door.expire_all, stranger_reviews=reviews,
    )  # fmt: skip
    passes(
        check, desk, server, now=standin.now, not_posts=frozenset({"hours"}),
        form_options={"event": _EVENT, "offer": _EVENT, "hours": _HOURS},
    )  # fmt: skip
