"""An answer to all of a pile waits on the page of all that waits for a yes, and is decided on there."""

from datetime import timedelta

import pytest
from django.test import Client

from breakwater.channels.models import Channel
from breakwater.delivery.models import Delivery
from breakwater.inbox.models import Answer, PileDeed, Setup
from breakwater.inbox.services.pile_deeds import go_on
from breakwater.inbox.tests.pile_ons import LATE, crowd, grouped, pile, somebody
from breakwater.inbox.tests.world import NOW, arrive, said
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.web.tests.quay import at_desk, member, told
from breakwater.web.tests.test_pile_pages import PAGE, SORRY, typed

pytestmark = pytest.mark.django_db
WAITING = f"{PAGE}proposals/"


@pytest.fixture
def ada(harbour_workspace: Workspace) -> Client:
    """Answers people, where answers need a yes."""
    Setup.objects.create(workspace=harbour_workspace, approval=True, created_at=NOW)
    return at_desk(member(harbour_workspace, Role.AGENT, name="ada"))


@pytest.fixture
def approver(bob: Person) -> Client:
    return at_desk(bob)


@pytest.fixture
def late(quay: Channel) -> str:
    """The address of the pile of late parcels."""
    arrive(quay, *crowd(LATE, "late"))
    grouped()
    return f"{PAGE}piles/{pile('delivery late').pk}/"


def asked(client: Client, late: str, **rest: str) -> str:
    """The page of the pile after its answer was asked for."""
    form = typed(client, f"{late}answer/", **{"text": SORRY, "whom": "all", **rest})
    return told(client, f"{late}answer/", form)


def done() -> None:
    while go_on(now=NOW):
        pass


def test_it_is_asked_for_on_the_page_of_the_pile(late: str, ada: Client) -> None:
    before = ada.get(f"{late}answer/").content.decode()
    other = ada.get(f"{late}dismiss/").content.decode()

    page = asked(ada, late)
    done()

    need = "Answers of this workspace leave once somebody else has said yes."
    assert (need in before, "Ask for a yes" in before) == (True, True)
    assert (need in other, "Ask for a yes" in other) == (False, False)
    for words in ("It waits for somebody else", "An answer to all of it", "waits for a yes", SORRY,
                  "Take it back"):  # fmt: skip
        assert words in page
    assert ("Waits for somebody’s yes" in page, "<h2>Decided</h2>" in page) == (True, False)
    assert "0 conversations" not in page
    assert "1 waits for a yes" in ada.get(PAGE).content.decode()
    assert not Delivery.objects.exists()


def test_an_approver_sees_the_words_what_it_is_about_and_how_many_and_says_yes(
    late: str, ada: Client, approver: Client
) -> None:
    asked(ada, late, whom="each")
    place = f"{PAGE}pile-deeds/{PileDeed.objects.get().pk}/decide/"

    listed = approver.get(WAITING).content.decode()
    own = ada.post(place, {"answer": "yes"})
    waiting = Delivery.objects.count()
    after = told(approver, place, {"answer": "yes"})
    again = approver.post(place, {"answer": "yes"}).status_code
    done()

    for words in ("Delivery late", "6 people, 6 messages", SORRY, "Ada proposes",
                  "It answers 5 conversations.", "Each person gets it once.", late,
                  "Approve and send"):  # fmt: skip
        assert words in listed
    assert "something new" not in listed
    assert (own.status_code, waiting, again) == (403, 0, 303)
    assert "The answers are on their way, one by one." in after
    assert Delivery.objects.count() == Answer.objects.count() == 5
    page = ada.get(late).content.decode()
    assert "finished · 5 conversations" in page
    assert "Bob said yes" in page


def test_an_approver_is_told_what_came_since_it_was_written(
    quay: Channel, late: str, ada: Client, approver: Client
) -> None:
    asked(ada, late)
    arrive(quay, said(LATE[4], "fresh", by=somebody("f")), said(LATE[5], "more", parent="late4"))
    grouped(now=NOW + timedelta(minutes=2))

    listed = approver.get(WAITING).content.decode()

    assert "It answers 4 conversations." in listed
    assert "2 conversations have something new since this was written, and are not" in listed


def test_a_no_needs_a_why_that_its_author_reads_on_the_page_of_the_pile(
    late: str, ada: Client, approver: Client
) -> None:
    asked(ada, late)
    place = f"{PAGE}pile-deeds/{PileDeed.objects.get().pk}/decide/"

    without = approver.post(place, {"answer": "no", "why": ""})
    waits = PileDeed.objects.get().state
    after = told(approver, place, {"answer": "no", "why": "Say that we pay it back."})
    done()

    said_why = without.content.decode()
    assert (without.status_code, "Say in a word why" in said_why) == (400, True)
    assert '<details class="decide-no" open>' in said_why
    assert waits == "proposed"
    assert "It does not leave. Whoever wrote it was told why." in after
    page = ada.get(late).content.decode()
    assert ("Waits for somebody’s yes" in page, "<h2>Decided</h2>" in page) == (False, True)
    assert "not approved" in page
    assert "Bob · Say that we pay it back." in page
    assert "said yes" not in page
    assert not Delivery.objects.exists()


def test_its_author_takes_it_back(late: str, ada: Client, approver: Client) -> None:
    asked(ada, late)
    place = f"{PAGE}pile-deeds/{PileDeed.objects.get().pk}/withdraw/"
    listed = [client.get(WAITING).content.decode() for client in (ada, approver)]

    other = approver.post(place)
    page = told(ada, place)
    done()

    assert ["Take it back" in one for one in listed] == [True, False]
    assert ["Approve and send" in one for one in listed] == [False, True]
    assert other.status_code == 403
    assert "You took your answer back. Nothing was sent." in page
    assert "taken back" in page
    assert not Delivery.objects.exists()


def test_another_workspace_and_who_may_not_decide_nothing(
    late: str, ada: Client, eve: Person, ann: Person
) -> None:
    asked(ada, late)
    place = f"{PAGE}pile-deeds/{PileDeed.objects.get().pk}"
    outside, author = at_desk(eve), at_desk(ann)

    statuses = [
        client.post(f"{place}/{deed}/", {"answer": "yes"}).status_code
        for client in (outside, author)
        for deed in ("decide", "withdraw")
    ]

    assert statuses == [404, 404, 403, 403]
    assert PileDeed.objects.get().state == "proposed"
    assert not Delivery.objects.exists()
