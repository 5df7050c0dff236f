"""Answering under a conversation: for one brand, with what is known before anybody types."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.inbox.models import Answer, Draft, Item, Proposal, SavedReply, Setup, Thread
from breakwater.inbox.tests.world import (
    ABUSE,
    LEO,
    NOW,
    OURS,
    QUESTION,
    arrive,
    channel_of,
    said,
)
from breakwater.networks.base import What
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.web.tests.quay import at_desk, member

pytestmark = pytest.mark.django_db
HELLO = "Good morning, the shop opens at ten."


@pytest.fixture
def thread(quay: Channel) -> Thread:
    arrive(quay, said(QUESTION, "a"))
    return Thread.objects.get()


def page_of(thread: Thread) -> str:
    return f"/w/harbour/inbox/{thread.pk}/"


def fields(html: str) -> dict[str, str]:
    """The hidden fields of the answer's form, as a browser would send them."""
    form = html[html.index('id="answer-form"') :].partition("</form>")[0]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def form(client: Client, thread: Thread) -> dict[str, str]:
    return fields(client.get(page_of(thread)).content.decode())


def test_the_panel_says_for_which_brand_and_account_it_leaves(thread: Thread, ada: Person) -> None:
    html = at_desk(ada).get(page_of(thread)).content.decode()

    assert "Answer as Harbour" in html
    assert "It leaves from @quay on Practice harbour." in html
    assert 'data-unit="graphemes" data-limit="500"' in html
    assert "500 left" in html


def test_an_answer_leaves_and_stands_in_the_conversation_with_its_state(
    thread: Thread, ada: Person
) -> None:
    client = at_desk(ada)

    answer = client.post(f"{page_of(thread)}answer/", {**form(client, thread), "text": HELLO})
    html = client.get(answer["Location"]).content.decode()

    delivery = Delivery.objects.get()
    assert answer.status_code == 303
    assert Thread.objects.get().state == "done"
    assert HELLO in html
    assert "leaves in a moment" in html
    assert f"/w/harbour/deliveries/{delivery.pk}/" in html


def test_what_the_network_shows_of_our_answer_is_not_shown_twice(
    quay: Channel, thread: Thread, ada: Person
) -> None:
    client = at_desk(ada)
    client.post(f"{page_of(thread)}answer/", {**form(client, thread), "text": HELLO})
    Delivery.objects.update(remote_id="ours", state="verified")
    arrive(quay, said(HELLO, "ours", by=OURS, minutes=30, parent="a", own=True))

    html = client.get(page_of(thread)).content.decode()

    assert html.count(HELLO) == 1
    assert "arrived and read back" in html


def test_a_form_of_another_brand_is_refused_in_words(thread: Thread, ada: Person) -> None:
    client = at_desk(ada)
    typed = {**form(client, thread), "text": HELLO, "workspace": str(new_id())}

    answer = client.post(f"{page_of(thread)}answer/", typed)

    assert answer.status_code == 400
    assert "another brand or account" in answer.content.decode()
    assert HELLO in answer.content.decode()
    assert not Delivery.objects.exists()


def test_a_colleague_who_was_first_is_shown_and_ones_own_words_are_kept(
    harbour_workspace: Workspace, thread: Thread, ada: Person
) -> None:
    bea = member(harbour_workspace, Role.AGENT, name="bea")
    client, other = at_desk(ada), at_desk(bea)
    mine, theirs = form(client, thread), form(other, thread)
    other.post(f"{page_of(thread)}answer/", {**theirs, "text": "At ten!"})

    late = client.post(f"{page_of(thread)}answer/", {**mine, "text": HELLO})
    html = late.content.decode()

    assert late.status_code == 409
    assert "Bea answered here after your page was made" in html
    assert ("At ten!" in html, HELLO in html, "Send mine as well" in html) == (True, True, True)
    assert Delivery.objects.count() == 1
    assert (
        client.post(f"{page_of(thread)}answer/", {**fields(html), "text": HELLO}).status_code == 303
    )
    assert Delivery.objects.count() == 2


def test_typing_is_kept_with_a_calm_word_and_gaps_named(thread: Thread, ada: Person) -> None:
    client = at_desk(ada)
    url = f"{page_of(thread)}draft/"

    calm = client.post(url, {"text": "Hello {name}, ", "revision": ""})
    angry = client.post(url, {"text": "You stupid idiot", "revision": calm["X-Revision"]})
    stale = client.post(url, {"text": "Else", "revision": calm["X-Revision"]})
    html = client.get(page_of(thread)).content.decode()

    assert "Still to be filled in before it can leave: {name}" in calm.content.decode()
    assert "Read it once more" in angry.content.decode()
    assert "insult" in angry.content.decode()
    assert (stale.status_code, "another window" in stale.content.decode()) == (409, True)
    assert Draft.objects.get().text == "You stupid idiot"
    assert "You stupid idiot" in html


def test_an_angry_answer_is_not_held(thread: Thread, ada: Person) -> None:
    client = at_desk(ada)

    client.post(f"{page_of(thread)}answer/", {**form(client, thread), "text": "You stupid idiot"})

    assert Delivery.objects.get().payload["text"] == "You stupid idiot"


def test_a_saved_answer_is_proposed_filled_in_and_used(thread: Thread, ada: Person) -> None:
    text = "Hello {name}, we open at ten. Your order {order}? {agent}"
    client = at_desk(ada)
    typed = {"name": "Hours", "language": "en", "category": "question", "text": text}
    client.post("/w/harbour/inbox/setup/answers/add/", typed)
    row = SavedReply.objects.get()

    html = client.get(page_of(thread)).content.decode()
    used = client.post(
        f"{page_of(thread)}answer/", {**fields(html), "text": "", "saved": str(row.pk)}
    ).content.decode()
    gap = client.post(f"{page_of(thread)}answer/", {**fields(used), "text": "Your order {order}?"})

    filled = "Hello Kim Holloway, we open at ten. Your order {order}? Ada"
    assert "Proposed: Hours" in html
    assert filled in html
    assert filled in used
    assert gap.status_code == 400
    assert "Still to be filled in: {order}" in gap.content.decode()
    assert not Delivery.objects.exists()


def test_the_panel_shows_no_veiled_word(quay: Channel, ada: Person) -> None:
    arrive(quay, said(ABUSE, "a"))
    thread = Thread.objects.get()

    html = at_desk(ada).get(f"{page_of(thread)}answer/").content.decode()

    assert ABUSE not in html
    assert "bitch" not in html
    assert "You can answer without reading it" in html


def test_each_message_of_several_can_be_answered(
    quay: Channel, thread: Thread, ada: Person
) -> None:
    arrive(quay, said("And on Monday?", "b", by=LEO, minutes=3, parent="a"))
    first = Item.objects.get(arrival__remote_id="a")
    client = at_desk(ada)

    html = client.get(page_of(thread)).content.decode()
    other = client.get(f"{page_of(thread)}answer/?item={first.pk}").content.decode()

    assert f"answer/?item={first.pk}" in html
    assert fields(html)["item"] == str(Item.objects.get(arrival__remote_id="b").pk)
    assert fields(other)["item"] == str(first.pk)
    assert QUESTION in other


def _comes(workspace: Workspace, network: str, *, hours: float, direct: bool = False) -> Thread:
    """Somebody wrote to an account of this network so many hours ago."""
    channel = channel_of(workspace, "9", network=network)
    one = replace(said(QUESTION, "m"), at=clock.now() - timedelta(hours=hours))
    arrive(channel, replace(one, what=What.MESSAGE, thread="t", about="") if direct else one)
    return Thread.objects.get()


def test_a_window_is_known_before_typing(harbour_workspace: Workspace, ada: Person) -> None:
    thread = _comes(harbour_workspace, "instagram", hours=1, direct=True)

    html = at_desk(ada).get(page_of(thread)).content.decode()

    assert "Instagram takes an answer until" in html
    assert 'data-unit="bytes" data-limit="1000"' in html


def test_a_window_that_is_over_leaves_no_form(harbour_workspace: Workspace, ada: Person) -> None:
    thread = _comes(harbour_workspace, "instagram", hours=25, direct=True)

    html = at_desk(ada).get(page_of(thread)).content.decode()

    assert "Instagram takes no answer to this person any more" in html
    assert 'id="answer-form"' not in html


def test_an_app_that_was_granted_more_may_still_try(
    harbour_workspace: Workspace, ada: Person
) -> None:
    thread = _comes(harbour_workspace, "facebook", hours=30, direct=True)

    html = at_desk(ada).get(page_of(thread)).content.decode()

    assert "still takes it where it has granted your app more time" in html
    assert 'id="answer-form"' in html


def test_who_did_not_call_is_told_before_typing(harbour_workspace: Workspace, ada: Person) -> None:
    thread = _comes(harbour_workspace, "x", hours=1)

    html = at_desk(ada).get(page_of(thread)).content.decode()

    assert "did not call this account" in html
    assert 'id="answer-form"' in html


def test_who_cannot_be_answered_leaves_no_form(harbour_workspace: Workspace, ada: Person) -> None:
    thread = _comes(harbour_workspace, "googlebusiness", hours=1)

    html = at_desk(ada).get(page_of(thread)).content.decode()

    assert "Only reviews can be answered." in html
    assert 'id="answer-form"' not in html


def test_an_answer_that_did_not_arrive_is_on_the_first_page_again_for_those_who_can_settle_it(
    thread: Thread, ada: Person, ann: Person
) -> None:
    client = at_desk(ada)
    client.post(f"{page_of(thread)}answer/", {**form(client, thread), "text": HELLO})
    before = client.get("/w/harbour/inbox/").content.decode()
    Delivery.objects.update(state="failed", reason="text_too_long")

    home = client.get("/w/harbour/inbox/").content.decode()
    listed = client.get("/w/harbour/inbox/answers/").content.decode()
    shown = client.get(page_of(thread)).content.decode()

    assert "Answers that need you" not in before
    assert "1 did not arrive, or may not have" in home
    assert "did not leave" in listed
    assert "This answer needs you" in shown
    say = "Say what becomes of it"
    assert (say in listed, say in shown) == (True, True)
    author = at_desk(ann)
    for path in ("/w/harbour/inbox/answers/", page_of(thread)):
        seen = author.get(path).content.decode()
        assert (say in seen, "This answer needs you" in seen) == (False, False)
        assert "Its way, with proof" in seen


def test_an_answer_waits_for_a_yes_and_leaves_with_it(
    harbour_workspace: Workspace, thread: Thread, ada: Person, bob: Person
) -> None:
    Setup.objects.create(workspace=harbour_workspace, approval=True, created_at=NOW)
    client, approver = at_desk(ada), at_desk(bob)
    client.post(f"{page_of(thread)}answer/", {**form(client, thread), "text": HELLO})
    row = Proposal.objects.get()
    place = f"/w/harbour/inbox/proposals/{row.pk}/decide/"

    shown = client.get(page_of(thread)).content.decode()
    own = client.post(place, {"answer": "yes"})
    listed = approver.get("/w/harbour/inbox/proposals/").content.decode()
    without = approver.post(place, {"answer": "no", "why": ""})
    waiting = Delivery.objects.count()
    yes = [approver.post(place, {"answer": "yes"}).status_code for _ in range(2)]

    assert "Ada proposes" in shown
    assert "Take it back" in shown
    assert own.status_code == 403
    assert HELLO in listed
    assert (without.status_code, "Say in a word why" in without.content.decode()) == (400, True)
    assert waiting == 0
    assert yes == [303, 303]
    assert Delivery.objects.count() == 1
    assert Answer.objects.get().by_id == ada.pk


def test_an_author_takes_a_proposal_back(
    harbour_workspace: Workspace, thread: Thread, ada: Person
) -> None:
    Setup.objects.create(workspace=harbour_workspace, approval=True, created_at=NOW)
    client = at_desk(ada)
    client.post(f"{page_of(thread)}answer/", {**form(client, thread), "text": HELLO})
    row = Proposal.objects.get()

    answer = client.post(f"/w/harbour/inbox/proposals/{row.pk}/withdraw/")

    assert answer["Location"] == page_of(thread)
    assert Proposal.objects.get().state == "withdrawn"
    assert not Delivery.objects.exists()


def test_saved_answers_are_changed_and_removed(thread: Thread, ada: Person) -> None:
    client = at_desk(ada)
    place = "/w/harbour/inbox/setup/answers/"
    typed = {"name": "Hours", "language": "en", "category": "", "text": HELLO}
    client.post(f"{place}add/", typed)
    row = SavedReply.objects.get()

    twice = client.post(f"{place}add/", typed)
    strange = client.post(f"{place}{row.pk}/", {**typed, "text": "Hello {nmae}"})
    changed = client.post(f"{place}{row.pk}/", {**typed, "name": "Opening hours"})
    listed = client.get(place).content.decode()
    client.post(f"{place}{row.pk}/remove/")

    assert (twice.status_code, "of this name" in twice.content.decode()) == (400, True)
    assert (strange.status_code, "{nmae}" in strange.content.decode()) == (400, True)
    assert changed.status_code == 303
    assert "Opening hours" in listed
    assert "English · Everything" in listed
    assert "A second pair of eyes" not in listed
    assert not SavedReply.objects.exists()


def test_who_runs_the_workspace_asks_for_a_second_pair_of_eyes(
    harbour_workspace: Workspace, ada: Person
) -> None:
    mia = member(harbour_workspace, Role.MANAGER, name="mia")
    place = "/w/harbour/inbox/setup/answers/approval/"

    refused = at_desk(ada).post(place, {"approval": "on"})
    kept = Setup.objects.exists()
    at_desk(mia).post(place, {"approval": "on"})

    assert (refused.status_code, kept) == (403, False)
    assert Setup.objects.get().approval is True


def test_nothing_is_shown_or_sent_for_somebody_outside(
    thread: Thread, ada: Person, eve: Person, ann: Person
) -> None:
    typed = {**form(at_desk(ada), thread), "text": HELLO}
    statuses = [
        at_desk(person).post(f"{page_of(thread)}{what}/", typed).status_code
        for person in (eve, ann)
        for what in ("answer", "draft")
    ]

    assert statuses == [404, 404, 403, 403]
    assert 'id="answer-form"' not in at_desk(ann).get(page_of(thread)).content.decode()
    assert not Delivery.objects.exists()
    assert not Draft.objects.exists()


def test_a_conversation_with_its_answers_costs_few_queries(
    quay: Channel, thread: Thread, ada: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    arrive(quay, *[said("And then?", f"b{n}", minutes=n, parent="a") for n in range(1, 30)])
    client = at_desk(ada)
    client.get(page_of(thread))

    with django_assert_num_queries(12):
        client.get(page_of(thread))
