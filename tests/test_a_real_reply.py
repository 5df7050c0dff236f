"""A real AT Protocol server delivers a real reply; it is answered from the inbox, and the answer is
read back there."""

from collections.abc import Callable
from datetime import UTC, datetime

import httpx
import pytest
from pytest_django import Settings

from breakwater.channels.models import Channel
from breakwater.channels.services import connect_with_fields
from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.inbox.models import Item
from breakwater.inbox.services.answering import Wish, answer
from breakwater.inbox.tests.world import take_in
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import access
from breakwater.workers.tests.conftest import Bench, bench
from tests.peers.pds import Pds, Person
from tests.people import make_member, make_person

__all__ = ["bench"]
pytestmark = pytest.mark.slow
POST = "app.bsky.feed.post"
ASKED = "When does the ferry leave on Sunday?"
ANSWERED = "At nine and at noon, from the north pier."


@pytest.fixture
def channel(
    bench: Bench, pds: Pds, pds_account: Callable[[str], Person], settings: Settings
) -> Channel:
    """An account of the real server, as a channel of the product."""
    settings.ALLOWED_ORIGINS = frozenset({pds.origin})
    ours = pds_account("pier")
    fields = {"handle": ours.handle, "app_password": ours.app_password}
    return connect_with_fields(
        workspace_id=bench.workspace.pk, network="bluesky", origin=pds.origin, fields=fields,
        by=bench.person.pk, now=clock.now(),
    )  # fmt: skip


def replied(stranger: Person, post: dict[str, str], text: str) -> str:
    """The at:// address of a stranger's reply below that post."""
    record = {
        "$type": POST, "text": text, "createdAt": datetime.now(UTC).isoformat(),
        "reply": {"root": post, "parent": post},
    }  # fmt: skip
    wish = {"repo": stranger.did, "collection": POST, "record": record}
    made = stranger.pds.post("com.atproto.repo.createRecord", wish, stranger.access_token)
    return str(made.json()["uri"])


def records(pds: Pds, did: str) -> list[dict[str, object]]:
    """The posts of an account on the server, newest first, as anybody sees them."""
    wish = {"repo": did, "collection": POST}
    found = httpx.get(f"{pds.origin}/xrpc/com.atproto.repo.listRecords", params=wish)
    return list(found.raise_for_status().json()["records"])


def test_a_real_reply_is_answered_and_the_answer_read_back(
    bench: Bench, channel: Channel, pds: Pds, pds_account: Callable[[str], Person]
) -> None:
    make_member(bench.workspace, mia := make_person("mia"), Role.AGENT)
    by = access(mia, bench.workspace.slug, Right.SEE)
    stranger = pds_account("kim")
    bench.run_to(bench.order(channel, "The ferry runs again."), "verified")
    (ours,) = records(pds, channel.remote_id)
    post = {"uri": str(ours["uri"]), "cid": str(ours["cid"])}

    uri = replied(stranger, post, ASKED)
    bench.read_until(lambda: channel.arrivals.filter(remote_id=uri).exists())
    take_in(now=clock.now())
    item = Item.objects.select_related("thread__contact", "arrival").get(arrival__remote_id=uri)
    wish = Wish(
        item_id=item.pk, text=ANSWERED, request=new_id(), workspace_id=bench.workspace.pk,
        channel_id=channel.pk, seen="", upto=item.pk,
    )  # fmt: skip
    made = answer(by, item.thread_id, wish, now=clock.now())
    bench.run_to(made.delivery, "verified")

    said = records(pds, channel.remote_id)[0]
    value = said["value"]
    assert isinstance(value, dict)
    assert (item.category, item.arrival.text, item.arrival.about) == (
        "question",
        ASKED,
        post["uri"],
    )
    assert item.thread.contact.remote_id == stranger.did
    assert value["text"] == ANSWERED
    assert value["reply"]["root"]["uri"] == post["uri"]
    assert value["reply"]["parent"]["uri"] == uri
    assert made.delivery.remote_id == said["uri"]

    bench.read_until(lambda: channel.arrivals.filter(remote_id=said["uri"], own=True).exists())
    take_in(now=clock.now())
    echo = Item.objects.get(arrival__remote_id=said["uri"])
    assert (echo.own, echo.thread_id) == (True, item.thread_id)
