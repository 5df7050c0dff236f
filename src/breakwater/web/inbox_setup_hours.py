"""Business hours, closing days, and by when an answer is wanted."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.domain.triage import ASKS, Category
from breakwater.inbox import desk
from breakwater.inbox.models import Setup
from breakwater.inbox.services import setups
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.forms import attempt
from breakwater.web.inbox_setup_rota import WEEKDAYS
from breakwater.web.inbox_words import CATEGORIES
from breakwater.web.page import FORM, go, page, show

WANTED = (*ASKS, Category.PRAISE, Category.OTHER)
"""What an answer can be wanted to."""
_MOST_DAYS = 4_000
_SPANS = 3
"""Of a day: before noon, after it, and late."""


class HoursForm(forms.Form):
    """day_<0-6>: spans of a day, "09:00-12:00 13:00-18:00". target_<category>: minutes."""

    closing_days = forms.CharField(
        label=_("Closing days"),
        help_text=_("One a line, as 2026-12-25."),
        required=False,
        max_length=_MOST_DAYS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, word in enumerate(WEEKDAYS):
            self.fields[f"day_{number}"] = forms.CharField(
                label=word, required=False, max_length=60,
                widget=forms.TextInput(attrs={"placeholder": "09:00-12:00 13:00-18:00"}),
            )  # fmt: skip
        for category in WANTED:
            self.fields[f"target_{category.value}"] = forms.IntegerField(
                label=str(CATEGORIES[category]), required=False, min_value=1,
                max_value=setups.LONGEST_TARGET,
            )  # fmt: skip

    def days(self) -> list[BoundField]:
        return [self[f"day_{number}"] for number in range(len(WEEKDAYS))]

    def targets(self) -> list[BoundField]:
        return [self[f"target_{category.value}"] for category in WANTED]

    def keep(self, access: Access) -> bool:
        """Raises: Invalid."""
        said = self.cleaned_data
        week = {number: spans_of(said[f"day_{number}"]) for number in range(len(WEEKDAYS))}
        minutes = {one.value: said[f"target_{one.value}"] for one in WANTED}
        setups.set_hours(
            access, week, said["closing_days"].split(),
            {name: number for name, number in minutes.items() if number}, now=clock.now(),
        )  # fmt: skip
        return True


@page(right=Right.INVITE, methods=FORM)
def hours(request: HttpRequest, access: Access) -> HttpResponse:
    found = desk.setup_of(access.workspace)
    form = HoursForm(request.POST or None, initial=_initial(found))
    ready = request.method == "POST" and form.is_valid()
    if ready and attempt(form, lambda: form.keep(access)) is not None:
        messages.success(request, _now("What waits follows it within moments."))
        return go(request, "inbox-setup-hours", access.workspace.slug)
    status = 400 if form.errors else 200
    return show(request, "inbox/setup-hours.html", {"form": form, "area": "inbox"}, status=status)


def spans_of(typed: str) -> list[tuple[str, str]]:
    """ "9:00-12:00, 13:00 – 18:00" -> its spans, each end as "HH:MM" where it can be read so."""
    text = typed.replace("–", "-").replace(" -", "-").replace("- ", "-").replace(",", " ")
    parts = [one.partition("-") for one in text.split()[:_SPANS]]
    return [(_clock(begin), _clock(end)) for begin, _dash, end in parts]


def _clock(typed: str) -> str:
    hour, _colon, minute = typed.replace("h", ":").partition(":")
    return f"{hour.zfill(2)}:{minute.zfill(2)}"


def _initial(row: Setup) -> dict[str, Any]:
    days: dict[str, Sequence[Sequence[str]]] = row.hours
    return {
        "closing_days": "\n".join(row.closing_days),
        **{f"day_{day}": " ".join("-".join(one) for one in spans) for day, spans in days.items()},
        **{f"target_{name}": minutes for name, minutes in row.targets.items()},
    }


urlpatterns = [path("", hours, name="inbox-setup-hours")]
