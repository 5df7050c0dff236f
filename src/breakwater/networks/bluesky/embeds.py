"""What hangs below a text: pictures, a video, a link card, a quoted post. Pure, both ways.

Lexicons app.bsky.embed.*. A record has one embed; only a quote can stand beside another.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from breakwater.domain.errors import Refused
from breakwater.networks.base import Card, Kind, Medium, Parcel, SeenMedium
from breakwater.networks.bluesky.blobs import link_of, sha256_of
from breakwater.networks.bluesky.manifest import PICTURES

IMAGES = "app.bsky.embed.images"
GALLERY = "app.bsky.embed.gallery"
VIDEO = "app.bsky.embed.video"
EXTERNAL = "app.bsky.embed.external"
RECORD = "app.bsky.embed.record"
BOTH = "app.bsky.embed.recordWithMedia"


def embed_of(parcel: Parcel, handle: Mapping[str, Any]) -> dict[str, Any] | None:
    """The embed of a parcel: media go before a card, as there is room for one.

    Raises: Refused("media_gone") when `handle` lacks what was to be uploaded.
    """
    below = _media(parcel.media, handle) or _card(parcel.card, handle)
    quote = handle.get("quote")
    if not quote:
        return below
    quoted = {"$type": RECORD, "record": quote}
    return {"$type": BOTH, "record": quoted, "media": below} if below else quoted


def seen_media(embed: object, origin: str, did: str) -> tuple[SeenMedium, ...]:
    """Pictures and videos of an embed, also of one beside a quoted post."""
    if not isinstance(embed, Mapping):
        return ()
    inner = embed.get("media", embed)
    return tuple(_shown(inner, origin, did)) if isinstance(inner, Mapping) else ()


def _media(media: tuple[Medium, ...], handle: Mapping[str, Any]) -> dict[str, Any] | None:
    if not media:
        return None
    if media[0].kind is Kind.VIDEO:
        video = {"$type": VIDEO, "video": _blob(media[0].sha256, handle)}
        alt = {"alt": media[0].alt} if media[0].alt else {}
        return {**video, **alt, **_ratio(media[0])}
    images = [{"alt": one.alt, "image": _blob(one.sha256, handle), **_ratio(one)} for one in media]
    if len(images) <= PICTURES:
        return {"$type": IMAGES, "images": images}
    items = [{"$type": f"{GALLERY}#image", **one} for one in images]
    return {"$type": GALLERY, "items": items}


def _card(card: Card | None, handle: Mapping[str, Any]) -> dict[str, Any] | None:
    if card is None:
        return None
    external: dict[str, Any] = {
        "uri": card.url, "title": card.title, "description": card.description,
    }  # fmt: skip
    if card.picture:
        external["thumb"] = _blob(card.picture, handle)
    return {"$type": EXTERNAL, "external": external}


def _blob(sha256: str, handle: Mapping[str, Any]) -> Any:
    blob = handle.get("blobs", {}).get(sha256)
    if blob is None:
        raise Refused("media_gone", sha256)
    return blob


def _ratio(medium: Medium) -> dict[str, Any]:
    if medium.width <= 0 or medium.height <= 0:
        return {}
    return {"aspectRatio": {"width": medium.width, "height": medium.height}}


def _shown(embed: Mapping[str, Any], origin: str, did: str) -> Iterator[SeenMedium]:
    if isinstance(embed.get("video"), Mapping):
        yield _medium(embed["video"], embed.get("alt", ""), origin, did)
    items = embed.get("images", embed.get("items"))
    for item in items if isinstance(items, list) else []:
        if isinstance(item, Mapping):
            yield _medium(item.get("image"), item.get("alt", ""), origin, did)


def _medium(blob: object, alt: object, origin: str, did: str) -> SeenMedium:
    cid = link_of(blob)
    return SeenMedium(
        url=f"{origin}/xrpc/com.atproto.sync.getBlob?did={did}&cid={cid}",
        alt=str(alt),
        sha256=sha256_of(cid),
    )
