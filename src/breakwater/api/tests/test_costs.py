"""What this month costs, the cap and the price of a post, by the API."""

from datetime import datetime

import pytest

from breakwater.api.tests.conftest import Caller, said
from breakwater.channels.installed import network
from breakwater.channels.meters import Holder, paid, take
from breakwater.channels.models import Channel
from breakwater.people.models import Workspace

LINKED = "Tonight: https://sea.example/menu"


@pytest.fixture
def quay(desk: Workspace, moment: datetime) -> Channel:
    """At X. Twenty cents are spent for a post with a link, two for four posts that were read."""
    made = Channel.objects.create(
        workspace=desk, network="x", origin="https://api.test", remote_id="1",
        handle="@quay", name="Quay", state="connected", state_at=moment, created_at=moment,
    )  # fmt: skip
    holder = Holder(network("x").manifest, made.pk, desk.pk)
    take(holder, "post_with_link", now=moment)
    paid(holder, "read_post", 4, now=moment)
    return made


def test_what_was_spent_is_told_and_capped(bob_calls: Caller, quay: Channel) -> None:
    capped = bob_calls.put("/w/harbour/costs/x/cap", {"micros": 220_000})
    (bill,) = said(bob_calls.get("/w/harbour/costs"))["items"]
    freed = said(bob_calls.put("/w/harbour/costs/x/cap", {"micros": None}))

    assert said(capped) == bill
    assert (bill["micros"], bill["left_micros"], bill["reached"]) == (220_000, 0, True)
    assert bill["message"] == "$0.22 of $0.22 are spent."
    assert bill["calls"][0] == {"call": "post_with_link", "calls": 1, "micros": 200_000}
    assert (freed["cap_micros"], freed["reached"]) == (None, False)
    assert bob_calls.put("/w/harbour/costs/sandbox/cap", {"micros": 1}).status_code == 404
    assert bob_calls.put("/w/harbour/costs/x/cap", {"micros": -1}).status_code == 422


def test_a_report_says_what_a_post_costs(bob_calls: Caller, quay: Channel) -> None:
    bob_calls.put("/w/harbour/costs/x/cap", {"micros": 300_000})
    content = {"text": LINKED, "targets": {str(quay.pk): {}}}

    found = said(bob_calls.post("/w/harbour/posts/report", {"content": content}))

    assert found["costs"] == [
        {
            "channel_id": str(quay.pk), "micros": 200_000, "posts": 1, "linked": 1,
            "message": "This costs about $0.20 at X: it has a link.",
        }
    ]  # fmt: skip
    (over,) = [one for one in found["findings"] if one["code"] == "cost_over_cap"]
    assert (over["level"], over["data"]["left_micros"]) == ("warn", 80_000)
