"""A TikTok answer that is no success -> one of the five `NetworkError`s.

Answers are {"data": …, "error": {"code", "message", "log_id"}}: any code but "ok" is a failure,
also under 200. The door answers {"error": word, "error_description": …}. Sources, read 2026-11-28:
https://developers.tiktok.com/doc/tiktok-api-v2-error-handling,
https://developers.tiktok.com/doc/content-posting-api-reference-direct-post,
https://developers.tiktok.com/doc/content-posting-api-reference-get-video-status.
"""

from collections.abc import Mapping

import httpx

from breakwater.domain.errors import NetworkError, OutcomeUnknown, Reconnect, Refused, TryLater
from breakwater.networks import wire

RECONNECT, THROTTLED, DOUBT = "@again", "@slow", "@?"
WINDOW_S = 60.0
"""Budgets are counted in a window of one minute; no header says when it is over."""

CODES: Mapping[str, str] = {
    "access_token_invalid": RECONNECT,
    "scope_not_authorized": RECONNECT,
    "scope_permission_missed": RECONNECT,
    "rate_limit_exceeded": THROTTLED,
    "internal_error": DOUBT,
    "invalid_param": "not_accepted",
    "invalid_params": "not_accepted",
    "invalid_file_upload": "not_accepted",
    "spam_risk_too_many_posts": "too_many_posts",
    "spam_risk_user_banned_from_posting": "banned_from_posting",
    "spam_risk_text": "looks_like_spam",
    "spam_risk": "looks_like_spam",
    "reached_active_user_cap": "app_not_audited",
    "unaudited_client_can_only_post_to_private_accounts": "only_private",
    "privacy_level_option_mismatch": "privacy_not_offered",
    "url_ownership_unverified": "address_not_verified",
    "invalid_publish_id": "not_there",
    "token_not_authorized_for_specified_publish_id": "not_allowed",
}
"""error.code -> what it means: one of the three signs above, or a reason to refuse with."""

FAILURES: Mapping[str, str] = {
    "file_format_check_failed": "video_unfit",
    "duration_check_failed": "video_too_long",
    "frame_rate_check_failed": "video_unfit",
    "picture_size_check_failed": "video_unfit",
    "video_pull_failed": "media_unreachable",
    "photo_pull_failed": "media_unreachable",
    "publish_cancelled": "cancelled_there",
    "auth_removed": RECONNECT,
    "spam_risk_too_many_posts": "too_many_posts",
    "spam_risk_user_banned_from_posting": "banned_from_posting",
    "spam_risk_text": "looks_like_spam",
    "spam_risk": "looks_like_spam",
}
"""fail_reason of a post that did not come out -> the same. "internal" is left out: it says of
itself that it can be tried again."""

_DOOR_CLOSED = frozenset(
    {"invalid_grant", "invalid_request", "invalid_client", "access_denied", "unauthorized_client"}
)
"""A code that is spent, a refresh token that is over: the person signs in again. TikTok says
invalid_request where RFC 6749 has invalid_grant."""


def code_of(response: httpx.Response) -> str:
    """error.code; "" where the answer is not TikTok's JSON."""
    try:
        error = response.json().get("error")
    except (ValueError, AttributeError):
        return ""
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, str) else ""


def refusal(response: httpx.Response, *, safe: bool = False) -> NetworkError:
    """What an answer of the API means that is no success. safe: nothing public could have come
    of the call."""
    code, detail = code_of(response), wire.excerpt(response)
    meaning = CODES.get(code)
    if meaning == THROTTLED or response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        wish = wire.retry_after(response.headers)
        return TryLater(detail, after_s=WINDOW_S if wish is None else wish, throttled=True)
    if meaning == RECONNECT:
        return Reconnect(detail)
    if meaning == DOUBT:
        return TryLater(detail) if safe else OutcomeUnknown(detail)
    if meaning is not None:
        return Refused(meaning, detail)
    if response.is_success and code not in ("", "ok"):
        return Refused("refused", detail)  # whatever it is, it is a failure
    return wire.by_status(response, safe=safe)


def failure(reason: str) -> NetworkError | None:
    """What the fail_reason of a post means; None for one that may be tried again."""
    meaning = FAILURES.get(reason)
    if meaning == RECONNECT:
        return Reconnect(reason)
    if meaning is not None:
        return Refused(meaning, reason)
    return None if reason == "internal" else Refused("refused", reason)


def at_the_door(response: httpx.Response) -> NetworkError:
    """What a refusal of the token page means: nothing public comes of such a call."""
    try:
        word = response.json().get("error")
    except (ValueError, AttributeError):
        word = None
    if response.status_code < 500 and isinstance(word, str) and word in _DOOR_CLOSED:
        return Reconnect(wire.excerpt(response))
    return wire.by_status(response, safe=True)
