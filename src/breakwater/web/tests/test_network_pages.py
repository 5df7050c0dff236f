"""Networks: the list, what each can do, and the guided set-up of the installation's keys."""

import re
from datetime import datetime

import httpx
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from breakwater.audit.models import Entry
from breakwater.channels import services
from breakwater.channels.models import AppKeys, Channel
from breakwater.channels.selectors import networks, pushes
from breakwater.channels.tests.conftest import dock, home, keyed
from breakwater.channels.tests.dock import CLIENT, DockTown
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.people.services import set_administrator
from breakwater.web.network_setup import hook_address
from breakwater.web.tests.quay import at_desk, member, practice_channel, told

__all__ = ["dock", "home", "keyed"]  # fixtures
KEYS = "/networks/dock/keys/"
CANARY = CLIENT["client_secret"]
PUSHING = sorted(slug for slug in networks() if pushes(slug))


@pytest.fixture
def ida(harbour_workspace: Workspace) -> Person:
    """Looks after the installation, and connects channels in Harbour."""
    person = member(harbour_workspace, Role.MANAGER, name="ida")
    Person.objects.filter(pk=person.pk).update(administrator=True)
    person.refresh_from_db()
    return person


def _page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def _of(shown: str, name: str) -> str:
    """What a list says of one network."""
    return re.split("</li>|</article>", shown.partition(f">{name}</a>")[2])[0]


def test_the_list_says_what_is_missing(ida: Person, dock: DockTown) -> None:
    shown = _page(at_desk(ida), "/networks/")

    assert [name in shown for name in ("Practice harbour", "Bluesky", "Mastodon", "Dock")] == [True] * 4  # fmt: skip
    assert "keys are missing" in _of(shown, "Dock")
    assert "ready" in _of(shown, "Practice harbour")
    assert KEYS in shown
    assert "“wreck” is installed but could not be loaded" in shown


def test_a_hidden_installation_is_told_so_before_its_address_is_pasted_anywhere(
    ida: Person, dock: DockTown, settings: Settings
) -> None:
    client = at_desk(ida)
    hidden = [_page(client, path) for path in ("/networks/", KEYS)]
    settings.PUBLIC_URL = "https://desk.example.org"

    public = [_page(client, path) for path in ("/networks/", KEYS)]

    assert ["No network can reach this installation" in one for one in hidden] == [True, True]
    assert ["No network can reach this installation" in one for one in public] == [False, False]


def test_others_see_the_list_and_no_way_to_the_keys(ann: Person, dock: DockTown) -> None:
    client = at_desk(ann)

    assert KEYS not in _page(client, "/networks/")
    assert KEYS not in _page(client, "/networks/dock/")
    assert client.get(KEYS).status_code == 403


def test_a_network_tells_everything_it_can_with_source_day_and_proof(
    ann: Person, dock: DockTown
) -> None:
    shown = _page(at_desk(ann), "/networks/dock/")

    for said in (
        "Publish a post", "not proved with a live account", "read on Thu 1 Jan 2026",
        "plan or review", "to be tried", "up to 500 characters",
        "post:write", "takes 2 to 4 weeks", "A film of how you use it.", "Until then: your own.",
        "The network offers nothing against the same post twice.",
    ):  # fmt: skip
        assert said in shown, said


@pytest.mark.parametrize("slug", ["mastodon", "bluesky", "sandbox", "pier", "harbour"])
def test_each_network_has_its_page_in_both_languages(
    ann: Person, dock: DockTown, slug: str
) -> None:
    client = at_desk(ann)
    english = _page(client, f"/networks/{slug}/")
    Person.objects.filter(pk=ann.pk).update(language="fr")

    french = _page(client, f"/networks/{slug}/")

    assert "What Breakwater can do there" in english
    assert '<html lang="fr"' in french


@pytest.mark.parametrize("path", ["/networks/nowhere/", "/networks/wreck/", "/networks/pier/keys/"])
def test_what_is_not_there_is_not_found(ida: Person, dock: DockTown, path: str) -> None:
    assert at_desk(ida).get(path).status_code == 404


def test_the_guide_says_what_to_make_and_which_address_to_paste(
    ida: Person, dock: DockTown, settings: Settings
) -> None:
    settings.PUBLIC_URL = "https://desk.test"

    shown = _page(at_desk(ida), KEYS)

    assert 'value="https://desk.test/channels/callback"' in shown
    assert "https://dock.test/console" in shown
    steps = (
        "Before you start",
        "takes 2 to 4 weeks",
        "Make an app there.",
        "post:write",
        "Client ID",
    )
    assert sorted(steps, key=shown.index) == list(steps)
    assert "Webhook address" not in shown


def test_keys_are_kept_and_checked_in_one_go(ida: Person, dock: DockTown) -> None:
    shown = told(at_desk(ida), KEYS, CLIENT)

    row = AppKeys.objects.get()
    assert (row.changed_by, row.trouble, row.checked_at is None) == (ida, "", False)
    assert "The keys are kept, sealed. The network knows them." in shown
    assert "Entered by Ida" in shown
    assert CANARY not in shown


def test_keys_that_the_network_does_not_know_are_kept_and_said(ida: Person, dock: DockTown) -> None:
    dock.known_secret = "another"

    shown = told(at_desk(ida), KEYS, CLIENT)

    assert "The network does not know these keys." in shown
    assert "keys are refused" in shown
    assert AppKeys.objects.get().trouble == "app_keys_refused"


def test_a_network_that_does_not_answer_is_said_and_the_keys_are_kept(
    ida: Person, dock: DockTown
) -> None:
    def fail(path: str) -> None:
        raise httpx.ConnectError(path)

    dock.fault = fail

    shown = told(at_desk(ida), KEYS, CLIENT)

    assert "The network did not answer." in shown
    assert "keys are not checked" in shown
    assert AppKeys.objects.count() == 1


def test_a_missing_key_is_said_and_the_secret_is_not_sent_back(ida: Person, dock: DockTown) -> None:
    answer = at_desk(ida).post(KEYS, {"client_id": "", "client_secret": CANARY})

    assert answer.status_code == 400
    assert CANARY not in answer.content.decode()
    assert not AppKeys.objects.exists()
    assert dock.asked == []


def test_the_canary_is_on_no_page_that_an_administrator_sees(ida: Person, keyed: DockTown) -> None:
    client = at_desk(ida)

    for address in (
        KEYS, "/networks/", "/networks/dock/", f"{KEYS}forget/", "/w/harbour/channels/connect/",
        "/w/harbour/channels/connect/dock/",
    ):  # fmt: skip
        assert CANARY not in _page(client, address)
    told(client, f"{KEYS}check/")
    assert CANARY not in repr(list(Entry.objects.values()))


def test_the_review_is_noted(ida: Person, keyed: DockTown) -> None:
    shown = told(at_desk(ida), f"{KEYS}review/", {"review": "asked"})

    assert AppKeys.objects.get().review == "asked"
    assert "Here: asked for; the network is looking." in shown
    assert "review is open" in shown


def test_forgetting_asks_first(ida: Person, keyed: DockTown) -> None:
    client = at_desk(ida)

    asked = _page(client, f"{KEYS}forget/")
    before = AppKeys.objects.count()
    shown = told(client, f"{KEYS}forget/")

    assert "Forget the keys for Dock?" in asked
    assert (before, AppKeys.objects.count()) == (1, 0)
    assert "There are none yet." in shown
    assert client.get(f"{KEYS}forget/").status_code == 404


def test_who_connects_is_told_before_that_keys_are_missing(
    harbour_workspace: Workspace, dock: DockTown
) -> None:
    mia = at_desk(member(harbour_workspace, Role.MANAGER, name="mia"))

    choosing = _page(mia, "/w/harbour/channels/connect/")
    shown = _page(mia, "/w/harbour/channels/connect/dock/")

    ready, _, lacking = choosing.partition("Keys are missing")
    assert (">Dock</a>" in lacking, ">Dock</a>" in ready) == (True, False)
    assert (">Pier</a>" in lacking, ">Pier</a>" in ready) == (False, True)
    assert "Ask whoever looks after the installation" in shown
    assert "takes 2 to 4 weeks" in shown
    assert KEYS not in shown
    assert "On to the network" not in shown


def test_connecting_without_keys_is_refused_at_the_door_too(ida: Person, dock: DockTown) -> None:
    answer = at_desk(ida).post("/w/harbour/channels/connect/dock/", {"purpose": "listen"})

    assert answer.status_code == 400
    assert dock.asked == []
    assert not Channel.objects.exists()


def test_a_network_with_one_server_is_not_asked_for_an_address(
    ida: Person, keyed: DockTown
) -> None:
    shown = _page(at_desk(ida), "/w/harbour/channels/connect/dock/")

    assert 'name="origin"' not in shown
    assert shown.count('name="purpose"') == 3


def test_the_whole_walk_with_a_purpose_and_a_choice(ida: Person, keyed: DockTown) -> None:
    keyed.opens = ("ann", "eve", "kay")
    client = at_desk(ida)

    leaving = client.post("/w/harbour/channels/connect/dock/", {"purpose": "answer"})
    url = httpx.URL(leaving.context["url"])
    code = keyed.consent(str(url), "ann")
    back = client.get(f"/channels/callback?state={url.params['state']}&code={code}")
    offered = _page(client, back["Location"])
    shown = told(client, back["Location"], {"accounts": ["1", "3"]})  # type: ignore[dict-item]

    assert url.params["scope"] == "answer comments who"
    assert back.status_code == 303
    assert "Eve · Page · @eve" in offered
    assert "canary" not in offered
    assert {one.handle for one in Channel.objects.all()} == {"@ann", "@kay"}
    assert ("Ann is connected." in shown, "Kay is connected." in shown) == (True, True)
    assert client.get(back["Location"]).status_code == 400


def test_the_channel_page_greys_what_was_not_granted_and_says_what_to_do(
    ida: Person, keyed: DockTown
) -> None:
    client = at_desk(ida)
    leaving = client.post("/w/harbour/channels/connect/dock/", {"purpose": "listen"})
    url = httpx.URL(leaving.context["url"])
    code = keyed.consent(str(url), "ann")
    client.get(f"/channels/callback?state={url.params['state']}&code={code}")

    shown = _page(client, f"/w/harbour/channels/{Channel.objects.get().pk}/")

    assert "Listen: read posts, comments, mentions and messages" in shown
    assert "<code>comments</code> <code>who</code>" in shown
    assert shown.count("Not granted. Reconnect the channel and choose more.") == 3
    assert "Whether this account has it is not known yet." in shown
    rest = _page(client, f"/w/harbour/channels/{Channel.objects.get().pk}/reconnect/")
    assert rest.index("checked") < rest.index('value="answer"')


def test_pages_of_networks_cost_a_fixed_number_of_queries(
    ida: Person, keyed: DockTown, harbour_workspace: Workspace,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for number in range(5):
        practice_channel(harbour_workspace, ida, f"pier-{number}")
    client = at_desk(ida)

    for address, most in (("/networks/", 8), ("/networks/dock/", 8), (KEYS, 8)):
        with django_assert_max_num_queries(most):
            client.get(address)


def test_a_network_that_pushes_is_given_the_address_where_we_listen(settings: Settings) -> None:
    settings.PUBLIC_URL = "https://desk.test"

    assert hook_address("pier") == ""
    assert {hook_address(slug) for slug in PUSHING} == {
        f"https://desk.test/hooks/{slug}/" for slug in PUSHING
    }
    assert len(PUSHING) > 2


def test_an_administrator_is_named_by_the_command_line_and_in_every_audit(
    ann: Person, harbour_workspace: Workspace, other_workspace: Workspace, now: datetime
) -> None:
    set_administrator(ann, yes=True, by=None, now=now)
    set_administrator(ann, yes=True, by=None, now=now)

    assert Person.objects.get(pk=ann.pk).administrator
    assert Entry.objects.filter(verb="person.made_administrator").count() == 2
    assert at_desk(ann).get("/networks/").status_code == 200


def test_keys_saved_elsewhere_are_shown_by_who_and_when(ida: Person, keyed: DockTown) -> None:
    services.check_keys(network="dock", now=AppKeys.objects.get().changed_at)

    assert "Entered by Ann" in _page(at_desk(ida), KEYS)
