"""One click, no reason: somebody else takes it, it does not come back, and it can be undone."""

from datetime import timedelta

import pytest
from tests.people import make_member, make_person

from breakwater.audit.models import Entry
from breakwater.channels.models import Channel
from breakwater.domain.errors import Forbidden, NotFound, Problem, StaleState
from breakwater.inbox.models import Thread
from breakwater.inbox.services.assigning import assign
from breakwater.inbox.services.relief import UNDO_WITHIN, relieve, take_back
from breakwater.inbox.services.setups import Shift, add_shift
from breakwater.inbox.tests.world import LEO, NOW, QUESTION, arrive, said
from breakwater.notices.models import Notice
from breakwater.people.models import Membership, Person, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(quay: Channel) -> Thread:
    arrive(quay, said(QUESTION, "a"))
    return Thread.objects.get()


def at(workspace: Workspace, name: str, role: str = Role.AGENT) -> Access:
    person = make_person(name)
    make_member(workspace, person, role)
    return access(person, workspace.slug, Right.SEE)


def holder(thread: Thread) -> Person | None:
    thread.refresh_from_db()
    return thread.assignee


def test_it_goes_to_somebody_on_the_rota(
    thread: Thread, ada_at: Access, mia_at: Access, harbour_workspace: Workspace
) -> None:
    zoe = at(harbour_workspace, "zoe")
    add_shift(mia_at, Shift(zoe.person.pk, 5, "09:00", "12:00"), now=NOW)

    chosen = relieve(ada_at, thread.pk, now=NOW)

    assert chosen == holder(thread) == zoe.person
    notice = Notice.objects.get()
    assert (notice.person, notice.code, notice.data) == (
        zoe.person, "inbox_relief", {"who": "Ada"},
    )  # fmt: skip


def test_without_a_rota_it_goes_to_who_has_least_to_do(
    thread: Thread, quay: Channel, ada_at: Access, mia_at: Access, harbour_workspace: Workspace
) -> None:
    bob = Membership.objects.get(workspace=harbour_workspace, role=Role.APPROVER).person
    arrive(quay, said(QUESTION, "b", by=LEO), said(QUESTION, "c"))
    others = Thread.objects.exclude(pk=thread.pk)
    assign(mia_at, [others[0].pk], bob.pk, now=NOW)

    assert relieve(ada_at, thread.pk, now=NOW) == mia_at.person


def test_it_never_comes_back_to_whoever_gave_it(
    thread: Thread, ada_at: Access, mia_at: Access, harbour_workspace: Workspace
) -> None:
    bob = access(
        Membership.objects.get(workspace=harbour_workspace, role=Role.APPROVER).person,
        "harbour", Right.SEE,
    )  # fmt: skip
    by_name = {one.person: one for one in (ada_at, mia_at, bob)}
    second = relieve(ada_at, thread.pk, now=NOW)
    third = relieve(by_name[second], thread.pk, now=NOW)

    assert {ada_at.person, second, third} == set(by_name)


def test_the_chain_says_who_and_nothing_of_why(
    thread: Thread, ada_at: Access, mia_at: Access
) -> None:
    chosen = relieve(ada_at, thread.pk, now=NOW)

    entry = Entry.objects.get(verb="thread.relieved")
    assert (entry.actor_id, entry.data) == (
        ada_at.person.pk, {"from": None, "to": str(chosen.pk)},
    )  # fmt: skip


def test_it_can_be_undone_until_somebody_moves_it_on(
    thread: Thread, ada_at: Access, mia_at: Access
) -> None:
    assign(ada_at, [thread.pk], ada_at.person.pk, now=NOW)
    relieve(ada_at, thread.pk, now=NOW)

    take_back(ada_at, thread.pk, now=NOW)
    mine = holder(thread)
    with pytest.raises(StaleState, match="relief_over"):
        take_back(ada_at, thread.pk, now=NOW)

    assert mine == ada_at.person
    chosen = relieve(ada_at, thread.pk, now=NOW)
    assign(mia_at, [thread.pk], None, now=NOW)
    with pytest.raises(StaleState, match="relief_over"):
        take_back(ada_at, thread.pk, now=NOW)
    assert holder(thread) is None
    assign(mia_at, [thread.pk], chosen.pk, now=NOW)
    for who, when in ((ada_at, NOW + UNDO_WITHIN + timedelta(seconds=1)), (mia_at, NOW)):
        with pytest.raises(StaleState, match="relief_over"):
            take_back(who, thread.pk, now=when)
    assert holder(thread) == chosen


def test_where_nobody_else_may_answer_it_says_so_and_changes_nothing(
    thread: Thread, ada_at: Access, ann_at: Access, harbour_workspace: Workspace
) -> None:
    Membership.objects.filter(workspace=harbour_workspace).exclude(person=ada_at.person).update(
        role=Role.VIEWER
    )

    with pytest.raises(Problem, match="nobody_else"):
        relieve(ada_at, thread.pk, now=NOW)
    with pytest.raises(Forbidden):
        relieve(ann_at, thread.pk, now=NOW)

    assert holder(thread) is None
    assert not Notice.objects.exists()
    assert not Entry.objects.filter(verb__startswith="thread.").exists()


def test_another_workspaces_conversation_is_not_there(
    thread: Thread, eve: Person, other_workspace: Workspace
) -> None:
    with pytest.raises(NotFound):
        relieve(access(eve, other_workspace.slug, Right.SEE), thread.pk, now=NOW)

    assert holder(thread) is None
