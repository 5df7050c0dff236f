"""The team's deeds by machines: the same as on the pages, and nobody else's conversations."""

from datetime import datetime, timedelta

import pytest

from breakwater.api.tests.conftest import Caller, member, said
from breakwater.inbox.models import Labelled, Note, Thread
from breakwater.inbox.tests.world import ABUSE, QUESTION, arrive, channel_of
from breakwater.inbox.tests.world import said as wrote
from breakwater.networks.base import Author
from breakwater.notices.models import Notice
from breakwater.people.models import Workspace

pytestmark = pytest.mark.django_db
INBOX = "/w/harbour/inbox"


@pytest.fixture
def thread(desk: Workspace) -> Thread:
    arrive(channel_of(desk), wrote(QUESTION, "a"))
    return Thread.objects.get()


def test_put_off_given_and_done(
    thread: Thread, ann_calls: Caller, desk: Workspace, moment: datetime
) -> None:
    ids, bob = [str(thread.pk)], member(desk, "bob")
    until = (moment + timedelta(days=1)).isoformat()

    answers = [
        ann_calls.post(f"{INBOX}/work/{deed}", {"talks": ids, **more})
        for deed, more in (
            ("snooze", {"until": until}), ("assign", {"person_id": str(bob.pk)}), ("done", {}),
            ("done", {}), ("reopen", {}),
        )
    ]  # fmt: skip

    assert [said(one) for one in answers] == [{"changed": n} for n in (1, 1, 1, 0, 1)]
    thread.refresh_from_db()
    assert (thread.state, thread.assignee) == ("open", bob)
    assert Notice.objects.get().person == bob


def test_relief_notes_and_labels(thread: Thread, ann_calls: Caller, desk: Workspace) -> None:
    place = f"{INBOX}/conversations/{thread.pk}"

    chosen = said(ann_calls.post(f"{place}/relief"))
    note = said(ann_calls.post(f"{place}/notes", {"text": "@Bob look"}))
    label = said(ann_calls.post(f"{INBOX}/labels", {"name": "Sale", "tone": "sea"}))
    put = ann_calls.post(
        f"{INBOX}/work/label", {"talks": [str(thread.pk)], "label_id": label["id"]}
    )

    assert chosen["name"] == "Bob"
    assert (note["by"], note["mentions"]) == (
        str(member(desk, "ann").pk),
        [str(member(desk, "bob").pk)],
    )
    assert said(ann_calls.get(f"{place}/notes"))["items"] == [note]
    assert said(ann_calls.get(f"{INBOX}/labels"))["items"] == [label]
    assert said(put) == {"changed": 1}
    assert ann_calls.ask("DELETE", f"{INBOX}/notes/{note['id']}").status_code == 204
    assert ann_calls.ask("DELETE", f"{INBOX}/labels/{label['id']}").status_code == 204
    assert [Note.objects.exists(), Labelled.objects.exists()] == [False, False]


def test_a_veiled_name_does_not_leave_by_this_door(desk: Workspace, ann_calls: Caller) -> None:
    hateful = "You are all fucking bitches"
    arrive(channel_of(desk), wrote(ABUSE, "a", by=Author("h", "@x", hateful)))
    thread = Thread.objects.get()

    answer = ann_calls.get(f"{INBOX}/contacts/{thread.contact_id}")

    found = said(answer)
    assert (found["name"], found["handle"], found["veiled_name"]) == ("", "", True)
    assert (found["items"], found["veiled"], found["talks"]) == (1, 1, 1)
    assert "bitch" not in answer.content.decode()


def test_nonsense_is_refused_and_nothing_happens(thread: Thread, ann_calls: Caller) -> None:
    past = ann_calls.post(
        f"{INBOX}/work/snooze", {"talks": [str(thread.pk)], "until": "2020-01-01T00:00:00Z"}
    )
    nobody = ann_calls.post(f"{INBOX}/work/done", {"talks": []})

    assert (past.status_code, said(past)["code"]) == (422, "snooze_past")
    assert nobody.status_code == 422
    thread.refresh_from_db()
    assert thread.state == "open"
