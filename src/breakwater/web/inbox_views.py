"""The filters of the list as a form, and views that are saved of them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from breakwater.channels.selectors import channels
from breakwater.core import clock
from breakwater.inbox import desk
from breakwater.inbox.lifecycle import THREAD
from breakwater.inbox.services import views
from breakwater.networks.base import What
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, with_right
from breakwater.web.forms import attempt
from breakwater.web.inbox_filters import ANY, filters_of, query_of
from breakwater.web.inbox_words import CATEGORIES
from breakwater.web.page import FORM, POST, go, page, show
from breakwater.web.states import LOOKS

WHAT = {
    What.POST: _("Posts"),
    What.COMMENT: _("Comments and replies"),
    What.MENTION: _("Mentions"),
    What.QUOTE: _("Quotes"),
    What.TAG: pgettext_lazy("arrival", "Tags"),
    What.MESSAGE: _("Messages"),
    What.REVIEW: _("Reviews"),
}
LANGUAGES = {"en": _("English"), "fr": _("French")}
"""What the scorer knows; others stand in an address."""
_EVERY = ("", _("Any"))


class FilterForm(forms.Form):
    """Goes to the list by its address: without script, and so that it can be kept or sent."""

    state = forms.ChoiceField(label=_("State"), required=False)
    category = forms.ChoiceField(label=_("What it is"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    what = forms.ChoiceField(label=_("Where it was said"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    assignee = forms.ChoiceField(label=_("Who looks after it"), required=False)
    label = forms.ChoiceField(label=_("Label"), required=False)
    late = forms.BooleanField(label=_("Only what was wanted earlier"), required=False)

    def __init__(self, access: Access, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        workspace = access.workspace.pk
        states = [(name, LOOKS["thread"][name].word) for name in THREAD.moves]
        people = [(str(one.pk), one.name) for one in with_right(workspace, Right.ANSWER)]
        offered: dict[str, Iterable[Any]] = {
            "state": [*states, (ANY, _("Any"))],
            "category": [_EVERY, *((one.value, word) for one, word in CATEGORIES.items())],
            "channel": [_EVERY, *((str(one.pk), str(one)) for one in channels(workspace))],
            "what": [_EVERY, *((one.value, word) for one, word in WHAT.items())],
            "language": [_EVERY, *LANGUAGES.items()],
            "assignee": [_EVERY, ("nobody", _("Nobody")), *people],
            "label": [_EVERY, *((str(one.pk), one.name) for one in desk.labels_of(workspace))],
        }
        for name, choices in offered.items():
            self.fields[name].choices = list(choices)  # type: ignore[attr-defined]


class ViewForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)
    team = forms.BooleanField(label=_("For the whole team"), required=False)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2_000)


@page(right=Right.SEE)
def chosen(request: HttpRequest, access: Access) -> HttpResponse:
    """The form, as the list is filtered now."""
    return show(request, "inbox/filter.html", _context(request, access))


@page(right=Right.SEE, methods=FORM)
def save(request: HttpRequest, access: Access) -> HttpResponse:
    """The filters are a view of that name, or the page says what was wrong."""
    if request.method != "POST":
        return go(request, "inbox-filter", access.workspace.slug)
    form = ViewForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        query = query_of(filters_of(_read(said["query"])))
        made = attempt(
            form,
            lambda: views.save_view(
                access, said["name"], query, team=said["team"], now=clock.now()
            ),
        )
        if made is not None:
            messages.success(request, _now("The view is saved."))
            return go(request, f"{reverse('inbox-list', args=[access.workspace.slug])}?{query}")
    return show(request, "inbox/filter.html", _context(request, access, form), status=400)


@page(right=Right.SEE, methods=POST)
def remove(request: HttpRequest, access: Access, view_id: UUID) -> HttpResponse:
    views.remove_view(access, view_id)
    messages.success(request, _now("The view is gone."))
    return go(request, "inbox-filter", access.workspace.slug)


def tabs_of(access: Access, query: str) -> list[dict[str, Any]]:
    """Saved views as tabs; the one that is shown now is marked. One query."""
    return [
        {"name": one.name, "query": one.query, "current": one.query == query}
        for one in desk.views_of(access)
    ]


def _context(request: HttpRequest, access: Access, form: ViewForm | None = None) -> dict[str, Any]:
    asked = _read(form.data.get("query", "")) if form else request.GET.dict()
    query = query_of(filters_of(asked))
    shown = {"state": "open", **_read(query)}
    return {
        "filter_form": FilterForm(access, initial=shown, auto_id="filter_%s"),
        "form": form or ViewForm(initial={"query": query}, auto_id="view_%s"),
        "views": [{"row": one, "own": one.person_id is not None} for one in desk.views_of(access)],
        "may_answer": access.may(Right.ANSWER),
        "area": "inbox",
    }


def _read(query: str) -> dict[str, str]:
    return QueryDict(query).dict()


urlpatterns = [
    path("filter/", chosen, name="inbox-filter"),
    path("views/", save, name="inbox-view-save"),
    path("views/<uuid:view_id>/remove/", remove, name="inbox-view-remove"),
]
