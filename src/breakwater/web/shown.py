"""A post as it will look: one card per channel, with what is to be said about it, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from breakwater.channels.models import Channel
from breakwater.channels.selectors import limits_of, manifest
from breakwater.core.messages import sentence
from breakwater.domain.errors import Unsupported
from breakwater.domain.text import Counting
from breakwater.media.models import Asset
from breakwater.networks.base import Kind, Medium
from breakwater.publishing.content import FORM, Content
from breakwater.publishing.finding import STOP, Count, Finding, Report
from breakwater.publishing.parts import COMMENT, following, media_of
from breakwater.web.manifest_words import translated
from breakwater.web.options import decided


@dataclass(frozen=True)
class ShownMedium:
    """kind: networks.base.Kind. note: what is known of the file, like "JPEG, 1200 × 800, 90 kB".
    cover: address of the picture that stands for a video; name: of a document."""

    url: str
    alt: str
    note: str = ""
    kind: str = Kind.PICTURE.value
    cover: str = ""
    name: str = ""


@dataclass(frozen=True)
class ShownCard:
    """A link's card. picture: address of its picture, "" where it has none."""

    url: str
    title: str
    description: str
    picture: str = ""
    asset_id: UUID | None = None


@dataclass(frozen=True)
class Shown:
    """What goes to one channel. own: whether its text differs from the common one. form: the kind
    of post that it makes there; decided: (what, how) of its options. follows: (what it is, text) of
    what answers it."""

    channel: Channel
    network: str
    text: str
    media: Sequence[ShownMedium] = ()
    own: bool = False
    form: str = ""
    follows: Sequence[tuple[str, str]] = ()
    decided: Sequence[tuple[str, str]] = ()
    card: ShownCard | None = None


@dataclass(frozen=True)
class Counter:
    """The room left on one channel. source: id of the text field that it counts.

    left: characters, negative when there are too many.
    """

    channel: Channel
    source: str
    counting: Counting
    left: int

    @property
    def said(self) -> str:
        number = abs(self.left)
        if self.left < 0:
            return ngettext("%(n)s too many", "%(n)s too many", number) % {"n": number}
        return ngettext("%(n)s left", "%(n)s left", number) % {"n": number}


@dataclass(frozen=True)
class Said:
    """A finding in the language in use. stops: nothing can be submitted before it is mended.
    hint: it is only missing, and nobody has begun to write yet."""

    stops: bool
    sentence: str
    channel: str = ""
    hint: bool = False


MISSING = ("no_channel", "no_time", "post_empty", "text_needed", "form_none", "option_missing")
"""What every post lacks before somebody writes it: no mistake of anybody's."""


def network_name(slug: str) -> str:
    """The network's own name, for the reader; its slug when it is no longer installed."""
    try:
        return translated(manifest(slug).name)
    except Unsupported:
        return slug


def as_written(
    slug: str, content: Content, channels: Iterable[Channel], assets: Mapping[UUID, Asset]
) -> list[Shown]:
    """The draft's cards, in the order of `channels`; those not chosen are left out."""
    media = [
        _written(slug, assets[one.asset_id], one.alt)
        for one in content.media
        if one.asset_id in assets
    ]
    cards = [
        Shown(
            channel,
            network_name(channel.network),
            content.text_for(channel.pk),
            media,
            content.targets[channel.pk].text is not None,
            card=card_shown(slug, content, assets) if _takes_card(channel, content) else None,
        )
        for channel in channels
        if channel.pk in content.targets
    ]
    files = media_of(content, assets)
    return [_with_what_its_network_has(one, content, files) for one in cards]


def as_frozen(slug: str, parts: Iterable[tuple[Channel, Mapping[str, Any]]]) -> list[Shown]:
    """The cards of payloads: exactly what is sent, media as they leave. What answers a post stands
    in its card. parts: a channel's post before what answers it."""
    cards: dict[UUID, Shown] = {}
    for channel, payload in parts:
        if payload.get("role"):
            first = cards[channel.pk]
            said = (role_word(str(payload["role"]), len(first.follows)), str(payload["text"]))
            cards[channel.pk] = replace(first, follows=(*first.follows, said))
            continue
        cards[channel.pk] = Shown(
            channel,
            network_name(channel.network),
            str(payload.get("text", "")),
            [_sent(slug, one) for one in payload.get("media", [])],
            form=form_name(channel.network, str(payload.get("form", ""))),
            decided=decided(
                channel,
                str(payload.get("form", "")),
                payload.get("options", {}),
                payload.get("planned", {}).get("zone", ""),
            ),
            card=_sent_card(slug, payload.get("card")),
        )
    return list(cards.values())


def pictured(content: Content) -> list[UUID]:
    """Ids of all that a draft shows: its media and its card's picture."""
    own = [one.asset_id for one in content.media]
    return [*own, content.card.asset_id] if content.card and content.card.asset_id else own


def card_shown(slug: str, content: Content, assets: Mapping[UUID, Asset]) -> ShownCard | None:
    card = content.card
    if card is None:
        return None
    there = card.asset_id if card.asset_id in assets else None
    picture = f"{reverse('media', args=[slug, there])}?thumb=1" if there else ""
    return ShownCard(card.url, card.title, card.description, picture, there)


def _takes_card(channel: Channel, content: Content) -> bool:
    try:
        return manifest(channel.network).cards and not content.media
    except Unsupported:
        return False


def _sent_card(slug: str, raw: Mapping[str, Any] | None) -> ShownCard | None:
    if not raw:
        return None
    picture = reverse("media-sent", args=[slug, raw["picture"]]) if raw["picture"] else ""
    return ShownCard(raw["url"], raw["title"], raw["description"], picture)


def role_word(role: str, before: int) -> str:
    """What a payload that answers a post is called. before: how many answer it before this one."""
    if role == COMMENT:
        return _("First comment")
    return _("Post %(n)s of the thread") % {"n": before + 2}


def form_name(slug: str, name: str) -> str:
    """The form in the reader's words; "" where it has none."""
    try:
        forms = manifest(slug).forms
    except Unsupported:
        return ""
    return next((translated(one.label) for one in forms if one.name == name), "")


def _with_what_its_network_has(card: Shown, content: Content, media: Sequence[Medium]) -> Shown:
    """The kind of post that a draft becomes there, its options, and what follows it."""
    try:
        known = manifest(card.channel.network)
    except Unsupported:
        return card
    options = content.targets[card.channel.pk].options
    form = known.form_of(media, str(options.get(FORM) or ""))
    return replace(
        card,
        form=translated(form.label) if form else "",
        decided=decided(card.channel, form.name if form else "", options, content.zone),
        follows=[(role_word(role, at), text) for role, text, at in following(content, known)],
    )


def counters(content: Content, report: Report, channels: Iterable[Channel]) -> list[Counter]:
    """One per chosen channel, counted as its network counts."""
    found: dict[object, Count] = {one.channel_id: one for one in report.counts}
    return [
        Counter(
            channel,
            "text" if content.targets[channel.pk].text is None else f"text-{channel.pk}",
            limits_of(channel).text,
            found[channel.pk].limit - found[channel.pk].used,
        )
        for channel in channels
        if channel.pk in found
    ]


def prices(found: Report, channels: Iterable[Channel]) -> list[Said]:
    """What publishing costs, channel by channel; nothing where it is free."""
    names = {channel.pk: str(channel) for channel in channels}
    return [
        Said(False, sentence(one.code, one.data), names.get(one.channel_id, ""))
        for one in found.costs
    ]


def weighed(
    found: Report, channels: Iterable[Channel], *, begun: bool = True
) -> dict[str, list[Said]]:
    """What is to be said before something is decided, for parts/weighed.html. begun: whether the
    reader has written anything yet; until then what is missing is a hint."""
    rows = list(channels)
    return {"findings": said(found.findings, rows, begun=begun), "prices": prices(found, rows)}


def said(
    findings: Iterable[Finding], channels: Iterable[Channel], *, begun: bool = True
) -> list[Said]:
    """What stops first, then what is worth a look."""
    names = {channel.pk: str(channel) for channel in channels}
    sentences = [
        Said(
            one.level == STOP,
            sentence(one.code, one.data),
            names.get(one.channel_id, "") if one.channel_id else "",
            hint=not begun and one.code in MISSING,
        )
        for one in findings
    ]
    return sorted(sentences, key=lambda one: not one.stops)


def _written(slug: str, asset: Asset, alt: str) -> ShownMedium:
    url = reverse("media", args=[slug, asset.pk])
    kind = kind_of(asset.mime)
    if kind is Kind.VIDEO:
        return ShownMedium(url, alt, length_word(asset.length_ms), kind.value, f"{url}?thumb=1")
    if kind is Kind.DOCUMENT:
        return ShownMedium(url, alt, "PDF", kind.value, name=asset.file_name)
    return ShownMedium(f"{url}?thumb=1", alt)


def _sent(slug: str, raw: Mapping[str, Any]) -> ShownMedium:
    size = {"size": max(1, round(raw["size"] / 1000))}
    kind, url = kind_of(str(raw["mime"])), reverse("media-sent", args=[slug, raw["sha256"]])
    if kind is Kind.DOCUMENT:
        said, name = _("PDF, %(size)s kB") % size, str(raw.get("name", ""))
        return ShownMedium(url, str(raw["alt"]), said, kind.value, name=name)
    facts = {
        "kind": str(raw["mime"]).partition("/")[2].upper(),
        "width": raw["width"],
        "height": raw["height"],
        **size,
    }
    note = _("%(kind)s, %(width)s × %(height)s, %(size)s kB") % facts
    if kind is Kind.VIDEO:
        cover = reverse("media-cover", args=[slug, raw["cover"]]) if raw.get("cover") else ""
        note = f"{length_word(raw['length_ms'])}, {note}"
        return ShownMedium(url, str(raw["alt"]), note, kind.value, cover)
    return ShownMedium(url, str(raw["alt"]), note)


def kind_of(mime: str) -> Kind:
    return Medium(sha256="", mime=mime, size=0, width=0, height=0).kind


def length_word(length_ms: int) -> str:
    """A length as players show it: 1:05."""
    seconds = round(length_ms / 1000)
    return f"{seconds // 60}:{seconds % 60:02}"
