"""Connecting an account through the network's consent page (OAuth 2, RFC 6749, PKCE RFC 7636)."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from asgiref.sync import async_to_sync
from django.db import transaction

from breakwater.channels.appkeys import app_of
from breakwater.channels.doors import client_for, short_talk
from breakwater.channels.models import Channel, Connecting, OAuthApp
from breakwater.channels.selectors import sha256
from breakwater.channels.services.asking import put_plainly, signed_in
from breakwater.channels.services.connecting import target
from breakwater.channels.services.storing import store
from breakwater.core import crypto
from breakwater.core.database import in_database
from breakwater.core.ids import new_id
from breakwater.domain.errors import Invalid, Reconnect
from breakwater.networks.base import AuthKind, Network, Secrets

WALK_LASTS = timedelta(minutes=10)
APP_LASTS = timedelta(hours=12)  # Mastodon keeps an app without a token for a day
_KEPT_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Walk:
    """Where one walk goes and how its answer is proved."""

    network: str
    origin: str
    redirect_uri: str
    channel_id: UUID | None
    verifier: str = field(repr=False)
    app: Secrets = field(repr=False)


async def astart_oauth(
    *,
    workspace_id: UUID,
    network: str,
    origin: str,
    redirect_uri: str,
    session_key: str,
    by: UUID,
    now: datetime,
    channel_id: UUID | None = None,
) -> str:
    """The address of the consent page to send the person's browser to, good for ten minutes.

    redirect_uri: where the network sends the browser back, exactly. session_key: of the
    browser's session; only that session can finish. channel_id: renews this channel.
    Raises: Invalid, Problem("network_unreachable"), NotFound, Unsupported.
    """
    found, origin = await in_database(target)(workspace_id, network, origin, channel_id)
    if found.manifest.auth is not AuthKind.OAUTH:
        raise Invalid(code="sign_in_here")
    app = await _app(found, origin, redirect_uri, now)
    verifier = secrets.token_urlsafe(48)
    walk = Walk(found.manifest.slug, origin, redirect_uri, channel_id, verifier, app)
    state = secrets.token_urlsafe(32)
    async with client_for(found) as client:
        url = found.auth(client, app).authorise_url(
            origin, app, redirect_uri=redirect_uri, state=state, challenge=challenge(verifier)
        )
    if not url.startswith(("https://", "http://")):
        raise Invalid(code="address_refused", field="origin")
    await in_database(_begin)(workspace_id, walk, state, session_key, by=by, now=now)
    return url


start_oauth = async_to_sync(astart_oauth)


async def afinish_oauth(
    *, workspace_id: UUID, session_key: str, state: str, code: str, by: UUID, now: datetime
) -> Channel:
    """The connected channel. code: empty when the person said no over there.

    The state is used up whatever happens. Raises: Invalid: "oauth_state" (unknown, used,
    too old, another person's, session's or workspace's), "oauth_denied", "wrong_account"
    (nothing changed), "sign_in_refused"; Problem("network_unreachable").
    """
    walk = await in_database(_take)(workspace_id, state, session_key, by=by, now=now)
    if not code:
        raise Invalid(code="oauth_denied")
    found, origin = await in_database(target)(
        workspace_id, walk.network, walk.origin, walk.channel_id
    )
    keys = await in_database(app_of)(found.manifest.slug)
    with put_plainly():
        async with short_talk(found) as client:
            try:
                given = await found.auth(client, keys).exchange(
                    origin,
                    walk.app,
                    code=code,
                    verifier=walk.verifier,
                    redirect_uri=walk.redirect_uri,
                )
            except Reconnect:  # it may no longer know our app: the next walk registers again
                await in_database(_forget_app)(walk)
                raise
            new = await signed_in(found, client, keys, origin, given)
    return await in_database(store)(workspace_id, new, channel_id=walk.channel_id, by=by, now=now)


finish_oauth = async_to_sync(afinish_oauth)


def challenge(verifier: str) -> str:
    """PKCE S256 (RFC 7636 4.2)."""
    hashed = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(hashed).rstrip(b"=").decode("ascii")


async def _app(found: Network, origin: str, redirect_uri: str, now: datetime) -> Secrets:
    """Our registration at this origin for this way back, made when there is no recent one."""
    slug = found.manifest.slug
    if kept := await in_database(_kept_app)(slug, origin, redirect_uri, now):
        return kept
    keys = await in_database(app_of)(slug)
    with put_plainly():
        async with short_talk(found) as client:
            made = await found.auth(client, keys).register(origin, redirect_uri)
    await in_database(_keep_app)(slug, origin, redirect_uri, made, now)
    return made


def _kept_app(network: str, origin: str, redirect_uri: str, now: datetime) -> dict[str, str] | None:
    row = OAuthApp.objects.filter(
        network=network,
        origin=origin,
        redirect_uri=redirect_uri,
        created_at__gt=now - APP_LASTS,
    ).first()
    return None if row is None else _opened(row.sealed, "channels_oauthapp", row.id, "sealed")


@transaction.atomic
def _keep_app(network: str, origin: str, redirect_uri: str, made: Secrets, now: datetime) -> None:
    """The registration is the one to use again, in the place of an older one."""
    place = {"network": network, "origin": origin, "redirect_uri": redirect_uri}
    OAuthApp.objects.filter(**place).delete()
    row_id = new_id()
    OAuthApp.objects.get_or_create(  # another walk may have stored its own just now: either will do
        **place,
        defaults={
            "id": row_id,
            "sealed": _sealed(made, "channels_oauthapp", row_id, "sealed"),
            "created_at": now,
        },
    )


def _forget_app(walk: Walk) -> None:
    OAuthApp.objects.filter(
        network=walk.network, origin=walk.origin, redirect_uri=walk.redirect_uri
    ).delete()


@transaction.atomic
def _begin(
    workspace_id: UUID, walk: Walk, state: str, session_key: str, *, by: UUID, now: datetime
) -> None:
    Connecting.objects.filter(expires_at__lt=now - _KEPT_AFTER).delete()
    row_id = new_id()
    Connecting.objects.create(
        id=row_id,
        workspace_id=workspace_id,
        person_id=by,
        session_hash=sha256(session_key),
        network=walk.network,
        origin=walk.origin,
        redirect_uri=walk.redirect_uri,
        channel_id=walk.channel_id,
        state_hash=sha256(state),
        sealed_verifier=_sealed(
            {"verifier": walk.verifier}, "channels_connecting", row_id, "sealed_verifier"
        ),
        sealed_app=_sealed(walk.app, "channels_connecting", row_id, "sealed_app"),
        expires_at=now + WALK_LASTS,
        created_at=now,
    )


def _take(workspace_id: UUID, state: str, session_key: str, *, by: UUID, now: datetime) -> Walk:
    """The walk, used up by one conditional UPDATE: of two that come at once, one gets it."""
    mine = Connecting.objects.filter(
        state_hash=sha256(state),
        session_hash=sha256(session_key),
        person_id=by,
        workspace_id=workspace_id,
        used_at=None,
        expires_at__gt=now,
    )
    if not mine.update(used_at=now):
        raise Invalid(code="oauth_state")
    row = Connecting.objects.get(state_hash=sha256(state))
    kept = _opened(row.sealed_verifier, "channels_connecting", row.id, "sealed_verifier")
    app = _opened(row.sealed_app, "channels_connecting", row.id, "sealed_app")
    return Walk(row.network, row.origin, row.redirect_uri, row.channel_id, kept["verifier"], app)


def _sealed(values: Secrets, table: str, row: UUID, column: str) -> bytes:
    plain = json.dumps(dict(values), sort_keys=True).encode()
    return crypto.seal(plain, table=table, row=row, column=column)


def _opened(blob: bytes | memoryview, table: str, row: UUID, column: str) -> dict[str, str]:
    plain = crypto.open_sealed(bytes(blob), table=table, row=row, column=column)
    return {str(name): str(value) for name, value in json.loads(plain).items()}
