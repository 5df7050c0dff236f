"""By the API: set aside, say danger, keep, and read the numbers."""

import pytest
from tests.people import make_member, make_person

from breakwater.api.tests.conftest import Caller, make_token, said
from breakwater.inbox.models import Item, Kept
from breakwater.inbox.tests.world import ABUSE, DANGER, LEO, arrive, channel_of
from breakwater.inbox.tests.world import said as heard
from breakwater.people.models import Workspace
from breakwater.people.roles import Role

pytestmark = pytest.mark.django_db
HERE = "/w/harbour/inbox"


@pytest.fixture
def ada_calls(harbour_workspace: Workspace) -> Caller:
    """ada answers people; there are abuse and a person in danger."""
    arrive(channel_of(harbour_workspace), heard(ABUSE, "a"), heard(DANGER, "d", by=LEO))
    make_member(harbour_workspace, ada := make_person("ada"), Role.AGENT)
    return Caller(make_token(ada, harbour_workspace))


def _item(remote_id: str) -> Item:
    return Item.objects.select_related("thread").get(arrival__remote_id=remote_id)


def test_a_conversation_is_set_aside_and_taken_out(ada_calls: Caller) -> None:
    talk = f"{HERE}/conversations/{_item('a').thread_id}"

    done = said(ada_calls.post(f"{talk}/aside", {}))
    folder = said(ada_calls.get(f"{HERE}/folder"))
    out = ada_calls.post(f"{talk}/out", {})

    assert done == {"aside": 1, "hiding": 1}
    assert folder == {"items": [{"category": "abuse", "conversations": 1}], "offered": 0}
    assert (out.status_code, _item("a").thread.state) == (204, "open")


def test_a_person_in_danger_is_not(ada_calls: Caller) -> None:
    answer = ada_calls.post(f"{HERE}/conversations/{_item('d').thread_id}/aside", {})

    assert (answer.status_code, said(answer)["code"]) == (422, "aside_danger")
    assert _item("d").thread.state == "open"


def test_a_person_says_that_nobody_is_in_danger(ada_calls: Caller) -> None:
    path = f"{HERE}/items/{_item('d').pk}/danger"

    codes = [ada_calls.post(path, {"danger": False}).status_code for _ in range(2)]

    assert codes == [204, 409]
    assert not _item("d").danger


def test_a_message_is_kept_once(ada_calls: Caller) -> None:
    path = f"{HERE}/items/{_item('a').pk}/keep"

    kept = [said(ada_calls.post(path, {"why": "crime"}))["digest"] for _ in range(2)]

    assert kept == [Kept.objects.get().digest] * 2


def test_the_numbers_are_read(ada_calls: Caller) -> None:
    found = said(ada_calls.get(f"{HERE}/helplines"))

    assert found["country"] == "FR"
    assert {"3114", "112", "119"} <= {one["number"] for one in found["items"]}


def test_words_alone_are_no_image_of_a_minor(ada_calls: Caller) -> None:
    answer = ada_calls.post(f"{HERE}/items/{_item('a').pk}/keep", {"why": "minor"})

    assert (answer.status_code, said(answer)["code"]) == (422, "kept_shows_nothing")
    assert not Kept.objects.exists()
