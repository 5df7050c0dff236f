"""Direct messages: their ids are marked, since X numbers them as it numbers posts."""

from collections.abc import Mapping
from typing import Any

from breakwater.domain.errors import TryLater
from breakwater.networks.base import Arrived, Seen, What
from breakwater.networks.x.shown import Around, author, made_at, media, moment, plain

_MARK = "dm:"
_GROUP = "group:"
FIELDS = {
    "dm_event.fields": "id,text,event_type,created_at,dm_conversation_id,attachments,entities",
    "expansions": "sender_id,attachments.media_keys",
    "user.fields": "username,name,profile_image_url",
    "media.fields": "url,preview_image_url,alt_text,type",
}


def is_message(remote_id: str) -> bool:
    return remote_id.startswith(_MARK)


def marked(event_id: str) -> str:
    return f"{_MARK}{event_id}"


def bare(remote_id: str) -> str:
    """The number that X knows it by."""
    return remote_id.removeprefix(_MARK)


def thread(conversation_id: str) -> str:
    """What a conversation is called here: "1-2" of two people, "group:3" of more."""
    return conversation_id if "-" in conversation_id else f"{_GROUP}{conversation_id}"


def conversation(to: str) -> str:
    """Where messages of a thread or to a person are, as a part of a path."""
    if to.startswith(_GROUP):
        return to.removeprefix(_GROUP)
    return to if "-" in to else f"with/{to}"


def seen(event: Mapping[str, Any], near: Around) -> Seen:
    try:
        text, spellings = plain(str(event.get("text") or ""), event.get("entities"))
        number = str(event["id"])
        return Seen(
            remote_id=marked(number),
            url=f"{near.web}/messages",
            text=text,
            created_at=moment(str(event["created_at"]))
            if "created_at" in event
            else made_at(number),
            media=media(event, near),
            spellings=spellings,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise TryLater(f"not a message: {type(error).__name__} {error}") from error


def arrived(event: Mapping[str, Any], near: Around, own_id: str) -> Arrived:
    """A message of the API. own_id: of our account, to know an echo."""
    message, sender = seen(event, near), str(event.get("sender_id") or "")
    return Arrived(
        what=What.MESSAGE,
        remote_id=message.remote_id,
        at=message.created_at,
        author=author(sender, near),
        text=message.text,
        url=message.url,
        thread=thread(str(event.get("dm_conversation_id") or "")),
        media=message.media,
        own=sender == own_id,
        raw=event,
    )


def of_push(event: Mapping[str, Any]) -> dict[str, Any]:
    """A message as pushes have it (`message_create`) in the shape of the API.

    The conversation of two people is named after both, the smaller number first.
    """
    inner = event.get("message_create")
    if not isinstance(inner, dict):
        return dict(event)
    target, data = inner.get("target"), inner.get("message_data")
    sender = str(inner.get("sender_id") or "")
    to = str(target.get("recipient_id") or "") if isinstance(target, dict) else ""
    pair = sorted((sender, to), key=lambda person: (len(person), person))
    said = data if isinstance(data, dict) else {}
    return {
        "id": event.get("id"),
        "event_type": "MessageCreate",
        "text": said.get("text", ""),
        "entities": said.get("entities"),
        "sender_id": sender,
        "dm_conversation_id": "-".join(pair),
    }
