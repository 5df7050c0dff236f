"""The same deed on many messages: counted before, once each, criticism with a reason."""

import pytest

from breakwater.audit.models import Entry
from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.domain.errors import Forbidden, Invalid
from breakwater.inbox.models import Answer, Item, Thread
from breakwater.inbox.selectors import waiting_in
from breakwater.inbox.services import acting_on_many
from breakwater.inbox.services.acting import Wish
from breakwater.inbox.services.acting_on_many import Able, act_on_many, plan
from breakwater.inbox.tests.world import (
    ABUSE,
    COMPLAINT,
    KIM,
    LEO,
    NOW,
    QUESTION,
    arrive,
    channel_of,
    said,
)
from breakwater.networks.base import Deed
from breakwater.people.models import Workspace
from breakwater.people.selectors import Access

pytestmark = pytest.mark.django_db
HIDE = Wish(Deed.HIDE)


def ids() -> list[int]:
    return list(Item.objects.order_by("pk").values_list("pk", flat=True))


def test_each_is_a_delivery_of_its_own_and_a_repeated_click_makes_none_twice(
    quay: Channel, ada_at: Access
) -> None:
    arrive(quay, *[said(ABUSE, f"a{n}", by=LEO) for n in range(3)])
    request = new_id()

    first = act_on_many(ada_at, ids()[:2], HIDE, request=request, now=NOW)
    second = act_on_many(ada_at, ids(), HIDE, request=request, now=NOW)
    third = act_on_many(ada_at, ids(), HIDE, request=request, now=NOW)

    assert ([len(one) for one in (first, second, third)]) == [2, 1, 0]
    assert sorted(row.payload["target"] for row in Delivery.objects.all()) == ["a0", "a1", "a2"]
    assert set(Thread.objects.values_list("state", flat=True)) == {"done"}
    assert Entry.objects.filter(verb="messages.hide").count() == 2


def test_what_a_network_cannot_do_is_counted_and_left_out(
    quay: Channel, ada_at: Access, harbour_workspace: Workspace
) -> None:
    arrive(quay, said(ABUSE, "a"), said(ABUSE, "b", by=LEO))
    arrive(channel_of(harbour_workspace, "9", network="x"), said(ABUSE, "x"))

    found = plan(ada_at, ids(), Deed.BLOCK)
    made = act_on_many(ada_at, ids(), Wish(Deed.BLOCK), request=new_id(), now=NOW)

    assert found.able == [Able("Practice harbour", 2)]
    assert [(one.network, one.messages) for one in found.unable] == [("X", 1)]
    assert found.unable[0].why.endswith("Block on x.com.")
    assert sorted(one.delivery.payload["target"] for one in made) == ["k", "l"]


def test_several_messages_of_one_person_are_one_block_and_all_over(
    quay: Channel, ada_at: Access
) -> None:
    arrive(quay, *[said(ABUSE, f"a{n}", by=KIM) for n in range(4)])

    act_on_many(ada_at, ids(), Wish(Deed.BLOCK), request=new_id(), now=NOW)

    assert Delivery.objects.get().payload["target"] == "k"
    assert not Item.objects.filter(closed=False).exists()


def test_criticism_is_not_silenced_in_numbers_without_a_reason(
    quay: Channel, ada_at: Access
) -> None:
    arrive(quay, said(COMPLAINT, "a"), said(QUESTION, "b", by=LEO), said(ABUSE, "c"))

    with pytest.raises(Invalid, match="deed_reason_missing"):
        act_on_many(ada_at, ids(), HIDE, reason="  ", request=new_id(), now=NOW)
    nothing = Delivery.objects.count()
    made = act_on_many(
        ada_at, ids(), HIDE, reason="Addresses of customers.", request=new_id(), now=NOW
    )

    assert (nothing, len(made)) == (0, 3)
    entry = Entry.objects.get(verb="messages.hide")
    assert (entry.data["why"], entry.actor_id) == ("Addresses of customers.", ada_at.person.pk)
    assert [plan(ada_at, some, Deed.HIDE).reason for some in (ids(), ids()[1:])] == [True, False]


def test_what_was_reported_is_left_out(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(ABUSE, "a"), said(ABUSE, "b", by=LEO))
    wish = Wish(Deed.REPORT, reason="rude")
    act_on_many(ada_at, ids()[:1], wish, request=new_id(), now=NOW)

    found = plan(ada_at, ids(), Deed.REPORT)
    act_on_many(ada_at, ids(), wish, request=new_id(), now=NOW)

    assert [one.why for one in found.unable] == [
        "This was reported already, and networks count each report."
    ]
    assert Answer.objects.count() == 2


def test_too_many_or_not_allowed_is_nothing(
    quay: Channel, ada_at: Access, ann_at: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrive(quay, said(ABUSE, "a"), said(ABUSE, "b", by=LEO))
    monkeypatch.setattr(acting_on_many, "AT_ONCE", 1)

    with pytest.raises(Invalid, match="too_many_at_once"):
        act_on_many(ada_at, ids(), HIDE, request=new_id(), now=NOW)
    with pytest.raises(Invalid, match="unknown_deed"):
        act_on_many(ada_at, ids()[:1], Wish(Deed.UNFOLLOW), request=new_id(), now=NOW)
    with pytest.raises(Forbidden):
        act_on_many(ann_at, ids()[:1], HIDE, request=new_id(), now=NOW)
    with pytest.raises(Forbidden):
        plan(ada_at, ids()[:1], Deed.REMOVE)

    assert not Delivery.objects.exists()


def test_messages_of_elsewhere_are_not_among_them(
    quay: Channel, ada_at: Access, other_workspace: Workspace
) -> None:
    arrive(channel_of(other_workspace), said(ABUSE, "e"))
    arrive(quay, said(ABUSE, "a"))

    made = act_on_many(ada_at, ids(), HIDE, request=new_id(), now=NOW)

    assert [one.item for one in made] == [Item.objects.get(arrival__remote_id="a")]


def test_of_conversations_what_still_waits_is_meant(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(ABUSE, "a"), said(ABUSE, "b", parent="a", minutes=1), said(QUESTION, "q"))
    Item.objects.filter(arrival__remote_id="a").update(closed=True)
    talk = Item.objects.get(arrival__remote_id="b").thread_id

    assert waiting_in(quay.workspace_id, [talk], limit=9) == [
        Item.objects.get(arrival__remote_id="b").pk
    ]
