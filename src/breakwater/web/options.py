"""What a network lets a person decide for one post: as fields of the composer, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from breakwater.channels.models import Channel
from breakwater.channels.selectors import manifest
from breakwater.domain.errors import Unsupported
from breakwater.networks.base import Ask, Manifest, Option
from breakwater.publishing.content import FORM
from breakwater.publishing.content import Option as Value
from breakwater.web.manifest_words import translated


@dataclass(frozen=True)
class Asked:
    """One field. name: of the form's field; ask: networks.base.Ask; choices: (value, label). shut:
    the account does not allow it."""

    name: str
    label: str
    ask: str
    value: str
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    needed: bool = False
    longest: int = 0
    shut: bool = False


def asked(channel: Channel, chosen: Mapping[str, Any]) -> tuple[Asked, ...]:
    """The fields of a channel: its forms, where one has to be chosen, then its options."""
    try:
        known = manifest(channel.network)
    except Unsupported:
        return ()
    fields = [_form(known, chosen)] if any(one.asked for one in known.forms) else []
    return (*fields, *(_field(channel, one, chosen) for one in known.options))


def given(data: QueryDict, channel_id: str) -> dict[str, Value]:
    """The options that the form says for a channel: those that it shows, an empty one as None."""
    found: dict[str, Value] = {}
    for name in data.getlist(f"shows-{channel_id}"):
        value = data.get(f"option-{channel_id}-{name}", "").strip()
        found[name] = value or None
        if data.get(f"kind-{channel_id}-{name}") == Ask.FLAG:
            found[name] = bool(value)
    return found


def _form(known: Manifest, chosen: Mapping[str, Any]) -> Asked:
    choices = (("", _("as its pictures and videos suggest")),)
    named = tuple((one.name, translated(one.label)) for one in known.forms)
    return Asked(
        FORM, _("Kind of post"), Ask.CHOICE, str(chosen.get(FORM) or ""), choices=choices + named
    )


def _field(channel: Channel, option: Option, chosen: Mapping[str, Any]) -> Asked:
    value = chosen.get(option.name)
    own = channel.choices.get(option.name) if option.of_account else None
    shut = option.ask is Ask.FLAG and own == []
    said = option.default if value is None else str(value if value is not True else "1")
    empty = [] if option.needed and value else [("", "…" if option.needed else _("not said"))]
    help_ = _("The account has switched this off.") if shut else translated(option.help)
    return Asked(
        option.name,
        translated(option.label),
        option.ask.value,
        "" if shut else said,
        help_,
        (*empty, *_choices(option, own, said)),
        option.needed,
        option.longest,
        shut,
    )


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
