"""An answer to all of a pile where answers need a yes: decided by two, or it does not leave."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from tests.people import make_member, make_person

from breakwater.audit.models import Entry
from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery, Hold
from breakwater.delivery.services import raise_wall
from breakwater.domain.errors import Forbidden, Invalid, NotFound, StaleState
from breakwater.domain.kinds import REPLY
from breakwater.inbox.answers import proposals_count
from breakwater.inbox.models import Answer, Item, PileDeed, Thread
from breakwater.inbox.pile_selectors import Reached, proposed, reaches_of
from breakwater.inbox.services.answering import Wish as AnswerWish
from breakwater.inbox.services.answering import answer
from breakwater.inbox.services.approval import ask_approval
from breakwater.inbox.services.pile_deeds import Wish, begin, stop
from breakwater.inbox.services.pile_proposals import approve, refuse, withdraw
from breakwater.inbox.tests.pile_ons import LATE, grouped, somebody
from breakwater.inbox.tests.test_deeds_on_piles import SORRY, done, late, states
from breakwater.inbox.tests.world import NOW, arrive, said
from breakwater.notices.models import Notice
from breakwater.people.models import Membership, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access

__all__ = ["late"]
pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=30)


@pytest.fixture
def made(late: UUID, ada_at: Access, mia_at: Access) -> PileDeed:
    """ada's answer to the six late parcels, of which one asks something; mia manages."""
    ask_approval(mia_at, on=True, now=NOW)
    return begin(ada_at, late, Wish("answer", text=SORRY), request=new_id(), now=NOW)


def test_it_waits_and_nothing_leaves(made: PileDeed, ada_at: Access, mia_at: Access) -> None:
    done()

    made.refresh_from_db()
    told = Notice.objects.filter(code="pile_answer_to_approve")
    assert (made.state, made.done, made.decided_by) == ("proposed", 0, None)
    assert not Delivery.objects.exists()
    assert set(states().values()) == {"open"}
    assert mia_at.person.pk in told.values_list("person_id", flat=True)
    assert ada_at.person.pk not in told.values_list("person_id", flat=True)
    assert SORRY not in str(told.get(person=mia_at.person).data)
    assert proposed([made.workspace_id]) == [made]
    assert proposals_count([made.workspace_id]) == 1
    assert reaches_of([made])[made.pk] == Reached(talks=5, newer=0)


def test_only_answers_wait(made: PileDeed, ada_at: Access) -> None:
    deed = begin(ada_at, made.pile_id, Wish("dismiss"), request=new_id(), now=NOW)

    assert deed.state == "going"
    assert proposed([made.workspace_id]) == [made]


def test_a_yes_answers_each_conversation_in_its_authors_name(
    made: PileDeed, ada_at: Access, mia_at: Access
) -> None:
    approve(mia_at, made.pk, now=LATER)
    done()

    made.refresh_from_db()
    assert (made.state, made.done, made.left) == ("done", 5, {"exception": 1})
    assert (made.by, made.decided_by) == (ada_at.person, mia_at.person)
    assert {row.payload["text"] for row in Delivery.objects.all()} == {SORRY}
    assert Delivery.objects.count() == Answer.objects.count() == 5
    assert set(Answer.objects.values_list("by", flat=True)) == {ada_at.person.pk}
    assert {key for key, state in states().items() if state == "open"} == {"late2"}
    assert proposals_count([made.workspace_id]) == 0


def test_who_wrote_it_and_who_said_yes_are_on_record(
    made: PileDeed, ada_at: Access, mia_at: Access
) -> None:
    approve(mia_at, made.pk, now=LATER)

    asked, yes = Entry.objects.filter(subject_id=made.pk).order_by("number")
    assert (asked.verb, asked.actor_id) == ("pile_deed.proposed", ada_at.person.pk)
    assert (yes.verb, yes.actor_id) == ("piledeed.going", mia_at.person.pk)
    author = str(ada_at.person.pk)
    assert yes.data == {"from": "proposed", "because": "approved", "author": author}


def test_pressed_twice_and_by_two_approvers_it_is_one_deed(
    made: PileDeed, mia_at: Access, harbour_workspace: Workspace
) -> None:
    make_member(harbour_workspace, bea := make_person("bea"), Role.APPROVER)
    bea_at = access(bea, harbour_workspace.slug, Right.SEE)

    came = [approve(by, made.pk, now=LATER) for by in (mia_at, mia_at, bea_at)]
    done()
    again = approve(bea_at, made.pk, now=LATER)

    assert [one.pk for one in (*came, again)] == [made.pk] * 4
    assert again.decided_by == mia_at.person
    assert Entry.objects.filter(verb="piledeed.going").count() == 1
    assert Delivery.objects.count() == 5


def test_the_same_click_is_one_proposal(made: PileDeed, ada_at: Access) -> None:
    wish = Wish("answer", text=SORRY)

    again = begin(ada_at, made.pile_id, wish, request=made.request, now=NOW)

    assert again == made == PileDeed.objects.get()
    assert Entry.objects.filter(verb="pile_deed.proposed").count() == 1


def test_its_author_decides_nothing(made: PileDeed, ada_at: Access, mia_at: Access) -> None:
    own = Access(ada_at.person, ada_at.workspace, mia_at.role, mia_at.rights)

    with pytest.raises(Forbidden) as refusal:
        approve(own, made.pk, now=LATER)
    with pytest.raises(Forbidden):
        refuse(own, made.pk, "Too long", now=LATER)
    with pytest.raises(Forbidden):
        approve(ada_at, made.pk, now=LATER)
    with pytest.raises(StaleState):
        stop(ada_at, made.pk, now=LATER)
    done()

    assert refusal.value.code == "own_answer"
    assert PileDeed.objects.get().state == "proposed"
    assert not Delivery.objects.exists()


def test_a_no_has_a_reason_that_its_author_is_told(
    made: PileDeed, ada_at: Access, mia_at: Access
) -> None:
    with pytest.raises(Invalid) as refusal:
        refuse(mia_at, made.pk, "  ", now=LATER)
    assert refusal.value.code == "reason_needed"
    assert PileDeed.objects.get().state == "proposed"

    refuse(mia_at, made.pk, "Say that we pay it back.", now=LATER)

    row = PileDeed.objects.get()
    told = Notice.objects.get(person=ada_at.person)
    assert (row.state, row.why) == ("refused", "Say that we pay it back.")
    assert row.decided_by == mia_at.person
    assert (told.code, told.data["note"]) == ("answer_refused", "Say that we pay it back.")
    with pytest.raises(StaleState) as too_late:
        approve(mia_at, made.pk, now=LATER)
    done()
    assert too_late.value.code == "proposal_decided"
    assert not Delivery.objects.exists()


def test_its_author_takes_it_back(made: PileDeed, ada_at: Access, mia_at: Access) -> None:
    with pytest.raises(Forbidden) as refusal:
        withdraw(mia_at, made.pk, now=LATER)
    assert refusal.value.code == "not_own_answer"

    withdraw(ada_at, made.pk, now=LATER)

    assert PileDeed.objects.get().state == "withdrawn"
    with pytest.raises(StaleState):
        approve(mia_at, made.pk, now=LATER)
    done()
    assert not Delivery.objects.exists()


def test_what_came_after_its_author_decided_is_not_answered(
    quay: Channel, made: PileDeed, mia_at: Access
) -> None:
    arrive(quay, said(LATE[4], "fresh", by=somebody("f")), said(LATE[5], "more", parent="late4"))
    grouped(now=NOW + timedelta(minutes=2))
    told = reaches_of([made])[made.pk]

    approve(mia_at, made.pk, now=LATER)
    done()

    made.refresh_from_db()
    assert told == Reached(talks=4, newer=2)
    assert (made.done, made.left) == (4, {"exception": 1, "newer": 2})
    assert states()["fresh"] == states()["late4"] == "open"
    assert Delivery.objects.count() == 4


def test_an_exception_that_its_author_picked_goes_along(
    late: UUID, ada_at: Access, mia_at: Access
) -> None:
    ask_approval(mia_at, on=True, now=NOW)
    wish = Wish("answer", text=SORRY, also=[Thread.objects.get(key="late2").pk])
    deed = begin(ada_at, late, wish, request=new_id(), now=NOW)
    told = reaches_of([deed])[deed.pk]

    approve(mia_at, deed.pk, now=LATER)
    done()

    assert told == Reached(talks=6, newer=0)
    assert Delivery.objects.count() == 6


def test_what_was_answered_or_closed_meanwhile_is_left(
    quay: Channel, made: PileDeed, ada_at: Access, mia_at: Access
) -> None:
    ask_approval(mia_at, on=False, now=NOW)
    first = Item.objects.get(arrival__remote_id="late0")
    own = AnswerWish(
        first.pk, "Hello!", new_id(), quay.workspace_id, quay.pk, upto=first.pk, keep_open=True
    )
    answer(ada_at, first.thread_id, own, now=NOW + timedelta(seconds=1))
    Thread.objects.filter(key="late1").update(state="done")
    told = reaches_of([made])[made.pk]

    approve(mia_at, made.pk, now=LATER)
    done()

    made.refresh_from_db()
    assert told == Reached(talks=3, newer=0)
    assert (made.done, made.left) == (3, {"answered_meanwhile": 1, "exception": 1})
    assert Delivery.objects.count() == 4


def test_where_nothing_is_left_a_yes_answers_nobody(made: PileDeed, mia_at: Access) -> None:
    Thread.objects.update(state="done")

    approve(mia_at, made.pk, now=LATER)
    done()

    made.refresh_from_db()
    assert (made.state, made.done) == ("done", 0)
    assert not Delivery.objects.exists()


def test_it_goes_on_waiting_where_no_yes_is_needed_any_more(made: PileDeed, mia_at: Access) -> None:
    ask_approval(mia_at, on=False, now=LATER)
    done()
    waiting = (PileDeed.objects.get().state, Delivery.objects.count())

    approve(mia_at, made.pk, now=LATER)
    done()

    assert waiting == ("proposed", 0)
    assert Delivery.objects.count() == 5


def test_a_pause_holds_what_was_approved_until_it_ends(
    quay: Channel, made: PileDeed, mia_at: Access
) -> None:
    hold, _ = raise_wall(quay.workspace_id, kinds=[REPLY], why="A storm.", by=None, now=NOW)

    approve(mia_at, made.pk, now=LATER)
    done()
    made.refresh_from_db()
    held = (made.state, Delivery.objects.count())
    Hold.objects.filter(pk=hold.pk).update(released_at=LATER)
    done()

    made.refresh_from_db()
    assert held == ("going", 0)
    assert (made.state, made.done) == ("done", 5)


def _author(ada: Access, mia: Access) -> Access:
    return ada


def _approver(ada: Access, mia: Access) -> Access:
    return mia


@pytest.mark.parametrize(("whose", "because"), [(_author, "right"), (_approver, "approval")])
def test_who_may_not_any_more_when_it_runs_stops_it(
    whose: Callable[[Access, Access], Access], because: str, made: PileDeed, ada_at: Access,
    mia_at: Access,
) -> None:  # fmt: skip
    approve(mia_at, made.pk, now=LATER)
    gone = Membership.objects.filter(person=whose(ada_at, mia_at).person)
    gone.update(role=Role.VIEWER)

    done()

    made.refresh_from_db()
    assert (made.state, made.done) == ("stopped", 0)
    assert Entry.objects.get(verb="piledeed.stopped").data["because"] == because
    assert not Delivery.objects.exists()
    with pytest.raises(StaleState):
        approve(mia_at, made.pk, now=LATER)


def test_what_is_not_there_or_elsewhere_is_not_found(
    made: PileDeed, mia_at: Access, other_workspace: Workspace
) -> None:
    make_member(other_workspace, kim := make_person("kim"), Role.OWNER)
    kim_at = access(kim, other_workspace.slug, Right.SEE)

    for by, pk in ((mia_at, new_id()), (kim_at, made.pk)):
        with pytest.raises(NotFound):
            approve(by, pk, now=LATER)
        with pytest.raises(NotFound):
            refuse(by, pk, "No.", now=LATER)
        with pytest.raises(NotFound):
            withdraw(by, pk, now=LATER)

    assert PileDeed.objects.get().state == "proposed"


def test_a_deed_that_needed_no_yes_takes_none(late: UUID, ada_at: Access, mia_at: Access) -> None:
    deed = begin(ada_at, late, Wish("answer", text=SORRY), request=new_id(), now=NOW)

    with pytest.raises(StaleState) as refusal:
        approve(mia_at, deed.pk, now=LATER)

    deed.refresh_from_db()
    assert refusal.value.code == "proposal_decided"
    assert (deed.state, deed.decided_by) == ("going", None)


def test_what_a_program_had_a_part_in_stays_marked(
    late: UUID, ada_at: Access, mia_at: Access
) -> None:
    ask_approval(mia_at, on=True, now=NOW)
    wish = Wish("answer", text=SORRY, tags=("api",))
    deed = begin(ada_at, late, wish, request=new_id(), now=NOW)

    approve(mia_at, deed.pk, tags=("api", "late"), now=LATER)

    deed.refresh_from_db()
    assert deed.tags == ["api", "late"]
