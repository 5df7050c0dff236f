"""What was asked and answered, kept as it came: for evidence. Our own secrets are left out of it."""

import base64
import html
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, quote_plus

import httpx

LEFT_OUT = "(left out: a secret of ours)"
_SHORTEST = 6
_PUBLIC = {"scope", "expires_at", "refresh_expires_at", "class", "page_id", "origin"}
"""Values beside the secrets that open nothing."""
_ASKED = {"accept", "accept-language", "content-type", "host", "range", "user-agent"}
"""The only headers of ours that are kept; all others may sign in."""
_ANSWERED_NOT = {"set-cookie", "www-authenticate", "authorization", "dpop-nonce", "cookie"}

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Exchange:
    """One request and its answer. at: when the answer was there. Bodies are decoded (no gzip).
    hidden: whether a secret was left out of it."""

    at: datetime
    method: str
    url: str
    asked: Headers
    sent: bytes
    status: int
    answered: Headers
    body: bytes
    hidden: bool


class Tape:
    """Keeps each exchange of the clients that it stands before, redirects too.

    secrets: what must be on it in no spelling. known: what the public knows (the account's id),
    although it is among the secrets. clock: when an answer came.
    """

    def __init__(
        self,
        secrets: Mapping[str, str],
        *,
        known: Iterable[str] = (),
        clock: Callable[[], datetime],
    ) -> None:
        self.exchanges: list[Exchange] = []
        self._spellings = _spellings(secrets, set(known))
        self.clock = clock

    def around(self, guarded: httpx.AsyncBaseTransport) -> httpx.AsyncBaseTransport:
        return _Taped(guarded, self)

    @property
    def hidden(self) -> int:
        """Of how many exchanges something was left out."""
        return sum(one.hidden for one in self.exchanges)

    def of(self, url: str) -> Exchange | None:
        """The last answer that came from this address."""
        return next((one for one in reversed(self.exchanges) if one.url == url), None)

    def keep(self, request: httpx.Request, response: httpx.Response, body: bytes) -> None:
        before = [
            str(request.url).encode(), _bytes(_kept(request.headers, only=_ASKED)),
            request.content, _bytes(_kept(response.headers, but=_ANSWERED_NOT)), body,
        ]  # fmt: skip
        after = [self._without(one) for one in before]
        self.exchanges.append(
            Exchange(
                at=self.clock(), method=request.method, url=after[0].decode(errors="replace"),
                asked=_headers(after[1]), sent=after[2], status=response.status_code,
                answered=_headers(after[3]), body=after[4], hidden=before != after,
            )
        )  # fmt: skip

    def clean(self, text: str) -> str:
        """The text without our secrets."""
        return self._without(text.encode()).decode(errors="replace")

    def clean_json(self, value: Any) -> Any:
        """Plain JSON without our secrets."""
        told = self._without(json.dumps(value, ensure_ascii=False).encode())
        return json.loads(told)

    def _without(self, data: bytes) -> bytes:
        for one in self._spellings:
            data = data.replace(one, LEFT_OUT.encode())
        return data


class _Taped(httpx.AsyncBaseTransport):
    def __init__(self, guarded: httpx.AsyncBaseTransport, tape: Tape) -> None:
        self._guarded = guarded
        self._tape = tape

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        response = await self._guarded.handle_async_request(request)
        try:
            body = await response.aread()
        finally:
            await response.aclose()
        self._tape.keep(request, response, body)
        headers = [(k, v) for k, v in response.headers.multi_items() if k != "transfer-encoding"]
        return httpx.Response(
            response.status_code, headers=headers, content=body, extensions=response.extensions
        )

    async def aclose(self) -> None:
        await self._guarded.aclose()


def _spellings(secrets: Mapping[str, str], known: set[str]) -> list[bytes]:
    """Each secret as it may be written in an address, a form, JSON or a page; longest first."""
    found: set[bytes] = set()
    for name, value in secrets.items():
        plain = name.removeprefix("account ")
        if len(value) < _SHORTEST or plain in _PUBLIC or value in known:
            continue
        written = json.dumps(value)[1:-1]
        found |= {
            one.encode()
            for one in (
                value, quote(value, safe=""), quote(value), quote_plus(value), html.escape(value),
                written, written.replace("/", "\\/"), json.dumps(value, ensure_ascii=False)[1:-1],
                base64.b64encode(value.encode()).decode().rstrip("="),
            )
        }  # fmt: skip
    return sorted(found, key=len, reverse=True)


def _kept(
    headers: httpx.Headers, *, only: set[str] | None = None, but: Iterable[str] = ()
) -> Headers:
    return tuple(
        (name, value)
        for name, value in headers.multi_items()
        if name not in but and (only is None or name in only)
    )


def _bytes(headers: Headers) -> bytes:
    return json.dumps(headers, ensure_ascii=False).encode()


def _headers(data: bytes) -> Headers:
    return tuple((name, value) for name, value in json.loads(data))
