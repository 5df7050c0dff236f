"""Signing in to an instance: our own app there, OAuth with PKCE (S256), who-am-I, revoke.

Secrets of an account: access_token, scope, client_id, client_secret; from servers whose tokens
end also refresh_token and expires_at. Mastodon's own do not end until they are revoked
(https://docs.joinmastodon.org/methods/oauth/, read 2026-11-22).
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx

from breakwater.domain.errors import OutcomeUnknown, Reconnect, TryLater
from breakwater.domain.text import Counting
from breakwater.networks import wire
from breakwater.networks.base import Account, Limits, Secrets, VideoLimits, Who
from breakwater.networks.mastodon.errors import harmless, refusal
from breakwater.networks.mastodon.inbound import Reader
from breakwater.networks.mastodon.manifest import LIMITS, SCOPES, VIDEO
from breakwater.networks.unable import UnableAuth

APP_NAME = "Breakwater"


class MastodonAuth(UnableAuth):
    """See `base.Auth`. `origin` is the instance: scheme://host[:port]."""

    def __init__(self, client: httpx.AsyncClient, app: Secrets | None = None) -> None:
        del app  # the administrator has no keys to give here
        self._client = client

    async def register(self, origin: str, redirect_uri: str) -> Secrets:
        """client_id and client_secret of a new app at this instance.

        Register for each sign-in: an app without a token is swept out after a day.
        """
        asked = {"client_name": APP_NAME, "redirect_uris": redirect_uri, "scopes": SCOPES}
        return _chosen(
            await self._post(f"{origin}/api/v1/apps", asked), "client_id", "client_secret"
        )

    def authorise_url(
        self, origin: str, app: Secrets, *, redirect_uri: str, state: str, challenge: str,
        scopes: tuple[str, ...] = (),
    ) -> str:  # fmt: skip
        """Where the person says yes. challenge: PKCE S256, 43 characters of base64url."""
        query = {
            "response_type": "code",
            "client_id": app["client_id"],
            "redirect_uri": redirect_uri,
            "scope": " ".join(scopes) or SCOPES,
            "state": state,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{origin}/oauth/authorize?{urlencode(query)}"

    async def exchange(
        self, origin: str, app: Secrets, *, code: str, verifier: str, redirect_uri: str
    ) -> Secrets:
        """The account's secrets. Reconnect when the code is spent or not for this verifier."""
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
        }
        return await self._token(origin, app, asked)

    async def who(self, account: Account) -> Who:
        """The account, and its instance's limits (None where the instance does not say)."""
        reader = Reader(self._client, account)
        me = await reader.me()
        instance = await _instance(reader)
        name = str(me.get("username") or me.get("acct") or "")
        remote_id = me.get("id")
        if not isinstance(remote_id, str) or not name:
            raise TryLater(f"no account in the answer: {sorted(me)}")
        return Who(
            remote_id=remote_id,
            handle=f"@{name}@{_domain(instance, account.origin)}",
            name=str(me.get("display_name") or name),
            url=str(me.get("url") or ""),
            limits=limits_of(instance),
        )

    async def refresh(self, account: Account) -> Secrets:
        """The secrets to use from now on: the same where tokens do not end, once proved alive."""
        refresh_token = account.secrets.get("refresh_token")
        if not refresh_token:
            await Reader(self._client, account).me()
            return dict(account.secrets)
        asked = {"grant_type": "refresh_token", "refresh_token": refresh_token}
        fresh = await self._token(account.origin, account.secrets, asked)
        return {"refresh_token": refresh_token, **fresh}

    async def revoke(self, account: Account) -> None:
        """The token opens nothing any more. A token that is already dead is fine."""
        asked = {"token": account.secrets.get("access_token", "")}
        try:
            await self._post(
                f"{account.origin}/oauth/revoke", {**asked, **_app(account.secrets)}, empty=True
            )
        except Reconnect:
            return

    async def _token(self, origin: str, app: Secrets, asked: Mapping[str, str]) -> Secrets:
        answer = await self._post(f"{origin}/oauth/token", {**asked, **_app(app)})
        secrets = _chosen(answer, "access_token")
        if isinstance(answer.get("refresh_token"), str):
            secrets["refresh_token"] = answer["refresh_token"]
        return {
            **secrets,
            **_expiry(answer),
            **_app(app),
            "scope": str(answer.get("scope") or SCOPES),
        }

    async def _post(
        self, url: str, form: Mapping[str, str], *, empty: bool = False
    ) -> dict[str, Any]:
        try:
            response = await wire.call(self._client, "POST", url, data=dict(form))
        except OutcomeUnknown as error:
            raise harmless(error) from error
        if not response.is_success:
            raise refusal(response, safe=True)
        return {} if empty else wire.body(response, safe=True)


def limits_of(instance: Mapping[str, Any]) -> Limits | None:
    """Limits from an instance description, v2 or v1, or a fork's; None when it says nothing."""
    configuration = _mapping(instance, "configuration")
    statuses = _mapping(configuration, "statuses")
    media = _mapping(configuration, "media_attachments")
    characters = _number(statuses, "max_characters") or _number(instance, "max_toot_chars")
    if not characters:
        return None
    text = LIMITS.text
    return Limits(
        text=Counting(
            unit=text.unit,
            limit=characters,
            url_cost=_number(statuses, "characters_reserved_per_url") or text.url_cost,
            short_mentions=text.short_mentions,
        ),
        pictures=_number(statuses, "max_media_attachments") or LIMITS.pictures,
        picture_bytes=_number(media, "image_size_limit")
        or _number(instance, "upload_limit")
        or LIMITS.picture_bytes,
        picture_pixels=_number(media, "image_matrix_limit") or LIMITS.picture_pixels,
        picture_types=_types(media, "image/") or LIMITS.picture_types,
        alt_characters=_number(media, "description_limit")
        or _number(instance, "description_limit")
        or LIMITS.alt_characters,
        source=LIMITS.source,
        read_on=LIMITS.read_on,
        posts_per_hour=LIMITS.posts_per_hour,
        video=_video(media),
    )


def _video(media: Mapping[str, Any]) -> VideoLimits | None:
    """None where the instance lists what it takes, and no video is among it."""
    said = _types(media, "video/")
    if not said and _types(media, ""):
        return None
    return VideoLimits(
        most_bytes=_number(media, "video_size_limit") or VIDEO.most_bytes, types=said or VIDEO.types
    )


async def _instance(reader: Reader) -> dict[str, Any]:
    """v2, else v1, else nothing: asked once each (some servers have neither)."""
    for version in ("v2", "v1"):
        response = await reader.get(f"/api/{version}/instance")
        if response.status_code == httpx.codes.OK:
            return wire.body(response, safe=True)
        if response.status_code not in (401, 403, 404, 405, 410, 501):
            raise refusal(response, safe=True)
    return {}


def _domain(instance: Mapping[str, Any], origin: str) -> str:
    said = str(instance.get("domain") or instance.get("uri") or "")
    return urlsplit(said).netloc or said or urlsplit(origin).netloc


def _types(media: Mapping[str, Any], beginning: str) -> tuple[str, ...]:
    said = media.get("supported_mime_types")
    types = said if isinstance(said, list) else []
    return tuple(t for t in types if isinstance(t, str) and t.startswith(beginning))


def _mapping(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    inner = value.get(name)
    return inner if isinstance(inner, dict) else {}


def _number(value: Mapping[str, Any], name: str) -> int:
    said = value.get(name)
    return said if isinstance(said, int) and not isinstance(said, bool) and said > 0 else 0


def _app(secrets: Secrets) -> dict[str, str]:
    return {name: secrets.get(name, "") for name in ("client_id", "client_secret")}


def _chosen(answer: Mapping[str, Any], *names: str) -> dict[str, str]:
    if not all(isinstance(answer.get(name), str) and answer[name] for name in names):
        raise TryLater(f"lacks one of {names}: has {sorted(answer)}")
    return {name: str(answer[name]) for name in names}


def _expiry(answer: Mapping[str, Any]) -> dict[str, str]:
    """expires_at (ISO 8601 UTC) where the server counts from its own clock; else nothing."""
    made, lasts = answer.get("created_at"), answer.get("expires_in")
    if not isinstance(made, int | float) or not isinstance(lasts, int | float):
        return {}
    moment = datetime.fromtimestamp(made, UTC) + timedelta(seconds=lasts)
    return {"expires_at": moment.isoformat()}
