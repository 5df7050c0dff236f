"""Posts as X shows them -> posts as we know them. Pure.

Names of fields are those of the description 2.167 (`referenced_posts`); the ones that live
answers still had in July 2026 (`referenced_tweets`) are read too.
"""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from breakwater.domain.errors import TryLater
from breakwater.networks.base import Author, Seen, SeenMedium

_MEDIA = re.compile(r"/status/\d+/(?:photo|video)/\d+$")
_STATUS = re.compile(r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/(\w+)/status/(\d+)")
_SCHEME = re.compile(r"^https?://")
_EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657_000, tzinfo=UTC)
"""Where the clock in the upper bits of an id begins."""


@dataclass(frozen=True)
class Around:
    """What an answer brings along: media by key, people by id, posts by id. web: origin of pages."""

    web: str
    media: Mapping[str, Mapping[str, Any]]
    people: Mapping[str, Mapping[str, Any]]
    posts: Mapping[str, Mapping[str, Any]]


def around(answer: Mapping[str, Any], web: str) -> Around:
    """From `includes`; users of pushes are wrapped once more in `data`."""
    found = answer.get("includes")
    includes = found if isinstance(found, dict) else {}
    return Around(
        web,
        _by(includes.get("media"), "media_key"),
        _by(includes.get("users"), "id"),
        _by(either(includes, "posts", "tweets"), "id"),
    )


def either(value: Mapping[str, Any], name: str, older: str) -> Any:
    """The field under its name of today, else of before."""
    return value.get(name, value.get(older))


def seen(post: Mapping[str, Any], near: Around, handle: str = "") -> Seen:
    """A post of the API. TryLater when it lacks what makes a post. handle: of its author."""
    try:
        text, spellings = _text(post)
        remote_id = _string(post["id"])
        name = handle.lstrip("@") or "i"
        return Seen(
            remote_id=remote_id,
            url=f"{near.web}/{name}/status/{remote_id}",
            text=text,
            created_at=moment(_string(post["created_at"])),
            media=media(post, near),
            spellings=spellings,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise TryLater(f"not a post: {type(error).__name__} {error}") from error


def media(item: Mapping[str, Any], near: Around) -> tuple[SeenMedium, ...]:
    """Pictures and videos of a post or a message, in their order."""
    attached = item.get("attachments")
    keys = attached.get("media_keys") if isinstance(attached, dict) else None
    found = [near.media.get(str(key), {}) for key in keys or ()]
    return tuple(
        SeenMedium(
            url=str(one.get("url") or one.get("preview_image_url") or ""),
            alt=str(one.get("alt_text") or ""),
        )
        for one in found
    )


def author(person_id: str, near: Around) -> Author:
    person = near.people.get(person_id, {})
    name = str(person.get("username") or "")
    return Author(
        remote_id=person_id,
        handle=f"@{name}" if name else "",
        name=str(person.get("name") or ""),
        url=f"{near.web}/{name}" if name else "",
        picture=str(person.get("profile_image_url") or ""),
    )


def moment(text: str) -> datetime:
    """An ISO 8601 time, in UTC. Raises ValueError."""
    value = datetime.fromisoformat(text)
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def made_at(remote_id: str) -> datetime:
    """When X gave out this id (it counts milliseconds in its upper bits)."""
    return _EPOCH + timedelta(milliseconds=int(remote_id) >> 22)


def refers(post: Mapping[str, Any], kind: str) -> str:
    """Id of the post that this one quotes, repeats or answers; "" for none."""
    for reference in either(post, "referenced_posts", "referenced_tweets") or ():
        if isinstance(reference, dict) and reference.get("type") == kind:
            return str(reference.get("id") or "")
    return ""


def plain(words: str, entities: object) -> tuple[str, dict[str, str]]:
    """`words` with links in full and without those to its own media; how links may be written."""
    spellings: dict[str, str] = {}
    for link in (entities.get("urls") or ()) if isinstance(entities, dict) else ():
        short, full = str(link.get("url") or ""), str(link.get("expanded_url") or "")
        if not short or not full:
            continue
        if link.get("media_key") or _MEDIA.search(full):
            words = words.replace(short, "")
            continue
        canonical = _STATUS.sub(r"https://x.com/\1/status/\2", full)
        words = words.replace(short, canonical)
        spellings |= _ways_to_write(full, canonical)
    return html.unescape(words).strip(), spellings


def _text(post: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """The whole text, also of a long post; a quoted post's address at the end is no part of it."""
    long = either(post, "note_post", "note_tweet")
    source = long if isinstance(long, dict) and long.get("text") else post
    text, spellings = plain(_string(source["text"]), source.get("entities"))
    quoted = refers(post, "quoted")
    ending = re.search(rf"\s*(https://x\.com/\w+/status/{quoted})\S*$", text) if quoted else None
    if ending is None:
        return text, spellings
    gone = {way: "" for way, shown in spellings.items() if shown.startswith(ending[1])}
    return text[: ending.start()], {**spellings, **gone, ending[1]: ""}


def _ways_to_write(full: str, canonical: str) -> dict[str, str]:
    """X makes links of bare names (example.org), and has had two names itself."""
    found = {_SCHEME.sub("", full): canonical}
    if canonical.startswith("https://x.com/") and _STATUS.match(canonical):
        found[canonical.replace("https://x.com/", "https://twitter.com/", 1)] = canonical
    return found if canonical == full else {**found, full: canonical}


def _by(rows: object, key: str) -> dict[str, Mapping[str, Any]]:
    rows = rows if isinstance(rows, Sequence) and not isinstance(rows, str) else ()
    unwrapped = [
        row["data"] if isinstance(row.get("data"), dict) else row
        for row in rows
        if isinstance(row, dict)
    ]
    return {str(row[key]): row for row in unwrapped if key in row}


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value
