"""What is sent for a parcel: a pin. Pure but for the pictures' bytes, which it reads.

The mark: `utm_id` of the link, made of the delivery's own key. No other pin carries it, so a
look by it is exact. A link that has a utm_id of its own keeps it and is not marked.
"""

import base64
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from breakwater.domain.errors import Refused, TryLater
from breakwater.domain.text import over
from breakwater.networks.base import Handle, Kind, Kit, Medium, Parcel
from breakwater.networks.pinterest.manifest import (
    BOARD,
    LIMITS,
    LINK,
    LINK_LENGTH,
    MANIFEST,
    MARK,
    SECTION,
    TITLE,
    TITLE_LENGTH,
)

BY_ADDRESS_FROM = 10 * 1024 * 1024
"""Bytes of all pictures: from here on the network fetches them, instead of one huge body."""

_UTM = "utm_id"


def checked(parcel: Parcel) -> None:
    """What the network would refuse after an upload, or cut. Raises: Refused."""
    check_words(parcel)
    if not parcel.media:
        raise Refused("picture_missing")
    if MANIFEST.form_of(parcel.media, parcel.form) is None:
        raise Refused("not_accepted", f"no form {parcel.form!r} with {len(parcel.media)} media")
    if not str(parcel.options.get(BOARD) or "").isdigit():
        raise Refused("board_missing")
    link(parcel)


def check_words(parcel: Parcel) -> None:
    """Raises: Refused when description, title or alt text are too long."""
    if over(parcel.text, LIMITS.text):
        raise Refused("text_too_long", f"{len(parcel.text)} characters")
    if len(str(parcel.options.get(TITLE) or "")) > TITLE_LENGTH:
        raise Refused("title_too_long")
    if len(alt_text(parcel.media)) > LIMITS.alt_characters:
        raise Refused("alts_too_long")


async def pin(parcel: Parcel, handle: Handle, kit: Kit) -> dict[str, Any]:
    """The body of POST /pins, the same on each try."""
    wanted = {
        "board_id": str(parcel.options.get(BOARD) or ""),
        "board_section_id": str(parcel.options.get(SECTION) or ""),
        **words(parcel),
        "link": link(parcel),
    }
    said = {name: value for name, value in wanted.items() if value}
    return {**said, "media_source": await _source(parcel, handle, kit)}


def words(parcel: Parcel) -> dict[str, str]:
    """Title, description and alt text; those that there are."""
    wanted = {
        "title": str(parcel.options.get(TITLE) or ""),
        "description": parcel.text,
        "alt_text": alt_text(parcel.media),
    }
    return {name: value for name, value in wanted.items() if value}


def alt_text(media: tuple[Medium, ...]) -> str:
    """A pin has one, so those of several pictures stand on lines of their own."""
    alts = [medium.alt.replace("\n", " ") for medium in media]
    return "\n".join(alts) if any(alts) else ""


def alts_of(alt: str, pictures: int) -> tuple[str, ...]:
    """The alt texts of the pictures, from the pin's own one."""
    lines = alt.split("\n")
    if pictures > 1 and len(lines) == pictures:
        return tuple(lines)
    return (alt, *("" for _ in range(pictures - 1)))


def link(parcel: Parcel) -> str:
    """Where the pin leads, with its mark; "" where it leads nowhere. Raises: Refused."""
    typed = str(parcel.options.get(LINK) or (parcel.card.url if parcel.card else "")).strip()
    if not typed:
        return ""
    parts = urlsplit(typed)
    if parts.scheme not in ("https", "http") or not parts.netloc:
        raise Refused("link_wrong", typed[:200])
    if mark := mark_of(parcel):
        query = f"{parts.query}&" if parts.query else ""
        typed = urlunsplit(parts._replace(query=query + urlencode({_UTM: mark})))
    if len(typed) > LINK_LENGTH:
        raise Refused("link_wrong", f"{len(typed)} characters")
    return typed


def mark_of(parcel: Parcel) -> str:
    """What only this parcel's link carries, or "" when it carries none."""
    typed = str(parcel.options.get(LINK) or (parcel.card.url if parcel.card else ""))
    if not typed or parcel.options.get(MARK) == "no":
        return ""
    if _UTM in dict(parse_qsl(urlsplit(typed).query)):
        return ""
    return f"bw{parcel.key[:20]}"


def carries(address: str, mark: str) -> bool:
    return dict(parse_qsl(urlsplit(address).query)).get(_UTM) == mark


async def _source(parcel: Parcel, handle: Handle, kit: Kit) -> dict[str, Any]:
    if parcel.media[0].kind is Kind.VIDEO:
        return await _video(parcel.media[0], handle, kit)
    by_address = sum(medium.size for medium in parcel.media) >= BY_ADDRESS_FROM
    kind = "url" if by_address else "base64"
    sources = [await _picture(medium, kit, by_address=by_address) for medium in parcel.media]
    if len(sources) == 1:
        return {"source_type": f"image_{kind}", **sources[0]}
    several = "multiple_image_urls" if by_address else "multiple_image_base64"
    return {"source_type": several, "items": sources}


async def _picture(medium: Medium, kit: Kit, *, by_address: bool) -> dict[str, str]:
    if by_address:
        return {"url": kit.address(medium.sha256, medium.mime)}
    return {"content_type": medium.mime, "data": _packed(await kit.read(medium.sha256))}


async def _video(medium: Medium, handle: Handle, kit: Kit) -> dict[str, Any]:
    made = handle.get("video") or {}
    if made.get("sha256") != medium.sha256 or not made.get("ready"):
        raise TryLater("the video is not uploaded: prepare first")
    source: dict[str, Any] = {"source_type": "video_id", "media_id": made["id"]}
    if not medium.cover:
        return {**source, "cover_image_key_frame_time": 0}
    cover = _packed(await kit.read(medium.cover))
    return {**source, "cover_image_content_type": "image/jpeg", "cover_image_data": cover}


def _packed(data: bytes) -> str:
    return base64.b64encode(data).decode()
