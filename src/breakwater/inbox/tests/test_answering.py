"""An answer leaves once, for the right brand, and not beside a colleague's."""

from datetime import timedelta

import pytest
from tests.people import make_member, make_person, make_workspace

from breakwater.audit.models import Entry
from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.domain.errors import Forbidden, Invalid, NotFound, Problem, StaleState
from breakwater.inbox.answers import answers_of, mark_of, proposals_of, troubled
from breakwater.inbox.models import Answer, Draft, Item, Thread
from breakwater.inbox.services.answering import Wish, answer
from breakwater.inbox.services.drafting import keep_draft
from breakwater.inbox.tests.world import (
    LEO,
    NOW,
    OURS,
    QUESTION,
    arrive,
    channel_of,
    said,
)
from breakwater.networks.base import What
from breakwater.people.models import Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access

pytestmark = pytest.mark.django_db
HELLO = "Good morning Kim, the shop opens at ten."
LATER = NOW + timedelta(minutes=30)


@pytest.fixture
def item(quay: Channel) -> Item:
    arrive(quay, said(QUESTION, "a"))
    return Item.objects.select_related("thread").get()


@pytest.fixture
def bea_at(harbour_workspace: Workspace) -> Access:
    """bea, ada's colleague."""
    make_member(harbour_workspace, bea := make_person("bea"), Role.AGENT)
    return access(bea, harbour_workspace.slug, Right.SEE)


def wish(item: Item, text: str = HELLO, **changes: object) -> Wish:
    """As the page sends it that shows the conversation as it is now."""
    thread = item.thread
    seen = mark_of(answers_of(thread.pk), proposals_of(thread.pk)).text
    values: dict[str, object] = {
        "item_id": item.pk, "text": text, "request": new_id(),
        "workspace_id": thread.workspace_id, "channel_id": thread.channel_id, "seen": seen,
        "upto": item.pk, **changes,
    }  # fmt: skip
    return Wish(**values)  # type: ignore[arg-type]


def nothing_left() -> bool:
    return not Delivery.objects.exists() and not Answer.objects.exists()


def test_an_answer_is_a_delivery_and_the_conversation_is_done(ada_at: Access, item: Item) -> None:
    made = answer(ada_at, item.thread_id, wish(item), now=LATER)

    delivery = Delivery.objects.get()
    thread = Thread.objects.get()
    assert isinstance(made, Answer)
    assert (delivery.kind, delivery.payload["text"], delivery.payload["reply_to"]) == (
        "reply", HELLO, "a",
    )  # fmt: skip
    assert (made.item_id, made.by_id, made.deed) == (item.pk, ada_at.person.pk, "")
    assert (thread.state, thread.waiting, thread.answered_at) == ("done", 0, LATER)
    assert Entry.objects.get(verb="thread.done").actor_id == ada_at.person.pk


def test_the_same_click_answers_once(ada_at: Access, item: Item) -> None:
    sent = wish(item)

    first = answer(ada_at, item.thread_id, sent, now=LATER)
    second = answer(ada_at, item.thread_id, sent, now=LATER)

    assert first == second
    assert Delivery.objects.count() == 1


def test_two_colleagues_do_not_answer_the_same_message_unknowingly(
    ada_at: Access, bea_at: Access, item: Item
) -> None:
    hers, his = wish(item), wish(item, "It opens at ten, I think.")
    answer(ada_at, item.thread_id, hers, now=LATER)

    with pytest.raises(StaleState) as refusal:
        answer(bea_at, item.thread_id, his, now=LATER)

    assert (refusal.value.code, refusal.value.data["name"]) == ("answered_meanwhile", "Ada")
    assert Delivery.objects.count() == 1
    knowing = wish(item, his.text, seen="", request=his.request, despite=True)
    answer(bea_at, item.thread_id, knowing, now=LATER)
    assert Delivery.objects.count() == 2


def test_what_came_while_the_answer_was_typed_still_waits(
    quay: Channel, ada_at: Access, item: Item
) -> None:
    sent = wish(item)
    arrive(quay, said("And on Monday?", "b", minutes=9, parent="a"))

    answer(ada_at, item.thread_id, sent, now=LATER)

    thread = Thread.objects.get()
    assert (thread.state, thread.waiting, thread.answered_at) == ("open", 1, None)


def test_the_networks_echo_of_our_answer_closes_nothing_that_came_meanwhile(
    quay: Channel, ada_at: Access, item: Item
) -> None:
    sent = wish(item)
    arrive(quay, said("And on Monday?", "b", minutes=9, parent="a"))
    answer(ada_at, item.thread_id, sent, now=LATER)
    Delivery.objects.update(remote_id="ours-1")

    arrive(quay, said(HELLO, "ours-1", by=OURS, minutes=31, parent="a", own=True))

    thread = Thread.objects.get()
    assert (thread.state, thread.waiting, thread.items) == ("open", 1, 3)


def test_kept_open_it_goes_on_waiting(quay: Channel, ada_at: Access, item: Item) -> None:
    answer(ada_at, item.thread_id, wish(item, keep_open=True), now=LATER)
    Delivery.objects.update(remote_id="ours-1")
    arrive(quay, said(HELLO, "ours-1", by=OURS, minutes=31, parent="a", own=True))

    thread = Thread.objects.get()
    assert (thread.state, thread.waiting) == ("open", 1)


def test_a_form_of_another_brand_or_account_is_refused(
    harbour_workspace: Workspace, ada_at: Access, item: Item
) -> None:
    other = channel_of(harbour_workspace, "2")

    for wrong in (wish(item, workspace_id=new_id()), wish(item, channel_id=other.pk)):
        with pytest.raises(Invalid) as refusal:
            answer(ada_at, item.thread_id, wrong, now=LATER)
        assert refusal.value.code == "answer_other_brand"

    assert nothing_left()
    assert Thread.objects.get().state == "open"


def test_another_workspaces_conversation_and_message_are_not_found(
    quay: Channel, ada_at: Access, item: Item
) -> None:
    elsewhere = make_workspace("elsewhere")
    make_member(elsewhere, kim := make_person("kim"), Role.AGENT)
    outside = access(kim, "elsewhere", Right.SEE)
    arrive(quay, said(QUESTION, "z", by=LEO))
    foreign = Item.objects.get(arrival__remote_id="z")

    with pytest.raises(NotFound):
        answer(outside, item.thread_id, wish(item), now=LATER)
    with pytest.raises(NotFound):
        answer(ada_at, item.thread_id, wish(item, item_id=foreign.pk), now=LATER)

    assert nothing_left()


def test_who_answers_nobody_is_refused(ann_at: Access, item: Item) -> None:
    with pytest.raises(Forbidden):
        answer(ann_at, item.thread_id, wish(item), now=LATER)

    assert nothing_left()


@pytest.mark.parametrize(
    ("text", "code"),
    [("  \n", "post_empty"), ("Hello {name}", "answer_gaps"), ("x" * 501, "answer_too_long")],
)
def test_what_cannot_leave_is_refused_before_it_is_queued(
    ada_at: Access, item: Item, text: str, code: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        answer(ada_at, item.thread_id, wish(item, text), now=LATER)

    assert refusal.value.code == code
    assert nothing_left()
    assert Thread.objects.get().state == "open"


def test_an_account_that_may_not_answer_says_so(ada_at: Access, item: Item) -> None:
    Channel.objects.update(state="disconnected")
    with pytest.raises(Problem) as refusal:
        answer(ada_at, item.thread_id, wish(item), now=LATER)

    assert refusal.value.code == "channel_disconnected"
    assert nothing_left()
    assert Thread.objects.get().state == "open"


def test_a_window_that_is_over_is_told_and_nothing_is_queued(
    harbour_workspace: Workspace, ada_at: Access
) -> None:
    channel = channel_of(harbour_workspace, "9", network="instagram")
    arrive(channel, said(QUESTION, "m1", what=What.MESSAGE, thread="t1", about=""))
    late = Item.objects.select_related("thread").get()

    with pytest.raises(StaleState) as refusal:
        answer(ada_at, late.thread_id, wish(late), now=NOW + timedelta(hours=24))

    assert refusal.value.code == "answer_window_shut"
    assert nothing_left()
    answer(ada_at, late.thread_id, wish(late), now=NOW + timedelta(hours=23))
    assert Delivery.objects.get().payload["to"] == "t1"


def test_a_deleted_message_is_not_answered(ada_at: Access, item: Item) -> None:
    Item.objects.update(gone=True)

    with pytest.raises(StaleState) as refusal:
        answer(ada_at, item.thread_id, wish(item), now=LATER)

    assert refusal.value.code == "answer_gone"
    assert nothing_left()


def test_only_ones_own_draft_goes_with_the_answer(
    ada_at: Access, bea_at: Access, item: Item
) -> None:
    keep_draft(ada_at, item.thread_id, "Good", revision="", now=NOW)
    keep_draft(bea_at, item.thread_id, "Hello", revision="", now=NOW)

    answer(ada_at, item.thread_id, wish(item), now=LATER)

    assert [(one.person_id, one.text) for one in Draft.objects.all()] == [
        (bea_at.person.pk, "Hello")
    ]


def test_an_answer_that_did_not_arrive_is_in_front_of_somebody_again(
    ada_at: Access, item: Item
) -> None:
    answer(ada_at, item.thread_id, wish(item), now=LATER)
    here = [ada_at.workspace.pk]

    calm = troubled(here)
    Delivery.objects.update(state="failed")

    assert calm == []
    assert [(one.thread_id, one.delivery.state) for one in troubled(here)] == [
        (item.thread_id, "failed")
    ]
    Delivery.objects.update(state="cancelled")
    assert troubled(here) == []
