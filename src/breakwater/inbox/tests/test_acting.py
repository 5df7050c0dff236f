"""Deeds on messages and on who wrote them: each a delivery; what is over by it waits no more."""

from datetime import timedelta

import pytest

from breakwater.audit.models import Entry
from breakwater.audit.services import move
from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.lifecycle import DELIVERY
from breakwater.delivery.models import Delivery
from breakwater.domain.errors import Forbidden, Invalid, NotFound, Problem, StaleState
from breakwater.inbox.deeds import done_to, possible, powers_of, undoable
from breakwater.inbox.models import Answer, Item, Reported
from breakwater.inbox.services.acting import Wish, act, undo, unfollow
from breakwater.inbox.tests.world import (
    ABUSE,
    LEO,
    NOW,
    OURS,
    QUESTION,
    arrive,
    channel_of,
    said,
)
from breakwater.networks.base import Deed, What
from breakwater.people.models import Workspace
from breakwater.people.selectors import Access

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)


def item(remote_id: str) -> Item:
    return Item.objects.select_related("arrival", "contact", "thread").get(
        arrival__remote_id=remote_id
    )


def done(by: Access, remote_id: str, deed: Deed, **facts: str) -> Answer:
    wish = Wish(deed, **facts)
    return act(by, item(remote_id).pk, wish, request=new_id(), now=NOW)


def goes(answer: Answer, *states: str) -> None:
    """As if the network had let it come to this."""
    row = answer.delivery
    for state in states:
        row = move(row, DELIVERY, state, by=None, now=NOW)


@pytest.mark.parametrize(
    ("deed", "target", "over"),
    [
        (Deed.HIDE, "a", True), (Deed.MUTE, "k", True), (Deed.BLOCK, "k", True),
        (Deed.LIKE, "a", False), (Deed.UNFOLLOW, "k", False),
    ],
)  # fmt: skip
def test_a_deed_is_one_delivery_and_abuse_is_over_by_it(
    quay: Channel, ada_at: Access, deed: Deed, target: str, over: bool
) -> None:
    arrive(quay, said(ABUSE, "a"))
    request = new_id()

    answers = [act(ada_at, item("a").pk, Wish(deed), request=request, now=NOW) for _ in range(2)]

    row = Delivery.objects.get()
    assert (row.kind, row.deed, row.payload["target"]) == ("act", deed, target)
    assert answers[0].pk == answers[1].pk == Answer.objects.get().pk
    assert (answers[0].by, answers[0].deed, answers[0].item) == (ada_at.person, deed, item("a"))
    assert (item("a").closed, item("a").thread.state) == (over, "done" if over else "open")
    assert Entry.objects.filter(verb=f"message.{deed}").count() == 1


def test_a_question_waits_on_when_it_is_hidden(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(QUESTION, "a"))

    done(ada_at, "a", Deed.HIDE)

    assert (item("a").closed, item("a").thread.state) == (False, "open")


def test_only_who_may_take_down_deletes(quay: Channel, ada_at: Access, mia_at: Access) -> None:
    arrive(quay, said(ABUSE, "a"))

    with pytest.raises(Forbidden):
        done(ada_at, "a", Deed.REMOVE)
    assert not Delivery.objects.exists()
    done(mia_at, "a", Deed.REMOVE)

    assert Delivery.objects.get().deed == Deed.REMOVE


def test_who_answers_nobody_does_nothing(quay: Channel, ann_at: Access) -> None:
    arrive(quay, said(ABUSE, "a"))

    with pytest.raises(Forbidden):
        done(ann_at, "a", Deed.HIDE)

    assert not Answer.objects.exists()


def test_what_cannot_be_done_is_said_before_and_not_tried(
    quay: Channel, ada_at: Access, harbour_workspace: Workspace
) -> None:
    at_x = channel_of(harbour_workspace, "9", network="x")
    arrive(at_x, said(ABUSE, "x"))
    arrive(
        quay,
        said(ABUSE, "m", what=What.MESSAGE, about="", thread="t"),
        said(QUESTION, "own", by=OURS, own=True, parent="m"),
    )

    said_before = {one.deed: one.why for one in possible(item("x"), powers_of(at_x)) if not one.yes}
    codes = []
    for remote_id, deed in (("x", Deed.BLOCK), ("m", Deed.HIDE), ("own", Deed.LIKE)):
        with pytest.raises(Problem) as refused:
            done(ada_at, remote_id, deed)
        codes.append(refused.value.code)

    assert said_before[Deed.BLOCK].endswith("X took blocking from apps in 2023. Block on x.com.")
    assert codes == ["cannot_there", "deed_not_for_this", "deed_own_message"]
    assert possible(item("own"), powers_of(quay)) == []
    assert not Delivery.objects.exists()
    assert not Answer.objects.exists()


def test_a_deed_that_left_is_taken_back_by_its_opposite(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(ABUSE, "a"))
    hidden = done(ada_at, "a", Deed.HIDE)
    goes(hidden, "accepted", "verified")

    back = undo(ada_at, hidden.pk, request=new_id(), now=LATER)
    again = undo(ada_at, hidden.pk, request=new_id(), now=LATER)

    assert (back.deed, back.undoes, again.pk) == ("unhide", hidden, back.pk)
    assert [row.deed for row in Delivery.objects.order_by("created_at")] == ["hide", "unhide"]
    assert (item("a").closed, item("a").thread.state) == (False, "open")
    assert [one.pk for one in done_to([item("a")])[item("a").pk]] == [back.pk]
    assert not undoable(back, powers_of(quay))


def test_a_deed_that_has_not_left_does_not_leave(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(ABUSE, "a"))
    hidden = done(ada_at, "a", Deed.HIDE)

    back = undo(ada_at, hidden.pk, request=new_id(), now=LATER)

    assert (back.pk, Delivery.objects.get().state) == (hidden.pk, "cancelled")
    assert item("a").thread.state == "open"
    with pytest.raises(StaleState, match="deed_never_was"):
        undo(ada_at, hidden.pk, request=new_id(), now=LATER)


@pytest.mark.parametrize("deed", [Deed.REMOVE, Deed.REPORT, Deed.UNFOLLOW])
def test_what_is_for_good_is_not_taken_back(quay: Channel, mia_at: Access, deed: Deed) -> None:
    arrive(quay, said(ABUSE, "a"))
    answer = done(mia_at, "a", deed, reason="rude")

    assert not undoable(answer, powers_of(quay))
    with pytest.raises(Problem, match="deed_for_good"):
        undo(mia_at, answer.pk, request=new_id(), now=LATER)
    assert Delivery.objects.get().state == "queued"


def test_a_block_on_a_network_that_never_lifts_one_is_for_good(
    harbour_workspace: Workspace, ada_at: Access
) -> None:
    channel = channel_of(harbour_workspace, "9", network="youtube")
    arrive(channel, said(ABUSE, "a"))
    blocked = done(ada_at, "a", Deed.BLOCK)
    goes(blocked, "accepted")

    with pytest.raises(Problem, match="deed_for_good"):
        undo(ada_at, blocked.pk, request=new_id(), now=LATER)

    assert Delivery.objects.get().payload["detail"] == {"comment": "a"}


def test_a_report_is_made_once_and_followed(quay: Channel, ada_at: Access) -> None:
    arrive(quay, said(ABUSE, "a"))

    first = done(ada_at, "a", Deed.REPORT, reason="rude", text="Threatens our staff.")
    with pytest.raises(StaleState, match="reported_already"):
        done(ada_at, "a", Deed.REPORT, reason="spam")
    with pytest.raises(Invalid, match="report_reason_missing"):
        done(ada_at, "a", Deed.REPORT)

    report = Reported.objects.get()
    assert (report.answer, report.reason, report.outcome) == (first, "rude", "")
    assert Delivery.objects.get().payload["detail"] == {
        "reason": "rude", "text": "Threatens our staff.",
    }  # fmt: skip
    assert item("a").thread.state == "open"


def test_a_deed_on_a_person_is_said_at_each_message_of_theirs(
    quay: Channel, ada_at: Access
) -> None:
    arrive(quay, said(ABUSE, "a"), said(QUESTION, "b"), said(QUESTION, "c", by=LEO))
    muted = done(ada_at, "a", Deed.MUTE)

    found = done_to([item("a"), item("b"), item("c")])

    assert [[one.pk for one in found[item(name).pk]] for name in "abc"] == [
        [muted.pk], [muted.pk], [],
    ]  # fmt: skip


def test_another_workspaces_message_and_deed_are_nothing_here(
    quay: Channel, ada_at: Access, other_workspace: Workspace
) -> None:
    elsewhere = channel_of(other_workspace)
    arrive(elsewhere, said(ABUSE, "e"))

    with pytest.raises(NotFound):
        done(ada_at, "e", Deed.HIDE)
    with pytest.raises(NotFound):
        undo(ada_at, new_id(), request=new_id(), now=NOW)
    with pytest.raises(NotFound):
        unfollow(ada_at, elsewhere, "p1", request=new_id(), now=NOW)

    assert not Delivery.objects.exists()
