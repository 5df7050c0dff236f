"""Forms that say what is wrong beside the field it belongs to."""

from collections.abc import Callable
from typing import TypeVar
from zoneinfo import available_timezones

from django import forms
from django.forms.forms import BaseForm
from django.utils.translation import gettext_lazy as _

from breakwater.core.messages import say
from breakwater.domain.errors import Invalid
from breakwater.people.models import Language

Result = TypeVar("Result")

_AREAS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe",
          "Indian", "Pacific")  # fmt: skip


def attempt(form: BaseForm, deed: Callable[[], Result]) -> Result | None:
    """What `deed()` gives; None when it raised Invalid, which is then said on the form.

    Other problems go on to the page's own answer.
    """
    try:
        return deed()
    except Invalid as error:
        field = error.field if error.field in form.fields else None
        form.add_error(field, say(error))
        return None


def zones() -> list[tuple[str, str]]:
    """Every time zone, by name, as choices."""
    names = sorted(z for z in available_timezones() if z.split("/")[0] in _AREAS)
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in names)]


class ZoneField(forms.ChoiceField):
    """One of the time zones of the world."""

    def __init__(self, *, label: object = _("Time zone"), help_text: object = "") -> None:
        super().__init__(label=label, help_text=help_text, choices=zones)  # type: ignore[arg-type]


class LanguageField(forms.ChoiceField):
    def __init__(self, *, label: object = _("Language"), help_text: object = "") -> None:
        super().__init__(
            label=label,  # type: ignore[arg-type]
            help_text=help_text,  # type: ignore[arg-type]
            choices=Language.choices,
        )
