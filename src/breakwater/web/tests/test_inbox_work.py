"""A team at its conversations: done, later, given, relieved, noted, labelled; one and many."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from pytest_django import DjangoAssertNumQueries

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.inbox.models import Item, Label, Labelled, Note, SavedView, Seat, Setup, Thread
from breakwater.inbox.tests.world import ABUSE, LEO, PRAISE, QUESTION, arrive, said
from breakwater.networks.base import Author
from breakwater.notices.models import Notice
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.web.inbox_filters import moment_of
from breakwater.web.tests.quay import at_desk, member, told

pytestmark = pytest.mark.django_db
INBOX = "/w/harbour/inbox/"
WORK = f"{INBOX}work/"


@pytest.fixture
def mia(harbour_workspace: Workspace) -> Person:
    return member(harbour_workspace, Role.MANAGER, name="mia")


@pytest.fixture
def thread(quay: Channel) -> Thread:
    arrive(quay, said(QUESTION, "a"))
    return Thread.objects.get()


def test_done_goes_on_to_the_next_one_and_leaves_a_way_back(
    quay: Channel, thread: Thread, ada: Person
) -> None:
    client = at_desk(ada)
    page = client.get(f"{INBOX}{thread.pk}/").content.decode()
    upto = Item.objects.get().pk

    answer = client.post(
        f"{WORK}done/",
        {"thread": str(thread.pk), "upto": str(upto), "next": f"{INBOX}next/?category=question"},
    )
    onward = client.get(answer["Location"])["Location"]
    home = client.get(onward).content.decode()

    assert f'name="upto" value="{upto}"' in page
    assert answer["Location"] == f"{INBOX}next/?category=question"
    thread.refresh_from_db()
    assert thread.state == "done"
    assert f'It is done. <a href="{INBOX}{thread.pk}/">See it again</a>' in home
    assert "Open it again" in client.get(f"{INBOX}{thread.pk}/").content.decode()


def test_what_came_while_the_page_was_open_is_not_swept_away(
    quay: Channel, thread: Thread, ada: Person
) -> None:
    upto = Item.objects.get().pk
    arrive(quay, said(PRAISE, "b", parent="a", minutes=1))

    page = told(at_desk(ada), f"{WORK}done/", {"thread": str(thread.pk), "upto": str(upto)})

    assert "Something new has come there meanwhile." in page
    thread.refresh_from_db()
    assert (thread.state, thread.waiting) == ("open", 1)


def test_many_are_done_from_the_list_at_once(quay: Channel, thread: Thread, ada: Person) -> None:
    arrive(quay, said(QUESTION, "b", by=LEO))
    client = at_desk(ada)
    ids = [str(pk) for pk in Thread.objects.values_list("pk", flat=True)]
    page = client.get(f"{INBOX}all/").content.decode()

    answer = client.post(f"{WORK}done/", {"thread": ids, "next": f"{INBOX}all/"})

    assert [f'value="{pk}" form="bulk"' in page for pk in ids] == [True, True]
    assert "2 conversations are done." in client.get(answer["Location"]).content.decode()
    assert set(Thread.objects.values_list("state", flat=True)) == {"done"}


def test_where_no_conversation_was_chosen_the_list_says_so(thread: Thread, ada: Person) -> None:
    client, back = at_desk(ada), f"{INBOX}all/?what=comment"

    for deed in ("done", "reopen", "later", "give", "label", "choose/later"):
        answer = client.post(f"{WORK}{deed}/", {"thread": "x", "until": "monday", "next": back})
        assert answer["Location"] == back
        assert "Choose conversations first." in client.get(back).content.decode()
    thread.refresh_from_db()
    assert thread.state == "open"


def test_a_deed_that_says_no_page_of_ours_to_go_on_to_goes_on_all_the_same(
    thread: Thread, ada: Person
) -> None:
    client = at_desk(ada)

    for deed, state in (("done", "done"), ("reopen", "open")):
        form = {"thread": str(thread.pk), "upto": str(Item.objects.get().pk), "next": "foo"}
        answer = client.post(f"{WORK}{deed}/", form)
        thread.refresh_from_db()
        assert (answer.status_code, answer["Location"], thread.state) == (
            303,
            f"{INBOX}all/",
            state,
        )


@pytest.mark.parametrize("year", ["0001-01-01T00:00:00%2B23:59", "9999-12-31T23:59:59-23:59"])
def test_a_place_in_a_list_that_is_of_no_time_is_left_out(
    thread: Thread, ada: Person, year: str
) -> None:
    client, cut = at_desk(ada), f"{year}~{thread.pk}"

    for address in (f"all/?after={cut}", f"folder/?after={cut}", f"evidence/?before={year}"):
        assert client.get(f"{INBOX}{address}").status_code == 200, address
    assert client.get(f"{INBOX}next/?past=question~{cut}").status_code == 303
    assert moment_of(unquote(year)) is None


def test_later_is_a_word_or_a_time_on_the_workspaces_wall(thread: Thread, ada: Person) -> None:
    client = at_desk(ada)
    wall = (clock.now() + timedelta(days=2)).strftime("%Y-%m-%dT10:30")
    chosen = client.post(f"{WORK}choose/later/", {"thread": str(thread.pk)}).content.decode()

    client.post(f"{WORK}later/", {"thread": str(thread.pk), "until": "tomorrow"})
    thread.refresh_from_db()
    named = thread.snoozed_until
    client.post(f"{WORK}later/", {"thread": str(thread.pk), "wall": wall})
    thread.refresh_from_db()
    refused = client.post(f"{WORK}later/", {"thread": str(thread.pk), "wall": "soon"})

    assert "Tomorrow morning" in chosen
    assert named is not None
    assert thread.state == "snoozed"
    assert thread.snoozed_until is not None
    assert thread.snoozed_until.strftime("%Y-%m-%dT%M") == wall[:11] + "30"
    assert refused.status_code == 400
    again = refused.content.decode()
    assert "Choose a moment ahead" in again
    assert 'name="wall"' in again
    assert 'value="soon"' in again
    assert f'name="thread" value="{thread.pk}"' in again


def test_nothing_chosen_is_said_and_nothing_is_done(thread: Thread, ada: Person) -> None:
    page = told(at_desk(ada), f"{WORK}choose/give/")

    assert "Choose conversations first." in page


def test_given_to_a_colleague_taken_by_oneself_and_by_nobody_twice(
    thread: Thread, ada: Person, mia: Person
) -> None:
    client = at_desk(ada)
    offered = client.get(f"{WORK}choose/give/?thread={thread.pk}").content.decode()

    client.post(f"{WORK}give/", {"thread": str(thread.pk), "person": str(mia.pk)})
    taken = client.post(f"{WORK}give/", {"thread": str(thread.pk), "person": "me", "was": ""})

    assert "Mia" in offered
    assert "Ann" not in offered
    assert Notice.objects.get().person == mia
    assert taken.status_code == 409
    assert "Mia was first" in taken.content.decode()
    client.post(f"{WORK}give/", {"thread": str(thread.pk), "person": "me", "was": str(mia.pk)})
    thread.refresh_from_db()
    assert thread.assignee == ada


def test_relief_is_one_click_shows_no_words_and_is_undone_by_one(
    quay: Channel, ada: Person, mia: Person
) -> None:
    arrive(quay, said(ABUSE, "a"))
    thread = Thread.objects.get()
    client = at_desk(ada)

    page = told(client, f"{INBOX}{thread.pk}/relief/")
    thread.refresh_from_db()
    holder = thread.assignee
    back = told(client, f"{INBOX}{thread.pk}/relief/undo/")

    assert holder is not None
    assert holder != ada
    assert f"{holder.name} looks after it" in page
    assert "No reason was asked" in page
    assert "bitch" not in page
    thread.refresh_from_db()
    assert thread.assignee is None
    assert "It is with whom it was before." in back


def test_somebody_is_answering_is_seen_and_gone_when_they_leave(
    thread: Thread, ada: Person, mia: Person, ann: Person
) -> None:
    here, there = at_desk(ada), at_desk(mia)
    sit, leave = f"{INBOX}{thread.pk}/sit/", f"{INBOX}{thread.pk}/leave/"

    alone = here.post(sit).content.decode()
    seen = there.post(sit).content.decode()
    looked_at = at_desk(ann).get(f"{INBOX}{thread.pk}/").content.decode()
    here.post(leave)
    gone = there.post(sit).content.decode()

    assert "is here" not in alone
    assert "Ada is here, too" in seen
    assert "Ada is here, too" in looked_at
    assert "Ada" not in gone
    assert list(Seat.objects.values_list("person", flat=True)) == [mia.pk]


def test_notes_stand_below_and_name_colleagues(thread: Thread, ada: Person, mia: Person) -> None:
    client = at_desk(ada)

    conversation = told(client, f"{INBOX}{thread.pk}/notes/", {"text": "@mia <b>please</b>"})
    page = client.get(f"{INBOX}{thread.pk}/among/").content.decode()
    empty = client.post(f"{INBOX}{thread.pk}/notes/", {"text": " "})
    told(client, f"{INBOX}notes/{Note.objects.get().pk}/remove/")

    assert f'hx-get="{INBOX}{thread.pk}/among/"' in conversation
    assert "@mia &lt;b&gt;please&lt;/b&gt;" in page
    assert Notice.objects.get().person == mia
    assert (empty.status_code, "A note needs words." in empty.content.decode()) == (400, True)
    assert not Note.objects.exists()


def test_a_note_that_is_refused_keeps_its_words(thread: Thread, ada: Person) -> None:
    client, long = at_desk(ada), "They asked before. " * 300
    places = (f"{INBOX}{thread.pk}/notes/", f"{INBOX}people/{thread.contact_id}/notes/")

    refused = [client.post(place, {"text": long}) for place in places]

    assert [one.status_code for one in refused] == [400, 400]
    for page in (one.content.decode() for one in refused):
        assert page.count("They asked before. ") == 300
        assert 'id="note_text_error"' in page
    assert not Note.objects.exists()


def test_a_label_is_made_put_on_in_bulk_and_found_by(
    quay: Channel, thread: Thread, ada: Person, mia: Person
) -> None:
    arrive(quay, said(PRAISE, "b", by=LEO))
    told(at_desk(mia), f"{INBOX}setup/labels/", {"name": "Sale", "tone": "sea"})
    label = Label.objects.get()
    client = at_desk(ada)

    done = told(client, f"{WORK}label/", {"thread": str(thread.pk), "label": str(label.pk)})
    found = client.get(f"{INBOX}all/?label={label.pk}").content.decode()
    told(client, f"{WORK}label/", {"thread": str(thread.pk), "label": str(label.pk), "off": "1"})

    assert "“Sale” is put on." in done
    assert (str(thread.pk) in found, "Leo" in found) == (True, False)
    assert not Labelled.objects.exists()


def test_a_person_has_a_page_with_counts_labels_and_notes(
    quay: Channel, thread: Thread, ada: Person, mia: Person
) -> None:
    arrive(quay, said(ABUSE, "b"))
    contact = thread.contact
    assert contact is not None
    client = at_desk(ada)
    told(at_desk(mia), f"{INBOX}setup/labels/", {"name": "Regular"})
    place = f"{INBOX}people/{contact.pk}/"

    told(client, f"{place}label/", {"label": str(Label.objects.get().pk)})
    told(client, f"{place}notes/", {"text": "Writes every week."})
    page = client.get(place).content.decode()
    card = client.get(f"{place}card/").content.decode()

    assert [text in page for text in ("Kim Holloway", "Regular", "Writes every week.")] == [
        True
    ] * 3
    assert [text in card for text in ("Kim Holloway", "1 abusive", "state=any")] == [True] * 3
    assert "bitch" not in page + card


def test_a_veiled_name_is_veiled_on_the_card_too(quay: Channel, ada: Person) -> None:
    hateful = "You are all fucking bitches"
    arrive(quay, said(QUESTION, "a", by=Author("h", "@x", hateful, "javascript:alert(1)")))
    contact = Thread.objects.get().contact
    assert contact is not None
    client = at_desk(ada)

    pages = [client.get(f"{INBOX}people/{contact.pk}/{part}") for part in ("", "card/")]

    assert ["a veiled name" in one.content.decode() for one in pages] == [True, True]
    assert [hateful in one.content.decode() for one in pages] == [False, False]
    assert ["javascript:" in one.content.decode() for one in pages] == [False, False]


def test_filters_are_a_form_without_script_and_kept_as_a_view(
    quay: Channel, thread: Thread, ada: Person
) -> None:
    arrive(quay, said(PRAISE, "b", by=LEO))
    client = at_desk(ada)
    form = client.get(f"{INBOX}filter/?category=praise").content.decode()

    page = told(client, f"{INBOX}views/", {"name": "Thanks", "query": "category=praise&x=1"})

    assert '<option value="praise" selected>' in form
    assert SavedView.objects.get().query == "state=open&category=praise"
    assert ("Leo" in page, "Kim" in page) == (True, False)
    assert 'aria-current="page">Thanks' in page
    told(client, f"{INBOX}views/{SavedView.objects.get().pk}/remove/")
    assert not SavedView.objects.exists()


def test_hours_and_targets_are_set_and_what_is_late_is_found_calmly(
    quay: Channel, thread: Thread, ada: Person, mia: Person
) -> None:
    typed = {"day_0": "9:00-12:00, 13h-18h", "target_question": "60", "closing_days": "2026-12-25"}
    page = told(at_desk(mia), f"{INBOX}setup/hours/", typed)
    setup = Setup.objects.get()
    wrong = at_desk(mia).post(f"{INBOX}setup/hours/", {"day_0": "evening"})
    Thread.objects.update(due_at=clock.now() - timedelta(minutes=5))

    late = at_desk(ada).get(f"{INBOX}all/?late=1").content.decode()

    assert setup.hours == {"0": [["09:00", "12:00"], ["13:00", "18:00"]]}
    assert (setup.targets, setup.closing_days) == ({"question": 60}, ["2026-12-25"])
    assert "09:00-12:00 13:00-18:00" in page
    assert wrong.status_code == 400
    assert "Hours go from one time to a later one" in wrong.content.decode()
    assert "an answer was wanted by" in late


def test_a_rota_is_agreed_on_a_page(ada: Person, mia: Person) -> None:
    client = at_desk(mia)
    place = f"{INBOX}setup/rota/"
    line = {"person": str(ada.pk), "weekday": "5", "starts": "22:00", "ends": "06:00",
            "languages": ["fr"], "duty": "on"}  # fmt: skip

    told(client, f"{place}mode/", {"mode": "rota"})
    page = told(client, f"{place}shifts/", line)  # type: ignore[arg-type]
    wrong = client.post(f"{place}shifts/", {**line, "starts": "late"})

    assert "Saturday, 22:00–06:00 · French · on duty" in page
    assert Setup.objects.get().assigning == "rota"
    assert wrong.status_code == 400


def test_nothing_is_done_by_those_who_may_not_or_are_outside(
    quay: Channel, thread: Thread, ann: Person, eve: Person, mia: Person
) -> None:
    told(at_desk(mia), f"{INBOX}setup/labels/", {"name": "Sale"})
    deeds = {
        f"{WORK}done/": {"thread": str(thread.pk)},
        f"{WORK}later/": {"thread": str(thread.pk), "until": "monday"},
        f"{WORK}give/": {"thread": str(thread.pk), "person": str(mia.pk)},
        f"{WORK}label/": {"thread": str(thread.pk), "label": str(Label.objects.get().pk)},
        f"{INBOX}{thread.pk}/notes/": {"text": "a"},
        f"{INBOX}{thread.pk}/relief/": {},
        f"{INBOX}{thread.pk}/sit/": {},
        f"{INBOX}people/{thread.contact_id}/notes/": {"text": "a"},
    }

    statuses = {
        (at_desk(ann).post(url, typed).status_code, at_desk(eve).post(url, typed).status_code)
        for url, typed in deeds.items()
    }

    assert statuses == {(403, 404)}
    thread.refresh_from_db()
    assert (thread.state, thread.assignee) == ("open", None)
    assert [model.objects.exists() for model in (Note, Labelled, Seat)] == [False] * 3
    assert "Done" not in at_desk(ann).get(f"{INBOX}{thread.pk}/").content.decode()


def test_a_conversation_and_a_list_cost_few_queries(
    quay: Channel, thread: Thread, ada: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = at_desk(ada)

    with django_assert_num_queries(12):
        client.get(f"{INBOX}{thread.pk}/")
    with django_assert_num_queries(11):
        client.get(f"{INBOX}all/")
    with django_assert_num_queries(6):
        client.get(f"{INBOX}{thread.pk}/among/", headers={"HX-Request": "true"})
