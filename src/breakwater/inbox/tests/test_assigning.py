"""Conversations are given to people: by hand, in turn, by language, by the agreed rota."""

from datetime import datetime, timedelta

import pytest
from tests.people import make_member, make_person

from breakwater.channels.models import Channel
from breakwater.domain.errors import Forbidden, Invalid, StaleState
from breakwater.inbox.models import Item, Rota, Setup, Thread
from breakwater.inbox.services.assigning import assign, take
from breakwater.inbox.services.setups import Shift, add_shift, remove_shift, share_out
from breakwater.inbox.services.working import finish
from breakwater.inbox.tests.world import ABUSE, NOW, PRAISE, QUESTION, arrive, said
from breakwater.networks.base import Author
from breakwater.notices.models import Notice
from breakwater.people.models import Membership, Person, Workspace
from breakwater.people.roles import RIGHTS, Role
from breakwater.people.selectors import Access

pytestmark = pytest.mark.django_db
FRENCH = "Bonjour, à quelle heure ouvre la boutique de Lyon le dimanche, s'il vous plaît ?"
SATURDAY = 5  # NOW is a Saturday, ten o'clock in Paris


@pytest.fixture
def desk(harbour_workspace: Workspace, ada_at: Access) -> list[Person]:
    """ada, bob and leo answer people; nobody else does."""
    leo = make_person("leo", language="fr")
    make_member(harbour_workspace, leo, Role.AGENT)
    bob = Membership.objects.get(workspace=harbour_workspace, role=Role.APPROVER).person
    return sorted([ada_at.person, bob, leo], key=lambda one: one.pk)


@pytest.fixture
def boss(harbour_workspace: Workspace) -> Access:
    """Sets it up, and is away from the desk since: may do everything, is a member of nothing."""
    ann = make_person("una")
    return Access(ann, harbour_workspace, Role.OWNER, RIGHTS[Role.OWNER])


def questions(channel: Channel, many: int, *, text: str = QUESTION, now: datetime = NOW) -> None:
    first = Thread.objects.count()
    arrive(
        channel,
        *[said(text, f"q{n}", by=Author(f"{n}", f"@{n}", "Sam"), minutes=n)
          for n in range(first, first + many)],
        now=now,
    )  # fmt: skip


def holders() -> list[str]:
    rows = Thread.objects.select_related("assignee").order_by("last_at")
    return [one.assignee.name if one.assignee else "" for one in rows]


def test_by_hand_to_a_colleague_who_is_told_once(
    quay: Channel, desk: list[Person], ada_at: Access
) -> None:
    questions(quay, 2)
    ids = list(Thread.objects.values_list("pk", flat=True))
    leo = next(one for one in desk if one.name == "Leo")

    moved = assign(ada_at, ids, leo.pk, now=NOW)
    again = assign(ada_at, ids, leo.pk, now=NOW)

    assert (len(moved), again) == (2, [])
    assert holders() == ["Leo", "Leo"]
    notice = Notice.objects.get()
    assert (notice.person, notice.code, notice.data) == (
        leo, "inbox_assigned_many", {"who": "Ada", "count": 2},
    )  # fmt: skip


def test_to_oneself_and_to_nobody_without_telling(
    quay: Channel, desk: list[Person], ada_at: Access
) -> None:
    questions(quay, 1)
    thread = Thread.objects.get()

    take(ada_at, thread, now=NOW)
    mine = holders()
    assign(ada_at, [thread.pk], None, now=NOW)

    assert (mine, holders()) == (["Ada"], [""])
    assert not Notice.objects.exists()


def test_who_comes_second_is_told_who_was_first(
    quay: Channel, desk: list[Person], ada_at: Access, mia_at: Access
) -> None:
    questions(quay, 1)
    seen = Thread.objects.get()
    take(mia_at, seen, now=NOW)

    with pytest.raises(StaleState) as refused:
        take(ada_at, Thread(pk=seen.pk, assignee=None), now=NOW)

    assert refused.value.data == {"code": "taken_by", "who": "Mia"}
    assert holders() == ["Mia"]


def test_nobody_is_given_what_they_may_not_answer(
    quay: Channel, ada_at: Access, ann_at: Access, eve: Person
) -> None:
    questions(quay, 1)
    thread = Thread.objects.get()

    for person in (ann_at.person, eve):
        with pytest.raises(Invalid, match="cannot_answer"):
            assign(ada_at, [thread.pk], person.pk, now=NOW)
    with pytest.raises(Forbidden):
        assign(ann_at, [thread.pk], ada_at.person.pk, now=NOW)

    assert holders() == [""]
    assert not Notice.objects.exists()


def test_in_turn_everybody_gets_as_many(quay: Channel, desk: list[Person], boss: Access) -> None:
    share_out(boss, "round", now=NOW)

    questions(quay, 4)
    questions(quay, 3)

    order = [one.name for one in desk]
    assert holders() == [*order, *order, order[0]]


def test_who_comes_new_is_next_and_makes_up_for_nothing(
    quay: Channel, desk: list[Person], boss: Access, harbour_workspace: Workspace
) -> None:
    share_out(boss, "round", now=NOW)
    questions(quay, 6)
    make_member(harbour_workspace, make_person("zoe"), Role.AGENT)

    questions(quay, 4)

    assert holders()[6] == "Zoe"
    assert sorted(holders()[6:]) == sorted(["Zoe", *(one.name for one in desk)])


def test_by_hand_nothing_is_given_out_and_abuse_is_given_to_nobody(
    quay: Channel, desk: list[Person], boss: Access
) -> None:
    questions(quay, 1)
    share_out(boss, "round", now=NOW)
    arrive(quay, said(ABUSE, "abuse", minutes=9))

    assert holders() == ["", ""]


def test_what_opens_again_stays_with_whoever_had_it(
    quay: Channel, desk: list[Person], boss: Access, ada_at: Access
) -> None:
    share_out(boss, "round", now=NOW)
    questions(quay, 1)
    first = holders()
    finish(ada_at, [Thread.objects.get().pk], now=NOW)

    arrive(quay, said(PRAISE, "again", parent="q0", minutes=5, by=Author("0", "@0", "Sam")))

    assert holders() == first


def test_what_opens_again_with_somebody_who_left_goes_to_another(
    quay: Channel, desk: list[Person], boss: Access, ada_at: Access
) -> None:
    share_out(boss, "round", now=NOW)
    questions(quay, 1)
    finish(ada_at, [Thread.objects.get().pk], now=NOW)
    Membership.objects.filter(person=desk[0]).update(role=Role.VIEWER)

    arrive(quay, said(PRAISE, "again", parent="q0", minutes=5, by=Author("0", "@0", "Sam")))

    assert holders() == [desk[1].name]


def test_by_language_who_speaks_it_gets_it(quay: Channel, desk: list[Person], boss: Access) -> None:
    share_out(boss, "language", now=NOW)

    questions(quay, 2, text=FRENCH)
    questions(quay, 1)

    assert set(Item.objects.values_list("language", flat=True)) == {"fr", "en"}
    assert holders()[:2] == ["Leo", "Leo"]
    assert holders()[2] != "Leo"


def test_by_the_rota_who_is_on_gets_it_else_who_is_on_next(
    quay: Channel, desk: list[Person], boss: Access
) -> None:
    share_out(boss, "rota", now=NOW)
    leo = next(one for one in desk if one.name == "Leo")
    ada = next(one for one in desk if one.name == "Ada")
    add_shift(boss, Shift(leo.pk, SATURDAY, "09:00", "12:00"), now=NOW)
    add_shift(boss, Shift(ada.pk, SATURDAY, "14:00", "18:00"), now=NOW)

    questions(quay, 1)
    questions(quay, 1, now=NOW + timedelta(hours=3))  # 13:00: nobody is on

    assert holders() == ["Leo", "Ada"]


def test_without_a_rota_nobody_is_given_anything(
    quay: Channel, desk: list[Person], boss: Access
) -> None:
    share_out(boss, "rota", now=NOW)

    questions(quay, 1)

    assert holders() == [""]


def test_who_was_let_go_gets_no_turn_of_the_rota(ada_at: Access, boss: Access) -> None:
    ada_at.person.is_active = False
    ada_at.person.save(update_fields=["is_active"])

    with pytest.raises(Invalid, match="cannot_answer"):
        add_shift(boss, Shift(ada_at.person.pk, SATURDAY, "09:00", "12:00"), now=NOW)

    assert not Rota.objects.exists()


def test_a_rota_and_its_mode_are_for_those_who_run_the_workspace(
    ada_at: Access, boss: Access, desk: list[Person], eve: Person
) -> None:
    shift = Shift(ada_at.person.pk, SATURDAY, "09:00", "12:00")

    with pytest.raises(Forbidden):
        add_shift(ada_at, shift, now=NOW)
    with pytest.raises(Forbidden):
        share_out(ada_at, "round", now=NOW)
    with pytest.raises(Invalid, match="cannot_answer"):
        add_shift(boss, Shift(eve.pk, SATURDAY, "09:00", "12:00"), now=NOW)
    with pytest.raises(Invalid, match="bad_hours"):
        add_shift(boss, Shift(ada_at.person.pk, SATURDAY, "nine", "12:00"), now=NOW)
    with pytest.raises(Invalid, match="bad_mode"):
        share_out(boss, "lottery", now=NOW)

    assert not Rota.objects.exists()
    assert not Setup.objects.exists()
    row = add_shift(boss, shift, now=NOW)
    remove_shift(boss, row.pk, now=NOW)
    assert not Rota.objects.exists()
