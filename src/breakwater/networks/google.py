"""The manners of one family of APIs (googleapis.com): calls, errors with reasons, pages.

Several networks answer in this way; each adds its own reasons. The error body is
{"error": {"code", "message", "status", "errors": [{"reason"}], "details": [{"reason"}]}}.
Source: the beginning of https://developers.google.com/youtube/v3/docs/errors, read 2026-11-28, and
the samples of sns-sdks/python-youtube (MIT); `details` and the words in capitals (google.rpc) are
from memory, not checked.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from breakwater.domain.errors import (
    NetworkError,
    OutcomeUnknown,
    Reconnect,
    Refused,
    TryLater,
)
from breakwater.networks import wire

Meaning = str
"""One of the marks below, or a reason to refuse with."""
THROTTLED, WHOLE_APP, DAY_IS_USED, RECONNECT, LATER, UNKNOWN = (
    "@slow", "@slow-app", "@day", "@again", "@later", "@?",
)  # fmt: skip

Reasons = Mapping[str, Meaning]

ReadPage = Callable[[Mapping[str, str]], Awaitable[dict[str, Any]]]
"""{"pageToken": …}, {} for the first -> the page."""

COMMON: Reasons = {
    "authError": RECONNECT,
    "UNAUTHENTICATED": RECONNECT,
    "insufficientPermissions": RECONNECT,
    "ACCESS_TOKEN_SCOPE_INSUFFICIENT": RECONNECT,
    "quotaExceeded": DAY_IS_USED,
    "dailyLimitExceeded": DAY_IS_USED,
    "rateLimitExceeded": WHOLE_APP,
    "RATE_LIMIT_EXCEEDED": WHOLE_APP,
    "userRateLimitExceeded": THROTTLED,
    "RESOURCE_EXHAUSTED": THROTTLED,
    "backendError": UNKNOWN,
    "internalError": UNKNOWN,
    "INTERNAL": UNKNOWN,
    "UNAVAILABLE": UNKNOWN,
    "accessNotConfigured": "api_off",
    "SERVICE_DISABLED": "api_off",
    "PERMISSION_DENIED": "not_allowed",
    "NOT_FOUND": "not_there",
    "INVALID_ARGUMENT": "not_accepted",
    "FAILED_PRECONDITION": "not_accepted",
}
PAGES = 25
"""Where a walk through pages gives up; beyond it, absence proves nothing."""

_DAY_ENDS = ZoneInfo("America/Los_Angeles")
"""Daily quotas start anew at midnight there (youtube/data/determine_quota_cost, 2026-11-28)."""

_NOTHING = (httpx.codes.NO_CONTENT, httpx.codes.RESET_CONTENT)


class Google:
    """Calls with one access token. now: by the network's own clock, of its last answer."""

    def __init__(self, client: httpx.AsyncClient, token: str, reasons: Reasons) -> None:
        self._client = client
        self._reasons = {**COMMON, **reasons}
        self.now: datetime | None = None
        self._bearer = {"Authorization": f"Bearer {token}"}

    async def get(self, url: str, **params: str) -> dict[str, Any]:
        """The object that was read."""
        return self.body(await self.ask("GET", url, safe=True, params=params), safe=True)

    async def send(
        self, method: str, url: str, *, safe: bool = False, **kwargs: Any
    ) -> dict[str, Any]:
        """The object that a write answers, {} for an answer without one. safe: it can be made
        again at will, so that doubt is TryLater."""
        try:
            response = await self.ask(method, url, **kwargs)
        except OutcomeUnknown as error:
            raise (TryLater(error.detail) if safe else error) from error
        return self.body(response, safe=safe)

    async def ask(
        self, method: str, url: str, *, safe: bool = False, **kwargs: Any
    ) -> httpx.Response:
        """The answer, whatever its status."""
        headers = {**self._bearer, **kwargs.pop("headers", {})}
        response = await wire.call(self._client, method, url, safe=safe, headers=headers, **kwargs)
        self.now = said_at(response) or self.now
        return response

    def body(self, response: httpx.Response, *, safe: bool = False) -> dict[str, Any]:
        """The object of a success. Raises: what `error_of` says."""
        if not response.is_success:
            raise self.error_of(response, safe=safe)
        if response.status_code in _NOTHING:
            return {}
        return wire.body(response, safe=safe)

    def error_of(self, response: httpx.Response, *, safe: bool = False) -> NetworkError:
        """What a refusal means: by the first of its reasons that is known, else its status."""
        known = (self._reasons[word] for word in reasons_of(response) if word in self._reasons)
        meaning = next(known, None)
        if meaning is None or response.status_code == httpx.codes.UNAUTHORIZED:
            return wire.by_status(response, safe=safe)
        return _error(meaning, response, safe=safe)


async def pages(read: ReadPage, items: str) -> AsyncIterator[list[dict[str, Any]]]:
    """Pages of `items`, the last one empty; stops short after PAGES."""
    token = ""
    for _ in range(PAGES):
        answer = await read({"pageToken": token} if token else {})
        rows = [row for row in answer.get(items) or [] if isinstance(row, dict)]
        if rows:
            yield rows
        following = str(answer.get("nextPageToken") or "")
        if not following or following == token:
            yield []
            return
        token = following


def reasons_of(response: httpx.Response) -> tuple[str, ...]:
    """The words of an error, from the narrowest to the widest; none where it has no such body."""
    try:
        error = response.json().get("error")
    except (ValueError, AttributeError):
        return ()
    return tuple(_words(error)) if isinstance(error, dict) else ()


def said_at(response: httpx.Response) -> datetime | None:
    """When the network's own clock gave this answer; None: it did not say."""
    try:
        return parsedate_to_datetime(response.headers.get("date", "")).astimezone(UTC)
    except ValueError:
        return None


def moment(text: object) -> datetime:
    """An RFC 3339 time, in UTC. Raises ValueError."""
    value = datetime.fromisoformat(str(text))
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _words(error: Mapping[str, Any]) -> Iterator[str]:
    for name in ("errors", "details"):
        entries = error.get(name)
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict) and isinstance(entry.get("reason"), str):
                yield entry["reason"]
    if isinstance(error.get("status"), str):
        yield error["status"]


def _error(meaning: Meaning, response: httpx.Response, *, safe: bool) -> NetworkError:
    detail, wish = wire.excerpt(response), wire.retry_after(response.headers)
    if meaning == DAY_IS_USED:
        left = wish or _until_tomorrow(response)
        return TryLater(detail, after_s=left, throttled=True, whole_app=True)
    if meaning in (THROTTLED, WHOLE_APP):
        whole = meaning == WHOLE_APP
        return TryLater(detail, after_s=wish, throttled=True, whole_app=whole)
    if meaning == RECONNECT:
        return Reconnect(detail)
    if meaning == LATER or (meaning == UNKNOWN and safe):
        return TryLater(detail, after_s=wish)
    return OutcomeUnknown(detail) if meaning == UNKNOWN else Refused(meaning, detail)


def _until_tomorrow(response: httpx.Response) -> float | None:
    now = said_at(response)
    if now is None:
        return None
    there = now.astimezone(_DAY_ENDS)
    midnight = (there + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return (midnight.astimezone(UTC) - now).total_seconds()
