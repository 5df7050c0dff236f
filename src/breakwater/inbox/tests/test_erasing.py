"""An author's data is found, handed over and erased everywhere; evidence alone stays, sealed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from breakwater.audit.models import Entry
from breakwater.audit.selectors import verify
from breakwater.channels.models import Arrival, Channel
from breakwater.channels.services.arrivals import record_arrivals
from breakwater.core.ids import new_id
from breakwater.domain.errors import Forbidden, NotFound
from breakwater.domain.scoring.scores import Head
from breakwater.inbox import authors, evidence
from breakwater.inbox.models import (
    Contact,
    Draft,
    Item,
    Kept,
    Label,
    Labelled,
    Note,
    Pile,
    PileDeed,
    PileState,
    Proposal,
    Thread,
)
from breakwater.inbox.services import erasing, intake, judging, keeping
from breakwater.inbox.tests.world import ABUSE, LEO, NOW, OURS, QUESTION, arrive, said, take_in
from breakwater.networks.base import Arrived, Author, SeenMedium, What
from breakwater.people.selectors import Access
from breakwater.scoring.models import Correction, KeptText
from breakwater.scoring.services import correct

pytestmark = pytest.mark.django_db
MARK = "zebrafinch"
WHO = Author(
    f"did:{MARK}", f"@{MARK}", f"{MARK} Doe", f"https://{MARK}.example", f"https://{MARK}.example/p"
)
AT = f"at://{MARK}/1"


def _said(remote_id: str = AT, text: str = f"{ABUSE} {MARK}", **facts: Any) -> Arrived:
    media = (SeenMedium(f"https://{MARK}.example/1.png"),)
    one = said(text, remote_id, by=WHO, url=f"https://{MARK}.example/c", raw={"t": MARK}, **facts)
    return replace(one, media=media)


def _whole_database() -> str:
    """Every column of every row, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own tables
            found += [f"{table}: {_text(value)}" for row in cursor.fetchall() for value in row]
    return "\n".join(found)


def _text(value: object) -> str:
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)


def _contact() -> Contact:
    return Contact.objects.get(remote_id=WHO.remote_id)


@pytest.fixture
def written(quay: Channel, mia_at: Access) -> Contact:
    """They wrote a comment and a message, and answered leo's; colleagues did what they do."""
    arrive(
        quay, _said(), _said(f"{MARK}-m", f"{QUESTION} {MARK}", what=What.MESSAGE, thread=MARK),
        said(f"Sorry, {MARK}.", "ours", by=OURS, own=True, what=What.MESSAGE, thread=MARK, minutes=1),
        said(QUESTION, "leo", by=LEO), _said(f"{MARK}-r", f"No! {MARK}", parent="leo", minutes=2),
    )  # fmt: skip
    contact = _contact()
    thread = Thread.objects.get(key=f"m:{MARK}")
    common = {"workspace": quay.workspace, "created_at": NOW}
    Note.objects.create(contact=contact, text=f"Knows {MARK}.", by=mia_at.person, **common)
    Note.objects.create(thread=thread, text=f"Asked {MARK}.", by=mia_at.person, **common)
    label = Label.objects.create(name="regular", **common)
    Labelled.objects.create(label=label, contact=contact, created_at=NOW)
    Draft.objects.create(
        thread=thread, person=mia_at.person, text=f"Dear {MARK}", saved_at=NOW, created_at=NOW
    )
    item = Item.objects.get(arrival__remote_id=f"{MARK}-m")
    Proposal.objects.create(
        thread=thread, item=item, text=f"Hello {MARK}", request=item.thread_id, state_at=NOW,
        **common,
    )  # fmt: skip
    pile = Pile.objects.create(key=f"word:{MARK}", labels={"en": MARK}, **common)
    Item.objects.filter(pk=item.pk).update(pile=pile)
    PileState.objects.create(workspace=quay.workspace, packed=MARK.encode())
    correct(mia_at, f"{ABUSE} {MARK}", should=False, head=Head.INSULT, consent=True, now=NOW)
    return contact


def test_nothing_of_an_author_is_left_anywhere(
    quay: Channel, mia_at: Access, written: Contact
) -> None:
    assert MARK in _whole_database()

    done = erasing.erase(mia_at, written.pk, now=NOW)

    assert MARK not in _whole_database()
    assert (done.messages, done.talks, done.kept) == (4, 2, 0)
    assert not KeptText.objects.exists()
    assert Correction.objects.count() == 1
    assert not PileState.objects.exists()


def test_what_others_wrote_stays(quay: Channel, mia_at: Access, written: Contact) -> None:
    erasing.erase(mia_at, written.pk, now=NOW)

    thread = Thread.objects.get()
    assert (thread.items, thread.waiting, thread.state) == (1, 1, "open")
    assert thread.contact is not None
    assert thread.contact.handle == LEO.handle
    assert Arrival.objects.get(author_id=LEO.remote_id).text == QUESTION


def test_evidence_stays_sealed_and_is_said_to(
    quay: Channel, mia_at: Access, written: Contact
) -> None:
    item = Item.objects.select_related("arrival__channel").get(arrival__remote_id=AT)
    keeping.keep(item, by=mia_at, why="threat", now=NOW)

    before = authors.holdings(quay.workspace_id, written.pk)
    done = erasing.erase(mia_at, written.pk, now=NOW)

    assert (len(before.kept), done.kept, Kept.objects.count()) == (1, 1, 1)
    assert [one.sound for one in evidence.evidence(quay.workspace_id)] == [True]
    assert MARK in keeping.opened(Kept.objects.get()).decode()
    assert MARK not in _whole_database()


def test_what_was_erased_does_not_come_back(
    quay: Channel, mia_at: Access, written: Contact
) -> None:
    erasing.erase(mia_at, written.pk, now=NOW)
    later = NOW + timedelta(hours=1)

    fresh = record_arrivals(quay, [_said(), _said(text=f"Edited {MARK}")], now=later)
    new = take_in(now=later)

    assert (fresh, new) == ([], 0)
    assert MARK not in _whole_database()


def test_what_they_write_afterwards_is_new(quay: Channel, mia_at: Access, written: Contact) -> None:
    erasing.erase(mia_at, written.pk, now=NOW)

    assert arrive(quay, said(QUESTION, "new", by=WHO)) == 1

    assert (_contact().items, _contact().handle) == (1, WHO.handle)


def test_who_was_erased_while_being_taken_in_is_not_taken_in(
    quay: Channel, mia_at: Access, written: Contact
) -> None:
    record_arrivals(quay, [_said(f"{MARK}-late", f"late {MARK}")], now=NOW)
    batch = intake.read(now=NOW)
    judged = judging.judge(batch.arrivals, now=NOW)

    erasing.erase(mia_at, written.pk, now=NOW)
    new = intake.store(batch, judged, now=NOW)

    assert new == 0
    assert MARK not in _whole_database()


def test_the_chain_says_that_it_was_done_without_words(
    quay: Channel, mia_at: Access, written: Contact
) -> None:
    erasing.export(mia_at, written.pk, now=NOW)
    erasing.erase(mia_at, written.pk, now=NOW)

    facts = Entry.objects.filter(subject="contact").order_by("number")
    assert [(one.verb, one.actor_id) for one in facts] == [
        ("author.exported", mia_at.person.pk), ("author.erased", mia_at.person.pk),
    ]  # fmt: skip
    assert facts[1].data == {"messages": 4, "talks": 2, "kept": 0}
    assert verify(quay.workspace_id) is None


def test_all_that_is_known_is_handed_over(quay: Channel, mia_at: Access, written: Contact) -> None:
    found = erasing.export(mia_at, written.pk, now=NOW)

    assert found["author"]["handle"] == WHO.handle
    assert [one["text"] for one in found["messages"]] == [
        f"{ABUSE} {MARK}", f"{QUESTION} {MARK}", f"No! {MARK}",
    ]  # fmt: skip
    assert {one["text"] for one in found["notes"]} == {f"Knows {MARK}.", f"Asked {MARK}."}
    assert (found["labels"], found["evidence"]) == (["regular"], [])


@pytest.mark.parametrize("typed", [f"@{MARK}", MARK.upper(), f"{MARK} doe", WHO.remote_id])
def test_an_author_is_found_by_handle_name_or_id(
    quay: Channel, written: Contact, typed: str
) -> None:
    assert [one.pk for one in authors.found(quay.workspace_id, f" {typed} ")] == [written.pk]
    assert authors.found(quay.workspace_id, " @ ") == []


def test_who_may_not_invite_erases_and_exports_nothing(
    quay: Channel, ada_at: Access, written: Contact
) -> None:
    for deed in (erasing.erase, erasing.export):
        with pytest.raises(Forbidden):
            deed(ada_at, written.pk, now=NOW)

    assert MARK in _whole_database()
    assert not Entry.objects.filter(subject="contact").exists()


def test_an_author_of_another_workspace_is_nobodys_here(
    mia_at: Access, written: Contact, other_workspace: object
) -> None:
    elsewhere = replace(mia_at, workspace=other_workspace)  # type: ignore[arg-type]

    with pytest.raises(NotFound):
        erasing.erase(elsewhere, written.pk, now=NOW)

    assert Contact.objects.filter(pk=written.pk).exists()


def test_what_was_decided_about_their_group_is_stopped_on_record(
    quay: Channel, mia_at: Access, written: Contact
) -> None:
    common = {
        "workspace": quay.workspace, "deed": "answer", "upto": 1, "by": mia_at.person,
        "state_at": NOW, "created_at": NOW, "pile": Pile.objects.get(),
    }  # fmt: skip
    going = PileDeed.objects.create(request=new_id(), done=3, left={"exception": 1}, **common)
    asked = PileDeed.objects.create(request=new_id(), state="proposed", **common)
    over = PileDeed.objects.create(request=new_id(), state="done", **common)

    erasing.erase(mia_at, written.pk, now=NOW)

    stopped = {one.subject_id: one for one in Entry.objects.filter(verb="piledeed.stopped")}
    assert stopped.keys() == {going.pk, asked.pk}
    assert stopped[going.pk].actor_id == mia_at.person.pk
    assert stopped[going.pk].data == {
        "from": "going", "because": "erased", "done": 3, "left": {"exception": 1},
    }  # fmt: skip
    assert stopped[asked.pk].data["from"] == "proposed"
    assert not Entry.objects.filter(subject_id=over.pk).exists()
    assert not PileDeed.objects.exists()
