"""The manners of one family of APIs (Graph): calls, errors with codes, pages, signed pushes.

Several networks answer in this way; each has its own table of codes. Source:
https://developers.facebook.com/docs/graph-api/guides/error-handling, read 2026-11-28.
"""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from breakwater.domain.errors import (
    NetworkError,
    OutcomeUnknown,
    Reconnect,
    Refused,
    TryLater,
)
from breakwater.networks import wire
from breakwater.networks.base import Echo, Secrets

Meaning = str
"""One of THROTTLED, WHOLE_APP, RECONNECT, LATER, UNKNOWN, or a reason to refuse with."""
THROTTLED, WHOLE_APP, RECONNECT, LATER, UNKNOWN = "@slow", "@slow-app", "@again", "@later", "@?"

Codes = Mapping[tuple[int, int], Meaning]
"""(code, subcode) -> what it means; subcode 0 stands for every subcode that is not named."""

COMMON: Codes = {
    (1, 0): UNKNOWN,
    (2, 0): UNKNOWN,
    (4, 0): WHOLE_APP,
    (10, 0): "not_allowed",
    (17, 0): THROTTLED,
    (32, 0): THROTTLED,
    (100, 0): "not_accepted",
    (100, 33): "not_there",
    (102, 0): RECONNECT,
    (190, 0): RECONNECT,
    (200, 0): "not_allowed",
    (341, 0): THROTTLED,
    (368, 0): "account_limited",
    (506, 0): "duplicate",
    (613, 0): THROTTLED,
    (803, 0): "not_there",
}
PAGES = 25
"""Where a walk through pages gives up; beyond it, absence proves nothing."""


class Graph:
    """Calls of one token. proof: sent with each call where the app has a secret, so that a stolen
    token alone opens nothing (appsecret_proof)."""

    def __init__(
        self, client: httpx.AsyncClient, base: str, token: str, codes: Codes, app_secret: str = ""
    ) -> None:
        self._client = client
        self._base = base
        self._codes = {**COMMON, **codes}
        self._auth = {"access_token": token}
        if app_secret and token:
            self._auth["appsecret_proof"] = _hex(app_secret, token.encode())

    async def get(self, path: str, **params: str) -> dict[str, Any]:
        """The object that was read."""
        return self.body(await self.ask(path, **params), safe=True)

    async def ask(self, path: str, **params: str) -> httpx.Response:
        """The answer to a GET, whatever its status."""
        return await self._call("GET", path, safe=True, params={**params, **self._auth})

    async def post(self, path: str, *, safe: bool = False, **fields: str) -> dict[str, Any]:
        """What a POST made. safe: it can be made again at will."""
        response = await self._call("POST", path, safe=safe, data={**fields, **self._auth})
        return self.body(response, safe=safe)

    async def upload(
        self, path: str, files: Mapping[str, tuple[str, bytes, str]], **fields: str
    ) -> dict[str, Any]:
        """The same with files (name, bytes, MIME type): harmless, so doubt is TryLater."""
        return self.body(await self.sent(path, files, safe=True, **fields), safe=True)

    async def sent(
        self, path: str, files: Mapping[str, tuple[str, bytes, str]], *, safe: bool, **fields: str
    ) -> httpx.Response:
        """The answer to a POST with files, whatever its status. safe: as of `post`."""
        return await self._call(
            "POST", path, safe=safe, data={**fields, **self._auth}, files=dict(files)
        )

    async def delete(self, path: str, **params: str) -> dict[str, Any]:
        response = await self._call("DELETE", path, params={**params, **self._auth})
        return self.body(response)

    async def pages(self, path: str, **params: str) -> AsyncIterator[list[dict[str, Any]]]:
        """Pages of `data`, the last one empty; stops short after PAGES."""
        after: dict[str, str] = {}
        for _ in range(PAGES):
            answer = await self.get(path, **params, **after)
            rows = [row for row in answer.get("data") or [] if isinstance(row, dict)]
            yield rows
            if not rows:
                return
            paging = answer.get("paging") or {}
            cursor = (paging.get("cursors") or {}).get("after") if paging.get("next") else None
            if not cursor or {"after": cursor} == after:
                yield []
                return
            after = {"after": str(cursor)}

    def body(self, response: httpx.Response, *, safe: bool = False) -> dict[str, Any]:
        """The object of a success. Raises: what `error_of` says."""
        if not response.is_success:
            raise self.error_of(response, safe=safe)
        return wire.body(response, safe=safe)

    def error_of(self, response: httpx.Response, *, safe: bool = False) -> NetworkError:
        """What a refusal means, by its code, its subcode, else its status."""
        code, subcode = codes_of(response)
        meaning = self._codes.get((code, subcode)) or self._codes.get((code, 0))
        if meaning is None:
            return wire.by_status(response, safe=safe)
        detail = wire.excerpt(response)
        if meaning in (THROTTLED, WHOLE_APP):
            wish = wire.retry_after(response.headers) or regain_s(response.headers)
            whole = meaning == WHOLE_APP
            return TryLater(detail, after_s=wish, throttled=True, whole_app=whole)
        if meaning == RECONNECT:
            return Reconnect(detail)
        if meaning == LATER or (meaning == UNKNOWN and safe):
            return TryLater(detail)
        return OutcomeUnknown(detail) if meaning == UNKNOWN else Refused(meaning, detail)

    async def _call(
        self, method: str, path: str, *, safe: bool = False, **kwargs: Any
    ) -> httpx.Response:
        url = f"{self._base}/{wire.plain_path(path)}"
        return await wire.call(self._client, method, url, safe=safe, **kwargs)


def codes_of(response: httpx.Response) -> tuple[int, int]:
    """(code, error_subcode) of an error; zeros where it has none."""
    try:
        error = response.json().get("error")
    except (ValueError, AttributeError):
        return 0, 0
    found = error if isinstance(error, dict) else {}
    return _number(found.get("code")), _number(found.get("error_subcode"))


def regain_s(headers: Mapping[str, str]) -> float | None:
    """Seconds until calls are let in again, as X-Business-Use-Case-Usage says in minutes.

    Source: https://developers.facebook.com/docs/graph-api/overview/rate-limiting, 2026-11-28.
    """
    try:
        usage = json.loads(headers.get("x-business-use-case-usage", ""))
        entries = [entry for entries in usage.values() for entry in entries]
        minutes = [_number(entry.get("estimated_time_to_regain_access")) for entry in entries]
    except (ValueError, AttributeError, TypeError):
        return None
    return max(minutes, default=0) * 60.0 or None


def echo(query: Mapping[str, str], app: Secrets) -> Echo:
    """The answer to a subscription's question (hub.mode, hub.verify_token, hub.challenge).

    Source: https://developers.facebook.com/docs/graph-api/webhooks/getting-started, 2026-11-28.
    """
    wanted = app.get("verify_token", "")
    given = query.get("hub.verify_token", "")
    same = hmac.compare_digest(wanted.encode(), given.encode())
    if not wanted or not same or query.get("hub.mode") != "subscribe":
        raise Refused("hook_refused", "not the question that was agreed")
    return Echo(query.get("hub.challenge", "")[:500])


def moment(text: object) -> datetime:
    """A time as this family writes it (2026-11-28T09:00:00+0000, or POSIX seconds), in UTC.
    Raises: ValueError, TypeError."""
    if isinstance(text, int):
        return datetime.fromtimestamp(text, UTC)
    if not isinstance(text, str):
        raise TypeError(f"{text!r} is no time")
    return datetime.fromisoformat(text).astimezone(UTC)


def ends_at(response: httpx.Response, lasts_s: object) -> str:
    """When a token that was given now is at its end (ISO 8601), by the clock of the answer; ""
    where neither says so."""
    if not isinstance(lasts_s, int) or "date" not in response.headers:
        return ""
    given = parsedate_to_datetime(response.headers["date"])
    return (given + timedelta(seconds=lasts_s)).astimezone(UTC).isoformat()


async def follow(page: Graph, page_id: str, app_id: str, fields: Iterable[str]) -> None:
    """The app is told what happens on this Page in `fields`, and in those it already follows: the
    call replaces them, and another connection of the same Page may live by them.

    Source: https://developers.facebook.com/docs/graph-api/reference/page/subscribed_apps,
    2026-11-28.
    """
    path = f"{page_id}/subscribed_apps"
    rows = (await page.get(path)).get("data") or []
    followed = {
        str(name)
        for row in rows
        if row.get("id") == app_id
        for name in row.get("subscribed_fields") or []
    }
    wanted = ",".join(sorted({*followed, *fields}))
    await page.post(path, safe=True, subscribed_fields=wanted)


def check_signature(headers: Mapping[str, str], body: bytes, app: Secrets) -> None:
    """X-Hub-Signature-256 is ours over these bytes. Raises: Refused("hook_refused")."""
    kind, _, given = headers.get("x-hub-signature-256", "").partition("=")
    secret = app.get("client_secret", "")
    if (
        not secret
        or kind != "sha256"
        or not hmac.compare_digest(_hex(secret, body).encode(), given.encode())
    ):
        raise Refused("hook_refused", "the signature is not that of our app")


def _hex(secret: str, data: bytes) -> str:
    return hmac.new(secret.encode(), data, hashlib.sha256).hexdigest()


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
