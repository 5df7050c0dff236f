"""A parcel as a local post, the same bytes on each try.

Source: https://developers.google.com/my-business/reference/rest/v4/accounts.locations.localPosts,
read 2026-11-28. `scheduledTime` is never set: what is planned leaves through our own queue.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from breakwater.domain.errors import Refused
from breakwater.domain.text import over
from breakwater.networks.base import Medium, Parcel
from breakwater.networks.googlebusiness import hours
from breakwater.networks.googlebusiness.forms import EVENT, HOURS, OFFER, POST
from breakwater.networks.googlebusiness.manifest import LIMITS, MANIFEST, REPLY_MOST

_TOPICS = {POST: "STANDARD", "": "STANDARD", EVENT: "EVENT", OFFER: "OFFER"}
_BUTTONS = ("LEARN_MORE", "BOOK", "ORDER", "SHOP", "SIGN_UP", "CALL")


def check(parcel: Parcel) -> None:
    """Raises: Refused for what Google would not take."""
    if parcel.reply_to:
        if parcel.media:
            raise Refused("media_type", "an answer to a review is text alone")
        check_answer(parcel.text)
        return
    if MANIFEST.form_of(parcel.media, parcel.form) is None:
        raise Refused("media_type", f"{parcel.form or 'no form'} of {len(parcel.media)} media")
    if parcel.form == HOURS:
        change(parcel)
        return
    if over(parcel.text, LIMITS.text):
        raise Refused("text_too_long", f"more than {LIMITS.text.limit} characters")
    post(parcel, lambda picture: picture.sha256)


def check_answer(text: str) -> None:
    """The same for the words of an answer to a review."""
    if len(text.encode()) > REPLY_MOST:
        raise Refused("text_too_long", f"more than {REPLY_MOST} bytes")


def change(parcel: Parcel) -> tuple[str, dict[str, Any]]:
    """(updateMask, body) of new opening hours."""
    options = parcel.options
    return hours.location(str(options.get("regular") or ""), str(options.get("special") or ""))


def post(parcel: Parcel, address: Callable[[Medium], str]) -> dict[str, Any]:
    """address: where Google can fetch a picture."""
    topic = _TOPICS.get(parcel.form)
    if topic is None:
        raise Refused("option_unknown", f"form {parcel.form!r}")
    body: dict[str, Any] = {
        "languageCode": parcel.language or "en",
        "summary": parcel.text,
        "topicType": topic,
    }
    if topic != "OFFER" and (button := _button(parcel)):
        body["callToAction"] = button
    if topic != "STANDARD":
        body["event"] = _event(parcel)
    if topic == "OFFER":
        body["offer"] = _offer(parcel)
    if parcel.media:
        body["media"] = [
            {"mediaFormat": "PHOTO", "sourceUrl": address(one)} for one in parcel.media
        ]
    return body


def _button(parcel: Parcel) -> dict[str, str]:
    action, link = str(parcel.options.get("button") or ""), str(parcel.options.get("link") or "")
    if not action:
        return {}
    if action not in _BUTTONS:
        raise Refused("option_unknown", f"button {action!r}")
    if action == "CALL":
        return {"actionType": action}
    if not link.startswith("https://"):
        raise Refused("link_missing", f"{action}: {link!r}")
    return {"actionType": action, "url": link}


def _event(parcel: Parcel) -> dict[str, Any]:
    """Days and times are those on the clock of the place: Google is told no zone."""
    title = str(parcel.options.get("event_title") or "").strip()
    starts, ends = _wall(parcel, "starts"), _wall(parcel, "ends")
    if not title or starts is None or ends is None or ends[0] < starts[0]:
        raise Refused("event_incomplete", f"{title!r} from {starts} to {ends}")
    schedule: dict[str, Any] = {}
    for name, (at, has_time) in (("start", starts), ("end", ends)):
        schedule[f"{name}Date"] = {"year": at.year, "month": at.month, "day": at.day}
        if has_time:
            schedule[f"{name}Time"] = {"hours": at.hour, "minutes": at.minute}
    return {"title": title, "schedule": schedule}


def _offer(parcel: Parcel) -> dict[str, str]:
    names = {"couponCode": "coupon", "redeemOnlineUrl": "redeem", "termsConditions": "terms"}
    said = {name: str(parcel.options.get(option) or "") for name, option in names.items()}
    return {name: value for name, value in said.items() if value}


def _wall(parcel: Parcel, name: str) -> tuple[datetime, bool] | None:
    """What was written, and whether it has a time; None for what is neither."""
    typed = str(parcel.options.get(name) or "").strip()
    try:
        at = datetime.fromisoformat(typed)
    except ValueError:
        return None
    return None if at.tzinfo else (at, len(typed) > len("2026-12-24"))
