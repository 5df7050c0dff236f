"""What stops a draft, and what is worth a look before it goes; sentences: core/messages.py."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from breakwater.channels.models import Channel
from breakwater.channels.selectors import limits_of
from breakwater.domain.text import count
from breakwater.domain.walltime import Planned, Shift
from breakwater.networks.base import Limits
from breakwater.publishing.content import Content

STOP = "stop"
WARN = "warn"


@dataclass(frozen=True)
class Finding:
    """level: "stop" or "warn". data: the plain values that the sentence of `code` names."""

    level: str
    code: str
    channel_id: UUID | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Count:
    """The length of the text on one channel, in the unit that its network counts."""

    channel_id: UUID
    used: int
    limit: int
    unit: str


@dataclass(frozen=True)
class Report:
    """All findings of a draft, and a count per channel."""

    counts: tuple[Count, ...]
    findings: tuple[Finding, ...]

    @property
    def stops(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.level == STOP)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.level == WARN)


def report_on(
    content: Content, channels: Sequence[Channel], assets: Collection[UUID], *, now: datetime
) -> Report:
    """What is to be said of `content`.

    channels: those of its targets that the workspace has; assets: ids of those of its pictures
    that the workspace has. What is missing from them is a stop.
    """
    findings = [*_common(content, channels, assets), *_time(content, now)]
    counts = []
    for channel in channels:
        limits = limits_of(channel)
        text = content.text_for(channel.pk)
        used = count(text, limits.text)
        counts.append(Count(channel.pk, used, limits.text.limit, limits.text.unit.value))
        findings += _on(channel, content, limits, used)
    return Report(tuple(counts), tuple(findings))


def _common(
    content: Content, channels: Sequence[Channel], assets: Collection[UUID]
) -> Iterator[Finding]:
    if not content.targets:
        yield Finding(STOP, "no_channel")
    gone = set(content.targets) - {channel.pk for channel in channels}
    for channel_id in sorted(gone):
        yield Finding(STOP, "channel_gone", channel_id)
    for number, picture in enumerate(content.media, start=1):
        if picture.asset_id not in assets:
            yield Finding(STOP, "picture_gone", data={"number": number})
        if not picture.alt.strip():
            yield Finding(WARN, "alt_missing", data={"number": number})


def _time(content: Content, now: datetime) -> Iterator[Finding]:
    planned = content.planned()
    if planned is None:
        yield Finding(STOP, "no_time")
        return
    if planned.instant <= now:
        yield Finding(STOP, "time_past", data={"wall": content.wall, "zone": content.zone})
    if planned.shift is not Shift.NONE:
        yield Finding(WARN, f"time_{planned.shift.value}", data=_said(planned))


def _said(planned: Planned) -> dict[str, str]:
    """What a gap or an overlap is told with: asked and effective on the wall, and the instant."""
    return {
        "asked": planned.wall.isoformat(timespec="minutes"),
        "effective": planned.effective.isoformat(timespec="minutes"),
        "instant": planned.instant.isoformat(timespec="minutes"),
        "zone": planned.zone,
    }


def _on(channel: Channel, content: Content, limits: Limits, used: int) -> Iterator[Finding]:
    text, pictures = content.text_for(channel.pk), content.media
    if channel.state == "disconnected":
        yield Finding(STOP, "channel_disconnected", channel.pk)
    if channel.state == "reconnect":
        yield Finding(WARN, "channel_reconnect", channel.pk)
    if not text.strip() and not pictures:
        yield Finding(STOP, "post_empty", channel.pk)
    yield from _length(channel, text, limits, used)
    if len(pictures) > limits.pictures:
        data = {"count": len(pictures), "limit": limits.pictures}
        yield Finding(STOP, "too_many_pictures", channel.pk, data)
    for number, picture in enumerate(pictures, start=1):
        if limits.alt_characters and len(picture.alt) > limits.alt_characters:
            data = {"number": number, "limit": limits.alt_characters, "count": len(picture.alt)}
            yield Finding(STOP, "alt_too_long", channel.pk, data)


def _length(channel: Channel, text: str, limits: Limits, used: int) -> Iterator[Finding]:
    by = limits.text
    if used > by.limit:
        data = {"count": used, "limit": by.limit, "over": used - by.limit}
        yield Finding(STOP, "text_too_long", channel.pk, data)
    octets = len(text.encode())
    if by.max_bytes is not None and octets > by.max_bytes:
        data = {"count": octets, "limit": by.max_bytes, "over": octets - by.max_bytes}
        yield Finding(STOP, "text_too_many_bytes", channel.pk, data)
