"""What stops a draft, and what is worth a look before it goes; sentences: core/messages.py."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from breakwater.channels.models import Channel
from breakwater.channels.selectors import limits_of, manifest
from breakwater.domain.text import Counting, count
from breakwater.domain.walltime import Planned, Shift
from breakwater.media.models import Asset
from breakwater.networks.base import Can, Kind, Limits, Manifest, Medium
from breakwater.publishing.content import Content
from breakwater.publishing.finding import STOP, WARN, Count, Finding, Report
from breakwater.publishing.forms import form_of, on_form
from breakwater.publishing.parts import media_of


def report_on(
    content: Content, channels: Sequence[Channel], assets: Mapping[UUID, Asset], *, now: datetime
) -> Report:
    """What is to be said of `content`.

    channels: those of its targets that the workspace has; assets: those of its media that the
    workspace has. What is missing from them is a stop.
    """
    findings = [*_common(content, channels, assets), *_time(content, now)]
    media = media_of(content, assets)
    counts = []
    for channel in channels:
        limits, known = limits_of(channel), manifest(channel.network)
        form = form_of(channel, known, content, media)
        counting = (form.text if form else None) or limits.text
        used = count(content.text_for(channel.pk), counting)
        counts.append(Count(channel.pk, used, counting.limit, counting.unit.value))
        findings += _state(channel, content)
        findings += _length(channel, content.text_for(channel.pk), counting, used)
        findings += _pictures(channel, content, media, limits)
        findings += _following(channel, known, content, limits.text)
        findings += _card(channel, known, content)
        if len(media) == len(content.media):
            findings += on_form(channel, known, content, media, limits)
    return Report(tuple(counts), tuple(findings))


def _common(
    content: Content, channels: Sequence[Channel], assets: Mapping[UUID, Asset]
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


def _state(channel: Channel, content: Content) -> Iterator[Finding]:
    if channel.state == "disconnected":
        yield Finding(STOP, "channel_disconnected", channel.pk)
    if channel.state == "reconnect":
        yield Finding(WARN, "channel_reconnect", channel.pk)
    if not content.text_for(channel.pk).strip() and not content.media:
        yield Finding(STOP, "post_empty", channel.pk)


def _pictures(
    channel: Channel, content: Content, media: Sequence[Medium], limits: Limits
) -> Iterator[Finding]:
    number = len(content.media) - sum(one.kind is not Kind.PICTURE for one in media)
    if number > limits.pictures:
        data = {"count": number, "limit": limits.pictures}
        yield Finding(STOP, "too_many_pictures", channel.pk, data)
    for number, medium in enumerate(content.media, start=1):
        if limits.alt_characters and len(medium.alt) > limits.alt_characters:
            data = {"number": number, "limit": limits.alt_characters, "count": len(medium.alt)}
            yield Finding(STOP, "alt_too_long", channel.pk, data)


def _following(
    channel: Channel, known: Manifest, content: Content, by: Counting
) -> Iterator[Finding]:
    """What follows the post: left out where the network has no such thing, else of its length."""
    if content.thread and not known.allows(Can.THREAD):
        yield Finding(WARN, "thread_left_out", channel.pk)
    elif content.thread:
        for number, text in enumerate(content.thread, start=2):
            if (used := count(text, by)) > by.limit:
                data = {"number": number, "count": used, "limit": by.limit, "over": used - by.limit}
                yield Finding(STOP, "thread_part_too_long", channel.pk, data)
    if content.comment.strip() and not known.allows(Can.FIRST_COMMENT):
        yield Finding(WARN, "comment_left_out", channel.pk)
    elif (used := count(content.comment, by)) > by.limit:
        data = {"count": used, "limit": by.limit, "over": used - by.limit}
        yield Finding(STOP, "comment_too_long", channel.pk, data)


def _card(channel: Channel, known: Manifest, content: Content) -> Iterator[Finding]:
    if content.card and (content.media or not known.cards):
        yield Finding(WARN, "card_left_out", channel.pk)


def _length(channel: Channel, text: str, by: Counting, used: int) -> Iterator[Finding]:
    if used > by.limit:
        data = {"count": used, "limit": by.limit, "over": used - by.limit}
        yield Finding(STOP, "text_too_long", channel.pk, data)
    octets = len(text.encode())
    if by.max_bytes is not None and octets > by.max_bytes:
        data = {"count": octets, "limit": by.max_bytes, "over": octets - by.max_bytes}
        yield Finding(STOP, "text_too_many_bytes", channel.pk, data)
