"""Connecting an account through the network's consent page (OAuth 2, RFC 6749, PKCE RFC 7636)."""

import base64
import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from asgiref.sync import async_to_sync
from django.db import transaction

from breakwater.channels.appkeys import app_of
from breakwater.channels.doors import client_for, short_talk
from breakwater.channels.models import Channel, OAuthApp
from breakwater.channels.services import choosing, walks
from breakwater.channels.services.asking import put_plainly, signed_in_all
from breakwater.channels.services.choosing import Choosing
from breakwater.channels.services.connecting import target
from breakwater.channels.services.storing import SignedIn, store
from breakwater.channels.services.walks import Mine, Walk
from breakwater.core.database import in_database
from breakwater.core.ids import new_id
from breakwater.domain.errors import Invalid, Reconnect
from breakwater.networks.base import AuthKind, Network, Purpose, Secrets

APP_LASTS = timedelta(hours=12)  # Mastodon keeps an app without a token for a day


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
    purpose: str = Purpose.PUBLISH,
) -> str:
    """The address of the consent page to send the person's browser to, good for ten minutes.

    redirect_uri: where the network sends the browser back, exactly. session_key: of the
    browser's session; only that session can finish. channel_id: renews this channel.
    purpose: what the channel is for; the network is asked for the scopes of that, no more.
    Raises: Invalid, Problem("network_unreachable"), NotFound, Unsupported.
    """
    found, origin = await in_database(target)(workspace_id, network, origin, channel_id)
    if found.manifest.auth is not AuthKind.OAUTH:
        raise Invalid(code="sign_in_here")
    if purpose not in set(Purpose):
        raise Invalid(code="field_choice", field="purpose")
    app = await _app(found, origin, redirect_uri, now)
    verifier = secrets.token_urlsafe(48)
    walk = Walk(
        found.manifest.slug, origin, redirect_uri, channel_id, purpose, verifier=verifier, app=app
    )
    state = secrets.token_urlsafe(32)
    async with client_for(found) as client:
        url = found.auth(client, app).authorise_url(
            origin, app, redirect_uri=redirect_uri, state=state, challenge=challenge(verifier),
            scopes=found.manifest.scopes_for(Purpose(purpose)),
        )  # fmt: skip
    if not url.startswith(("https://", "http://")):
        raise Invalid(code="address_refused", field="origin")
    await in_database(walks.begin)(Mine(workspace_id, by, session_key), walk, state, now)
    return url


start_oauth = async_to_sync(astart_oauth)


async def afinish_oauth(
    *, workspace_id: UUID, session_key: str, state: str, code: str, by: UUID, now: datetime
) -> Channel | Choosing:
    """The connected channel, or the choice among several accounts. code: empty when the person
    said no over there.

    The state is used up whatever happens. Raises: Invalid: "oauth_state" (unknown, used,
    too old, another person's, session's or workspace's), "oauth_denied", "no_account",
    "wrong_account" (nothing changed), "sign_in_refused"; Problem("network_unreachable").
    """
    mine = Mine(workspace_id, by, session_key)
    walk = await in_database(walks.take)(mine, state, now)
    if not code:
        raise Invalid(code="oauth_denied")
    accounts = await _come_back(workspace_id, walk, code)
    one = await in_database(choosing.the_one)(
        accounts, workspace_id=workspace_id, channel_id=walk.channel_id
    )
    if one is None:
        return await in_database(choosing.offer)(walk, accounts, mine=mine, now=now)
    return await in_database(store)(workspace_id, one, channel_id=walk.channel_id, by=by, now=now)


finish_oauth = async_to_sync(afinish_oauth)


def challenge(verifier: str) -> str:
    """PKCE S256 (RFC 7636 4.2)."""
    hashed = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(hashed).rstrip(b"=").decode("ascii")


async def _come_back(workspace_id: UUID, walk: Walk, code: str) -> tuple[SignedIn, ...]:
    """The accounts that the code opens."""
    found, origin = await in_database(target)(
        workspace_id, walk.network, walk.origin, walk.channel_id
    )
    keys = await in_database(app_of)(found.manifest.slug)
    with put_plainly():
        async with short_talk(found) as client:
            try:
                given = await found.auth(client, keys).exchange(
                    origin, walk.app, code=code, verifier=walk.verifier,
                    redirect_uri=walk.redirect_uri,
                )  # fmt: skip
            except Reconnect:  # it may no longer know our app: the next walk registers again
                await in_database(_forget_app)(walk)
                raise
            return await signed_in_all(found, client, keys, origin, given, walk.purpose)


async def _app(found: Network, origin: str, redirect_uri: str, now: datetime) -> Secrets:
    """Our registration at this origin for this way back, made when there is no recent one.
    Where the administrator made it, nothing is kept beside their keys."""
    slug, own = found.manifest.slug, found.manifest.app is None
    if own and (kept := await in_database(_kept_app)(slug, origin, redirect_uri, now)):
        return kept
    keys = await in_database(app_of)(slug)
    with put_plainly():
        async with short_talk(found) as client:
            made = await found.auth(client, keys).register(origin, redirect_uri)
    if own:
        await in_database(_keep_app)(slug, origin, redirect_uri, made, now)
    return made


def _kept_app(network: str, origin: str, redirect_uri: str, now: datetime) -> dict[str, str] | None:
    row = OAuthApp.objects.filter(
        network=network,
        origin=origin,
        redirect_uri=redirect_uri,
        created_at__gt=now - APP_LASTS,
    ).first()
    return None if row is None else walks.opened(row.sealed, "channels_oauthapp", row.id, "sealed")


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
            "sealed": walks.sealed(made, "channels_oauthapp", row_id, "sealed"),
            "created_at": now,
        },
    )


def _forget_app(walk: Walk) -> None:
    OAuthApp.objects.filter(
        network=walk.network, origin=walk.origin, redirect_uri=walk.redirect_uri
    ).delete()
