"""Trying the scorer: what it says of a text, why, and that it is wrong."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.domain.scoring.scores import Head, Item
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.scoring import services
from breakwater.scoring.models import Correction
from breakwater.scoring.verdicts import Verdict
from breakwater.web.forms import attempt
from breakwater.web.page import FORM, POST, go, page, show
from breakwater.web.scoring_words import HEADS, area, shown

PAGE = "scoring/try.html"
LONGEST = 5_000
_SHOW = "show"


class TextForm(forms.Form):
    text = forms.CharField(
        label=_("A text"),
        help_text=_("As somebody might write to you, in English or French."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST,
        strip=False,
    )


class CorrectionForm(forms.Form):
    """should: "show", or the kind of abuse that the text should be veiled for."""

    text = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST, strip=False)
    should = forms.ChoiceField(label=_("What would be right?"), widget=forms.RadioSelect)
    consent = forms.BooleanField(
        label=_("Keep this text to improve the model"),
        help_text=_(
            "Without names and links, sealed, until you take this back. Leave it unticked if the "
            "text could say who somebody is: then only a fingerprint is kept, and figures that the "
            "scorer can learn from but the text cannot be read back from."
        ),
        required=False,
    )

    def __init__(self, *args: Any, verdict: Verdict, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["should"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = _choices(verdict)

    def correct(self, access: Access) -> list[Correction]:
        said = self.cleaned_data
        head = None if said["should"] == _SHOW else Head(said["should"])
        return services.correct(
            access,
            said["text"],
            should=head is not None,
            head=head,
            consent=said["consent"],
            now=clock.now(),
        )


@page(right=Right.SEE, methods=FORM)
def scoring(request: HttpRequest, access: Access) -> HttpResponse:
    """The box; what was typed is only on the answer to its form, and kept nowhere."""
    form = TextForm(request.POST or None)
    if request.method != "POST":
        return show(request, PAGE, _context(access, form))
    if not form.is_valid():
        return show(request, PAGE, _context(access, form), status=400)
    return show(request, PAGE, _context(access, form, form.cleaned_data["text"]))


@page(right=Right.ANSWER, methods=POST)
def correct(request: HttpRequest, access: Access) -> HttpResponse:
    """What was said of the text is wrong; then the box again, empty."""
    text = request.POST.get("text", "")[:LONGEST]
    typed = TextForm({"text": text})
    if not typed.is_valid():
        return go(request, "scoring", access.workspace.slug)
    verdict = _verdict(access, text)
    form = CorrectionForm(request.POST, verdict=verdict)
    if form.is_valid() and attempt(form, lambda: form.correct(access)) is not None:
        messages.success(request, _now("Thank you. What you said is kept."))
        return go(request, "scoring", access.workspace.slug)
    return show(request, PAGE, _context(access, typed, text, form), status=400)


def _context(
    access: Access, form: TextForm, text: str = "", wrong: CorrectionForm | None = None
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if text:
        verdict = _verdict(access, text)
        found = {"said": shown(verdict, text)}
        if access.may(Right.ANSWER) and verdict.score.abstained is None:
            found["wrong"] = wrong or CorrectionForm(initial={"text": text}, verdict=verdict)
            found["opened"] = wrong is not None
    return {"form": form, "area": area(access), **found}


def _verdict(access: Access, text: str) -> Verdict:
    """Nothing of it is kept or leaves, so nobody else is asked about it."""
    found = services.score(
        access.workspace, [Item(text)], now=clock.now(), explain=True, asks=False
    )
    return found[0]


def _choices(verdict: Verdict) -> list[tuple[str, Any]]:
    right = [(_SHOW, _("It should be shown."))] if verdict.reasons else []
    veiled = _("It should be veiled, for this: %(kind)s")
    return right + [
        (head.value, veiled % {"kind": word})
        for head, word in HEADS.items()
        if head not in verdict.reasons and head in verdict.score.chances
    ]


urlpatterns = [
    path("", scoring, name="scoring"),
    path("correct/", correct, name="scoring-correct"),
]
