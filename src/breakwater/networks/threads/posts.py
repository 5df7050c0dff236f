"""A parcel -> the fields of its containers, refused here when Threads would certainly refuse it."""

import json
from collections.abc import Sequence

from breakwater.domain.errors import Refused
from breakwater.domain.text import links, over
from breakwater.networks.base import AddressOf, Kind, Medium, Parcel
from breakwater.networks.containers import Fields, Recipe
from breakwater.networks.threads.manifest import LIMITS
from breakwater.networks.threads.options import ANSWER, ANSWERS, CAROUSEL, LINKS, TOPIC

WORDS_WAIT_S, MEDIA_WAIT_S = 5.0, 30.0
"""Threads asks for about 30 seconds before a container is published (docs/threads/posts)."""


def checked(parcel: Parcel) -> None:
    """Raises: Refused for what no account can publish."""
    if over(parcel.text, LIMITS.text):
        raise Refused("text_too_long", f"more than {LIMITS.text.limit}")
    if not parcel.media and not parcel.text.strip() and parcel.card is None:
        raise Refused("media_needed")
    if len(parcel.media) > CAROUSEL:
        raise Refused("too_many_media", f"{len(parcel.media)} media")
    if len(_links(parcel)) > LINKS:
        raise Refused("too_many_links", f"{len(_links(parcel))} links")
    _check_topic(str(parcel.options.get("topic_tag") or ""))
    _check_poll(parcel)


def recipe(parcel: Parcel, address: AddressOf) -> Recipe:
    """What is to be made. Raises: Refused("media_unreachable")."""
    wait_s = MEDIA_WAIT_S if parcel.media else WORDS_WAIT_S
    if len(parcel.media) > 1:
        children = tuple(
            {"is_carousel_item": "true", **_medium(medium, address)} for medium in parcel.media
        )
        return Recipe(children, lambda ids: _carousel(parcel, ids), wait_s)
    what = _medium(parcel.media[0], address) if parcel.media else _words(parcel)
    single = _given({**what, "text": parcel.text, **_shared(parcel)})
    return Recipe((), lambda _: single, wait_s)


def _medium(medium: Medium, address: AddressOf) -> Fields:
    is_video = medium.kind is Kind.VIDEO
    return _given(
        {
            "media_type": "VIDEO" if is_video else "IMAGE",
            "video_url" if is_video else "image_url": address(medium.sha256, medium.mime),
            "alt_text": medium.alt,
        }
    )


def _words(parcel: Parcel) -> Fields:
    answers = _answers(parcel)
    poll = {f"option_{letter}": one for letter, one in zip("abcd", answers, strict=False)}
    return {
        "media_type": "TEXT",
        "link_attachment": parcel.card.url if parcel.card else "",
        "poll_attachment": json.dumps(poll, ensure_ascii=False) if poll else "",
        "is_ghost_post": str(parcel.options.get("ghost") or ""),
    }


def _carousel(parcel: Parcel, ids: Sequence[str]) -> Fields:
    fields = {"media_type": "CAROUSEL", "children": ",".join(ids), "text": parcel.text}
    return _given({**fields, **_shared(parcel)})


def _shared(parcel: Parcel) -> Fields:
    options = parcel.options
    control = str(options.get("reply_control") or "")
    return {
        "reply_to_id": parcel.reply_to,
        "reply_control": "" if parcel.reply_to else control,
        "topic_tag": str(options.get("topic_tag") or "").lstrip("#"),
        "quote_post_id": str(options.get("quote_post_id") or ""),
        "is_spoiler_media": str(options.get("spoiler") or "") if parcel.media else "",
    }


def _links(parcel: Parcel) -> set[str]:
    found = {parcel.text[start:end] for start, end in links(parcel.text)}
    return found | {parcel.card.url} if parcel.card else found


def _check_topic(topic: str) -> None:
    bare = topic.lstrip("#")
    if topic and (not 1 <= len(bare) <= TOPIC or {".", "&"} & set(bare)):
        raise Refused("topic_refused", topic)


def _check_poll(parcel: Parcel) -> None:
    answers = _answers(parcel)
    fits = len(answers) >= 2 and all(len(one) <= ANSWER for one in answers)
    if answers and (not fits or parcel.card is not None or parcel.media):
        raise Refused("poll_refused", f"{len(answers)} answers")


def _answers(parcel: Parcel) -> list[str]:
    typed = [str(parcel.options.get(name) or "").strip() for name in ANSWERS]
    return [one for one in typed if one]


def _given(fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if value}
