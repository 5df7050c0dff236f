"""{% load bw %}: icon, asset, state, field, when, apart, zone_word, initials, may_open."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from breakwater.core.dates import dated
from breakwater.core.walls import zone_word
from breakwater.people.selectors import Access
from breakwater.web.assets import asset as address
from breakwater.web.page import right_of
from breakwater.web.states import look

register = template.Library()


@register.simple_tag
def asset(name: str) -> str:
    return address(name)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing beside a word; with `label` it stands for the word itself."""
    url = address("icons.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>',
            label, url, name,
        )  # fmt: skip
    return _drawing(url, name)


@lru_cache(maxsize=256)
def _drawing(url: str, name: str) -> SafeString:
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', url, name)


@register.simple_tag
def state(kind: str, value: str) -> SafeString:
    """The badge of a state: {% state "post" post.state %}, {% state "delivery" it.state %}."""
    seen = look(kind, value)
    return format_html(
        '<span class="state" data-state="{}" data-tone="{}">{}{}</span>',
        value,
        seen.tone,
        icon(seen.icon),
        seen.word,
    )


@register.filter
def may_open(access: Access, name: str) -> bool:
    """Whether the page of that name in the workspace is for this person: as the page itself says."""
    return access.may(right_of(name))


@register.filter
def may_open_of(access: Access, name: str) -> bool:
    """The same for a page about one thing, whose id (a UUID) is in its address too."""
    return access.may(right_of(name, True))


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField, kind: str = "") -> dict[str, Any]:
    """A field of a form with its label, help and error. kind: how it is drawn, if not as usual."""
    widget = bound.field.widget
    if not kind and isinstance(widget, CheckboxInput):
        kind = "check"
    if not kind and isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        kind = "choices"
    return {"field": bound, "kind": kind}


@register.simple_tag
def when(instant: datetime | None, zone: str = "", style: str = "full") -> SafeString | str:
    """An instant on the wall of `zone` (the reader's without one), and whose wall that is.

    style: full (day, time and zone), plain (day and time), day, time.
    """
    if instant is None:
        return ""
    tz = ZoneInfo(zone) if zone else timezone.get_current_timezone()
    local = instant.astimezone(tz)
    said = {
        "day": dated(local, "DATE_FORMAT"),
        "time": dated(local, "TIME_FORMAT"),
    }.get(style, dated(local, "DATETIME_FORMAT"))
    stamp = instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if style != "full":
        return format_html('<time datetime="{}">{}</time>', stamp, said)
    return format_html(
        '<time datetime="{}">{} <span class="soft">({})</span></time>',
        stamp, said, zone_word(zone or str(tz)),
    )  # fmt: skip


@register.filter
def apart(one: datetime | None, other: datetime | None) -> bool:
    """Whether two instants are read as different ones: pages name the minute."""
    if one is None or other is None:
        return False
    return one.replace(second=0, microsecond=0) != other.replace(second=0, microsecond=0)


register.filter(zone_word)


@register.filter
def initials(name: str) -> str:
    """At most two letters that stand for a name."""
    words = [word for word in name.replace("@", " ").split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "·"
