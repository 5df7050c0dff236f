"""Piles by machines: listed, looked at, decided about; with the same shield and the same rights."""

from datetime import timedelta

import pytest
from tests.people import make_member, make_person

from breakwater.api.tests.conftest import ALL, Caller, make_token, said
from breakwater.channels.models import Channel
from breakwater.delivery.models import Delivery
from breakwater.delivery.services import raise_wall
from breakwater.domain.kinds import REPLY
from breakwater.domain.shield import Level
from breakwater.inbox.models import Item, PileDeed, Setup, Thread
from breakwater.inbox.services.pile_deeds import go_on
from breakwater.inbox.tests import world
from breakwater.inbox.tests.pile_ons import LATE, crowd, grouped
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.wellbeing.services import set_own

pytestmark = pytest.mark.django_db
PILES = "/w/harbour/inbox/piles"


@pytest.fixture
def late(desk: Workspace) -> Channel:
    quay = world.channel_of(desk)
    world.arrive(quay, *crowd(LATE, "late"))
    grouped()
    return quay


@pytest.fixture
def ada_calls(desk: Workspace) -> Caller:
    make_member(desk, ada := make_person("ada"), Role.AGENT)
    return Caller(make_token(ada, desk, ALL))


def test_a_pile_is_listed_looked_at_and_answered(late: Channel, ada_calls: Caller) -> None:
    listed = said(ada_calls.get(PILES))
    (one,) = listed["items"]
    assert (listed["people"], one["label"]["fr"]) == (6, "livraison en retard")
    assert one["waiting"] == {"complaint": 5, "question": 1}

    whole = said(ada_calls.get(f"{PILES}/{one['id']}"))
    assert [row["text"] in LATE for row in whole["examples"]] == [True] * 3
    (question,) = whole["exceptions"]
    assert (question["category"], question["may_go_along"]) == ("question", True)

    wish = {"deed": "answer", "text": "On Monday.", "also": [question["thread_id"]]}
    answers = [ada_calls.post(f"{PILES}/{one['id']}/deeds", wish, key="k") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    while go_on(now=world.NOW + timedelta(minutes=1)):
        pass

    deed = said(ada_calls.get(f"{PILES}/{one['id']}"))["deeds"][0]
    assert (deed["state"], deed["done"], deed["left"]) == ("done", 6, {})
    assert PileDeed.objects.count() == 1
    assert said(ada_calls.get(PILES))["items"] == []


def test_what_is_there_to_read_goes_by_the_shield_of_the_tokens_person(
    late: Channel, ada_calls: Caller
) -> None:
    one = said(ada_calls.get(PILES))["items"][0]
    worst = Item.objects.filter(own=False).order_by("pk").first()
    assert worst is not None
    Item.objects.filter(pk=worst.pk).update(rank=Level.CAREFUL)

    def read() -> dict[str, int]:
        whole = said(ada_calls.get(f"{PILES}/{one['id']}"))
        return dict(whole["to_read"])

    by_default = read()
    ada = Person.objects.get(email__startswith="ada")
    set_own(ada, level=Level.CAREFUL, unscored=True, media=True, now=world.NOW)

    assert by_default == {"shown": 6, "veiled": 0, "aside": 0}
    assert read() == {"shown": 5, "veiled": 1, "aside": 0}


def test_nothing_is_hidden_without_a_reason_and_a_deed_can_be_stopped(
    late: Channel, ada_calls: Caller
) -> None:
    address = f"{PILES}/{said(ada_calls.get(PILES))['items'][0]['id']}/deeds"

    refused = ada_calls.post(address, {"deed": "hide", "why": "spam"})
    begun = said(ada_calls.post(address, {"deed": "hide", "why": "Our page rules, rule three."}))
    who = str(PileDeed.objects.get().by_id)
    stopped = said(ada_calls.post(f"/w/harbour/inbox/pile-deeds/{begun['id']}/stop"))

    assert said(refused)["code"] == "pile_reason_missing"
    assert (begun["by"], stopped["by"]) == (who, who)
    assert stopped["state"] == "stopped"
    assert go_on(now=world.NOW) is False
    assert set(Thread.objects.values_list("state", flat=True)) == {"open"}


def test_where_answers_need_a_yes_somebody_else_gives_it(
    late: Channel, ada_calls: Caller, bob_calls: Caller, desk: Workspace
) -> None:
    Setup.objects.create(workspace=desk, approval=True, created_at=world.NOW)
    address = f"{PILES}/{said(ada_calls.get(PILES))['items'][0]['id']}/deeds"
    wish = {"deed": "answer", "text": "On Monday."}
    asked, other = (said(ada_calls.post(address, wish)) for _ in range(2))
    way, other_way = (f"/w/harbour/inbox/pile-deeds/{one['id']}" for one in (asked, other))

    listed = said(bob_calls.get("/w/harbour/inbox/proposals"))
    own = ada_calls.post(f"{way}/approve")
    back = ada_calls.post(f"{other_way}/withdraw")
    while go_on(now=world.NOW):
        pass
    nothing = Delivery.objects.exists()
    yes = [said(bob_calls.post(f"{way}/approve")) for _ in range(2)]
    late_no = bob_calls.post(f"{way}/refuse", {"why": "Too late."})
    while go_on(now=world.NOW):
        pass

    assert (asked["state"], asked["decided_by"], asked["text"]) == ("proposed", None, "On Monday.")
    assert listed["items"] == []
    shown = [{key: one[key] for key in ("id", "talks", "newer")} for one in listed["piles"]]
    assert shown == [{"id": one["id"], "talks": 5, "newer": 0} for one in (asked, other)]
    assert listed["piles"][0]["label"]["en"] == "delivery late"
    assert (own.status_code, nothing) == (403, False)
    assert said(back)["state"] == "withdrawn"
    assert [(one["id"], one["state"]) for one in yes] == [(asked["id"], "going")] * 2
    assert yes[0]["decided_by"] not in (None, asked["by"])
    assert (late_no.status_code, said(late_no)["code"]) == (409, "proposal_decided")
    assert {row.payload["text"] for row in Delivery.objects.all()} == {"On Monday."}
    assert Delivery.objects.count() == 5


def test_a_no_says_why_and_a_program_says_no_yes_while_programs_are_paused(
    late: Channel, ada_calls: Caller, bob_calls: Caller, desk: Workspace
) -> None:
    Setup.objects.create(workspace=desk, approval=True, created_at=world.NOW)
    address = f"{PILES}/{said(ada_calls.get(PILES))['items'][0]['id']}/deeds"
    asked = said(ada_calls.post(address, {"deed": "answer", "text": "On Monday."}))
    way = f"/w/harbour/inbox/pile-deeds/{asked['id']}"
    raise_wall(desk.pk, tag="api", kinds=[REPLY], why="A storm.", by=None, now=world.NOW)

    paused = bob_calls.post(f"{way}/approve")
    state = PileDeed.objects.get().state
    without = bob_calls.post(f"{way}/refuse", {"why": " "})
    no = said(bob_calls.post(f"{way}/refuse", {"why": "Pay it back."}))

    assert (said(paused)["code"], state) == ("programs_paused", "proposed")
    assert said(without)["code"] == "reason_needed"
    assert (no["state"], no["why"]) == ("refused", "Pay it back.")
    assert go_on(now=world.NOW) is False
    assert not Delivery.objects.exists()
