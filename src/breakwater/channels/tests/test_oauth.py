"""The walk to a consent page and back: one use, ten minutes, one session, one person."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from breakwater.channels import selectors, services
from breakwater.channels.models import Channel, Connecting, Credential, OAuthApp
from breakwater.channels.services.oauth import challenge
from breakwater.channels.tests.conftest import Connect
from breakwater.channels.tests.harbour import Town
from breakwater.domain.errors import Invalid, NotFound, Problem
from breakwater.people.models import Person, Workspace

BACK = "https://desk.test/channels/back"
Start = Callable[..., str]
Finish = Callable[..., Any]


@pytest.fixture
def start(pier: Town, harbour_workspace: Workspace, ann: Person, now: datetime) -> Start:
    def started(**changes: object) -> str:
        wanted = {
            "workspace_id": harbour_workspace.id,
            "network": "pier",
            "origin": "",
            "redirect_uri": BACK,
            "session_key": "ann's session",
            "by": ann.id,
            "now": now,
            **changes,
        }
        return services.start_oauth(**wanted)  # type: ignore[arg-type]

    return started


@pytest.fixture
def finish(harbour_workspace: Workspace, ann: Person, now: datetime) -> Finish:
    def finished(url: str, code: str, **changes: object) -> Any:
        wanted = {
            "workspace_id": harbour_workspace.id,
            "session_key": "ann's session",
            "state": httpx.URL(url).params["state"],
            "code": code,
            "by": ann.id,
            "now": now + timedelta(minutes=9),
            **changes,
        }
        return services.finish_oauth(**wanted)  # type: ignore[arg-type]

    return finished


def test_an_account_is_connected_by_consent(start: Start, finish: Finish, pier: Town) -> None:
    url = start()

    channel = finish(url, pier.consent(url, "ann"))

    assert (channel.network, channel.handle, channel.state) == ("pier", "@ann", "connected")
    assert url.startswith("https://pier.internal/consent?")
    assert len(httpx.URL(url).params["challenge"]) == 43


def test_the_challenge_is_the_one_of_the_standard() -> None:
    """RFC 7636, appendix B."""
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

    assert challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_state_and_verifier_are_not_kept_in_clear(start: Start) -> None:
    state = httpx.URL(start()).params["state"]

    row = Connecting.objects.get()
    assert row.state_hash == selectors.sha256(state)
    kept = bytes(row.sealed_verifier) + bytes(row.sealed_app) + repr(vars(row)).encode()
    assert state.encode() not in kept
    assert b"canary-client" not in kept + bytes(OAuthApp.objects.get().sealed)


def test_a_state_is_good_once(start: Start, finish: Finish, pier: Town) -> None:
    url = start()
    finish(url, pier.consent(url, "ann"))

    with pytest.raises(Invalid) as caught:
        finish(url, pier.consent(url, "ann"))
    assert caught.value.code == "oauth_state"
    assert Credential.objects.get().version == 1


def test_a_state_is_used_up_by_a_no(start: Start, finish: Finish, pier: Town) -> None:
    url = start()

    with pytest.raises(Invalid) as caught:
        finish(url, "")
    assert caught.value.code == "oauth_denied"
    with pytest.raises(Invalid) as caught:
        finish(url, pier.consent(url, "ann"))
    assert caught.value.code == "oauth_state"
    assert Channel.objects.count() == 0


def test_a_walk_belongs_to_one_session_person_and_workspace(
    start: Start,
    finish: Finish,
    pier: Town,
    bob: Person,
    other_workspace: Workspace,
    now: datetime,
) -> None:
    url = start()
    code = pier.consent(url, "ann")
    wrong: list[dict[str, object]] = [
        {"session_key": "bob's session"},
        {"by": bob.id},
        {"workspace_id": other_workspace.id},
        {"state": "made up"},
        {"state": ""},
        {"now": now + timedelta(minutes=10)},
    ]

    for change in wrong:
        with pytest.raises(Invalid) as caught:
            finish(url, code, **change)
        assert caught.value.code == "oauth_state"
    assert ("/exchange" in pier.asked, Channel.objects.count()) == (False, 0)
    assert finish(url, code).handle == "@ann"


def test_codes_of_two_walks_cannot_be_swapped(start: Start, finish: Finish, pier: Town) -> None:
    mine, theirs = start(), start()

    with pytest.raises(Invalid) as caught:
        finish(mine, pier.consent(theirs, "eve"))
    assert caught.value.code == "sign_in_refused"
    assert Channel.objects.count() == 0


def test_another_account_does_not_renew_a_channel(start: Start, finish: Finish, pier: Town) -> None:
    url = start()
    channel = finish(url, pier.consent(url, "ann"))
    before = Credential.objects.values().get()
    again = start(channel_id=channel.id, network="ignored", origin="https://ignored.test")

    with pytest.raises(Invalid) as caught:
        finish(again, pier.consent(again, "eve"))

    assert caught.value.code == "wrong_account"
    assert Credential.objects.values().get() == before
    assert (Channel.objects.get().handle, Channel.objects.count()) == ("@ann", 1)


def test_the_right_account_renews_it(start: Start, finish: Finish, pier: Town) -> None:
    url = start()
    channel = finish(url, pier.consent(url, "ann"))
    again = start(channel_id=channel.id)

    assert finish(again, pier.consent(again, "ann")).id == channel.id
    assert Credential.objects.get().version == 2


def test_our_app_is_registered_again_when_it_is_old_or_refused(
    start: Start, finish: Finish, pier: Town, now: datetime
) -> None:
    first = start()
    assert httpx.URL(start()).params["client_id"] == httpx.URL(first).params["client_id"]

    later = start(now=now + timedelta(hours=13))
    assert httpx.URL(later).params["client_id"] != httpx.URL(first).params["client_id"]
    assert finish(first, pier.consent(first, "ann")).handle == "@ann"

    with pytest.raises(Invalid):
        finish(later, "made up", now=now + timedelta(hours=13))
    assert OAuthApp.objects.count() == 0
    start(now=now + timedelta(hours=13))
    assert pier.asked.count("/apps") == 3


def test_each_way_back_has_an_app_of_its_own(start: Start, pier: Town) -> None:
    start()
    start(redirect_uri="https://desk.test/other")

    assert sorted(pier.apps.values()) == [BACK, "https://desk.test/other"]


def test_an_unreachable_network_begins_no_walk(start: Start, pier: Town) -> None:
    def fail(path: str) -> None:
        raise httpx.ConnectError("shut")

    pier.fault = fail

    with pytest.raises(Problem) as caught:
        start()
    assert caught.value.code == "network_unreachable"
    assert (Connecting.objects.count(), OAuthApp.objects.count()) == (0, 0)


def test_each_network_has_its_own_way_in(start: Start, connect: Connect) -> None:
    with pytest.raises(Invalid) as caught:
        start(network="harbour")
    assert caught.value.code == "sign_in_here"
    with pytest.raises(Invalid) as caught:
        connect(network="pier")
    assert caught.value.code == "sign_in_elsewhere"


def test_a_walk_knows_where_to_return(start: Start, ann: Person, bob: Person) -> None:
    state = httpx.URL(start()).params["state"]

    assert selectors.walk(state, ann.id).network == "pier"
    with pytest.raises(NotFound):
        selectors.walk(state, bob.id)


def test_old_walks_are_swept_out(start: Start, now: datetime) -> None:
    start()
    start(now=now + timedelta(days=2))

    assert Connecting.objects.count() == 1
