"""A person's own page: name, language, zone, theme, mails."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from breakwater.core import clock
from breakwater.people.models import Person
from breakwater.people.services import rename, update_profile
from breakwater.web.forms import LanguageField, ZoneField, attempt
from breakwater.web.page import FORM, go, own_page, show

THEMES = [
    ("auto", pgettext_lazy("theme", "as the device says")),
    ("light", pgettext_lazy("theme", "light")),
    ("dark", pgettext_lazy("theme", "dark")),
    ("calm", pgettext_lazy("theme", "calm: less colour, no movement")),
]


class ProfileForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)
    language = LanguageField(help_text=_("Of the pages and of the mails to you."))
    zone = ZoneField(help_text=_("Where you are. Each workspace has its own for planning."))
    theme = forms.ChoiceField(label=_("Look"), choices=THEMES, widget=forms.RadioSelect)
    mails = forms.BooleanField(
        label=_("Send me notices by mail"),
        help_text=_(
            "They are on the notices page in any case, and alarms come by mail in any case."
        ),
        required=False,
    )


@own_page(FORM)
def profile(request: HttpRequest, person: Person) -> HttpResponse:
    first = {name: getattr(person, name) for name in ProfileForm.base_fields}
    form = ProfileForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if attempt(form, lambda: _keep(person, dict(data))) is not None:
            with override(data["language"]):
                messages.success(request, _now("Saved."))
            return go(request, "profile")
    return show(request, "people/profile.html", {"form": form}, status=400 if form.errors else 200)


def _keep(person: Person, data: dict[str, Any]) -> Person:
    rename(person, data.pop("name"), now=clock.now())
    return update_profile(person, **data)
