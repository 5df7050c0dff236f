"""Conversations are answered by machines as by people: once, not beside a colleague, with a yes."""

import pytest

from breakwater.api.tests.conftest import Caller, said
from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.inbox.models import Item, Proposal, SavedReply, Setup
from breakwater.inbox.tests.world import QUESTION, arrive
from breakwater.inbox.tests.world import said as heard
from breakwater.people.models import Workspace


@pytest.fixture
def item(desk: Workspace, channel_id: str) -> Item:
    arrive(Channel.objects.get(pk=channel_id), heard(QUESTION, "a"), now=clock.now())
    return Item.objects.select_related("thread").get()


def place(item: Item) -> str:
    return f"/w/harbour/inbox/conversations/{item.thread_id}/answers"


def test_an_answer_leaves_once_and_the_conversation_is_done(ann_calls: Caller, item: Item) -> None:
    wish = {"item_id": item.pk, "text": "At ten."}

    first = ann_calls.post(place(item), wish, key="one")
    second = ann_calls.post(place(item), wish, key="one")
    listed = said(ann_calls.get(place(item)))

    delivery = Delivery.objects.get()
    assert (first.status_code, said(first)) == (
        201, {"delivery_id": str(delivery.pk), "proposal_id": None},
    )  # fmt: skip
    assert said(second) == said(first)
    assert [(one["text"], one["state"], one["item_id"]) for one in listed["items"]] == [
        ("At ten.", "queued", item.pk)
    ]
    item.thread.refresh_from_db()
    assert item.thread.state == "done"


def test_who_was_not_told_of_a_colleagues_answer_is_refused(ann_calls: Caller, item: Item) -> None:
    wish = {"item_id": item.pk, "text": "At ten."}
    ann_calls.post(place(item), wish)

    late = ann_calls.post(place(item), wish)
    seen = said(ann_calls.get(place(item)))["seen"]
    knowing = ann_calls.post(place(item), {**wish, "seen": seen})

    assert (late.status_code, said(late)["code"]) == (409, "answered_meanwhile")
    assert knowing.status_code == 201
    assert Delivery.objects.count() == 2


def test_another_account_than_the_conversations_is_refused(ann_calls: Caller, item: Item) -> None:
    wish = {"item_id": item.pk, "text": "At ten.", "channel_id": str(new_id())}

    answer = ann_calls.post(place(item), wish)

    assert (answer.status_code, said(answer)["code"]) == (422, "answer_other_brand")
    assert not Delivery.objects.exists()


def test_a_yes_is_given_by_somebody_else(
    ann_calls: Caller, bob_calls: Caller, desk: Workspace, item: Item
) -> None:
    Setup.objects.create(workspace=desk, approval=True, created_at=clock.now())
    made = said(ann_calls.post(place(item), {"item_id": item.pk, "text": "At ten."}))
    way = f"/w/harbour/inbox/proposals/{made['proposal_id']}"

    listed = said(bob_calls.get("/w/harbour/inbox/proposals"))
    own = ann_calls.post(f"{way}/approve")
    nothing = Delivery.objects.exists()
    yes = bob_calls.post(f"{way}/approve")
    late = bob_calls.post(f"{way}/refuse", {"why": "Too late."})

    assert [one["text"] for one in listed["items"]] == ["At ten."]
    assert (own.status_code, nothing) == (403, False)
    assert said(yes)["delivery_id"] == str(Delivery.objects.get().pk)
    assert (late.status_code, said(late)["code"]) == (409, "proposal_decided")
    assert Proposal.objects.get().state == "sent"


def test_saved_answers_are_added_listed_and_removed(ann_calls: Caller) -> None:
    way = "/w/harbour/inbox/saved-replies"
    wish = {"name": "Hours", "language": "en", "text": "At ten, {name}.", "category": "question"}

    made = said(ann_calls.post(way, wish))
    strange = ann_calls.post(way, {**wish, "name": "Other", "text": "{nmae}"})
    listed = said(ann_calls.get(way))
    ann_calls.ask("DELETE", f"{way}/{made['id']}")

    assert listed["items"] == [{**wish, "id": made["id"]}]
    assert (strange.status_code, said(strange)["code"]) == (422, "saved_reply_places")
    assert not SavedReply.objects.exists()
