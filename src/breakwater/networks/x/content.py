"""The body of a post or a message: the same bytes for the same parcel. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from breakwater.domain.errors import Refused
from breakwater.networks.base import Parcel
from breakwater.networks.x.forms import REPLY_SETTINGS

_NUMBER = re.compile(r"[0-9]{1,19}")
_ADDRESS = re.compile(r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/\w+/status/([0-9]{1,19})")
_ON = frozenset({"1", "true", "on", "yes"})
_LONGEST_ANSWER = 25
_LEAST_POLL, _MOST_POLL = 5, 10_080


def check(parcel: Parcel) -> None:
    """Raises: Refused, before anything is uploaded for what X will not take."""
    if parcel.to:
        message(parcel, [medium.sha256 for medium in parcel.media])
    else:
        post(parcel, ())


def post(parcel: Parcel, media_ids: Sequence[str]) -> dict[str, Any]:
    """POST /2/tweets. Nothing that would plan it on X is ever in it (delivery.md, the wall)."""
    _check_media(parcel)
    options = parcel.options
    wanted: dict[str, Any] = {
        "text": parcel.text,
        "media": {"media_ids": list(media_ids)} if media_ids else None,
        "reply": {"in_reply_to_tweet_id": parcel.reply_to} if parcel.reply_to else None,
        "reply_settings": _reply_settings(options),
        "quote_tweet_id": quoted(str(options.get("quote") or "")),
        "poll": _poll(options) if parcel.form == "poll" else None,
        "paid_partnership": _flag(options, "paid_partnership"),
        "made_with_ai": _flag(options, "made_with_ai"),
        "for_super_followers_only": _flag(options, "subscribers_only"),
    }
    return {name: value for name, value in wanted.items() if value or name == "text"}


def message(parcel: Parcel, media_ids: Sequence[str]) -> dict[str, Any]:
    """POST /2/dm_conversations/…/messages."""
    if len(media_ids) > 1:
        raise Refused("one_attachment", f"{len(media_ids)} media in a message")
    wanted = {
        "text": parcel.text,
        "attachments": [{"media_id": one} for one in media_ids],
    }
    return {name: value for name, value in wanted.items() if value}


def quoted(address: str) -> str:
    """The number of the post at an address, or the number itself; "" for no address."""
    if not address or _NUMBER.fullmatch(address):
        return address
    found = _ADDRESS.match(address.strip())
    if found is None:
        raise Refused("quote_wrong", address[:200])
    return found[1]


def _check_media(parcel: Parcel) -> None:
    if len(parcel.media) > 1 and any(one.mime == "image/gif" for one in parcel.media):
        raise Refused("gif_alone", f"{len(parcel.media)} media, a GIF among them")


def _reply_settings(options: Mapping[str, Any]) -> str:
    wanted = str(options.get("reply_settings") or "")
    if wanted and wanted not in REPLY_SETTINGS:
        raise Refused("option_unknown", f"reply_settings {wanted!r}")
    return wanted


def _poll(options: Mapping[str, Any]) -> dict[str, Any]:
    lines = [line.strip() for line in str(options.get("poll_answers") or "").splitlines()]
    answers = [line for line in lines if line]
    minutes = str(options.get("poll_minutes") or "1440")
    fits = 2 <= len(answers) <= 4 and all(len(one) <= _LONGEST_ANSWER for one in answers)
    if not fits or not minutes.isdigit() or not _LEAST_POLL <= int(minutes) <= _MOST_POLL:
        raise Refused("poll_wrong", f"{len(answers)} answers for {minutes[:20]} minutes")
    return {"options": answers, "duration_minutes": int(minutes)}


def _flag(options: Mapping[str, Any], name: str) -> bool:
    value = options.get(name)
    return value is True or (isinstance(value, str) and value.lower() in _ON)
