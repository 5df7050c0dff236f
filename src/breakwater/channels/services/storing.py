"""The rows of a connected account: made, renewed, emptied. No network call in here."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from breakwater.audit.services import Fact, move, record
from breakwater.channels import vault
from breakwater.channels.drilling import check_network
from breakwater.channels.lifecycle import CHANNEL
from breakwater.channels.limits import to_json
from breakwater.channels.models import Channel, Credential, Cursor, Trial
from breakwater.channels.selectors import Outcome
from breakwater.channels.services import reading
from breakwater.channels.services.pushing import PUSH
from breakwater.domain.errors import Invalid, NotFound, StaleState
from breakwater.domain.guarantees import Guarantee
from breakwater.domain.text import storable
from breakwater.networks.base import Secrets, Who


@dataclass(frozen=True)
class SignedIn:
    """What a successful sign-in gave: whose account it is, and what opens it.

    scopes: what was granted (None: not said). purpose: what it was asked for ("": nobody asked).
    kind: of account, a msgid.
    """

    network: str
    origin: str
    who: Who
    guarantee: Guarantee
    secrets: Secrets = field(repr=False)
    scopes: tuple[str, ...] | None = None
    purpose: str = ""
    kind: str = ""


def store(
    workspace_id: UUID, new: SignedIn, *, channel_id: UUID | None, by: UUID, now: datetime
) -> Channel:
    """The account's channel, connected, with these secrets. An account has one channel a workspace.

    channel_id: the channel that this sign-in is meant to renew.
    Raises: Invalid("wrong_account") when it is another account's (nothing was changed);
    NotFound; StaleState when the same account was connected at the same moment;
    Problem("drill_practice") for a real account in a workspace that is for practice.
    """
    check_network(workspace_id, new.network)
    try:
        with transaction.atomic(durable=True):
            there = _there(workspace_id, new, channel_id)
            if there is None:
                return _create(workspace_id, new, by=by, now=now)
            return _renew(there, new, by=by, now=now)
    except IntegrityError as error:
        raise StaleState(subject="channel") from error


def empty(channel: Channel, *, by: UUID, now: datetime) -> Channel:
    """The channel is disconnected and its secrets are gone from the database.

    The credential's row stays and counts on: a refresh that is still on its way finds
    another version and cannot write over what a later connection stores.
    """
    with transaction.atomic(durable=True):
        Cursor.objects.filter(channel=channel, source=PUSH).delete()
        moved = move(
            channel, CHANNEL, "disconnected", by=by, now=now, trouble="", trouble_detail=""
        )
        Credential.objects.filter(channel=channel).update(
            sealed=b"", version=F("version") + 1, expires_at=None, replaced_at=now
        )
    return moved


def swap_secrets(channel: Channel, version: int, new: SignedIn, *, by: UUID, now: datetime) -> None:
    """The credential holds the new secrets, if it was still at `version` (else StaleState)."""
    with transaction.atomic(durable=True):
        blob = vault.seal_secrets(channel.id, new.secrets)
        if not vault.replace(channel.id, version, blob, now):
            raise StaleState(subject="credential", id=str(channel.id))
        _write(channel, _known(new, now))
        record([_fact(channel, "channel.credential_replaced")], by=by, now=now)


def refresh_known(channel: Channel, new: SignedIn, now: datetime) -> None:
    """Handle, name, limits and health are what the network just said."""
    _write(channel, _known(new, now))


def _there(workspace_id: UUID, new: SignedIn, channel_id: UUID | None) -> Channel | None:
    own = Channel.objects.select_for_update().filter(workspace_id=workspace_id)
    if channel_id is None:
        return own.filter(
            network=new.network, origin=new.origin, remote_id=new.who.remote_id
        ).first()
    channel = own.filter(id=channel_id).first()
    if channel is None:
        raise NotFound(what="channel")
    wanted = (channel.network, channel.origin, channel.remote_id)
    if wanted != (new.network, new.origin, new.who.remote_id):
        raise Invalid(code="wrong_account", wanted=channel.handle, given=new.who.handle)
    return channel


def _create(workspace_id: UUID, new: SignedIn, *, by: UUID, now: datetime) -> Channel:
    channel = Channel.objects.create(
        workspace_id=workspace_id,
        network=new.network,
        origin=new.origin,
        remote_id=new.who.remote_id,
        state=CHANNEL.initial,
        state_at=now,
        created_at=now,
        **_known(new, now),
    )
    Credential.objects.create(
        channel=channel,
        sealed=vault.seal_secrets(channel.id, new.secrets),
        expires_at=vault.expiry(new.secrets),
        replaced_at=now,
        created_at=now,
    )
    record([_fact(channel, "channel.connected")], by=by, now=now)
    return channel


def _renew(channel: Channel, new: SignedIn, *, by: UUID, now: datetime) -> Channel:
    """As connected, whatever it was; the version counts on, so that older secrets cannot return.

    What could not be done with the sign-in before is open again.
    """
    Trial.objects.filter(channel=channel).exclude(outcome=Outcome.SHOWN).delete()
    reading.begin_anew(channel, now=now)
    Credential.objects.filter(channel=channel).update(
        sealed=vault.seal_secrets(channel.id, new.secrets),
        version=F("version") + 1,
        expires_at=vault.expiry(new.secrets),
        replaced_at=now,
        lease_id=None,
        lease_until=None,
    )
    known = {**_known(new, now), "choices_at": None}
    if channel.state == "connected":
        _write(channel, known)
        record([_fact(channel, "channel.credential_replaced")], by=by, now=now)
        return channel
    return move(channel, CHANNEL, "connected", by=by, now=now, **known)


def _known(new: SignedIn, now: datetime) -> dict[str, Any]:
    """What a channel keeps of a sign-in; a mere check asks for no purpose and no scopes."""
    asked: dict[str, Any] = {"purpose": new.purpose} if new.purpose else {}
    if new.scopes is not None:
        asked["scopes"] = list(new.scopes)
    return {
        **asked,
        "handle": storable(new.who.handle)[:255],
        "name": storable(new.who.name)[:255],
        "url": storable(new.who.url)[:500],
        "limits": to_json(new.who.limits),
        "options": {"guarantee": str(new.guarantee)},
        "checked_at": now,
        "trouble": "",
        "trouble_detail": "",
    }


def _write(channel: Channel, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(channel, name, value)
    channel.save(update_fields=list(values))


def _fact(channel: Channel, verb: str) -> Fact:
    data = {"network": channel.network, "origin": channel.origin, "handle": channel.handle}
    return Fact(channel.workspace_id, verb, "channel", channel.id, data)
