"""Between the composer's form and a post's content, both ways."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.conf.locale import LANG_INFO
from django.http import QueryDict
from django.urls import reverse

from breakwater.channels.models import Channel
from breakwater.channels.selectors import channels, manifest
from breakwater.domain.errors import Invalid, Unsupported
from breakwater.media.models import Asset
from breakwater.networks.base import Medium
from breakwater.people.selectors import Access
from breakwater.publishing.content import FORM, Content, MediumOf, TargetOf, as_json, parse
from breakwater.publishing.parts import media_of
from breakwater.web.manifest_words import translated
from breakwater.web.options import Asked, asked, given, lacks
from breakwater.web.shown import length_word, network_name

LANGUAGES = (
    "en", "fr", "de", "es", "it", "nl", "pt", "ca", "cs", "da", "el", "eu", "fi", "ga", "hu",
    "nb", "pl", "ro", "sv", "uk", "ar", "ja", "ko", "tr", "zh-hans",
)  # fmt: skip
NEW = "0"
"""The revision of a post that does not exist yet."""


@dataclass(frozen=True)
class WrittenMedium:
    """One picture, video or document in the composer. thumb: address of its small copy, "" where it
    has none; note: what it is, where that cannot be seen."""

    asset_id: UUID
    thumb: str
    alt: str = ""
    note: str = ""


@dataclass(frozen=True)
class Offer:
    """One channel in the composer. text: its own text, if `own`. asks: what its network lets a
    person decide for one post; open: whether something of it was decided, or has to be.

    form: of the manifest's forms, as the draft stands ("" for none), and form_label: in words.
    """

    channel: Channel
    network: str
    chosen: bool
    own: bool
    text: str
    asks: Sequence[Asked] = ()
    open: bool = False
    form: str = ""
    form_label: str = ""


def written_medium(access: Access, asset: Asset, alt: str = "") -> WrittenMedium:
    address = reverse("media", args=[access.workspace.slug, asset.pk])
    thumb = f"{address}?thumb=1" if asset.thumb_sha256 else ""
    note = asset.file_name if not thumb else ""
    if asset.length_ms:
        note = length_word(asset.length_ms)
    return WrittenMedium(asset.pk, thumb, alt, note)


def first_content(access: Access, day: str = "") -> Content:
    """What a new post begins with: the workspace's language and zone, the day asked for at nine,
    and the channel if there is only one."""
    workspace = access.workspace
    raw: dict[str, Any] = {"language": workspace.language, "zone": workspace.zone}
    able = [one for one in channels(workspace.pk) if one.state != "disconnected"]
    if len(able) == 1:
        raw["targets"] = {str(able[0].pk): {}}
    try:
        return parse({**raw, "wall": f"{day}T09:00" if day else ""})
    except Invalid:
        return parse(raw)


def content_of(data: QueryDict, before: Content, zone: str) -> Content:
    """What the form says. What it does not show stays as in `before`.

    The form's buttons `up`, `down` and `remove` name a picture by its place. Raises: Invalid.
    """
    wall = data.get("wall", "")
    return parse(
        {
            "text": data.get("text", ""),
            "language": data.get("language", ""),
            "media": _pictures(data),
            "card": _card(data),
            "thread": data.getlist("thread"),
            "comment": data.get("comment", ""),
            "targets": _targets(data, before),
            "wall": wall[:16],
            "zone": data.get("zone") or zone,
            "labels": _labels(data, before),
        }
    )


def typed(data: QueryDict, before: Content) -> Content:
    """What the form says, unchecked, so that a refusal can show all of it again. No time."""
    return replace(
        before,
        text=data.get("text", ""),
        media=tuple(
            MediumOf(UUID(one["asset_id"]), one["alt"])
            for one in _pictures(data)
            if _is_id(one["asset_id"])
        ),
        targets={
            UUID(name): TargetOf(one["text"], one["options"])
            for name, one in _targets(data, before).items()
            if _is_id(name)
        },
        thread=tuple(one for one in data.getlist("thread") if one.strip()),
        comment=data.get("comment", ""),
        labels=tuple(one.strip() for one in _labels(data, before) if one.strip()),
        wall="",
    )


def _labels(data: QueryDict, before: Content) -> list[str]:
    return data.get("labels", "").split(",") if "labels" in data else list(before.labels)


def with_pictures(content: Content, asset_ids: Sequence[UUID]) -> Content:
    """The same with these pictures behind its own; those that it has already are left out."""
    there = {picture.asset_id for picture in content.media}
    raw = as_json(content)
    raw["media"] += [{"asset_id": str(one)} for one in asset_ids if one not in there]
    return parse(raw)


def offers(content: Content, rows: Sequence[Channel], assets: Mapping[UUID, Asset]) -> list[Offer]:
    """The channels to choose from: connected ones, and those chosen already."""
    media = media_of(content, assets)
    return [
        _offer(channel, content.targets.get(channel.pk), media)
        for channel in rows
        if channel.pk in content.targets or channel.state != "disconnected"
    ]


def _offer(channel: Channel, target: TargetOf | None, media: Sequence[Medium]) -> Offer:
    given = dict(target.options) if target else {}
    made = Offer(
        channel,
        network_name(channel.network),
        target is not None,
        target is not None and target.text is not None,
        (target.text or "") if target else "",
    )
    try:
        known = manifest(channel.network)
    except Unsupported:
        return made
    form = known.form_of(media, str(given.get(FORM) or ""))
    return replace(
        made,
        asks=asked(channel, given),
        open=any(given.values()) or lacks(known, form, given),
        form=form.name if form else str(given.get(FORM) or ""),
        form_label=translated(form.label) if form else "",
    )


def languages(chosen: str) -> list[tuple[str, str]]:
    """Code and own name of the languages to choose from, with the one that is chosen."""
    codes = LANGUAGES if not chosen or chosen in LANGUAGES else (chosen, *LANGUAGES)
    return [(code, language_name(code)) for code in codes]


def language_name(code: str) -> str:
    """A language's own name; its code, where that is not known."""
    return str(LANG_INFO.get(code, {}).get("name_local", code))


def revision_of(data: QueryDict) -> int:
    """The revision that the form was about; `over` when the person chose to save over another's."""
    said = data.get("over") or data.get("revision") or NEW
    return int(said) if said.isdecimal() and len(said) < 10 else 0


def _targets(data: QueryDict, before: Content) -> dict[str, Any]:
    kept = {str(key): dict(target.options) for key, target in before.targets.items()}
    return {
        name: {
            "text": data.get(f"text-{name}", "") if data.get(f"own-{name}") else None,
            "options": {**kept.get(name, {}), **given(data, name)},
        }
        for name in data.getlist("channel")
    }


def _card(data: QueryDict) -> dict[str, str | None] | None:
    """The link's card as it was reworded; None where there is none, or it was taken out."""
    url = data.get("card-url", "")
    if not url or data.get("card") == "drop":
        return None
    return {
        "url": url,
        "title": data.get("card-title", ""),
        "description": data.get("card-description", ""),
        "asset_id": data.get("card-asset") or None,
    }


def _is_id(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True


def _pictures(data: QueryDict) -> list[dict[str, str]]:
    seen: dict[str, int] = {}
    found = []
    for name in data.getlist("picture"):
        alts = data.getlist(f"alt-{name}")
        at = seen.get(name, 0)
        seen[name] = at + 1
        found.append({"asset_id": name, "alt": alts[at] if at < len(alts) else ""})
    return _moved(found, data)


def _moved(found: list[dict[str, str]], data: QueryDict) -> list[dict[str, str]]:
    for deed, step in (("up", -1), ("down", 1), ("remove", 0)):
        said = data.get(deed, "")
        at = int(said) if said.isdecimal() and len(said) < 4 else -1
        if not 0 <= at < len(found):
            continue
        one = found.pop(at)
        if step:
            found.insert(max(0, at + step), one)
    return found
