"""Answers, deeds and changes are shown as what they are, in the list and on their pages."""

from datetime import datetime
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from breakwater.channels.models import Channel
from breakwater.channels.tests.conftest import home
from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.delivery.services import Answer, answer, change, do
from breakwater.networks.base import Deed
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.publishing.services import take_down
from breakwater.web import delivery_words as words
from breakwater.web.states import LOOKS
from breakwater.web.tests.quay import (
    LOST,
    OUT,
    at_desk,
    delivery,
    led,
    member,
    practice_channel,
    tried,
)

__all__ = ["home"]  # fixtures
LIST = "/w/harbour/deliveries/"


@pytest.fixture
def mia(harbour_workspace: Workspace) -> Person:
    """Manages."""
    return member(harbour_workspace, Role.MANAGER, name="mia")


@pytest.fixture
def quay(harbour_workspace: Workspace, mia: Person, home: Any) -> Channel:
    return practice_channel(harbour_workspace, mia)


@pytest.fixture
def now() -> datetime:
    return clock.now()


def replied(quay: Channel, by: Person, now: datetime) -> Delivery:
    said = Answer("Until ten.", to_post="c1", root="p1")
    return answer(quay, said, request=new_id(), by=by.pk, now=now)


def hidden(quay: Channel, by: Person, now: datetime) -> Delivery:
    return do(quay, "hide", "c1", about="p1", request=new_id(), by=by.pk, now=now)


def changed(quay: Channel, by: Person, now: datetime) -> Delivery:
    post = led(delivery(quay, by), *OUT, remote_id="p1", worker=None)
    return change(post, "Fog is gone.", request=new_id(), by=by.pk, now=now)


def test_every_deed_has_its_words() -> None:
    assert set(words.DEEDS) == set(Deed)
    assert set(words.KINDS.values()) <= set(LOOKS)


def test_the_list_says_what_each_is(mia: Person, quay: Channel, now: datetime) -> None:
    for make in (replied, hidden, changed):
        make(quay, mia, now)

    shown = at_desk(mia).get(LIST).content.decode()

    for said in (
        "Answer: Until ten.", "Hide a comment", "Change: Fog is gone.", "leaves in a moment",
        "is done in a moment",
    ):  # fmt: skip
        assert said in shown


def test_an_answer_has_its_page_and_can_be_deleted_there(
    mia: Person, quay: Channel, now: datetime
) -> None:
    row = led(replied(quay, mia, now), *OUT, remote_id="a1", worker=None)
    client = at_desk(mia)

    shown = client.get(f"{LIST}{row.pk}/").content.decode()
    removed = client.post(f"{LIST}{row.pk}/delete/")

    assert "Answer on quay" in shown
    assert "The network has the answer, and we have read it back." in shown
    assert f"{LIST}{row.pk}/delete/" in shown
    assert removed.status_code == 303
    undoing = Delivery.objects.get(kind="delete")
    assert (undoing.source, undoing.payload["remote_id"]) == (row.pk, "a1")


def test_a_deed_says_what_was_done_to_what(mia: Person, quay: Channel, now: datetime) -> None:
    row = led(hidden(quay, mia, now), *OUT, worker=None)
    tried(row, "verify", "found")

    shown = at_desk(mia).get(f"{LIST}{row.pk}/").content.decode()

    assert "Hide a comment on quay" in shown
    assert "<code>c1</code>" in shown
    assert "We looked, and it is so" in shown
    assert "It is done; we have looked." in shown
    assert "What was sent" not in shown
    assert f"{LIST}{row.pk}/delete/" not in shown


def test_a_deed_on_somebody_says_whose_account_it_is_about(
    mia: Person, quay: Channel, now: datetime
) -> None:
    made = do(quay, "block", "kim-1", request=new_id(), by=mia.pk, now=now)
    client = at_desk(mia)

    person = client.get(f"{LIST}{made.pk}/").content.decode()
    comment = client.get(f"{LIST}{hidden(quay, mia, now).pk}/").content.decode()

    assert "<dt>Their account there</dt><dd><code>kim-1</code></dd>" in person
    assert "Its name there" not in person
    assert "<dt>Its name there</dt><dd><code>c1</code></dd>" in comment


def test_a_change_leads_to_what_it_changes(mia: Person, quay: Channel, now: datetime) -> None:
    row = changed(quay, mia, now)

    shown = at_desk(mia).get(f"{LIST}{row.pk}/").content.decode()

    assert "Change on quay" in shown
    assert f'href="{LIST}{row.payload["of"]}/"' in shown
    assert "The change leaves by itself in a moment." in shown


@pytest.mark.parametrize("make", [replied, hidden, changed])
def test_what_asks_is_asked_in_its_own_words_in_both_languages(
    harbour_workspace: Workspace, mia: Person, quay: Channel, now: datetime, make: Any,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    row = led(
        make(quay, mia, now), "claimed", "prepared", "sending", "unknown", "needs_human",
        reason="cannot_look", worker=None,
    )  # fmt: skip
    zoe = member(harbour_workspace, Role.MANAGER, name="zoe", language="fr")
    questions = {
        "reply": "Is this answer out?", "act": "Is it as it should be on the network?",
        "edit": "Is it as it should be on the network?",
    }  # fmt: skip

    client = at_desk(mia)
    with django_assert_max_num_queries(13):
        shown = client.get(f"{LIST}{row.pk}/").content.decode()
    french = at_desk(zoe).get(f"{LIST}{row.pk}/")

    assert questions[row.kind] in shown
    assert (french.status_code, '<html lang="fr"' in french.content.decode()) == (200, True)


def test_a_budget_that_is_used_up_says_until_when(mia: Person, quay: Channel) -> None:
    row = led(delivery(quay, mia), "claimed", "retry_wait", reason="budget_used", worker=None)
    tried(row, "commit", "throttled", code="budget_used")

    shown = at_desk(mia).get(f"{LIST}{row.pk}/").content.decode()

    assert "it leaves by itself when there is room again" in shown.replace("\n", " ")
    assert "What the network allows in a while is used up; nothing was sent" in shown
    assert "Next try:" in shown


def test_the_networks_own_sentence_for_its_refusal_is_shown(
    mia: Person, harbour_workspace: Workspace, now: datetime
) -> None:
    at_x = Channel.objects.create(
        workspace=harbour_workspace, network="x", origin="https://api.test", remote_id="1",
        handle="@quay", name="Quay", state="connected", state_at=now, created_at=now,
    )  # fmt: skip
    refused = led(delivery(at_x, mia), "claimed", "failed", reason="credits_gone", worker=None)
    doubted = led(
        delivery(at_x, mia, "Ebb."), "claimed", "prepared", "sending", "needs_human",
        reason="credits_gone", worker=None,
    )  # fmt: skip
    client = at_desk(mia)

    plain, asked = (client.get(f"{LIST}{row.pk}/").content.decode() for row in (refused, doubted))

    assert "The app has no credits left at X" in plain
    assert "A call before this one may have worked" not in plain
    assert "A call before this one may have worked, so it may be out: look there first." in asked


def reworded(quay: Channel, by: Person, now: datetime) -> Delivery:
    said = led(replied(quay, by, now), *OUT, remote_id="a1", worker=None)
    return change(said, "Until eleven.", request=new_id(), by=by.pk, now=now)


@pytest.mark.parametrize("make", [replied, hidden, reworded])
def test_an_agent_sends_again_what_failed_of_the_talk(
    harbour_workspace: Workspace, mia: Person, quay: Channel, now: datetime, make: Any
) -> None:
    row = led(make(quay, mia, now), "claimed", "failed", reason="refused", worker=None)
    client = at_desk(member(harbour_workspace, Role.AGENT))

    shown = client.get(f"{LIST}{row.pk}/").content.decode()
    answer = client.post(f"{LIST}{row.pk}/send/")

    assert f'action="{LIST}{row.pk}/send/"' in shown
    assert f'action="{LIST}{row.pk}/leave/"' in shown
    assert answer.status_code == 303
    row.refresh_from_db()
    assert row.state == "queued"


@pytest.mark.parametrize("make", [replied, hidden, reworded])
def test_an_agent_says_what_became_of_what_may_have_left_and_leaves_what_failed(
    harbour_workspace: Workspace, mia: Person, quay: Channel, now: datetime, make: Any
) -> None:
    doubted = led(make(quay, mia, now), *LOST, reason="cannot_look", worker=None)
    left = led(make(quay, mia, now), "claimed", "failed", reason="refused", worker=None)
    client = at_desk(member(harbour_workspace, Role.AGENT))

    shown = client.get(f"{LIST}{doubted.pk}/").content.decode()
    said = client.post(f"{LIST}{doubted.pk}/answer/", {"answer": "out"})
    given_up = client.post(f"{LIST}{left.pk}/leave/")

    assert f'action="{LIST}{doubted.pk}/answer/"' in shown
    assert (said.status_code, given_up.status_code) == (303, 303)
    doubted.refresh_from_db()
    left.refresh_from_db()
    assert (doubted.state, left.state) == ("verified", "cancelled")


@pytest.mark.parametrize("make", [replied, hidden, reworded])
def test_who_plans_posts_and_answers_nobody_settles_nothing_of_the_talk(
    harbour_workspace: Workspace, mia: Person, quay: Channel, now: datetime, make: Any
) -> None:
    doubted = led(make(quay, mia, now), *LOST, reason="cannot_look", worker=None)
    failed = led(make(quay, mia, now), "claimed", "failed", reason="refused", worker=None)
    client = at_desk(member(harbour_workspace, Role.AUTHOR))

    pages = [client.get(f"{LIST}{row.pk}/").content.decode() for row in (doubted, failed)]
    refused = [
        client.post(f"{LIST}{doubted.pk}/answer/", {"answer": "out"}).status_code,
        *(client.post(f"{LIST}{failed.pk}/{one}/").status_code for one in ("send", "leave")),
    ]

    assert "Those who answer people in this workspace can say it." in pages[0]
    assert not any("/send/" in page or "/leave/" in page or "/answer/" in page for page in pages)
    assert refused == [403, 403, 403]
    doubted.refresh_from_db()
    failed.refresh_from_db()
    assert (doubted.state, failed.state) == ("needs_human", "failed")


def test_what_deletes_words_of_others_is_settled_by_those_who_may_delete(
    harbour_workspace: Workspace, mia: Person, quay: Channel, now: datetime
) -> None:
    made = do(quay, "remove", "c1", about="p1", request=new_id(), by=mia.pk, now=now)
    row = led(made, *LOST, reason="cannot_look", worker=None)
    agent, approver = (
        at_desk(member(harbour_workspace, role, name=name))
        for role, name in ((Role.AGENT, "ada"), (Role.APPROVER, "pam"))
    )

    shown = agent.get(f"{LIST}{row.pk}/").content.decode()
    refused = agent.post(f"{LIST}{row.pk}/leave/")
    row.refresh_from_db()
    before = row.state
    done = approver.post(f"{LIST}{row.pk}/answer/", {"answer": "out"})

    assert "Approvers and managers of this workspace can answer." in shown
    assert (refused.status_code, before, done.status_code) == (403, "needs_human", 303)
    row.refresh_from_db()
    assert row.state == "verified"


def _deleted(quay: Channel, by: Person, now: datetime) -> Delivery:
    said = led(replied(quay, by, now), *OUT, remote_id="a1", worker=None)
    return take_down(said, by=by.pk, now=now)


def _posted(quay: Channel, by: Person, now: datetime) -> Delivery:
    del now
    return delivery(quay, by)


@pytest.mark.parametrize("make", [_posted, changed, _deleted])
def test_an_agent_sends_no_post_again_nor_what_becomes_of_one(
    harbour_workspace: Workspace, mia: Person, quay: Channel, now: datetime, make: Any
) -> None:
    row = led(make(quay, mia, now), "claimed", "failed", reason="refused", worker=None)
    client = at_desk(member(harbour_workspace, Role.AGENT))

    shown = client.get(f"{LIST}{row.pk}/").content.decode()
    answers = [client.post(f"{LIST}{row.pk}/{deed}/").status_code for deed in ("leave", "send")]

    assert f"{LIST}{row.pk}/leave/" not in shown
    assert f"{LIST}{row.pk}/send/" not in shown
    assert answers == [403, 403]
    row.refresh_from_db()
    assert row.state == "failed"
