"""Acting on the network from a conversation: nothing has to be read for it, what is grave asks."""

import re

import pytest

from breakwater.channels.models import Channel
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.inbox.models import Answer, Item
from breakwater.inbox.tests.world import ABUSE, LEO, QUESTION, arrive, channel_of, said
from breakwater.networks.base import What
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.web.tests.quay import at_desk, member, told
from breakwater.wellbeing.models import Exposure

pytestmark = pytest.mark.django_db
PAGE = "/w/harbour/inbox/"


@pytest.fixture
def mia(harbour_workspace: Workspace) -> Person:
    """Manages."""
    return member(harbour_workspace, Role.MANAGER, name="mia")


def item(remote_id: str) -> Item:
    return Item.objects.get(arrival__remote_id=remote_id)


def deed(remote_id: str, name: str) -> str:
    return f"{PAGE}items/{item(remote_id).pk}/deeds/{name}/"


def talk(remote_id: str) -> str:
    return f"{PAGE}{item(remote_id).thread_id}/"


def test_what_is_veiled_is_hidden_without_being_read_and_taken_back(
    quay: Channel, ada: Person
) -> None:
    arrive(quay, said(ABUSE, "a"))
    client = at_desk(ada)

    before = client.get(talk("a")).content.decode()
    answer = client.post(deed("a", "hide"), {"request": str(new_id())})
    after = client.get(answer["Location"].partition("#")[0]).content.decode()
    undone = told(client, f"{PAGE}deeds/{Answer.objects.get().pk}/undo/")

    assert "Hide it" in before
    assert answer["Location"] == f"{talk('a')}#message-{item('a').pk}"
    assert "Is being hidden" in after
    assert "Ada" in after
    assert "Hide it" not in after
    assert "It had not left yet, and does not leave." in undone
    assert ABUSE not in before + after + undone
    assert not Exposure.objects.exists()


def test_the_same_click_twice_is_one_deed(quay: Channel, ada: Person) -> None:
    arrive(quay, said(ABUSE, "a"))
    client, click = at_desk(ada), {"request": str(new_id())}

    for _ in range(2):
        client.post(deed("a", "mute"), click)

    assert Delivery.objects.get().payload["target"] == "k"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("remove", "nobody can bring it back"), ("block", "They can no longer write to you"),
        ("report", "A report cannot be called back."),
    ],
)  # fmt: skip
def test_what_is_grave_is_asked_about_first(
    quay: Channel, mia: Person, name: str, words: str
) -> None:
    arrive(quay, said(ABUSE, "a"))
    client = at_desk(mia)

    page = client.get(deed("a", name)).content.decode()
    nothing = Delivery.objects.count()
    client.post(deed("a", name), {"reason": "rude", "request": str(new_id())})

    assert words in page
    assert ABUSE not in page
    assert (nothing, Delivery.objects.get().deed) == (0, name)


def test_a_report_without_a_reason_says_so(quay: Channel, ada: Person) -> None:
    arrive(quay, said(ABUSE, "a"))

    page = at_desk(ada).post(deed("a", "report"), {"text": "x"}).content.decode()

    assert "What is wrong with it?" in page
    assert not Delivery.objects.exists()


def test_a_deed_that_a_network_does_not_have_says_why(
    harbour_workspace: Workspace, ada: Person
) -> None:
    arrive(channel_of(harbour_workspace, "9", network="x"), said(ABUSE, "a"))
    client = at_desk(ada)

    page = client.get(talk("a")).content.decode()
    asked = client.get(deed("a", "block")).content.decode()
    tried = client.post(deed("a", "block"))

    assert "Block the author: X took blocking from apps in 2023. Block on x.com." in page
    assert deed("a", "block") not in page
    assert "X took blocking from apps in 2023." in asked
    assert tried.status_code == 400
    assert not Delivery.objects.exists()


def test_a_message_is_not_hidden_and_an_author_sees_no_menu(
    quay: Channel, ada: Person, ann: Person
) -> None:
    arrive(quay, said(QUESTION, "m", what=What.MESSAGE, about="", thread="t"))

    page = at_desk(ada).get(talk("m")).content.decode()
    hers = at_desk(ann).get(talk("m")).content.decode()

    assert deed("m", "hide") not in page
    assert deed("m", "mute") in page
    assert "On the network" not in hers
    assert at_desk(ann).post(deed("m", "mute")).status_code == 403


def test_what_the_network_refused_is_said_at_the_message(quay: Channel, ada: Person) -> None:
    arrive(quay, said(ABUSE, "a"))
    client = at_desk(ada)
    client.post(deed("a", "hide"))
    Delivery.objects.update(state="failed", reason="refused")

    page = client.get(talk("a")).content.decode()

    assert "Not hidden" in page
    assert "The network refused it without a clear reason. Nothing was changed there." in page
    assert deed("a", "hide") in page


def test_how_far_it_is_is_looked_at_again_until_it_is_there(quay: Channel, ada: Person) -> None:
    arrive(quay, said(ABUSE, "a"))
    client = at_desk(ada)
    client.post(deed("a", "hide"))
    standing = f"{PAGE}items/{item('a').pk}/deeds/"

    moving = client.get(standing).content.decode()
    Delivery.objects.update(state="verified")
    there = client.get(standing).content.decode()

    assert "hx-trigger" in moving
    assert "hx-trigger" not in there
    assert "Hidden, read back" in there
    assert "Undo" in there


def chosen(*remote_ids: str, name: str) -> str:
    talks = "&".join(f"thread={item(one).thread_id}" for one in remote_ids)
    return f"{PAGE}several/?deed={name}&{talks}"


def confirmed(page: str, **more: str) -> dict[str, object]:
    """What the form of a confirmation sends."""
    form = page.partition('/several/act/"')[2].partition("</form>")[0]
    hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)
    ids = [value for name, value in hidden if name == "item"]
    return {**dict(hidden), "item": ids, **more}


def test_several_are_acted_on_after_a_count_by_network(
    quay: Channel, ada: Person, harbour_workspace: Workspace
) -> None:
    arrive(quay, said(ABUSE, "a"), said(ABUSE, "b", by=LEO))
    arrive(channel_of(harbour_workspace, "9", network="x"), said(ABUSE, "x"))
    client = at_desk(ada)

    listing = client.get(f"{PAGE}all/").content.decode()
    page = client.get(chosen("a", "b", "x", name="block")).content.decode()
    nothing = Delivery.objects.count()
    answer = client.post(f"{PAGE}several/act/", confirmed(page))

    assert listing.count('name="thread"') == 3
    assert "Block the authors…" in listing
    assert "Practice harbour" in page
    assert "2 messages" in page
    assert "Block on x.com." in page
    assert (answer.status_code, nothing, Delivery.objects.count()) == (303, 0, 2)


def test_hiding_criticism_in_numbers_asks_for_a_reason(quay: Channel, ada: Person) -> None:
    arrive(quay, said(QUESTION, "a"), said(QUESTION, "b", by=LEO))
    client = at_desk(ada)
    page = client.get(chosen("a", "b", name="hide")).content.decode()

    without = client.post(f"{PAGE}several/act/", confirmed(page))
    nothing = Delivery.objects.count()
    client.post(f"{PAGE}several/act/", confirmed(page, why="Both name a customer."))

    assert "It is kept on record with your name." in page
    assert (without.status_code, nothing) == (400, 0)
    assert "Write why" in without.content.decode()
    assert Delivery.objects.count() == 2


def test_where_nothing_was_chosen_the_list_says_so(quay: Channel, ada: Person) -> None:
    arrive(quay, said(ABUSE, "a"))
    client, back = at_desk(ada), f"{PAGE}all/?label=x"

    for asked in ("", "&thread=x&item=²", f"&item={10**30}", "&item=77"):
        answer = client.get(f"{PAGE}several/?deed=hide{asked}&next={back}")
        assert answer["Location"] == back
        said_there = client.get(back).content.decode()
        assert ("Choose conversations first." in said_there) == (not asked)
        assert ("Nothing that waits was chosen" in said_there) == bool(asked)
    acted = client.post(f"{PAGE}several/act/", {"deed": "hide", "next": back})

    assert acted["Location"] == back
    assert client.get(f"{PAGE}several/?deed=unfollow&item=1").status_code == 404
    assert not Delivery.objects.exists()


def test_what_was_done_to_several_leads_back_to_the_list_it_was_chosen_in(
    quay: Channel, ada: Person
) -> None:
    arrive(quay, said(ABUSE, "a"), said(ABUSE, "b", by=LEO))
    client, back = at_desk(ada), f"{PAGE}all/?category=abuse"

    page = client.get(f"{chosen('a', 'b', name='block')}&next={back}").content.decode()
    answer = client.post(f"{PAGE}several/act/", confirmed(page))

    assert page.count(f'href="{back}"') == 1
    assert answer["Location"] == back


def test_more_than_one_click_may_be_about_is_refused(quay: Channel, ada: Person) -> None:
    client = at_desk(ada)
    talks = [str(new_id()) for _ in range(201)]

    answers = [
        client.post(f"{PAGE}work/done/", {"thread": talks}),
        client.post(f"{PAGE}work/choose/later/", {"thread": talks}),
        client.post(f"{PAGE}several/", {"deed": "hide", "item": range(1, 202)}),
    ]

    assert [one.status_code for one in answers] == [400, 400, 400]
    for one, what in zip(answers, ("conversations", "conversations", "messages"), strict=True):
        assert f"At most 200 {what} can be chosen at once." in one.content.decode()
    assert not Delivery.objects.exists()
