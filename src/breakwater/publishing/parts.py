"""What a draft becomes on one channel: the post, and what answers it there, as payloads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from breakwater.channels.models import Channel
from breakwater.channels.selectors import limits_of, manifest
from breakwater.domain.parcels import digest_of
from breakwater.domain.text import Counting, Unit
from breakwater.domain.walltime import plan
from breakwater.media.models import Asset
from breakwater.media.services import derive
from breakwater.networks.base import Ask, Can, Form, Limits, Manifest, Medium
from breakwater.publishing.content import FORM, Content
from breakwater.publishing.forms import asked_of

THREAD = "thread"
COMMENT = "comment"
"""The `role` of a payload that answers the post; the post's own has none."""


@dataclass(frozen=True)
class Part:
    """What goes to one channel: the frozen payload (domain/parcels) and its digest.

    number: 0 for the post itself. after: the number of the part that this one answers.
    """

    channel: Channel
    payload: dict[str, Any]
    digest: str
    number: int = 0
    after: int | None = None


def parts_for(
    channel: Channel, content: Content, assets: Mapping[UUID, Asset], now: datetime
) -> list[Part]:
    """The post and what follows it on this channel. Pictures are made to fit here.

    Raises: Problems of media.services.derive.
    """
    media = _media(channel, content, assets, now)
    known = manifest(channel.network)
    given = content.targets[channel.pk].options
    form = known.form_of([Medium(**one) for one in media], str(given.get(FORM) or ""))
    first: dict[str, Any] = {
        "text": content.text_for(channel.pk),
        "media": media,
        "options": _with_moments(_of_form(given, known, form), known, content.zone),
        "form": form.name if form else "",
    }
    if card := _card(content, assets, known, now):
        first["card"] = card
    made = [_part(channel, content, first)]
    for number, (role, text, after) in enumerate(following(content, known), start=1):
        own = {"text": text, "media": [], "options": {}, "form": "", "role": role}
        made.append(_part(channel, content, own, number, after))
    return made


def _of_form(given: Mapping[str, Any], known: Manifest, form: Form | None) -> dict[str, Any]:
    """What was decided of what a post of this form is asked; what was left empty is left out."""
    asked = (one.name for one in asked_of(known, form))
    return {name: given[name] for name in asked if given.get(name) not in (None, "")}


def media_of(content: Content, assets: Mapping[UUID, Asset]) -> list[Medium]:
    """The draft's media as they are in the library, those that are there."""
    return [
        Medium(**_facts(assets[one.asset_id], assets[one.asset_id], one.alt))
        for one in content.media
        if one.asset_id in assets
    ]


_CARD_PICTURE = Limits(
    text=Counting(Unit.GRAPHEMES, 0), pictures=1, picture_bytes=1_000_000, picture_pixels=0,
    picture_types=("image/jpeg",), alt_characters=0, source="docs/networks", read_on="2026-11-28",
)  # fmt: skip
"""What every network takes that shows a card of our making: a JPEG of at most 1 MB."""


def _card(
    content: Content, assets: Mapping[UUID, Asset], known: Manifest, now: datetime
) -> dict[str, str] | None:
    """The link's card, where the network shows cards of our making and nothing else is shown."""
    card = content.card
    if card is None or content.media or not known.cards:
        return None
    asset = assets.get(card.asset_id) if card.asset_id else None
    picture = derive(asset, _CARD_PICTURE, now=now).sha256 if asset else ""
    return {
        "url": card.url, "title": card.title, "description": card.description, "picture": picture,
    }  # fmt: skip


def _with_moments(options: Mapping[str, Any], known: Manifest, zone: str) -> dict[str, Any]:
    """The options with each time on the wall as the instant that it stands for (ISO 8601)."""
    moments = {one.name for one in known.options if one.ask is Ask.MOMENT}
    return {
        name: plan(datetime.fromisoformat(str(value)), zone).instant.isoformat()
        if name in moments and value
        else value
        for name, value in options.items()
    }


def following(content: Content, known: Manifest) -> Iterator[tuple[str, str, int]]:
    """(role, text, number of the part that it answers) of the thread, then of the first comment."""
    thread = content.thread if known.allows(Can.THREAD) else ()
    for number, text in enumerate(thread):
        yield THREAD, text, number
    if content.comment.strip() and known.allows(Can.FIRST_COMMENT):
        yield COMMENT, content.comment, 0


def _part(
    channel: Channel,
    content: Content,
    own: dict[str, Any],
    number: int = 0,
    after: int | None = None,
) -> Part:
    payload = {
        **own,
        "language": content.language,
        "planned": {"wall": content.wall, "zone": content.zone},
    }
    return Part(channel, payload, digest_of("publish", channel.pk, payload), number, after)


def _media(
    channel: Channel, content: Content, assets: Mapping[UUID, Asset], now: datetime
) -> list[dict[str, Any]]:
    limits = limits_of(channel)
    return [
        _facts(asset, derive(asset, limits, now=now), one.alt)
        for one in content.media
        for asset in [assets[one.asset_id]]
    ]


def _facts(asset: Asset, made: Any, alt: str) -> dict[str, Any]:
    """A medium as a payload has it. made: the asset, or a copy that fits the channel."""
    facts: dict[str, Any] = {
        "sha256": made.sha256,
        "mime": made.mime,
        "size": made.size,
        "width": made.width,
        "height": made.height,
        "alt": alt,
    }
    if asset.length_ms:
        facts |= {"length_ms": asset.length_ms, "cover": asset.cover_sha256}
    if asset.mime == "application/pdf":
        facts["name"] = asset.file_name
    return facts
