"""One decision about all of a pile: each conversation once, exceptions left for people."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from tests.people import make_member, make_person

from breakwater.audit.models import Entry
from breakwater.channels.models import Channel, Trial
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.domain.errors import Forbidden, Invalid, NotFound, StaleState
from breakwater.inbox.models import (
    Answer,
    Item,
    Label,
    Labelled,
    Pile,
    PileDeed,
    Setup,
    Thread,
)
from breakwater.inbox.services import pile_acting, pile_deeds
from breakwater.inbox.services.answering import Wish as AnswerWish
from breakwater.inbox.services.answering import answer
from breakwater.inbox.services.pile_deeds import Wish, begin, go_on, stop
from breakwater.inbox.tests.pile_ons import LATE, crowd, grouped, pile, somebody
from breakwater.inbox.tests.world import NOW, arrive, channel_of, said
from breakwater.people.models import Membership, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access

pytestmark = pytest.mark.django_db
SORRY = "We are sorry: the courier is on strike. Your parcel comes on Monday."
REASON = "Our page rules: the same text under every post."
Decide = Callable[..., PileDeed]


@pytest.fixture
def late(quay: Channel) -> UUID:
    """Six late parcels; late2 asks a question."""
    arrive(quay, *crowd(LATE, "late"))
    grouped()
    return pile("delivery late").pk


@pytest.fixture
def decide(late: UUID, ada_at: Access) -> Decide:
    def decided(deed: str, **rest: object) -> PileDeed:
        return begin(ada_at, late, Wish(deed, **rest), request=new_id(), now=NOW)  # type: ignore[arg-type]

    return decided


def done() -> None:
    while go_on(now=NOW):
        pass


def states() -> dict[str, str]:
    return dict(Thread.objects.values_list("key", "state"))


def test_each_conversation_gets_one_answer_of_its_own_and_the_question_is_left(
    decide: Decide, ada_at: Access
) -> None:
    deed = decide("answer", text=SORRY, language="en")

    done()

    deed.refresh_from_db()
    assert (deed.state, deed.done, deed.left) == ("done", 5, {"exception": 1})
    sent = {row.payload["reply_to"]: row.payload["text"] for row in Delivery.objects.all()}
    assert sent == {f"late{n}": SORRY for n in (0, 1, 3, 4, 5)}
    assert set(Answer.objects.values_list("by", "deed")) == {(ada_at.person.pk, "")}
    assert {key for key, state in states().items() if state == "open"} == {"late2"}
    assert Thread.objects.get(key="late0").answered_at == NOW


def test_an_exception_that_was_picked_goes_along(decide: Decide) -> None:
    decide("answer", text=SORRY, also=[Thread.objects.get(key="late2").pk])

    done()

    assert Delivery.objects.count() == 6
    assert set(states().values()) == {"done"}


def test_a_deed_killed_between_batches_goes_on_where_it_was(
    decide: Decide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pile_acting, "AT_ONCE", 2)
    deed = decide("answer", text=SORRY)
    go_on(now=NOW)
    with monkeypatch.context() as within:
        within.setattr(pile_acting, "roll_up", _killed)
        with pytest.raises(KeyboardInterrupt):
            go_on(now=NOW)
    assert Delivery.objects.count() <= 2

    done()

    deed.refresh_from_db()
    assert (deed.state, deed.done) == ("done", 5)
    assert Delivery.objects.count() == Answer.objects.count() == 5


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_each_message_that_a_pile_hides_is_on_record_with_who_decided_it(
    decide: Decide, ada_at: Access
) -> None:
    decide("hide", why=REASON)

    done()

    said_so = Entry.objects.filter(verb="message.hide").values_list("actor_id", "data")
    assert sorted((actor, data["item"]) for actor, data in said_so) == sorted(
        (ada_at.person.pk, one.item_id) for one in Answer.objects.all()
    )
    assert len(said_so) == Delivery.objects.count() == 5


def test_the_same_click_twice_is_one_deed_and_two_people_answer_nobody_twice(
    late: UUID, ada_at: Access, mia_at: Access
) -> None:
    click = new_id()
    wish = Wish("answer", text=SORRY)
    one, again = (begin(ada_at, late, wish, request=click, now=NOW) for _ in range(2))
    other = begin(mia_at, late, wish, request=new_id(), now=NOW)

    done()

    assert one.pk == again.pk != other.pk
    assert Delivery.objects.count() == 5


def test_the_same_click_elsewhere_is_that_workspaces_own_deed(
    decide: Decide, other_workspace: Workspace
) -> None:
    make_member(other_workspace, kim := make_person("kim"), Role.AGENT)
    arrive(channel_of(other_workspace, "2"), said(LATE[0], "there"))
    theirs = Pile.objects.create(workspace=other_workspace, key="late", created_at=NOW)
    Item.objects.filter(workspace=other_workspace).update(pile=theirs)
    one = decide("dismiss")

    there = begin(
        access(kim, other_workspace.slug, Right.SEE), theirs.pk, Wish("answer", text=SORRY),
        request=one.request, now=NOW,
    )  # fmt: skip

    assert one.pk != there.pk
    assert (there.workspace, there.pile, there.deed) == (other_workspace, theirs, "answer")


def test_one_answer_for_each_person_closes_the_rest_of_theirs(
    quay: Channel, late: UUID, decide: Decide
) -> None:
    arrive(quay, said(LATE[3], "again", by=somebody("late3"), minutes=20))
    grouped(now=NOW + timedelta(minutes=2))
    deed = decide("answer", text=SORRY, one_each=True)

    done()

    deed.refresh_from_db()
    assert deed.done == 6
    assert Delivery.objects.count() == 5
    assert states()["again"] == states()["late3"] == "done"


def test_what_came_after_the_decision_is_not_part_of_it(
    quay: Channel, late: UUID, decide: Decide
) -> None:
    deed = decide("dismiss")
    arrive(quay, said(LATE[4], "fresh", by=somebody("f")), said(LATE[5], "more", parent="late4"))
    grouped(now=NOW + timedelta(minutes=2))

    done()

    deed.refresh_from_db()
    assert (deed.done, deed.left) == (4, {"exception": 1, "newer": 2})
    assert states()["fresh"] == states()["late4"] == "open"


@pytest.mark.parametrize("category", ["danger", "threat"])
def test_danger_and_threats_are_left_even_where_they_were_picked(
    category: str, decide: Decide
) -> None:
    Item.objects.filter(arrival__remote_id="late1").update(category=category)
    Thread.objects.filter(key="late1").update(category=category)
    deed = decide("dismiss", also=[Thread.objects.get(key="late1").pk])

    done()

    deed.refresh_from_db()
    assert deed.left == {"alone": 1, "exception": 1}
    assert states()["late1"] == "open"


def test_hiding_needs_a_written_reason_which_is_on_record(decide: Decide) -> None:
    with pytest.raises(Invalid) as refused:
        decide("hide", why="spam")
    assert refused.value.code == "pile_reason_missing"
    assert not PileDeed.objects.exists()

    deed = decide("hide", why=REASON)
    done()

    entry = Entry.objects.get(verb="pile_deed.begun")
    assert (entry.subject_id, entry.data["why"]) == (deed.pk, REASON)
    assert {row.payload["deed"] for row in Delivery.objects.all()} == {"hide"}
    assert set(Answer.objects.values_list("deed", flat=True)) == {"hide"}
    assert Delivery.objects.count() == 5


def test_a_label_is_put_on_and_closes_nothing(quay: Channel, decide: Decide) -> None:
    label = Label.objects.create(workspace=quay.workspace, name="strike", created_at=NOW)
    for _ in range(2):
        decide("label", label_id=label.pk)
        done()

    assert Labelled.objects.filter(label=label).count() == 5
    assert set(states().values()) == {"open"}


def test_what_an_account_may_not_is_left_with_its_reason(quay: Channel, decide: Decide) -> None:
    Trial.objects.create(channel=quay, can="reply", outcome="refused", created_at=NOW)
    deed = decide("answer", text=SORRY)

    done()

    deed.refresh_from_db()
    assert (deed.done, deed.left) == (0, {"cannot_refused": 5, "exception": 1})
    assert not Delivery.objects.exists()
    assert set(states().values()) == {"open"}


def test_a_channel_that_has_enough_to_send_sets_the_pace(
    decide: Decide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pile_acting, "AT_ONCE", 1)
    monkeypatch.setattr(pile_acting, "QUEUED", 2)
    deed = decide("answer", text=SORRY)

    done()
    waited = Delivery.objects.count()
    Delivery.objects.update(state="accepted")
    done()

    deed.refresh_from_db()
    assert waited == 2
    assert (Delivery.objects.count(), deed.state) == (4, "going")


def test_no_more_than_the_most_are_reached_by_one_decision(
    decide: Decide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pile_deeds, "MOST", 3)
    deed = decide("dismiss")

    done()

    deed.refresh_from_db()
    assert (deed.done, deed.state) == (3, "done")
    assert deed.left["capped"] >= 2


def test_it_stops_when_somebody_says_so_or_may_no_longer(decide: Decide, ada_at: Access) -> None:
    stopped, unasked = decide("dismiss"), decide("dismiss")
    stop(ada_at, stopped.pk, now=NOW)
    Membership.objects.filter(person=ada_at.person).delete()

    done()

    unasked.refresh_from_db()
    assert unasked.state == "stopped"
    assert set(states().values()) == {"open"}
    with pytest.raises(StaleState):
        stop(ada_at, stopped.pk, now=NOW)


def test_who_may_not_decides_nothing(late: UUID, ann_at: Access, ada_at: Access) -> None:
    wish = Wish("answer", text=SORRY)
    with pytest.raises(Forbidden):
        begin(ann_at, late, wish, request=new_id(), now=NOW)
    with pytest.raises(NotFound):
        begin(ada_at, new_id(), wish, request=new_id(), now=NOW)
    with pytest.raises(Invalid):
        begin(ada_at, late, Wish("burn"), request=new_id(), now=NOW)
    with pytest.raises(Invalid):
        begin(ada_at, late, Wish("answer", text="  "), request=new_id(), now=NOW)

    assert not PileDeed.objects.exists()


def test_where_answers_need_a_yes_from_now_on_what_was_begun_without_one_stops(
    quay: Channel, decide: Decide
) -> None:
    begun = decide("answer", text=SORRY)
    Setup.objects.create(workspace=quay.workspace, approval=True, created_at=NOW)

    done()

    begun.refresh_from_db()
    assert (begun.state, begun.done) == ("stopped", 0)
    assert not Delivery.objects.exists()


def test_the_rules_of_any_answer_hold_for_each_of_many(
    late: UUID, ada_at: Access, decide: Decide
) -> None:
    with pytest.raises(Invalid) as gaps:
        begin(ada_at, late, Wish("answer", text="Hello {name}"), request=new_id(), now=NOW)
    deed = decide("answer", text="x" * 9_000)

    done()

    deed.refresh_from_db()
    assert gaps.value.code == "answer_gaps"
    assert (deed.done, deed.left) == (0, {"answer_too_long": 5, "exception": 1})
    assert not Delivery.objects.exists()
    assert set(states().values()) == {"open"}


def test_what_a_colleague_answered_after_the_decision_is_left(
    quay: Channel, late: UUID, mia_at: Access, decide: Decide
) -> None:
    deed = decide("answer", text=SORRY)
    first = Item.objects.get(arrival__remote_id="late0")
    own = AnswerWish(
        first.pk, "Hello!", new_id(), quay.workspace_id, quay.pk, upto=first.pk, keep_open=True
    )
    answer(mia_at, first.thread_id, own, now=NOW + timedelta(seconds=1))

    done()

    deed.refresh_from_db()
    assert (deed.done, deed.left) == (4, {"answered_meanwhile": 1, "exception": 1})
    assert Delivery.objects.filter(payload__reply_to="late0").count() == 1


def test_deeds_that_wait_and_one_that_breaks_keep_no_other_waiting(
    quay: Channel, decide: Decide, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pile_deeds, "_AT_ONCE", 2)
    monkeypatch.setattr(pile_acting, "QUEUED", 0)
    label = Label.objects.create(workspace=quay.workspace, name="strike", created_at=NOW)
    busy, broken = decide("answer", text=SORRY), decide("label", label_id=label.pk)
    PileDeed.objects.filter(pk=broken.pk).update(left=7)  # nothing can be added to it
    last = decide("dismiss")

    for second in range(2):
        go_on(now=NOW + timedelta(seconds=second))

    found = {one.pk: one for one in PileDeed.objects.all()}
    assert found[last.pk].done == 5
    assert (found[busy.pk].done, found[busy.pk].state) == (0, "going")
    assert (found[broken.pk].done, found[broken.pk].state) == (0, "going")
    assert not Labelled.objects.exists()


def test_a_network_that_is_not_installed_any_more_is_left_with_its_reason(
    quay: Channel, decide: Decide
) -> None:
    deed = decide("answer", text=SORRY)
    Channel.objects.filter(pk=quay.pk).update(network="sunken")

    done()

    deed.refresh_from_db()
    assert (deed.done, deed.left) == (0, {"network_missing": 5, "exception": 1})
    assert deed.state == "done"
    assert not Delivery.objects.exists()
