"""A post as it will look: one card per channel, with what is to be said about it, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from breakwater.channels.models import Channel
from breakwater.channels.selectors import limits_of, manifest
from breakwater.core.messages import sentence
from breakwater.domain.errors import Unsupported
from breakwater.domain.text import Counting
from breakwater.publishing.content import Content
from breakwater.publishing.findings import STOP, Count, Finding, Report
from breakwater.web.manifest_words import translated


@dataclass(frozen=True)
class Picture:
    """note: what is known of the file, like "JPEG, 1200 × 800, 90 kB"."""

    url: str
    alt: str
    note: str = ""


@dataclass(frozen=True)
class Shown:
    """What goes to one channel. own: whether its text differs from the common one."""

    channel: Channel
    network: str
    text: str
    media: Sequence[Picture] = ()
    own: bool = False


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
    """A finding in the language in use. stops: nothing can be submitted before it is mended."""

    stops: bool
    sentence: str
    channel: str = ""


def network_name(slug: str) -> str:
    """The network's own name, for the reader; its slug when it is no longer installed."""
    try:
        return translated(manifest(slug).name)
    except Unsupported:
        return slug


def as_written(slug: str, content: Content, channels: Iterable[Channel]) -> list[Shown]:
    """The draft's cards, in the order of `channels`; those not chosen are left out."""
    pictures = [
        Picture(f"{reverse('media', args=[slug, one.asset_id])}?thumb=1", one.alt)
        for one in content.media
    ]
    return [
        Shown(
            channel,
            network_name(channel.network),
            content.text_for(channel.pk),
            pictures,
            content.targets[channel.pk].text is not None,
        )
        for channel in channels
        if channel.pk in content.targets
    ]


def as_frozen(slug: str, parts: Iterable[tuple[Channel, Mapping[str, Any]]]) -> list[Shown]:
    """The cards of payloads: exactly what is sent, pictures as they leave."""
    return [
        Shown(
            channel,
            network_name(channel.network),
            str(payload.get("text", "")),
            [_sent_picture(slug, one) for one in payload.get("media", [])],
        )
        for channel, payload in parts
    ]


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


def said(findings: Iterable[Finding], channels: Iterable[Channel]) -> list[Said]:
    """What stops first, then what is worth a look."""
    names = {channel.pk: str(channel) for channel in channels}
    sentences = [
        Said(
            one.level == STOP,
            sentence(one.code, one.data),
            names.get(one.channel_id, "") if one.channel_id else "",
        )
        for one in findings
    ]
    return sorted(sentences, key=lambda one: not one.stops)


def _sent_picture(slug: str, raw: Mapping[str, Any]) -> Picture:
    note = _("%(kind)s, %(width)s × %(height)s, %(size)s kB") % {
        "kind": str(raw["mime"]).removeprefix("image/").upper(),
        "width": raw["width"],
        "height": raw["height"],
        "size": max(1, round(raw["size"] / 1000)),
    }
    return Picture(reverse("media-sent", args=[slug, raw["sha256"]]), str(raw["alt"]), note)
