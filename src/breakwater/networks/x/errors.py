"""An answer of X that is no success -> one of the five `NetworkError`s.

Problems carry a type (a URL, of which the last word counts), else only a status and a sentence:
https://docs.x.com/x-api/fundamentals/response-codes-and-errors, read 2026-11-28. The sentences
are those that live answers were seen to have (docs/networks/x.md says where).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from breakwater.domain.errors import NetworkError, OutcomeUnknown, Reconnect, Refused, TryLater
from breakwater.networks import wire

RECONNECT, SLOW, UNKNOWN, THERE = "@again", "@slow", "@?", "@there"

_TYPES: Mapping[str, str] = {
    "resource-not-found": "not_there",
    "resource-unavailable": "not_there",
    "not-authorized-for-resource": "not_allowed",
    "not-authorized-for-field": "not_allowed",
    "field-unauthorized": "not_allowed",
    "disallowed-resource": "not_allowed",
    "client-forbidden": "plan_needed",
    "invalid-request": "not_accepted",
    "credits": "credits_gone",
    "usage-capped": "credits_gone",
    "unsupported-authentication": RECONNECT,
    "oauth1-permissions": RECONNECT,
    "rate-limit-exceeded": SLOW,
    "internal-error": UNKNOWN,
    "field-hydration-failure": UNKNOWN,
}
_SENTENCES: tuple[tuple[str, str], ...] = (
    (r"duplicate content|status is a duplicate", THERE),
    (r"not been mentioned or otherwise engaged", "not_summoned"),
    (r"video longer than", "video_too_long"),
    (r"media ids? (are|is) invalid", "media_gone"),
    (r"(text|tweet|post|status)\b.{0,40}(too long|bit shorter)", "text_too_long"),
    (r"cashtag", "too_many_cashtags"),
    (r"temporarily locked", "account_locked"),
    (r"account\b.{0,40}suspended", "account_suspended"),
    (r"oauth\d? .*permission|required scope", RECONNECT),
    (r"\bedit(ed|able)?\b", "not_editable"),
)
"""What is looked for in the words of a 400 or 403, the first one that fits counts."""

_CODES: Mapping[int, str] = {
    88: SLOW,
    89: RECONNECT,
    186: "text_too_long",
    187: THERE,
    326: "account_locked",
    64: "account_suspended",
}
"""Of the old envelope {"errors": [{"code", "message"}]}, which some answers still have."""

_DOOR_CLOSED = frozenset(
    {"invalid_grant", "invalid_token", "invalid_client", "unauthorized_client", "invalid_request"}
)
"""Words of OAuth (RFC 6749 5.2); X says invalid_request for a refresh token that was used."""


@dataclass(frozen=True)
class _Problem:
    """kind: the last word of the type. code: of the old envelope, 0 for none."""

    kind: str
    words: str
    code: int


def refusal(response: httpx.Response, *, safe: bool = False) -> NetworkError:
    """What the answer means. safe: nothing public could have come of the call."""
    detail, problem = wire.excerpt(response), _problem(response)
    if response.status_code == httpx.codes.PAYMENT_REQUIRED:
        return Refused("credits_gone", detail)
    meaning = _meaning(response.status_code, problem)
    if meaning == SLOW or (not meaning and response.status_code == httpx.codes.TOO_MANY_REQUESTS):
        return slow_down(response)
    if meaning == RECONNECT:
        return Reconnect(detail)
    if meaning == THERE:
        # Of what? Our own earlier try, or a post by hand. Out, without saying under which id.
        return OutcomeUnknown(detail, code="duplicate")
    if meaning == UNKNOWN:
        return TryLater(detail) if safe else OutcomeUnknown(detail)
    return Refused(meaning, detail) if meaning else wire.by_status(response, safe=safe)


def door(response: httpx.Response) -> NetworkError:
    """What a refusal of the sign-in means."""
    word = _object(response).get("error")
    if word in _DOOR_CLOSED:
        return Reconnect(wire.excerpt(response))
    return refusal(response, safe=True)


def partly(answer: Mapping[str, Any]) -> NetworkError | None:
    """The first problem of a 200 that brought no data: what was asked for is gone or hidden."""
    for problem in answer.get("errors") or ():
        if isinstance(problem, dict):
            kind = str(problem.get("type") or "").rpartition("/")[2]
            reason = _TYPES.get(kind, "")
            words = f"{kind} {problem.get('detail') or ''}"[:500]
            return TryLater(words) if reason in ("", UNKNOWN, SLOW) else Refused(reason, words)
    return None


def slow_down(response: httpx.Response) -> TryLater:
    """A 429. Which of the three windows is full is told by what remains of it."""
    headers, detail = response.headers, wire.excerpt(response)
    for window, whole in (("app-limit-24hour", True), ("user-limit-24hour", False)):
        if headers.get(f"x-{window}-remaining") == "0":
            wish = _until(headers, f"x-{window}-reset")
            return TryLater(detail, after_s=wish, throttled=True, whole_app=whole)
    wish = wire.retry_after(headers)
    if wish is None:
        wish = _until(headers, "x-rate-limit-reset")
    return TryLater(detail, after_s=wish, throttled=True)


def _meaning(status: int, problem: _Problem) -> str:
    if status in (httpx.codes.BAD_REQUEST, httpx.codes.FORBIDDEN):
        for pattern, meaning in _SENTENCES:
            if re.search(pattern, problem.words, re.IGNORECASE):
                return meaning
    return _TYPES.get(problem.kind) or _CODES.get(problem.code, "")


def _problem(response: httpx.Response) -> _Problem:
    value = _object(response)
    errors = [one for one in value.get("errors") or () if isinstance(one, dict)]
    first = errors[0] if errors else {}
    kind = str(value.get("type") or first.get("type") or "").rpartition("/")[2]
    said = [value.get("detail"), value.get("title")]
    said += [one.get(name) for one in errors for name in ("message", "detail")]
    code = first.get("code", value.get("code"))
    words = " ".join(str(one) for one in said if one)
    return _Problem(kind, words, code if isinstance(code, int) else 0)


def _object(response: httpx.Response) -> dict[str, Any]:
    try:
        value = response.json()
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _until(headers: Mapping[str, str], name: str) -> float | None:
    """Seconds from the answer's own Date to a POSIX time."""
    said = headers.get(name, "")
    try:
        now = parsedate_to_datetime(headers.get("date", "")).timestamp()
    except ValueError:
        return None
    return max(0.0, float(said) - now) if said.isdigit() else None
