"""Channels in the browser: found empty, connected, watched, reconnected, disconnected."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from pytest_django import DjangoAssertNumQueries

from breakwater.channels.models import Channel, Credential
from breakwater.channels.tests.conftest import home, pier, town
from breakwater.channels.tests.harbour import PASSWORD, Town
from breakwater.core import clock
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.web.tests.quay import at_desk, member, practice_channel, told

__all__ = ["home", "pier", "town"]  # fixtures
LIST = "/w/harbour/channels/"


@pytest.fixture
def mia(harbour_workspace: Workspace) -> Person:
    """Connects channels."""
    return member(harbour_workspace, Role.MANAGER, name="mia")


@pytest.fixture
def quay(harbour_workspace: Workspace, mia: Person, home: Path) -> Channel:
    return practice_channel(harbour_workspace, mia)


def test_who_may_connect_is_first_shown_the_way_that_needs_no_account(mia: Person) -> None:
    shown = at_desk(mia).get(LIST).content.decode()

    assert "No channel yet" in shown
    assert "needs no account" in shown
    assert shown.index("channels/connect/sandbox/") < shown.index("Connect a real account")


def test_who_may_not_connect_is_told_who_can(ann: Person, harbour_workspace: Workspace) -> None:
    shown = at_desk(ann).get(LIST).content.decode()

    assert "A manager of this workspace can connect" in shown
    assert "channels/connect/" not in shown


def test_every_installed_network_can_be_chosen_and_a_broken_one_is_said(
    mia: Person, home: Path
) -> None:
    shown = at_desk(mia).get(f"{LIST}connect/").content.decode()

    assert [name in shown for name in ("Practice harbour", "Bluesky", "Mastodon", "Pier")] == [True] * 4  # fmt: skip
    assert "“wreck” is installed but could not be loaded" in shown


def test_the_form_asks_what_the_manifest_asks(mia: Person, home: Path) -> None:
    shown = at_desk(mia).get(f"{LIST}connect/harbour/").content.decode()

    for asked in ('name="origin"', 'name="name"', 'name="size"', "https://harbour.internal"):
        assert asked in shown
    assert 'type="password" name="password"' in shown


def test_a_network_that_is_not_installed_is_not_found(mia: Person, home: Path) -> None:
    assert at_desk(mia).get(f"{LIST}connect/nowhere/").status_code == 404


def test_a_practice_account_is_connected_in_one_form(mia: Person, home: Path) -> None:
    typed = {"name": "quay", "class": "none", "language": "en"}

    answer = at_desk(mia).post(f"{LIST}connect/sandbox/", typed)

    made = Channel.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"{LIST}{made.pk}/")
    assert (made.handle, made.state, made.options) == ("@quay", "connected", {"guarantee": "none"})


def test_a_refused_sign_in_keeps_what_was_typed_but_the_password(mia: Person, town: Town) -> None:
    typed = {"name": "ann", "password": "canary-wrong", "size": "small", "origin": ""}

    answer = at_desk(mia).post(f"{LIST}connect/harbour/", typed)

    shown = answer.content.decode()
    assert answer.status_code == 400
    assert 'value="ann"' in shown
    assert "canary-wrong" not in shown
    assert not Channel.objects.exists()


def test_a_missing_field_is_said_beside_it(mia: Person, town: Town) -> None:
    answer = at_desk(mia).post(f"{LIST}connect/harbour/", {"name": "", "password": PASSWORD})

    assert answer.status_code == 400
    assert "This field is required." in answer.content.decode()
    assert town.asked == []


def test_a_network_that_does_not_answer_is_said_on_the_form(mia: Person, town: Town) -> None:
    def silent(_path: str) -> None:
        raise httpx.ReadTimeout("nothing came")

    town.fault = silent
    typed = {"name": "ann", "password": PASSWORD, "size": "small"}

    answer = at_desk(mia).post(f"{LIST}connect/harbour/", typed)

    assert answer.status_code == 400
    assert "The network did not answer. Nothing was changed." in answer.content.decode()
    assert not Channel.objects.exists()


def test_consent_is_asked_on_the_networks_own_page_and_comes_back(mia: Person, pier: Town) -> None:
    client = at_desk(mia)

    leaving = client.post(f"{LIST}connect/pier/", {"origin": ""})
    url = leaving.context["url"]
    state = httpx.URL(url).params["state"]
    back = client.get(f"/channels/callback?{urlencode({'state': state, 'code': pier.consent(url, 'ann')})}")  # fmt: skip

    assert url.startswith("https://pier.internal/consent?")
    assert '<meta http-equiv="refresh" content="0;url=https://pier.internal' in leaving.content.decode()  # fmt: skip
    made = Channel.objects.get()
    assert (back.status_code, back["Location"]) == (303, f"{LIST}{made.pk}/")
    assert (made.network, made.handle) == ("pier", "@ann")


def test_a_no_over_there_changes_nothing_here(mia: Person, pier: Town) -> None:
    client = at_desk(mia)
    url = client.post(f"{LIST}connect/pier/", {"origin": ""}).context["url"]

    answer = client.get(f"/channels/callback?state={httpx.URL(url).params['state']}&error=denied")

    assert answer.status_code == 400
    assert "access was not granted" in answer.content.decode()
    assert not Channel.objects.exists()


def test_the_way_back_is_open_to_one_session_only(mia: Person, pier: Town) -> None:
    url = at_desk(mia).post(f"{LIST}connect/pier/", {"origin": ""}).context["url"]
    query = {"state": httpx.URL(url).params["state"], "code": pier.consent(url, "ann")}

    answer = at_desk(mia).get(f"/channels/callback?{urlencode(query)}")

    assert answer.status_code == 400
    assert "from another browser" in answer.content.decode()
    assert not Channel.objects.exists()


@pytest.mark.parametrize("state", ["", "never-given-out"])
def test_an_unknown_way_back_says_where_to_start_again(mia: Person, state: str) -> None:
    answer = at_desk(mia).get(f"/channels/callback?state={state}&code=1")

    assert answer.status_code == 400
    assert "Start again from the channel page" in answer.content.decode()


def test_another_account_is_not_taken_on_reconnect(mia: Person, town: Town) -> None:
    client = at_desk(mia)
    typed = {"name": "ann", "password": PASSWORD, "size": "small"}
    client.post(f"{LIST}connect/harbour/", typed)
    channel = Channel.objects.get()
    kept = Credential.objects.get().version

    answer = client.post(f"{LIST}{channel.pk}/reconnect/", {**typed, "name": "eve"})

    assert answer.status_code == 400
    assert "This is the account @eve, but the channel belongs to @ann." in answer.content.decode()
    assert Credential.objects.get().version == kept


def test_reconnecting_opens_a_disconnected_channel_again(mia: Person, quay: Channel) -> None:
    client = at_desk(mia)
    client.post(f"{LIST}{quay.pk}/disconnect/")

    answer = client.post(f"{LIST}{quay.pk}/reconnect/", {"name": "quay", "class": "none", "language": "en"})  # fmt: skip

    quay.refresh_from_db()
    assert (answer.status_code, quay.state) == (303, "connected")


def test_the_channel_page_says_what_is_known(mia: Person, quay: Channel) -> None:
    shown = at_desk(mia).get(f"{LIST}{quay.pk}/").content.decode()

    for said in (
        "The sign-in works. Planned posts can leave.",
        "up to 500 characters",
        "up to 4 pictures of at most 8 MB each (JPEG, PNG, WEBP)",
        "Delete a post that is out",
        "Read on Sat 28 Nov 2026.",
        "The network offers nothing against the same post twice.",
    ):
        assert said in shown
    assert "canary" not in shown


def test_a_reader_sees_the_channel_and_no_way_to_change_it(
    ann: Person, harbour_workspace: Workspace, quay: Channel
) -> None:
    shown = at_desk(ann).get(f"{LIST}{quay.pk}/").content.decode()

    assert "The sign-in works" in shown
    for deed in ("check/", "reconnect/", "disconnect/"):
        assert deed not in shown


def test_a_shut_channel_says_so_in_words_and_what_to_do(mia: Person, quay: Channel) -> None:
    Channel.objects.filter(pk=quay.pk).update(
        state="reconnect", trouble="reconnect", trouble_detail="401 token_revoked"
    )

    listed = at_desk(mia).get(LIST).content.decode()
    shown = at_desk(mia).get(f"{LIST}{quay.pk}/").content.decode()

    assert "has to be reconnected" in listed
    assert "planned posts wait until the channel is reconnected" in shown
    assert "401 token_revoked" in shown


def test_a_sign_in_that_ends_soon_says_the_day(mia: Person, quay: Channel) -> None:
    ends = clock.now() + timedelta(days=2)
    Credential.objects.update(expires_at=ends)

    shown = at_desk(mia).get(f"{LIST}{quay.pk}/").content.decode()

    assert "sign-in ends soon" in shown
    assert f"{ends.year}. Reconnect before then" in shown


def test_a_channel_whose_network_was_taken_away_still_has_a_page(
    mia: Person, quay: Channel
) -> None:
    Channel.objects.filter(pk=quay.pk).update(network="gone")

    shown = at_desk(mia).get(f"{LIST}{quay.pk}/").content.decode()

    assert "The part of Breakwater that speaks to this network is not installed" in shown
    assert "reconnect/" not in shown


def test_a_check_asks_the_network_now(mia: Person, quay: Channel) -> None:
    Channel.objects.filter(pk=quay.pk).update(checked_at=None, trouble="try_later")

    shown = told(at_desk(mia), f"{LIST}{quay.pk}/check/")

    quay.refresh_from_db()
    assert "The network answered: the sign-in works." in shown
    assert quay.trouble == ""
    assert quay.checked_at is not None


def test_disconnecting_asks_first(mia: Person, quay: Channel) -> None:
    client = at_desk(mia)

    asked = client.get(f"{LIST}{quay.pk}/disconnect/").content.decode()
    quay.refresh_from_db()
    before = quay.state
    client.post(f"{LIST}{quay.pk}/disconnect/")

    quay.refresh_from_db()
    assert "Planned posts for it will not leave" in asked
    assert (before, quay.state) == ("connected", "disconnected")
    assert bytes(Credential.objects.get().sealed) == b""


def test_another_workspaces_channel_is_not_there(
    eve: Person, other_workspace: Workspace, quay: Channel
) -> None:
    client = at_desk(eve)

    assert client.get(f"/w/elsewhere/channels/{quay.pk}/").status_code == 404
    assert client.post(f"/w/elsewhere/channels/{quay.pk}/disconnect/").status_code == 404
    quay.refresh_from_db()
    assert quay.state == "connected"


def test_the_list_costs_the_same_for_one_channel_and_for_ten(
    mia: Person,
    harbour_workspace: Workspace,
    quay: Channel,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(9):
        practice_channel(harbour_workspace, mia, f"pier-{number}")
    client = at_desk(mia)

    with django_assert_max_num_queries(9):
        client.get(LIST)
    with django_assert_max_num_queries(9):
        client.get(f"{LIST}{quay.pk}/")


def test_the_pages_render_in_french(harbour_workspace: Workspace, quay: Channel) -> None:
    lea = member(harbour_workspace, Role.OWNER, name="lea", language="fr")
    client = at_desk(lea)

    for path in ("", "connect/", "connect/sandbox/", f"{quay.pk}/", f"{quay.pk}/practice/"):
        answer = client.get(f"{LIST}{path}")
        assert answer.status_code == 200
        assert '<html lang="fr"' in answer.content.decode()
