"""Connecting an account by what a person types, or by nothing at all; disconnecting."""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from asgiref.sync import async_to_sync
from django.conf import settings

from breakwater.channels import selectors
from breakwater.channels.appkeys import app_of
from breakwater.channels.doors import TALK_DEADLINE, Opened, connector, short_talk, unlock
from breakwater.channels.drilling import check_network
from breakwater.channels.installed import network as installed_network
from breakwater.channels.models import Channel, Cursor
from breakwater.channels.origins import normal_origin
from breakwater.channels.services import choosing, storing
from breakwater.channels.services.asking import put_plainly, signed_in, signed_in_all
from breakwater.channels.services.choosing import Choosing
from breakwater.channels.services.pushing import PUSH, address
from breakwater.channels.services.storing import SignedIn
from breakwater.channels.services.walks import Mine, Walk
from breakwater.core.database import in_database
from breakwater.domain.errors import EgressRefused, Invalid, NetworkError, NotFound
from breakwater.networks.base import Account, AuthKind, Field, Network, Secrets

_LONGEST = 1000
log = logging.getLogger(__name__)


async def aconnect_with_fields(
    *,
    workspace_id: UUID,
    network: str,
    origin: str,
    fields: Mapping[str, str],
    by: UUID,
    now: datetime,
    channel_id: UUID | None = None,
    account: str = "",
) -> Channel:
    """The connected channel of the account that the fields open; fields by `Field.name`.

    channel_id: renews this channel (its network and address hold, the arguments do not).
    account: remote id of the one to take where the fields open several.
    Raises: Invalid (`field` says where; "wrong_account" changes nothing; "several_accounts" names
    them), Problem("network_unreachable"), NotFound, Unsupported.
    """
    found, origin = await in_database(target)(workspace_id, network, origin, channel_id)
    accounts = await _signed_in(found, origin, fields)
    one = await in_database(choosing.the_one)(
        accounts, workspace_id=workspace_id, channel_id=channel_id, wanted=account
    )
    if one is None:
        names = choosing.named(accounts)
        raise Invalid(code="several_accounts", field="account", accounts=names)
    return await in_database(storing.store)(
        workspace_id, one, channel_id=channel_id, by=by, now=now
    )


connect_with_fields = async_to_sync(aconnect_with_fields)


async def asign_in_with_fields(
    *,
    workspace_id: UUID,
    network: str,
    origin: str,
    fields: Mapping[str, str],
    session_key: str,
    by: UUID,
    now: datetime,
    channel_id: UUID | None = None,
) -> Channel | Choosing:
    """As `aconnect_with_fields`, for a browser: among several accounts its person can choose."""
    found, origin = await in_database(target)(workspace_id, network, origin, channel_id)
    accounts = await _signed_in(found, origin, fields)
    one = await in_database(choosing.the_one)(
        accounts, workspace_id=workspace_id, channel_id=channel_id
    )
    if one is None:
        walk = Walk(found.manifest.slug, origin, "", channel_id)
        mine = Mine(workspace_id, by, session_key)
        return await in_database(choosing.offer)(walk, accounts, mine=mine, now=now)
    return await in_database(storing.store)(
        workspace_id, one, channel_id=channel_id, by=by, now=now
    )


sign_in_with_fields = async_to_sync(asign_in_with_fields)


def disconnect(*, workspace_id: UUID, channel_id: UUID, by: UUID, now: datetime) -> Channel:
    """The channel is disconnected, its secrets are gone here and, if it can be, revoked there.

    They are not revoked while another channel is connected to the same account: some
    networks give both the same token. A revocation that fails is logged, no more.
    Raises: NotFound; IllegalMove when it is disconnected already.
    """
    channel = selectors.channel_of(workspace_id, channel_id)
    opened = unlock([channel_id]).get(channel_id)
    pushed = Cursor.objects.filter(channel=channel, source=PUSH, read_at__isnull=False).exists()
    channel = storing.empty(channel, by=by, now=now)
    if opened is not None and not _shared(channel):
        if pushed:
            _unsubscribe(opened)
        _revoke(opened)
    return channel


async def areplace_secrets(
    *, workspace_id: UUID, channel_id: UUID, secrets: Secrets, by: UUID, now: datetime
) -> Channel:
    """The channel's secrets are these (an account that was told to behave otherwise).

    Raises: NotFound; Invalid("wrong_account"); StaleState when they were replaced meanwhile.
    """
    channel = await in_database(selectors.channel_of)(workspace_id, channel_id)
    opened = (await in_database(unlock)([channel_id])).get(channel_id)
    if opened is None:
        raise NotFound(what="channel")
    found = installed_network(channel.network)
    with put_plainly():
        async with short_talk(found) as client:
            new = await signed_in(found, client, opened.app, channel.origin, secrets)
    if new.who.remote_id != channel.remote_id:
        raise Invalid(code="wrong_account", wanted=channel.handle, given=new.who.handle)
    await in_database(storing.swap_secrets)(channel, opened.version, new, by=by, now=now)
    return channel


replace_secrets = async_to_sync(areplace_secrets)


def target(
    workspace_id: UUID, slug: str, origin: str, channel_id: UUID | None
) -> tuple[Network, str]:
    """The network and the origin to sign in at: typed, or those of the channel to renew.

    Raises: Problem("drill_practice") before anybody is asked to sign in to a real one.
    """
    if channel_id is not None:
        channel = selectors.channel_of(workspace_id, channel_id)
        return installed_network(channel.network), channel.origin
    found = installed_network(slug)
    check_network(workspace_id, slug)
    return found, normal_origin(origin, found, settings.ALLOWED_ORIGINS)


def checked_fields(fields: Iterable[Field], typed: Mapping[str, str]) -> dict[str, str]:
    """Each of the fields with its value. Raises: Invalid with `field`."""
    return {field.name: _value(field, typed.get(field.name, "")) for field in fields}


def _value(field: Field, typed: str) -> str:
    value = typed.strip() or field.default
    if not value and field.needed:
        raise Invalid(code="field_missing", field=field.name)
    if len(value) > _LONGEST:
        raise Invalid(code="field_too_long", field=field.name, most=_LONGEST)
    if value and field.choices and value not in dict(field.choices):
        raise Invalid(code="field_choice", field=field.name)
    return value


async def _signed_in(
    found: Network, origin: str, fields: Mapping[str, str]
) -> tuple[SignedIn, ...]:
    """The accounts that the fields open."""
    if found.manifest.auth is AuthKind.OAUTH:
        raise Invalid(code="sign_in_elsewhere")
    typed = checked_fields(found.manifest.fields, fields)
    app = await in_database(app_of)(found.manifest.slug)
    with put_plainly():
        async with short_talk(found) as client:
            secrets = await found.auth(client, app).sign_in(origin, typed)
            return await signed_in_all(found, client, app, origin, secrets)


def _shared(channel: Channel) -> bool:
    same = Channel.objects.filter(
        network=channel.network, origin=channel.origin, remote_id=channel.remote_id
    )
    return same.exclude(id=channel.id).exclude(state="disconnected").exists()


@async_to_sync
async def _unsubscribe(opened: Opened) -> None:
    """As far as the network lets us: a push for nobody is left out anyway."""
    try:
        async with asyncio.timeout(TALK_DEADLINE.total_seconds()), connector(opened) as there:
            await there.unsubscribe(address(opened.network))
    except (NetworkError, EgressRefused, TimeoutError) as error:
        log.warning("channel.still_pushed channel=%s why=%s", opened.channel_id, error)


@async_to_sync
async def _revoke(opened: Opened) -> None:
    account: Account = opened.account
    try:
        found = installed_network(opened.network)
        async with short_talk(found) as client:
            await found.auth(client, opened.app).revoke(account)
    except (NetworkError, EgressRefused) as error:
        log.warning("channel.not_revoked channel=%s why=%s", opened.channel_id, error.code)
