"""The one place that opens a connector, and the one that refreshes what opens it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID

import httpx
from django.db import DatabaseError

from breakwater.channels import vault
from breakwater.channels.appkeys import apps_of
from breakwater.channels.installed import network
from breakwater.channels.kits import kit_for
from breakwater.channels.meters import Holder
from breakwater.channels.models import Channel
from breakwater.channels.tapes import Tape
from breakwater.core import clock, http
from breakwater.core.database import in_database
from breakwater.core.ids import new_id
from breakwater.domain.errors import OutcomeUnknown, Reconnect, SealBroken, TryLater, Unsupported
from breakwater.networks.base import Account, Connector, Network, Secrets

TALK_DEADLINE = timedelta(seconds=30)  # well below the lease of a refresh
BRIEFLY = timedelta(seconds=5)
"""How long who holds a place that others wait for waits for somebody else's refresh."""
_WAIT_S = 0.1
_WRITE_TRIES = 5
log = logging.getLogger(__name__)
_refreshing: set["asyncio.Task[Opened]"] = set()


@dataclass(frozen=True)
class Opened:
    """A channel with its secrets in hand. version: of the credential they came from."""

    channel_id: UUID
    workspace_id: UUID
    network: str
    account: Account
    version: int
    app: Secrets = field(default_factory=dict, repr=False)

    @property
    def secrets(self) -> Secrets:
        """All that a network may echo and nobody may read: the account's, and the app's."""
        return {
            **self.app,
            **{f"account {name}": one for name, one in self.account.secrets.items()},
        }


def unlock(channel_ids: Iterable[UUID]) -> dict[UUID, Opened]:
    """id -> opened channel, in one query (one more where a network needs the administrator's keys).
    Left out: unknown, disconnected, broken seal (logged)."""
    wanted = set(channel_ids)
    vault.apply_spool(wanted)
    rows = Channel.objects.filter(id__in=wanted, credential__isnull=False).exclude(
        state="disconnected"
    )
    channels = list(rows.select_related("credential"))
    apps = apps_of({channel.network for channel in channels})
    opened = {}
    for channel in channels:
        try:
            opened[channel.id] = _opened(channel, apps.get(channel.network, {}))
        except SealBroken as error:
            log.error("credential.seal_broken channel=%s why=%s", channel.id, error)
    return opened


@asynccontextmanager
async def connector(opened: Opened, *, fresh: bool = False) -> AsyncIterator[Connector]:
    """The connector of an opened channel, over the guarded client; closed afterwards.

    fresh: no connection is reused (commit calls). Raises: Unsupported when its network
    is no longer installed.
    """
    found = network(opened.network)
    async with client_for(found, fresh=fresh) as client:
        holder = Holder(found.manifest, opened.channel_id, opened.workspace_id)
        kit = kit_for(opened.app, opened.account.origin, holder)
        yield found.connector(client, opened.account, kit)


def client_for(
    found: Network, *, fresh: bool = False, limit: int = http.MAX_BYTES, tape: Tape | None = None
) -> httpx.AsyncClient:
    """A guarded client in which the network's own app, if it has one, answers its origin.
    tape: what keeps its requests and answers."""
    apps = {found.manifest.default_origin: found.app} if found.app else {}
    return http.client(fresh=fresh, app_for=apps, limit=limit, around=tape.around if tape else None)


@asynccontextmanager
async def recorded(
    opened: Opened, tape: Tape, *, limit: int = http.MAX_BYTES
) -> AsyncIterator[tuple[Connector, httpx.AsyncClient]]:
    """The connector, and a client without any sign-in for what the public sees; what both ask and
    are answered is on `tape`, without our secrets. limit: of what the second reads, in bytes."""
    found = network(opened.network)
    holder = Holder(found.manifest, opened.channel_id, opened.workspace_id)
    kit = kit_for(opened.app, opened.account.origin, holder)
    async with (
        client_for(found, tape=tape) as client,
        client_for(found, limit=limit, tape=tape) as public,
    ):
        yield found.connector(client, opened.account, kit), public


@asynccontextmanager
async def short_talk(found: Network) -> AsyncIterator[httpx.AsyncClient]:
    """A client for a few calls that together take no longer than TALK_DEADLINE (else TryLater)."""
    try:
        async with asyncio.timeout(TALK_DEADLINE.total_seconds()), client_for(found) as client:
            yield client
    except TimeoutError as error:
        raise TryLater("the network took too long to answer") from error


async def refresh(opened: Opened, *, patience: timedelta = vault.LEASE) -> Opened:
    """The channel with fresh secrets, already stored; one caller asks, the others get its answer.

    patience: how long somebody else who is at it is waited for. One that was killed keeps the
    others out until its lease ends.

    Safe between processes (a lease on the credential's row) and against cancellation: what
    the network answered is stored even when the caller has gone.
    Raises: Reconnect when only a person can help; TryLater when it is not known (no answer,
    or somebody else is at it too long: `after_s` is when they will have ended); Refused.
    """
    task = asyncio.create_task(_refresh(opened, patience))
    _refreshing.add(task)
    task.add_done_callback(_forget)
    return await asyncio.shield(task)


async def _refresh(opened: Opened, patience: timedelta) -> Opened:
    lease_id = new_id()
    if newer := await _leased_or_newer(opened, lease_id, patience):
        return newer
    try:
        secrets = await _ask(opened)
        return await _store(opened, secrets)
    except Reconnect:
        if newer := await in_database(_newer)(opened):
            return newer
        raise
    finally:
        await in_database(_free)(lease_id)


async def _leased_or_newer(opened: Opened, lease_id: UUID, patience: timedelta) -> Opened | None:
    """None when the lease is ours; what another caller made of the credential otherwise."""
    for _ in range(int(patience.total_seconds() / _WAIT_S) + 10):
        if await in_database(_take)(opened, lease_id):
            return None
        if newer := await in_database(_newer)(opened):
            return newer
        await asyncio.sleep(_WAIT_S)
    raise TryLater(
        "the credential is being refreshed by somebody else", after_s=TALK_DEADLINE.total_seconds()
    )


async def _ask(opened: Opened) -> Secrets:
    found = network(opened.network)
    async with short_talk(found) as client:
        try:
            return await found.auth(client, opened.app).refresh(opened.account)
        except Unsupported as error:  # a token without a successor: only a person can help
            raise Reconnect(error.detail or "this network does not refresh") from error
        except OutcomeUnknown as error:  # the next try tells: it is answered, or refused
            raise TryLater(error.detail) from error


async def _store(opened: Opened, secrets: Secrets) -> Opened:
    """Spool first, then the database: a rotated refresh token is never only in memory."""
    blob = vault.seal_secrets(opened.channel_id, secrets)
    spooled = _spool(opened, blob)
    for attempt in range(_WRITE_TRIES):
        try:
            await in_database(_replace)(opened, blob)
        except DatabaseError:
            log.exception("credential.write_failed channel=%s", opened.channel_id)
            if spooled:
                break  # the next unlock applies it
            if attempt == _WRITE_TRIES - 1:
                raise
            await asyncio.sleep(_WAIT_S * 2**attempt)
        else:
            break
    account = replace(opened.account, secrets=dict(secrets))
    return replace(opened, account=account, version=opened.version + 1)


def _spool(opened: Opened, blob: bytes) -> bool:
    try:
        vault.spool(opened.channel_id, opened.version, blob)
    except OSError:
        log.exception("credential.spool_failed channel=%s", opened.channel_id)
        return False
    return True


def _replace(opened: Opened, blob: bytes) -> None:
    vault.replace(opened.channel_id, opened.version, blob, clock.now())
    vault.unspool(opened.channel_id, opened.version)


def _take(opened: Opened, lease_id: UUID) -> bool:
    """Whether the lease is ours. It is counted on the database's clock, at the moment of the try.

    Spooled secrets first: what a crash left there has already used up the ones we know.
    """
    vault.apply_spool([opened.channel_id])
    return vault.take_lease(opened.channel_id, opened.version, lease_id, clock.now())


def _free(lease_id: UUID) -> None:
    try:
        vault.free_lease(lease_id)
    except DatabaseError:
        log.exception("credential.lease_left")  # it ends by itself


def _newer(opened: Opened) -> Opened | None:
    """The channel as another caller left it; None while it is still as we know it."""
    there = unlock([opened.channel_id]).get(opened.channel_id)
    if there is None:
        raise Reconnect("the channel was disconnected meanwhile")
    return there if there.version > opened.version else None


def _opened(channel: Channel, app: Secrets) -> Opened:
    credential = channel.credential
    account = Account(
        remote_id=channel.remote_id,
        handle=channel.handle,
        origin=channel.origin,
        secrets=vault.open_secrets(channel.id, bytes(credential.sealed)),
        options={str(name): str(value) for name, value in channel.options.items()},
    )
    return Opened(
        channel.id, channel.workspace_id, channel.network, account, credential.version, app
    )


def _forget(task: "asyncio.Task[Opened]") -> None:
    _refreshing.discard(task)
    if not task.cancelled():
        task.exception()  # the caller may be gone: seen here, so that nothing warns
