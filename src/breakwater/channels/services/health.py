"""How a channel is: asked of the network, or learnt while something was sent."""

from datetime import datetime, timedelta
from uuid import UUID

from asgiref.sync import async_to_sync
from django.db.models import F, Q

from breakwater.audit.services import move_many
from breakwater.channels import selectors
from breakwater.channels.doors import Opened, refresh, short_talk, unlock
from breakwater.channels.installed import network
from breakwater.channels.lifecycle import CHANNEL
from breakwater.channels.models import Channel
from breakwater.channels.services import storing
from breakwater.channels.services.asking import signed_in
from breakwater.channels.services.offering import keep_choices
from breakwater.channels.services.storing import SignedIn
from breakwater.core.database import in_database
from breakwater.domain.errors import EgressRefused, NetworkError, Reconnect, Refused
from breakwater.domain.text import storable
from breakwater.networks.base import Secrets

_LONGEST = 500
_SHORTEST_SECRET = 6


async def acheck_channel(*, workspace_id: UUID, channel_id: UUID, now: datetime) -> Channel:
    """The channel as it is after asking the network whose it is (and one refresh, if that helps).

    Afterwards `selectors.health` says how it is; a credential that no longer opens the
    account puts it in state `reconnect`. Raises: NotFound.
    """
    channel = await in_database(selectors.channel_of)(workspace_id, channel_id)
    opened = (await in_database(unlock)([channel_id])).get(channel_id)
    if opened is None:
        return await in_database(_no_secrets)(channel, now)
    last, answer = await _ask(opened)
    if isinstance(answer, SignedIn):
        await in_database(_well)(channel, answer, now)
        await keep_choices(last, now=now)
    else:
        await in_database(_unwell)(channel, last, answer, now)
    return await in_database(selectors.channel_of)(workspace_id, channel_id)


check_channel = async_to_sync(acheck_channel)


def mark_reconnect(
    channel_id: UUID,
    *,
    now: datetime,
    by: UUID | None = None,
    version: int | None = None,
    detail: str = "",
) -> bool:
    """Whether the channel now waits for a person to sign in again, and did not before.

    version: of the credential that was refused; a newer one in the database is left in
    peace. Who gets True tells the people. detail: without secrets (see `redacted`).
    """
    rows = Channel.objects.filter(id=channel_id)
    if version is not None:
        rows = rows.filter(credential__version__lte=version)
    changes = {"trouble": "reconnect", "trouble_detail": detail[:_LONGEST], "checked_at": now}
    moved = move_many(
        list(rows), CHANNEL, "reconnect", by=by, now=now, changes={channel_id: changes}
    )
    return bool(moved)


def throttle(channel_id: UUID, until: datetime) -> None:
    """No call for this channel before `until`; a later moment that was set already stays."""
    Channel.objects.filter(id=channel_id).filter(
        Q(quiet_until=None) | Q(quiet_until__lt=until)
    ).update(quiet_until=until)


def retime_quiet(by: timedelta, *, now: datetime) -> None:
    """The clock was set back by `-by`, and a person confirmed it: peace ends when it would have."""
    Channel.objects.filter(quiet_until__gt=now).update(quiet_until=F("quiet_until") + by)


def redacted(text: str, secrets: Secrets) -> str:
    """`text` without any of the secrets, whatever a network echoes, in words that can be kept."""
    text = storable(text)
    for value in sorted(secrets.values(), key=len, reverse=True):
        if len(value) >= _SHORTEST_SECRET:
            text = text.replace(value, "***")
    return text


async def _ask(opened: Opened) -> tuple[Opened, SignedIn | NetworkError | EgressRefused]:
    """What the network said, and the credential that it was asked with last."""
    try:
        try:
            return opened, await _who(opened)
        except Reconnect:
            opened = await refresh(opened)
            return opened, await _who(opened)
    except (NetworkError, EgressRefused) as error:
        return opened, error


async def _who(opened: Opened) -> SignedIn:
    found = network(opened.network)
    async with short_talk(found) as client:
        new = await signed_in(
            found, client, opened.app, opened.account.origin, opened.account.secrets
        )
    if new.who.remote_id != opened.account.remote_id:
        raise Refused("wrong_account", new.who.handle)
    return new


def _well(channel: Channel, new: SignedIn, now: datetime) -> None:
    storing.refresh_known(channel, new, now)
    if channel.state == "reconnect":
        move_many([channel], CHANNEL, "connected", by=None, now=now)


def _unwell(
    channel: Channel, last: Opened, error: NetworkError | EgressRefused, now: datetime
) -> None:
    words = error.detail if isinstance(error, NetworkError) else str(error)
    words = redacted(words, last.secrets)
    if isinstance(error, Reconnect):
        mark_reconnect(channel.id, version=last.version, detail=words, now=now)
        return
    _note(channel, error.reason if isinstance(error, Refused) else error.code, words, now)


def _no_secrets(channel: Channel, now: datetime) -> Channel:
    if channel.state != "disconnected":
        _note(channel, "seal_broken", "", now)
    return channel


def _note(channel: Channel, code: str, words: str, now: datetime) -> None:
    channel.checked_at, channel.trouble = now, code[:64]
    channel.trouble_detail = words[:_LONGEST]
    channel.save(update_fields=["checked_at", "trouble", "trouble_detail"])
