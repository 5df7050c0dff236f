"""What readers of a workspace are spared where they chose nothing, and how mild they may choose."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.domain.shield import Level, Shield
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.forms import attempt
from breakwater.web.page import FORM, go, page, show
from breakwater.web.shield_words import CHOICES, examples
from breakwater.wellbeing.selectors import default_of
from breakwater.wellbeing.services import set_default


class DefaultForm(forms.Form):
    level = forms.ChoiceField(
        label=_("Veil, unless somebody chose otherwise"), choices=CHOICES, widget=forms.RadioSelect
    )
    loosest = forms.ChoiceField(
        label=_("Veil at least, whatever somebody chooses"),
        help_text=_("Stricter is always theirs to choose."),
        choices=CHOICES,
        widget=forms.RadioSelect,
    )
    unscored = forms.BooleanField(
        label=_("Veil what nobody could score"),
        help_text=_(
            "Texts in other languages than English and French; all while the scorer is down."
        ),
        required=False,
    )
    pictures = forms.BooleanField(
        label=_("Veil pictures and films of strangers"),
        help_text=_("Nobody looks at them before a person does."),
        required=False,
    )

    def keep(self, access: Access) -> bool:
        said = self.cleaned_data
        shield = Shield(Level(int(said["level"])), said["unscored"], said["pictures"])
        set_default(access, shield, Level(int(said["loosest"])), now=clock.now())
        return True


@page(right=Right.INVITE, methods=FORM)
def shield(request: HttpRequest, access: Access) -> HttpResponse:
    form = DefaultForm(request.POST or None, initial=_first(access))
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: form.keep(access)):
        messages.success(request, _now("Saved. It counts from the next page that somebody opens."))
        return go(request, "inbox-setup-shield", access.workspace.slug)
    context = {
        "form": form,
        "examples": examples(),
        "area": "inbox",
    }
    return show(request, "inbox/setup-shield.html", context, status=400 if form.errors else 200)


def _first(access: Access) -> dict[str, Any]:
    found = default_of(access.workspace.pk)
    return {
        "level": str(int(found.shield.level)),
        "loosest": str(int(found.loosest)),
        "unscored": found.shield.unscored,
        "pictures": found.shield.media,
    }


urlpatterns = [path("", shield, name="inbox-setup-shield")]
