"""One request to a network, with every way it can fail told apart (delivery.md 2.5).

`safe=True` marks a read: whatever goes wrong there is TryLater, since nothing could
have been done. For a write, only what certainly did not leave is TryLater.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from breakwater.domain.errors import (
    EgressRefused,
    NetworkError,
    OutcomeUnknown,
    Reconnect,
    Refused,
    TryLater,
)

_NOTHING_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_EXCERPT = 500
_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._:~=$+-]{0,499}")
_PATH = re.compile(r"(?:[A-Za-z0-9._~:@!$'()*+,;=/-]|%[0-9A-Fa-f]{2})*")
_SECONDS = re.compile(r"[0-9]{1,15}(\.[0-9]{1,15})?")


async def call(
    client: httpx.AsyncClient, method: str, url: str, *, safe: bool = False, **kwargs: Any
) -> httpx.Response:
    """The response, whatever its status. Redirects of a write are never followed, a safe one's
    neither: its body, with a token in it for some networks, would go wherever the answer points.

    Raises: TryLater when nothing left (or the call was `safe`), Refused when our own
    guard closed the door, OutcomeUnknown for everything else.
    """
    try:
        follow = safe and method in ("GET", "HEAD")
        return await client.request(method, url, follow_redirects=follow, **kwargs)
    except EgressRefused as error:
        raise Refused("address_refused", str(error)) from error
    except _NOTHING_LEFT as error:
        raise TryLater(_word(error)) from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError) as error:
        raise Refused("address_refused", _word(error)) from error
    except (httpx.HTTPError, httpx.StreamError, OSError) as error:
        if safe:
            raise TryLater(_word(error)) from error
        raise OutcomeUnknown(_word(error)) from error


def plain_id(remote_id: str) -> str:
    """The id, where it stands in a path as it is: a single step of it, no query, nothing escaped.

    Raises: Refused("not_accepted"): it is none that a network of this family gives.
    """
    if not _ID.fullmatch(remote_id):
        raise Refused("not_accepted", f"no id: {remote_id[:100]!r}")
    return remote_id


def plain_path(path: str) -> str:
    """The path, where it is one: steps that lead nowhere but on, and no query.

    Raises: Refused("not_accepted").
    """
    if not _PATH.fullmatch(path) or any(one in (".", "..") for one in path.split("/")):
        raise Refused("not_accepted", f"no path: {path[:100]!r}")
    return path


def body(response: httpx.Response, *, safe: bool = False) -> dict[str, Any]:
    """The JSON object of a response; a network that lies about it gives no certainty."""
    try:
        value = json.loads(response.content)
    except ValueError as error:
        raise _nonsense(response, safe=safe) from error
    if not isinstance(value, dict):
        raise _nonsense(response, safe=safe)
    return value


def rows(response: httpx.Response) -> list[dict[str, Any]]:
    """The JSON list of objects that a read gave."""
    try:
        value = json.loads(response.content)
    except ValueError as error:
        raise _nonsense(response, safe=True) from error
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise _nonsense(response, safe=True)
    return value


def told(row: Mapping[str, Any], name: str) -> str:
    """A text that is never empty there. Raises: TryLater where the answer lacks it, so that nobody
    takes the lack for a change."""
    found = row.get(name)
    if not isinstance(found, str) or not found:
        raise TryLater(f"no {name} in the answer: {sorted(row)}")
    return found


def given(row: Mapping[str, Any], name: str) -> str | None:
    """A text that may be empty; None where the answer does not have it, which is not empty."""
    found = row.get(name)
    return found if isinstance(found, str) else None


def retry_after(headers: Mapping[str, str], now_s: float | None = None) -> float | None:
    """Seconds from Retry-After (seconds or a date) or an X-RateLimit-Reset date; None: not said.

    A date that is over means 0; a negative number, or what is no number and no date, says nothing.

    now_s: POSIX time the dates are compared with; without it the response's own Date is.
    """
    from_header = headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(from_header):
        return float(from_header)
    base = now_s if now_s is not None else _posix(headers.get("date", ""))
    moment = _posix(from_header) or _posix(headers.get("x-ratelimit-reset", ""))
    if moment is None or base is None:
        return None
    return max(0.0, moment - base)


def excerpt(response: httpx.Response) -> str:
    """Status and the beginning of the body, for the ledger."""
    return f"{response.status_code} {response.text[:_EXCERPT]}"


def by_status(response: httpx.Response, *, safe: bool = False) -> NetworkError:
    """The fallback classification, when the network's own codes said nothing."""
    status, detail = response.status_code, excerpt(response)
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return TryLater(detail, after_s=retry_after(response.headers), throttled=True)
    if status == httpx.codes.UNAUTHORIZED:
        return Reconnect(detail)
    if safe and status >= 500:
        return TryLater(detail, after_s=retry_after(response.headers))
    if reason := _REFUSALS.get(status):
        return Refused(reason, detail)
    if safe:
        return TryLater(detail)
    return OutcomeUnknown(detail)


_REFUSALS = {
    400: "not_accepted",
    403: "not_allowed",
    404: "not_there",
    410: "not_there",
    413: "too_large",
    415: "media_type",
    422: "not_accepted",
}


def _posix(text: str) -> float | None:
    for parse in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = parse(text)
        except (ValueError, TypeError, OverflowError):
            continue
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    return None


def _nonsense(response: httpx.Response, *, safe: bool) -> NetworkError:
    kind = TryLater if safe else OutcomeUnknown
    return kind(f"not the JSON that was promised: {excerpt(response)}")


def _word(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
