"""Whether a draft's media and options make a post that one channel's network has."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from breakwater.channels.models import Channel
from breakwater.core.outside import reachable
from breakwater.networks.base import (
    Ask,
    Form,
    Kind,
    Limits,
    Manifest,
    Medium,
    Option,
    VideoLimits,
)
from breakwater.publishing.content import FORM, Content
from breakwater.publishing.finding import STOP, WARN, Finding


def form_of(
    channel: Channel, known: Manifest, content: Content, media: Sequence[Medium]
) -> Form | None:
    """The form that the draft takes there; None where there is none, or the network names none."""
    return known.form_of(media, _wanted(channel, content))


def on_form(
    channel: Channel,
    known: Manifest,
    content: Content,
    media: Sequence[Medium],
    limits: Limits,
) -> Iterator[Finding]:
    """What is to be said of the media, of their form and of its options."""
    if sum(one.kind is Kind.PICTURE for one in media) > limits.pictures:
        return  # that is said, and says enough
    form = form_of(channel, known, content, media)
    if form is None and (known.forms or any(one.kind is not Kind.PICTURE for one in media)):
        yield Finding(STOP, "form_none", channel.pk, {"network": gettext(known.name)})
        return
    if {one.kind for one in media} & set(known.fetches) and not reachable(channel.origin):
        yield Finding(STOP, "media_fetched", channel.pk, {"network": gettext(known.name)})
    yield from _media(channel, form, media, limits)
    # A post without media either is empty, which is said already.
    wordless = content.media and not content.text_for(channel.pk).strip()
    if form and form.text_needed and wordless:
        yield Finding(STOP, "text_needed", channel.pk)
    if form and not form.text_shown and content.text_for(channel.pk).strip():
        yield Finding(WARN, "text_not_shown", channel.pk)
    yield from _options(channel, known, form, content)


def _wanted(channel: Channel, content: Content) -> str:
    return str(content.targets[channel.pk].options.get(FORM) or "")


def _media(
    channel: Channel, form: Form | None, media: Sequence[Medium], limits: Limits
) -> Iterator[Finding]:
    video = (form.video if form else None) or limits.video
    for number, medium in enumerate(media, start=1):
        if medium.kind is Kind.VIDEO and video is not None:
            yield from _video(channel, number, medium, video)
        elif medium.kind is Kind.DOCUMENT and medium.size > limits.document_bytes:
            data = {"number": number, "limit_mb": _megabytes(limits.document_bytes)}
            yield Finding(STOP, "document_too_large", channel.pk, data)


def _video(channel: Channel, number: int, medium: Medium, limits: VideoLimits) -> Iterator[Finding]:
    seconds = medium.length_ms / 1000
    if medium.mime not in limits.types:
        kinds = ", ".join(one.partition("/")[2].upper() for one in limits.types)
        yield Finding(STOP, "video_type", channel.pk, {"number": number, "kinds": kinds})
    if limits.most_bytes and medium.size > limits.most_bytes:
        data = {"number": number, "limit_mb": _megabytes(limits.most_bytes)}
        yield Finding(STOP, "video_too_large", channel.pk, data)
    if limits.most_s and seconds > limits.most_s:
        data = {"number": number, "seconds": round(seconds), "limit": round(limits.most_s)}
        yield Finding(STOP, "video_too_long", channel.pk, data)
    if limits.least_s and seconds < limits.least_s:
        data = {"number": number, "seconds": round(seconds), "limit": round(limits.least_s)}
        yield Finding(STOP, "video_too_short", channel.pk, data)


def asked_of(known: Manifest, form: Form | None) -> list[Option]:
    """The options that a post of this form is asked for."""
    name = form.name if form else ""
    return [one for one in known.options if not one.forms or name in one.forms]


def _options(
    channel: Channel, known: Manifest, form: Form | None, content: Content
) -> Iterator[Finding]:
    given = {k: v for k, v in content.targets[channel.pk].options.items() if k != FORM}
    names = {one.name for one in known.options}
    for name in sorted(set(given) - names):
        yield Finding(STOP, "option_strange", channel.pk, {"option": name})
    for option in asked_of(known, form):
        yield from _option(channel, option, given)


def _option(channel: Channel, option: Option, given: Mapping[str, Any]) -> Iterator[Finding]:
    value, data = given.get(option.name), {"option": gettext(option.label)}
    if value in (None, "", False):
        if option.needed:
            yield Finding(STOP, "option_missing", channel.pk, data)
        return
    if option.of_account:
        yield from _of_account(channel, option, str(value))
    elif option.ask is Ask.CHOICE and value not in {one for one, _ in option.choices}:
        yield Finding(STOP, "option_choice", channel.pk, data)
    if option.ask is Ask.MOMENT and not _is_moment(str(value)):
        yield Finding(STOP, "option_moment", channel.pk, data)
    if option.ask is Ask.TEXT and len(str(value)) > option.longest:
        yield Finding(STOP, "option_too_long", channel.pk, {**data, "limit": option.longest})


def _of_account(channel: Channel, option: Option, value: str) -> Iterator[Finding]:
    """What the account itself says: the values that it offers, or that a flag is possible. Nothing
    before it was asked."""
    own, data = channel.choices.get(option.name), {"option": gettext(option.label)}
    if own is None:
        return
    if option.ask is Ask.FLAG and not own:
        yield Finding(STOP, "option_off", channel.pk, data)
    if option.ask is Ask.CHOICE and value not in {one for one, _label in own}:
        yield Finding(STOP, "option_gone", channel.pk, data)


def _is_moment(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is None
    except ValueError:
        return False


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}".removesuffix(".0")
