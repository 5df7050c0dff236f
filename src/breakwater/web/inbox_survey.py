"""How it was: whether people are asked, in which words, and what they said."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.domain.surveys import LANGUAGES, QUESTIONS
from breakwater.inbox import desk
from breakwater.inbox.services import surveying
from breakwater.inbox.surveys import scores_since
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.forms import attempt
from breakwater.web.page import FORM, go, page, show

LATELY = timedelta(days=90)
_NAMES = {"en": _("The question in English"), "fr": _("The question in French")}


class SurveyForm(forms.Form):
    """text_<language>: the question; empty for the usual one."""

    on = forms.BooleanField(label=_("Ask people how it was"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in LANGUAGES:
            self.fields[f"text_{code}"] = forms.CharField(
                label=_NAMES[code], required=False, max_length=surveying.LONGEST,
                widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
            )  # fmt: skip

    def keep(self, access: Access) -> bool:
        said = self.cleaned_data
        texts = {code: said[f"text_{code}"] for code in LANGUAGES}
        own = {code: words for code, words in texts.items() if words != QUESTIONS[code]}
        surveying.choose(access, own, on=said["on"], now=clock.now())
        return True


@page(right=Right.INVITE, methods=FORM)
def survey(request: HttpRequest, access: Access) -> HttpResponse:
    found = desk.setup_of(access.workspace)
    words = {f"text_{code}": found.survey_texts.get(code) or QUESTIONS[code] for code in LANGUAGES}
    form = SurveyForm(request.POST or None, initial={"on": found.survey, **words})
    ready = request.method == "POST" and form.is_valid()
    if ready and attempt(form, lambda: form.keep(access)) is not None:
        messages.success(request, _now("Saved. It counts from the next conversation on."))
        return go(request, "inbox-setup-survey", access.workspace.slug)
    context = {
        "form": form,
        "approval": found.approval,
        "scores": scores_since(access.workspace.pk, clock.now() - LATELY),
        "area": "inbox",
    }
    status = 400 if form.errors else 200
    return show(request, "inbox/setup-survey.html", context, status=status)


urlpatterns = [path("", survey, name="inbox-setup-survey")]
