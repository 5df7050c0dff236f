"""Content: the working copy of a post, and its JSON form. Parsing is strict."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from breakwater.domain import walltime
from breakwater.domain.errors import Invalid
from breakwater.domain.text import one_line

TEXT_CHARACTERS = 100_000
ALT_CHARACTERS = 10_000
PICTURES = 40
CHANNELS = 50
OPTIONS = 20
THREAD = 25
LABELS = 10
LABEL_CHARACTERS = 40
CARD_URL = 2000
CARD_TITLE = 300
CARD_DESCRIPTION = 1000
FORM = "form"
"""The option that says which of its network's forms a post takes."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", re.ASCII)
_WALL = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d", re.ASCII)
_OPTION = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

_NAMES = {
    "text", "language", "media", "card", "thread", "comment", "targets", "wall", "zone",
    "labels",
}  # fmt: skip

Option = str | int | bool | None


@dataclass(frozen=True)
class MediumOf:
    """One picture, in its place, with the words for those who do not see it."""

    asset_id: UUID
    alt: str = ""


@dataclass(frozen=True)
class CardOf:
    """A link as a card, where the post has no media. asset_id: its picture, if it has one."""

    url: str
    title: str
    description: str = ""
    asset_id: UUID | None = None


@dataclass(frozen=True)
class TargetOf:
    """What is different on one channel. text: instead of the common one, or None."""

    text: str | None = None
    options: Mapping[str, Option] = field(default_factory=dict)


@dataclass(frozen=True)
class Content:
    """All that a person writes. wall: "YYYY-MM-DDTHH:MM" in `zone`, or "" for no time yet.

    thread: what follows the text, post by post; comment: the first comment below it. Both leave by
    themselves once the post is out, where the network has such a thing.
    targets: channel id -> what is different there; its keys are the channels chosen.
    labels: the team's own words for it (a campaign, a tone). Nothing of them leaves; a pause can be
    about them.
    """

    text: str = ""
    language: str = ""
    media: tuple[MediumOf, ...] = ()
    targets: Mapping[UUID, TargetOf] = field(default_factory=dict)
    wall: str = ""
    zone: str = ""
    thread: tuple[str, ...] = ()
    comment: str = ""
    card: CardOf | None = None
    labels: tuple[str, ...] = ()

    def text_for(self, channel_id: UUID) -> str:
        own = self.targets[channel_id].text
        return self.text if own is None else own

    def planned(self) -> walltime.Planned | None:
        """The instant that the planned time stands for; None for no time yet."""
        if not self.wall:
            return None
        return walltime.plan(datetime.fromisoformat(self.wall), self.zone)

    def at(self, wall: str, zone: str) -> "Content":
        """The same, planned for another time. Raises: Invalid."""
        return parse(as_json(replace(self, wall=wall, zone=zone)))

    def title(self) -> str:
        """The first line that says something, at most 120 characters."""
        texts = [self.text, *(target.text or "" for target in self.targets.values())]
        lines = (line.strip() for text in texts for line in text.splitlines())
        return next((line for line in lines if line), "")[:120]

    def words(self) -> str:
        """All text of the post, case folded, for the search in the list."""
        alts = [picture.alt for picture in self.media]
        own = [target.text or "" for target in self.targets.values()]
        texts = [self.text, *self.thread, self.comment, *own, *alts]
        return searchable("\n".join(text for text in texts if text))


def searchable(text: str) -> str:
    """`text` as the list compares it: NFC, without a difference between A and a."""
    return unicodedata.normalize("NFC", text).casefold()


def as_json(content: Content) -> dict[str, Any]:
    return {
        "text": content.text,
        "language": content.language,
        "media": [{"asset_id": str(p.asset_id), "alt": p.alt} for p in content.media],
        "card": _card_json(content.card),
        "thread": list(content.thread),
        "comment": content.comment,
        "targets": {
            str(channel_id): {"text": target.text, "options": dict(target.options)}
            for channel_id, target in sorted(content.targets.items())
        },
        "wall": content.wall,
        "zone": content.zone,
        "labels": list(content.labels),
    }


def parse(raw: object) -> Content:
    """The content that `raw` (decoded JSON) says; missing parts are empty.

    Text comes out in NFC with "\\n" line ends, so that what is counted, approved and sent is
    one string of bytes. Raises: Invalid with `field` for anything that is not of the shape.
    """
    data = _object(raw, "content", _NAMES)
    wall, zone = _time(data)
    return Content(
        text=_text(data.get("text", ""), "text", TEXT_CHARACTERS),
        language=_language(data.get("language", "")),
        media=_pictures(data.get("media", [])),
        card=_card(data.get("card")),
        thread=_thread(data.get("thread", [])),
        comment=_text(data.get("comment", ""), "comment", TEXT_CHARACTERS),
        targets=_targets(data.get("targets", {})),
        wall=wall,
        zone=zone,
        labels=_labels(data.get("labels", [])),
    )


def _object(raw: object, where: str, names: set[str]) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise Invalid(code="not_an_object", field=where)
    if strange := sorted(str(name) for name in raw if name not in names):
        raise Invalid(code="unknown_field", field=where, name=strange[0])
    return raw


def _text(raw: object, where: str, limit: int) -> str:
    if not isinstance(raw, str):
        raise Invalid(code="not_text", field=where)
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    if _CONTROL.search(text):
        raise Invalid(code="unreadable_text", field=where)
    text = unicodedata.normalize("NFC", text)
    if len(text) > limit:
        raise Invalid(code="far_too_long", field=where, limit=limit)
    return text


def _language(raw: object) -> str:
    language = _text(raw, "language", 35)
    if language and not _LANGUAGE.fullmatch(language):
        raise Invalid(code="unknown_language", field="language", language=language)
    return language


def _id(raw: object, where: str) -> UUID:
    try:
        return UUID(raw if isinstance(raw, str) else "")
    except ValueError as error:
        raise Invalid(code="not_an_id", field=where) from error


def _pictures(raw: object) -> tuple[MediumOf, ...]:
    if not isinstance(raw, list):
        raise Invalid(code="not_a_list", field="media")
    if len(raw) > PICTURES:
        raise Invalid(code="far_too_many", field="media", limit=PICTURES)
    return tuple(_picture(one) for one in raw)


def _picture(raw: object) -> MediumOf:
    data = _object(raw, "media", {"asset_id", "alt"})
    alt = _text(data.get("alt", ""), "alt", ALT_CHARACTERS)
    return MediumOf(_id(data.get("asset_id"), "media"), alt)


def _card_json(card: CardOf | None) -> dict[str, str | None] | None:
    if card is None:
        return None
    asset = str(card.asset_id) if card.asset_id else None
    return {
        "url": card.url, "title": card.title, "description": card.description, "asset_id": asset,
    }  # fmt: skip


def _card(raw: object) -> CardOf | None:
    if raw is None:
        return None
    data = _object(raw, "card", {"url", "title", "description", "asset_id"})
    url = _text(data.get("url", ""), "card", CARD_URL)
    if not url.startswith(("https://", "http://")):
        raise Invalid(code="card_no_link", field="card")
    asset = data.get("asset_id")
    return CardOf(
        url,
        _text(data.get("title", ""), "card", CARD_TITLE),
        _text(data.get("description", ""), "card", CARD_DESCRIPTION),
        None if asset is None else _id(asset, "card"),
    )


def _thread(raw: object) -> tuple[str, ...]:
    """Without its empty parts: an emptied field is a part taken out."""
    if not isinstance(raw, list):
        raise Invalid(code="not_a_list", field="thread")
    if len(raw) > THREAD:
        raise Invalid(code="far_too_many", field="thread", limit=THREAD)
    parts = (_text(one, "thread", TEXT_CHARACTERS) for one in raw)
    return tuple(part for part in parts if part.strip())


def _labels(raw: object) -> tuple[str, ...]:
    """Each once, on one line, in the order given; empty ones are left out."""
    if not isinstance(raw, list):
        raise Invalid(code="not_a_list", field="labels")
    named = (one_line(_text(one, "labels", LABEL_CHARACTERS)) for one in raw)
    labels = tuple(dict.fromkeys(one for one in named if one))
    if len(labels) > LABELS:
        raise Invalid(code="far_too_many", field="labels", limit=LABELS)
    return labels


def _targets(raw: object) -> dict[UUID, TargetOf]:
    if not isinstance(raw, dict):
        raise Invalid(code="not_an_object", field="targets")
    if len(raw) > CHANNELS:
        raise Invalid(code="far_too_many", field="targets", limit=CHANNELS)
    return {_id(key, "targets"): _target(one) for key, one in raw.items()}


def _target(raw: object) -> TargetOf:
    data = _object(raw, "targets", {"text", "options"})
    own = data.get("text")
    text = None if own is None else _text(own, "text", TEXT_CHARACTERS)
    return TargetOf(text, _options(data.get("options", {})))


def _options(raw: object) -> dict[str, Option]:
    if not isinstance(raw, dict) or len(raw) > OPTIONS:
        raise Invalid(code="not_an_object", field="options")
    return {_option_name(name): _option(value) for name, value in raw.items()}


def _option_name(raw: object) -> str:
    if not isinstance(raw, str) or not _OPTION.fullmatch(raw):
        raise Invalid(code="unknown_field", field="options", name=str(raw))
    return raw


def _option(raw: object) -> Option:
    if isinstance(raw, str):
        return _text(raw, "options", 1000)
    if raw is None or isinstance(raw, bool | int):
        return raw
    raise Invalid(code="not_text", field="options")


def _time(data: Mapping[str, Any]) -> tuple[str, str]:
    wall, zone = data.get("wall", ""), data.get("zone", "")
    if not isinstance(zone, str) or (zone and len(zone) > 64):
        raise Invalid(code="unknown_zone", field="zone", zone=str(zone)[:64])
    if zone:
        walltime.zone(zone)
    if wall == "":
        return "", zone
    if not isinstance(wall, str) or not _WALL.fullmatch(wall):
        raise Invalid(code="not_a_time", field="wall")
    if not zone:
        raise Invalid(code="zone_missing", field="zone")
    try:
        datetime.fromisoformat(wall)
    except ValueError as error:
        raise Invalid(code="not_a_time", field="wall") from error
    return wall, zone
