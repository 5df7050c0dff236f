"""A new key takes over everything that is sealed, while work goes on."""

from datetime import datetime
from pathlib import Path

from pytest_django import Settings

from breakwater.audit.models import Entry
from breakwater.channels import services, vault
from breakwater.channels.doors import unlock
from breakwater.channels.models import Connecting, Credential
from breakwater.channels.tests.conftest import Connect
from breakwater.channels.tests.harbour import Town
from breakwater.core import crypto
from breakwater.people.models import Person


def test_all_values_are_under_the_new_key(
    connect: Connect, pier: Town, ann: Person, now: datetime, settings: Settings
) -> None:
    channel = connect()
    gone = connect("eve")
    services.disconnect(workspace_id=gone.workspace_id, channel_id=gone.id, by=ann.id, now=now)
    services.start_oauth(
        workspace_id=channel.workspace_id,
        network="pier",
        origin="",
        redirect_uri="https://desk.test/back",
        session_key="s",
        by=ann.id,
        now=now,
    )
    old = crypto.current_key()
    new = crypto.new_key()

    assert services.rotate_credentials(by=ann.id, now=now) == services.Rotated(4, 0)
    (Path(settings.SEALING_KEYS) / f"{old}.key").unlink()

    assert unlock([channel.id])[channel.id].version == 1
    walk = Connecting.objects.get()
    assert {crypto.key_of(walk.sealed_verifier), crypto.key_of(walk.sealed_app)} == {new}
    assert services.rotate_credentials(by=ann.id, now=now) == services.Rotated(0, 0)
    entry = Entry.objects.get(verb="channel.credentials_resealed")
    assert entry.data == {"resealed": 4, "key": str(new)}


def test_what_does_not_open_is_counted_and_left(connect: Connect, now: datetime) -> None:
    channel, other = connect(), connect("eve")
    swapped = Credential.objects.get(channel=other).sealed
    Credential.objects.filter(channel=channel).update(sealed=swapped)
    crypto.new_key()

    assert services.rotate_credentials(by=None, now=now) == services.Rotated(1, 1)
    assert bytes(Credential.objects.get(channel=channel).sealed) == bytes(swapped)
    assert list(unlock([channel.id, other.id])) == [other.id]


def test_the_spool_is_emptied_first(connect: Connect, town: Town, now: datetime) -> None:
    channel = connect()
    tokens = town.tokens("1")
    vault.spool(channel.id, 1, vault.seal_secrets(channel.id, tokens))
    crypto.new_key()

    services.rotate_credentials(by=None, now=now)

    opened = unlock([channel.id])[channel.id]
    assert (opened.version, opened.account.secrets["access_token"]) == (2, tokens["access_token"])
    assert crypto.key_of(Credential.objects.get().sealed) == crypto.current_key()
