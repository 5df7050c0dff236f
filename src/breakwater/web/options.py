"""What a network lets a person decide for one post: as fields of the composer, back, and in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.translation import gettext as _

from breakwater.channels.models import Channel
from breakwater.channels.selectors import manifest
from breakwater.core.dates import dated
from breakwater.domain.errors import Unsupported
from breakwater.networks.base import Ask, Form, Manifest, Option
from breakwater.publishing.content import FORM
from breakwater.publishing.content import Option as Value
from breakwater.publishing.forms import asked_of
from breakwater.web.manifest_words import translated

LINE = 300
"""A text that may be longer than this is written in a box of several lines."""


@dataclass(frozen=True)
class Asked:
    """One field. name: of the form's field; ask: networks.base.Ask; choices: (value, label).

    forms: names of the forms of post that it is asked of ("": of all), wanted_for: the same in words.
    shut: the account does not allow it.
    """

    name: str
    label: str
    ask: str
    value: str
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    needed: bool = False
    longest: int = 0
    forms: str = ""
    wanted_for: str = ""
    shut: bool = False

    @property
    def boxed(self) -> bool:
        return self.longest > LINE


def asked(channel: Channel, chosen: Mapping[str, Any]) -> tuple[Asked, ...]:
    """The fields of a channel: its forms, where one has to be chosen, then its options, what is
    needed first."""
    try:
        known = manifest(channel.network)
    except Unsupported:
        return ()
    fields = [_form(known, chosen)] if any(one.asked for one in known.forms) else []
    options = [one for one in known.options if _is_of_posts(known, one)]
    options.sort(key=lambda one: not one.needed)
    return (*fields, *(_field(channel, known, one, chosen) for one in options))


def lacks(known: Manifest, form: Form | None, chosen: Mapping[str, Any]) -> bool:
    """Whether something that a post of this form needs was not decided yet."""
    return any(
        one.needed and chosen.get(one.name) in (None, "", False) for one in asked_of(known, form)
    )


def decided(
    channel: Channel, form: str, options: Mapping[str, Any], zone: str = ""
) -> Sequence[tuple[str, str]]:
    """(what, how) of each option that a post of this form carries. zone: whose wall times are said."""
    try:
        known = manifest(channel.network)
    except Unsupported:
        return ()
    shape = next((one for one in known.forms if one.name == form), None)
    return [
        (translated(one.label), _said(channel, one, options[one.name], zone))
        for one in asked_of(known, shape)
        if _is_said(one, options.get(one.name))
    ]


def given(data: QueryDict, channel_id: str) -> dict[str, Value]:
    """The options that the form says for a channel: those that it shows, an empty one as None."""
    found: dict[str, Value] = {}
    for name in data.getlist(f"shows-{channel_id}"):
        value = data.get(f"option-{channel_id}-{name}", "").strip()
        found[name] = value or None
        if data.get(f"kind-{channel_id}-{name}") == Ask.FLAG:
            found[name] = bool(value)
    return found


def _is_said(option: Option, value: Any) -> bool:
    """A no is worth a word where the network would do it by itself."""
    return value not in (None, "", False) or (value is False and bool(option.default))


def _is_of_posts(known: Manifest, option: Option) -> bool:
    """Some options are of answers alone (a form that no post takes)."""
    return not option.forms or any(one.name in option.forms for one in known.forms)


def _form(known: Manifest, chosen: Mapping[str, Any]) -> Asked:
    choices = (("", _("automatic")),)
    named = tuple((one.name, translated(one.label)) for one in known.forms)
    return Asked(
        FORM, _("Kind of post"), Ask.CHOICE, str(chosen.get(FORM) or ""), choices=choices + named
    )


def _field(channel: Channel, known: Manifest, option: Option, chosen: Mapping[str, Any]) -> Asked:
    value = chosen.get(option.name)
    own = _own(channel, option)
    shut = option.ask is Ask.FLAG and own == []
    said = option.default if value is None else str(value if value is not True else "1")
    empty = [] if option.needed and value else [("", "…" if option.needed else _("not said"))]
    help_ = _("The account has switched this off.") if shut else translated(option.help)
    labels = [translated(one.label) for one in known.forms if one.name in option.forms]
    return Asked(
        option.name,
        translated(option.label),
        option.ask.value,
        "" if shut else said,
        help_,
        (*empty, *_choices(option, own, said)),
        option.needed,
        option.longest,
        forms=" ".join(option.forms),
        wanted_for=", ".join(labels),
        shut=shut,
    )


def _own(channel: Channel, option: Option) -> Sequence[Sequence[str]] | None:
    """What the account told of it; None before it was asked."""
    return channel.choices.get(option.name) if option.of_account else None


def _choices(
    option: Option, own: Sequence[Sequence[str]] | None, value: str
) -> list[tuple[str, str]]:
    """What the account offers, in the network's words where it has some; before anybody asked it,
    what the network has. What was chosen and is gone stays to be seen."""
    if option.ask is not Ask.CHOICE:
        return []
    known = dict(option.choices)
    if own is None:
        return [(one, translated(label)) for one, label in known.items()]
    found = [(one, translated(known[one]) if one in known else str(label)) for one, label in own]
    if value and value not in dict(found):
        gone = translated(known[value]) if value in known else value
        found.append((value, _("%(name)s (no longer offered)") % {"name": gone}))
    return found


def _said(channel: Channel, option: Option, value: Any, zone: str) -> str:
    if option.ask is Ask.FLAG:
        return _("yes") if value else _("no")
    if option.ask is Ask.MOMENT:
        return _moment(str(value), zone)
    return dict(_choices(option, _own(channel, option), "")).get(str(value), str(value))


def _moment(value: str, zone: str) -> str:
    """A time on the wall of `zone`: as it was typed, or the instant that became of it."""
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return value
    if at.tzinfo is not None and zone:
        at = at.astimezone(ZoneInfo(zone))
    return dated(at, "DATETIME_FORMAT")
