"""An account is connected, renewed and disconnected; its secrets show nowhere."""

import logging
from datetime import datetime, timedelta
from uuid import uuid4

import httpx
import pytest
from django.db import connection
from django.forms.models import model_to_dict

from breakwater.audit.models import Entry
from breakwater.channels import selectors, services
from breakwater.channels.doors import unlock
from breakwater.channels.installed import network
from breakwater.channels.models import Channel, Credential, Cursor
from breakwater.channels.origins import normal_origin
from breakwater.channels.services import storing
from breakwater.channels.tests.conftest import Connect
from breakwater.channels.tests.harbour import PASSWORD, Town
from breakwater.domain.errors import (
    IllegalMove,
    Invalid,
    NotFound,
    Problem,
    StaleState,
    Unsupported,
)
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Who
from breakwater.people.models import Person, Workspace


def verbs() -> list[str]:
    return list(Entry.objects.order_by("number").values_list("verb", flat=True))


def test_an_account_is_connected(connect: Connect, now: datetime) -> None:
    channel = connect()

    assert (channel.handle, channel.remote_id, channel.state) == ("@ann", "1", "connected")
    assert channel.origin == "https://harbour.internal"
    assert selectors.guarantee(channel) is Guarantee.HOUR_KEY
    assert selectors.limits_of(channel) == network("harbour").manifest.limits
    assert unlock([channel.id])[channel.id].account.secrets["access_token"].startswith("canary-")
    assert verbs() == ["channel.connected"]


def test_limits_that_the_network_told_are_kept(connect: Connect, town: Town) -> None:
    town.limit = 7777

    channel = connect()
    channel.refresh_from_db()

    limits = selectors.limits_of(channel)
    assert (limits.text.limit, limits.text.url_cost, limits.text.short_mentions) == (7777, 23, True)
    assert (limits.pictures, limits.picture_types) == (9, ("image/gif",))


def test_no_secret_shows_anywhere(
    connect: Connect, town: Town, ann: Person, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    channel = connect()
    opened = unlock([channel.id])[channel.id]
    town.expire()
    town.fresh.clear()
    services.check_channel(workspace_id=channel.workspace_id, channel_id=channel.id, now=now)

    canaries = [*opened.account.secrets.values(), PASSWORD]
    shown = [repr(opened), str(channel), caplog.text]
    shown += [repr(model_to_dict(row)) for row in (*Channel.objects.all(), *Entry.objects.all())]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM channels_credential")
        shown += [
            repr([bytes(v) if isinstance(v, memoryview) else v for v in row]) for row in cursor
        ]
    assert [c for c in canaries if c and any(c in text for text in shown)] == []
    assert Channel.objects.get().trouble_detail == '401 {"error": "no: ***"}'


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"password": PASSWORD}, "name", "field_missing"),
        ({"name": " ", "password": PASSWORD}, "name", "field_missing"),
        ({"name": "ann"}, "password", "field_missing"),
        ({"name": "a" * 1001, "password": PASSWORD}, "name", "field_too_long"),
        ({"name": "ann", "password": PASSWORD, "size": "huge"}, "size", "field_choice"),
    ],
)
def test_a_field_that_is_wrong_is_named(
    connect: Connect, town: Town, fields: dict[str, str], field: str, code: str
) -> None:
    with pytest.raises(Invalid) as caught:
        connect(fields=fields)

    assert (caught.value.field, caught.value.code) == (field, code)
    assert (town.asked, Channel.objects.count()) == ([], 0)


def test_a_wrong_password_writes_nothing(connect: Connect) -> None:
    with pytest.raises(Invalid) as caught:
        connect(fields={"name": "ann", "password": "canary-wrong"})

    assert caught.value.code == "wrong_password"
    assert "canary" not in str(caught.value)
    assert (Channel.objects.count(), Credential.objects.count(), verbs()) == (0, 0, [])


@pytest.mark.parametrize("error", [httpx.ConnectError("shut"), httpx.ReadTimeout("slow")])
def test_an_unreachable_network_is_said(
    connect: Connect, town: Town, error: httpx.TransportError
) -> None:
    def fail(path: str) -> None:
        raise error

    town.fault = fail

    with pytest.raises(Problem) as caught:
        connect()
    assert caught.value.code == "network_unreachable"
    assert Channel.objects.count() == 0


def test_an_inner_address_is_refused_at_its_field(connect: Connect) -> None:
    with pytest.raises(Invalid) as caught:
        connect(origin="https://10.0.0.1")

    assert (caught.value.code, caught.value.field) == ("address_refused", "origin")
    assert Channel.objects.count() == 0


def test_the_same_account_twice_is_one_channel(connect: Connect) -> None:
    first = connect()
    second = connect()

    assert (first.id, Channel.objects.count()) == (second.id, 1)
    assert Credential.objects.get().version == 2
    assert verbs() == ["channel.connected", "channel.credential_replaced"]


def test_another_account_does_not_renew_a_channel(connect: Connect) -> None:
    channel = connect()
    before = Credential.objects.values().get()

    with pytest.raises(Invalid) as caught:
        connect("eve", channel_id=channel.id)

    assert caught.value.code == "wrong_account"
    assert caught.value.data["given"] == "@eve"
    assert Credential.objects.values().get() == before
    assert (Channel.objects.get().handle, verbs()) == ("@ann", ["channel.connected"])


def test_the_right_account_renews_it(connect: Connect, now: datetime) -> None:
    channel = connect()
    services.mark_reconnect(channel.id, now=now)

    renewed = connect(channel_id=channel.id, network="ignored", origin="ignored")

    assert (renewed.id, renewed.state, renewed.trouble) == (channel.id, "connected", "")
    assert verbs() == ["channel.connected", "channel.reconnect", "channel.connected"]


def test_what_could_not_be_read_is_tried_again_after_a_reconnect(
    connect: Connect, now: datetime
) -> None:
    channel = connect()
    Cursor.objects.create(channel=channel, source="comments", trouble="unsupported", created_at=now)

    connect(channel_id=channel.id, network="ignored", origin="ignored")

    assert (Cursor.objects.get().next_at, Cursor.objects.get().trouble) == (now, "")


def test_a_channel_of_another_workspace_is_not_found(
    connect: Connect, other_workspace: Workspace, now: datetime, eve: Person
) -> None:
    channel = connect()
    place = {"workspace_id": other_workspace.id, "channel_id": channel.id}

    with pytest.raises(NotFound):
        connect(**place)
    with pytest.raises(NotFound):
        services.disconnect(**place, by=eve.id, now=now)
    with pytest.raises(NotFound):
        services.check_channel(**place, now=now)
    with pytest.raises(NotFound):
        selectors.channel_of(other_workspace.id, channel.id)
    assert list(selectors.channels(other_workspace.id)) == []


def test_disconnecting_empties_and_revokes(
    connect: Connect, town: Town, ann: Person, now: datetime
) -> None:
    channel = connect()

    services.disconnect(
        workspace_id=channel.workspace_id, channel_id=channel.id, by=ann.id, now=now
    )

    assert (town.access, town.asked[-1]) == ({}, "/revoke")
    assert bytes(Credential.objects.get().sealed) == b""
    assert unlock([channel.id]) == {}
    assert verbs() == ["channel.connected", "channel.disconnected"]
    with pytest.raises(IllegalMove):
        services.disconnect(
            workspace_id=channel.workspace_id, channel_id=channel.id, by=ann.id, now=now
        )


def test_a_revocation_that_fails_does_not_keep_the_channel(
    connect: Connect, town: Town, ann: Person, now: datetime
) -> None:
    channel = connect()
    town.access.clear()

    def fail(path: str) -> None:
        raise httpx.ConnectError("shut")

    town.fault = fail

    services.disconnect(
        workspace_id=channel.workspace_id, channel_id=channel.id, by=ann.id, now=now
    )

    assert Channel.objects.get().state == "disconnected"


def test_an_account_that_another_workspace_uses_is_not_revoked(
    connect: Connect, town: Town, other_workspace: Workspace, ann: Person, now: datetime
) -> None:
    channel = connect()
    connect(workspace_id=other_workspace.id)

    services.disconnect(
        workspace_id=channel.workspace_id, channel_id=channel.id, by=ann.id, now=now
    )

    assert "/revoke" not in town.asked
    assert len(town.access) == 2


def test_a_channel_that_comes_back_counts_on(connect: Connect, ann: Person, now: datetime) -> None:
    channel = connect()
    services.disconnect(
        workspace_id=channel.workspace_id, channel_id=channel.id, by=ann.id, now=now
    )

    back = connect(now=now + timedelta(days=1))

    assert (back.id, back.state, Credential.objects.get().version) == (channel.id, "connected", 3)
    assert len(unlock([channel.id])) == 1


def test_secrets_are_replaced_by_those_of_the_same_account(
    connect: Connect, town: Town, ann: Person, now: datetime
) -> None:
    channel = connect()
    place = {"workspace_id": channel.workspace_id, "channel_id": channel.id}

    services.replace_secrets(**place, secrets=town.tokens("1"), by=ann.id, now=now)

    assert Credential.objects.get().version == 2
    with pytest.raises(Invalid):
        services.replace_secrets(**place, secrets=town.tokens("2"), by=ann.id, now=now)
    assert Credential.objects.get().version == 2


def test_an_unknown_network_is_unsupported(connect: Connect) -> None:
    with pytest.raises(Unsupported) as caught:
        connect(network="nowhere")
    assert caught.value.code == "network_missing"


def test_networks_are_listed_and_broken_ones_told(town: Town) -> None:
    assert {"harbour", "pier"} <= selectors.networks().keys()
    assert [b.why for b in selectors.broken_networks() if b.slug == "wreck"] == [
        "RuntimeError: does not float"
    ]


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("social.test", "https://social.test"),
        (" https://Social.Test/ ", "https://social.test"),
        ("https://social.test:443", "https://social.test"),
        ("bücher.test", "https://xn--bcher-kva.test"),
        ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
        ("", "https://harbour.internal"),
    ],
)
def test_an_origin_is_stored_in_one_spelling(typed: str, origin: str) -> None:
    allowed = {"http://127.0.0.1:3000"}

    assert normal_origin(typed, network("harbour"), allowed) == origin


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("http://social.test", "origin_not_https"),
        ("http://127.0.0.1:3001", "origin_not_https"),
        ("ftp://social.test", "origin_not_https"),
        ("https://social.test:8443", "origin_port"),
        ("https://social.test/@ann", "origin_bad"),
        ("https://ann@social.test", "origin_bad"),
        ("https://social.test?x", "origin_bad"),
        ("https://social.test#x", "origin_bad"),
        ("https://", "origin_bad"),
        ("two words", "origin_bad"),
        ("https://a\nb", "origin_bad"),
        ("https://social.test\\@x", "origin_bad"),
        ("x" * 300 + ".test", "origin_bad"),
    ],
)
def test_an_origin_that_is_none_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        normal_origin(typed, network("harbour"), {"http://127.0.0.1:3000"})
    assert (caught.value.code, caught.value.field) == (code, "origin")


def test_secrets_replaced_meanwhile_are_not_overwritten(connect: Connect, now: datetime) -> None:
    channel = connect()
    opened = unlock([channel.id])[channel.id]
    connect()

    with pytest.raises(StaleState):
        storing.swap_secrets(
            channel,
            opened.version,
            storing.SignedIn(
                "harbour", channel.origin, Who("1", "@ann", "Ann"), Guarantee.NONE, {}
            ),
            by=uuid4(),
            now=now,
        )
    assert Credential.objects.get().version == 2
