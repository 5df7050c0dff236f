"""The form of a guideline: what its kind looks for, what it does, and the sentence that is quoted."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from breakwater.domain.guidelines import PATTERN_CHARACTERS, Effect, Kind
from breakwater.guidelines.models import Guideline
from breakwater.guidelines.services import Wish
from breakwater.guidelines.services.changing import CLAUSE
from breakwater.web.inbox_setup_rota import WEEKDAYS

_LINES = forms.Textarea(attrs={"rows": 4})
_CLOCK = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_LONGEST = 10_000


def _lines(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, widget=_LINES, max_length=_LONGEST)


class GuidelineForm(forms.Form):
    """Of one kind: it has that kind's fields alone."""

    effect = forms.ChoiceField(
        label=_("What does it do?"),
        widget=forms.RadioSelect,
        choices=[
            (Effect.WARN.value, _("It warns: whoever writes may go on")),
            (Effect.BLOCK.value, _("It stops: the post cannot leave like this")),
        ],
        initial=Effect.WARN.value,
    )
    clause = forms.CharField(
        label=_("The sentence that writers read"),
        help_text=_("Say what is wanted and why, as in a brief. It is quoted word for word."),
        max_length=CLAUSE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    since = forms.DateField(label=_("From this day on"), widget=_DAY, required=False)
    until = forms.DateField(label=_("Up to and with this day"), widget=_DAY, required=False)
    incident = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, kind: Kind, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.kind = kind
        self.fields = {**_own_fields(kind), **self.fields}

    def wish(self, zone: str) -> Wish:
        said = self.cleaned_data
        since, until = said["since"], said["until"]
        return Wish(
            kind=self.kind.value,
            value=_value(self.kind, said),
            effect=said["effect"],
            clause=said["clause"],
            since=_midnight(since, zone) if since else None,
            until=_midnight(until + timedelta(days=1), zone) if until else None,
        )

    @property
    def incident_id(self) -> UUID | None:
        return self.cleaned_data["incident"]  # type: ignore[no-any-return]

    @property
    def own_names(self) -> list[str]:
        """The fields of its kind, in order."""
        return list(_own_fields(self.kind))


def initial_of(row: Guideline, zone: str) -> dict[str, Any]:
    wall = ZoneInfo(zone)
    lists = {name: "\n".join(row.value[name]) for name in _LISTED if name in row.value}
    others = {name: row.value[name] for name in ("pattern", "weekdays") if name in row.value}
    return {
        **lists,
        **others,
        "begins": row.value.get("from"),
        "ends": row.value.get("to"),
        "effect": row.effect,
        "clause": row.clause,
        "since": row.since.astimezone(wall).date() if row.since else None,
        "until": (row.until.astimezone(wall) - timedelta(days=1)).date() if row.until else None,
    }


_LISTED = ("words", "domains", "days")


def _own_fields(kind: Kind) -> dict[str, forms.Field]:
    if kind is Kind.WORDS:
        return {"words": _lines(_("Words"), _("One word or phrase a line."))}
    if kind is Kind.DOMAIN:
        return {"domains": _lines(_("Domains"), _("One a line, like example.com."))}
    if kind is Kind.DAY:
        return {
            "days": _lines(_("Days"), _("One a line: 11-13 for every year, or 2026-11-13 for one."))
        }
    if kind is Kind.PATTERN:
        return {
            "pattern": forms.CharField(
                label=_("Pattern"),
                max_length=PATTERN_CHARACTERS,
                widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "off"}),
            )
        }
    return {
        "begins": forms.TimeField(label=_("From"), widget=_CLOCK),
        "ends": forms.TimeField(
            label=_("Until"), widget=_CLOCK,
            help_text=_("A time before the first is on the next day."),
        ),
        "weekdays": forms.MultipleChoiceField(
            label=_("On these weekdays"), required=False,
            choices=[(str(number), word) for number, word in enumerate(WEEKDAYS)],
            widget=forms.CheckboxSelectMultiple, help_text=_("None ticked: every day."),
        ),
    }  # fmt: skip


def _value(kind: Kind, said: Mapping[str, Any]) -> dict[str, Any]:
    if kind is Kind.PATTERN:
        return {"pattern": said["pattern"]}
    if kind is Kind.HOURS:
        return {
            "from": said["begins"].isoformat("minutes"),
            "to": said["ends"].isoformat("minutes"),
            "weekdays": said["weekdays"],
        }
    name = {Kind.WORDS: "words", Kind.DOMAIN: "domains", Kind.DAY: "days"}[kind]
    return {name: said[name].splitlines()}


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))
