"""Deeds on messages, by machines: asked about, done, taken back, on several, and reports."""

from datetime import datetime
from typing import Any

import pytest

from breakwater.api.tests.conftest import ALL, Caller, make_token, member, said
from breakwater.channels.models import Channel
from breakwater.delivery.models import Delivery
from breakwater.inbox.models import Item
from breakwater.inbox.tests.world import ABUSE, LEO, QUESTION, arrive
from breakwater.inbox.tests.world import said as talked
from breakwater.people.models import Workspace

PLACE = "/w/harbour/inbox"


@pytest.fixture
def quay(desk: Workspace, channel_id: str, moment: datetime) -> Channel:
    channel = Channel.objects.get(pk=channel_id)
    arrive(
        channel, talked(ABUSE, "a"), talked(QUESTION, "b", by=LEO), talked(QUESTION, "c"),
        now=moment,
    )  # fmt: skip
    return channel


def item(remote_id: str) -> int:
    return int(Item.objects.get(arrival__remote_id=remote_id).pk)


def test_a_message_is_hidden_and_shown_again(ann_calls: Caller, quay: Channel) -> None:
    path = f"{PLACE}/items/{item('a')}/deeds"

    before = said(ann_calls.get(path))
    made = ann_calls.post(path, {"deed": "hide"}, key="h-1")
    same = said(ann_calls.post(path, {"deed": "hide"}, key="h-1"))
    Delivery.objects.update(state="verified")
    back = said(ann_calls.post(f"{PLACE}/deeds/{said(made)['id']}/undo"))
    after = said(ann_calls.get(path))

    assert {one["deed"]: one["possible"] for one in before["possible"]}["hide"] is True
    assert (made.status_code, same["id"]) == (201, said(made)["id"])
    assert (back["deed"], back["undoes"]) == ("unhide", said(made)["id"])
    assert [one["deed"] for one in after["done"]] == ["unhide"]


def test_several_are_planned_and_criticism_needs_a_reason(ann_calls: Caller, quay: Channel) -> None:
    wish: dict[str, Any] = {"deed": "hide", "items": [item(name) for name in "abc"]}

    plan = said(ann_calls.post(f"{PLACE}/several/plan", wish))
    refused = said(ann_calls.post(f"{PLACE}/several", wish))
    nothing = Delivery.objects.count()
    made = said(ann_calls.post(f"{PLACE}/several", {**wish, "why": "They name a customer."}))

    assert plan["able"] == [{"network": "Practice harbour", "messages": 3, "why": ""}]
    assert plan["needs_reason"] is True
    assert (refused["code"], nothing, len(made["made"])) == ("deed_reason_missing", 0, 3)


def test_a_report_is_read_and_decided(ann_calls: Caller, quay: Channel) -> None:
    ann_calls.post(f"{PLACE}/items/{item('a')}/deeds", {"deed": "report", "reason": "rude"})
    Delivery.objects.update(state="taken", remote_id="r-9")

    (waits,) = said(ann_calls.get(f"{PLACE}/reports"))["items"]
    path = f"{PLACE}/reports/{waits['id']}"
    decided = said(ann_calls.post(path, {"outcome": "upheld", "seen": ""}))
    late = ann_calls.post(path, {"outcome": "rejected", "seen": ""})
    (closed,) = said(ann_calls.get(f"{PLACE}/reports?closed=true"))["items"]

    assert (waits["reference"], waits["reason"], waits["outcome"]) == ("r-9", "rude", "")
    assert (decided["outcome"], late.status_code, closed["id"]) == ("upheld", 409, waits["id"])


def test_to_remove_a_token_needs_the_scope(desk: Workspace, quay: Channel) -> None:
    scopes = [one for one in ALL if one != "take_down"]
    caller = Caller(make_token(member(desk, "ann"), desk, scopes))

    refused = caller.post(f"{PLACE}/items/{item('a')}/deeds", {"deed": "remove"})

    assert refused.status_code == 403
    assert not Delivery.objects.exists()


def test_whom_the_channel_follows_is_read(ann_calls: Caller, quay: Channel) -> None:
    first = said(ann_calls.get(f"/w/harbour/channels/{quay.pk}/following"))

    assert len(first["items"]) == 3
    assert first["next"]
