"""The bodies of calls that publish. The same parcel and handle give the same bytes each time."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from breakwater.domain.errors import Refused, TryLater
from breakwater.networks.base import Handle, Parcel

Fields = dict[str, str]


def feed(parcel: Parcel, handle: Handle) -> Fields:
    """A post of words, a link's card or pictures. The card's own words are Facebook's to read
    from the page: it takes others only from the owner of the domain."""
    photos = photo_ids(parcel, handle)
    attached = [{"media_fbid": one} for one in photos]
    wanted = {
        "message": parcel.text,
        "link": parcel.card.url if parcel.card and not photos else "",
        "attached_media": json.dumps(attached) if attached else "",
        "place": _text(parcel, "place"),
        "targeting": targeting(parcel),
    }
    return _without_empty(wanted)


def comment(parcel: Parcel, handle: Handle) -> Fields:
    photos = photo_ids(parcel, handle)
    wanted = {"message": parcel.text, "attachment_id": photos[0] if photos else ""}
    return _without_empty(wanted)


def message(parcel: Parcel, handle: Handle) -> Fields:
    """Words or a picture to one person, as an answer; later than a day as a person's answer."""
    if "recipient" not in handle or (parcel.media and not handle.get("attachment")):
        raise _not_prepared()
    said: dict[str, Any] = {"text": parcel.text}
    if parcel.media:
        said = {
            "attachment": {
                "type": "image",
                "payload": {"attachment_id": handle["attachment"]},
            }
        }
    late = bool(parcel.options.get("human_agent"))
    kind = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"} if late else {}
    return {
        "recipient": json.dumps(handle["recipient"]),
        "message": json.dumps(said),
        "messaging_type": "RESPONSE",
        **kind,
    }


def video(parcel: Parcel, handle: Handle) -> Fields:
    """The end of an upload in pieces, which publishes."""
    return _without_empty(
        {
            "upload_phase": "finish",
            "upload_session_id": str(video_state(handle)["session"]),
            "description": parcel.text,
            "title": _text(parcel, "title"),
            "content_category": _text(parcel, "category"),
            "targeting": targeting(parcel),
        }
    )


def reel(parcel: Parcel, handle: Handle) -> Fields:
    return _without_empty(
        {
            "upload_phase": "finish",
            "video_id": str(video_state(handle)["id"]),
            "video_state": "PUBLISHED",
            "description": parcel.text,
            "title": _text(parcel, "title"),
            "place": _text(parcel, "place"),
            "targeting": targeting(parcel),
        }
    )


def live(parcel: Parcel) -> tuple[Fields, Fields]:
    """A live video that nobody sees yet; announcing it is another call. Its start as Meta's
    description has it (an object), and as Meta's manual shows it (a number)."""
    seconds = int(starts(parcel).timestamp())
    hidden = {
        "status": "SCHEDULED_UNPUBLISHED",
        "title": _text(parcel, "title"),
        "description": parcel.text,
    }
    described = {**hidden, "event_params": json.dumps({"start_time": seconds})}
    shown = {**hidden, "event_params": str(seconds)}
    return _without_empty(described), _without_empty(shown)


def starts(parcel: Parcel) -> datetime:
    """When a live video begins, in UTC. Raises: Refused for what is no instant."""
    said = _text(parcel, "starts")
    try:
        value = datetime.fromisoformat(said)
    except ValueError as error:
        raise Refused("option_unknown", f"starts {said!r}") from error
    if value.tzinfo is None:
        raise Refused("live_without_zone", said)
    return value.astimezone(UTC)


def targeting(parcel: Parcel) -> str:
    """Who may see it, as JSON; "" for everybody."""
    codes = [code.strip().upper() for code in _text(parcel, "countries").split(",")]
    codes = [code for code in codes if code]
    if not all(len(code) == 2 and code.isascii() and code.isalpha() for code in codes):
        raise Refused("option_unknown", f"countries {codes}")
    return json.dumps({"geo_locations": {"countries": codes}}) if codes else ""


def photo_ids(parcel: Parcel, handle: Handle) -> list[str]:
    photos = handle.get("photos", ())
    if [one["sha256"] for one in photos] != [medium.sha256 for medium in parcel.media]:
        raise _not_prepared()
    return [str(one["id"]) for one in photos]


def video_state(handle: Handle) -> Mapping[str, Any]:
    state: Mapping[str, Any] = handle.get("video") or {}
    if not state.get("id"):
        raise _not_prepared()
    return state


def _text(parcel: Parcel, name: str) -> str:
    return str(parcel.options.get(name) or "")


def _without_empty(wanted: Mapping[str, str]) -> Fields:
    return {name: value for name, value in wanted.items() if value}


def _not_prepared() -> TryLater:
    return TryLater("what it needs is not uploaded: prepare first")
