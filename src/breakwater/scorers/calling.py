"""One question to a server that speaks JSON, with every way that it can fail told apart."""

import json
import re
from typing import Any

import httpx

from breakwater.domain.errors import EgressRefused, NetworkError, Reconnect, Refused, TryLater
from breakwater.scorers.base import Field, Kit, gettext_noop

_SECONDS = re.compile(r"[0-9]{1,6}")
_FULL = 500

FIELDS = (
    Field(
        "address",
        gettext_noop("Address"),
        gettext_noop("Where the API begins, as in https://api.example.com/v1"),
        address=True,
    ),
    Field(
        "key",
        gettext_noop("Key"),
        gettext_noop("It is sealed, and never shown again."),
        secret=True,
        needed=False,
    ),
    Field("model", gettext_noop("Model"), gettext_noop("As the server calls it.")),
)
"""What every server of this kind is asked by."""


async def asked(kit: Kit, path: str, question: dict[str, Any]) -> dict[str, Any]:
    """The JSON object that the server answers. Raises: TryLater, Reconnect, Refused."""
    key = kit.values.get("key", "")
    if not (key.isascii() and key.isprintable()):
        raise Reconnect("no header can carry this key")
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    url = kit.values["address"].rstrip("/") + path
    try:
        answer = await kit.client.post(url, json=question, headers=headers)
    except EgressRefused as error:
        raise Refused("address_refused") from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError) as error:
        raise Refused("address_refused") from error
    except (httpx.HTTPError, httpx.StreamError, OSError) as error:
        raise TryLater(type(error).__name__) from error
    if answer.status_code != httpx.codes.OK:
        raise _failed(answer)
    return _object(answer)


def _object(answer: httpx.Response) -> dict[str, Any]:
    try:
        value = json.loads(answer.content)
    except (ValueError, RecursionError) as error:
        raise TryLater("not JSON") from error
    if not isinstance(value, dict):
        raise TryLater("not a JSON object")
    return value


def _failed(answer: httpx.Response) -> NetworkError:
    """What the server says besides stays out of it: it may repeat the text."""
    status = answer.status_code
    detail = str(status)
    if status in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        return Reconnect(detail)
    if status == httpx.codes.TOO_MANY_REQUESTS or status >= _FULL:
        said = answer.headers.get("retry-after", "").strip()
        after = float(said) if _SECONDS.fullmatch(said) else None
        return TryLater(detail, after_s=after, throttled=status == httpx.codes.TOO_MANY_REQUESTS)
    return Refused("not_accepted", detail)
