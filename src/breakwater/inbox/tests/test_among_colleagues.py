"""Notes with mentions, labels, seats and saved views: what a team tells itself."""

from datetime import timedelta

import pytest
from tests.people import make_member, make_person

from breakwater.audit.models import Entry
from breakwater.channels.models import Channel
from breakwater.domain.errors import Forbidden, Invalid, NotFound
from breakwater.inbox.models import Draft, Label, Labelled, Note, SavedView, Seat, Thread
from breakwater.inbox.services import labels
from breakwater.inbox.services.notes import add_note, mentioned, remove_note
from breakwater.inbox.services.seats import STAYS, leave, sit
from breakwater.inbox.services.views import remove_view, save_view
from breakwater.inbox.services.working import forget_seats
from breakwater.inbox.tests.world import LEO, NOW, QUESTION, arrive, said
from breakwater.notices.models import Notice
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(quay: Channel) -> Thread:
    arrive(quay, said(QUESTION, "a"))
    return Thread.objects.get()


@pytest.fixture
def eve_at(eve: Person, other_workspace: Workspace) -> Access:
    return access(eve, other_workspace.slug, Right.SEE)


def test_a_note_tells_those_who_are_named_in_it(
    thread: Thread, ada_at: Access, mia_at: Access
) -> None:
    note = add_note(ada_at, thread, "  @mia and @ada: she wrote last year. ", now=NOW)

    assert note.text == "@mia and @ada: she wrote last year."
    assert set(note.mentions) == {str(ada_at.person.pk), str(mia_at.person.pk)}
    notice = Notice.objects.get()
    assert (notice.person, notice.code) == (mia_at.person, "inbox_mentioned")
    assert notice.path == f"/w/harbour/inbox/{thread.pk}/#notes"


def test_a_note_on_a_person_leads_to_the_person(
    thread: Thread, ada_at: Access, mia_at: Access
) -> None:
    assert thread.contact is not None

    note = add_note(ada_at, thread.contact, "@Mia look", now=NOW)

    assert (note.thread, note.contact) == (None, thread.contact)
    assert Notice.objects.get().path == f"/w/harbour/inbox/people/{thread.contact_id}/#notes"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("@Kim Lee said so", ["Kim Lee"]),
        ("@kim lee, and @Sam.", ["Kim Lee", "Sam"]),
        ("@kim", []),  # two of them: nobody is guessed at
        ("kim@sam.example and @@Sam", []),
        ("@Samuel", []),
    ],
)
def test_a_mention_is_a_whole_name(text: str, who: list[str]) -> None:
    people = [Person(name=name) for name in ("Kim Lee", "Kim Moor", "Sam")]

    assert [one.name for one in mentioned(text, people)] == who


def test_a_note_is_removed_by_its_writer_or_who_runs_the_workspace(
    thread: Thread, ada_at: Access, mia_at: Access, harbour_workspace: Workspace
) -> None:
    make_member(harbour_workspace, make_person("zoe"), Role.AGENT)
    zoe_at = access(Person.objects.get(name="Zoe"), "harbour", Right.SEE)
    mine, another = [add_note(ada_at, thread, text, now=NOW) for text in ("one", "two")]

    with pytest.raises(NotFound):
        remove_note(zoe_at, mine.pk, now=NOW)
    remove_note(ada_at, mine.pk, now=NOW)
    remove_note(mia_at, another.pk, now=NOW)

    assert not Note.objects.exists()
    facts = Entry.objects.filter(verb="note.removed").order_by("number")
    assert [(one.actor_id, one.data["by"], one.data["about"]) for one in facts] == [
        (who.person.pk, str(ada_at.person.pk), str(thread.pk)) for who in (ada_at, mia_at)
    ]


def test_no_note_is_left_by_those_who_may_not_or_without_words(
    thread: Thread, ada_at: Access, ann_at: Access, eve_at: Access
) -> None:
    for who, text, refusal in (
        (ann_at, "a", Forbidden), (eve_at, "a", NotFound), (ada_at, " ", Invalid),
        (ada_at, "a" * 5001, Invalid),
    ):  # fmt: skip
        with pytest.raises(refusal):
            add_note(who, thread, text, now=NOW)

    assert not Note.objects.exists()
    assert not Notice.objects.exists()


def test_a_label_is_put_on_many_once_and_taken_off(
    quay: Channel, thread: Thread, ada_at: Access, mia_at: Access
) -> None:
    arrive(quay, said(QUESTION, "b", by=LEO))
    ids = list(Thread.objects.values_list("pk", flat=True))
    label = labels.add_label(mia_at, " Summer  sale ", "sea", now=NOW)

    put = [labels.put_on(ada_at, label.pk, ids, now=NOW) for _ in range(2)]
    off = labels.take_off(ada_at, label.pk, ids[:1], now=NOW)
    labels.take_off(ada_at, label.pk, ids[:1], now=NOW)

    assert (label.name, put, off) == ("Summer sale", [2, 0], 1)
    assert Labelled.objects.get().thread_id == ids[1]
    assert _marked(label, ada_at) == [
        ("label.put_on", sorted(map(str, ids))), ("label.taken_off", [str(ids[0])]),
    ]  # fmt: skip


def test_a_person_has_a_label_too(thread: Thread, ada_at: Access, mia_at: Access) -> None:
    assert thread.contact is not None
    label = labels.add_label(mia_at, "Regular", now=NOW)

    for _ in range(2):
        labels.mark_person(ada_at, label.pk, thread.contact, now=NOW)
    there = Labelled.objects.count()
    for _ in range(2):
        labels.unmark_person(ada_at, label.pk, thread.contact, now=NOW)

    assert (there, Labelled.objects.count()) == (1, 0)
    about = [str(thread.contact.pk)]
    assert _marked(label, ada_at) == [("label.put_on", about), ("label.taken_off", about)]


def _marked(label: Label, by: Access) -> list[tuple[str, list[str]]]:
    facts = Entry.objects.filter(subject_id=label.pk, actor_id=by.person.pk).order_by("number")
    return [(one.verb, one.data["on"]) for one in facts]


def test_labels_are_made_by_who_runs_the_workspace_and_each_name_is_there_once(
    thread: Thread, ada_at: Access, mia_at: Access, eve_at: Access
) -> None:
    label = labels.add_label(mia_at, "Sale", now=NOW)

    with pytest.raises(Forbidden):
        labels.add_label(ada_at, "Mine", now=NOW)
    with pytest.raises(Invalid, match="label_there"):
        labels.add_label(mia_at, "sale", now=NOW)
    with pytest.raises(Invalid, match="bad_tone"):
        labels.add_label(mia_at, "Red", "stop", now=NOW)
    for deed in (
        lambda: labels.put_on(eve_at, label.pk, [thread.pk], now=NOW),
        lambda: labels.remove_label(eve_at, label.pk, now=NOW),
        lambda: labels.change_label(eve_at, label.pk, "Theirs", "sea", now=NOW),
    ):
        with pytest.raises(NotFound):
            deed()

    assert list(Label.objects.values_list("name", "tone")) == [("Sale", "idle")]
    changed = labels.change_label(mia_at, label.pk, "SALE", "care", now=NOW)
    assert (changed.name, changed.tone) == ("SALE", "care")
    labels.remove_label(mia_at, label.pk, now=NOW)
    assert not Label.objects.exists()


def test_a_seat_is_kept_for_a_moment_and_says_who_is_writing(
    thread: Thread, ada_at: Access
) -> None:
    sit(ada_at, thread.pk, now=NOW)
    first = Seat.objects.get()
    Draft.objects.create(
        thread=thread, person=ada_at.person, text="Dear", saved_at=NOW, created_at=NOW
    )
    later = NOW + timedelta(seconds=10)
    sit(ada_at, thread.pk, now=later)
    sit(ada_at, thread.pk, now=NOW)  # an earlier question that comes late

    seat = Seat.objects.get()
    assert (first.writing, first.until) == (False, NOW + STAYS)
    assert (seat.writing, seat.until) == (True, later + STAYS)
    forget_seats(now=later + STAYS)
    assert Seat.objects.exists()
    forget_seats(now=later + STAYS + timedelta(seconds=1))
    assert not Seat.objects.exists()


def test_who_leaves_is_gone_and_who_does_not_answer_has_no_seat(
    thread: Thread, ada_at: Access, ann_at: Access, eve_at: Access
) -> None:
    with pytest.raises(Forbidden):
        sit(ann_at, thread.pk, now=NOW)
    with pytest.raises(NotFound):
        sit(eve_at, thread.pk, now=NOW)
    assert not Seat.objects.exists()

    sit(ada_at, thread.pk, now=NOW)
    leave(eve_at, thread.pk)
    assert Seat.objects.exists()
    leave(ada_at, thread.pk)
    assert not Seat.objects.exists()


def test_a_view_is_ones_own_or_the_teams(ada_at: Access, mia_at: Access, ann_at: Access) -> None:
    own = save_view(ada_at, "Late", "state=open&late=1", team=False, now=NOW)
    again = save_view(ada_at, "Late", "state=any&late=1", team=False, now=NOW)
    team = save_view(mia_at, "Late", "late=1", team=True, now=NOW)

    with pytest.raises(Forbidden):
        save_view(ann_at, "All", "state=any", team=True, now=NOW)
    with pytest.raises(Invalid, match="view_without_name"):
        save_view(ada_at, " ", "state=any", team=False, now=NOW)
    with pytest.raises(NotFound):
        remove_view(mia_at, own.pk)
    with pytest.raises(Forbidden):
        remove_view(ann_at, team.pk)

    assert again.pk == own.pk
    assert SavedView.objects.count() == 2
    remove_view(ada_at, own.pk)
    remove_view(ada_at, team.pk)
    assert not SavedView.objects.exists()
