"""The tab of the review: circumstances, what changes, and until when."""

from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now

from breakwater.core import clock
from breakwater.core.messages import say
from breakwater.domain.errors import Invalid, StaleState
from breakwater.incidents import selectors
from breakwater.incidents.services import reviewing
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.forms import attempt
from breakwater.web.incident_forms import ActionForm, ReviewForm
from breakwater.web.incident_words import ACTION_STATES, ACTIONS, CAUSES
from breakwater.web.incidents import frame
from breakwater.web.page import FORM, POST, go, page, show

_EVENING = time(18, 0)


@page(right=Right.RESPOND, methods=FORM)
def review(request: HttpRequest, access: Access, incident_id: UUID) -> HttpResponse:
    own = selectors.incident_of(access.workspace.pk, incident_id)
    last = selectors.last_review(own)
    first = {"text": last.text, "causes": last.causes} if last else {}
    form = ReviewForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        written = attempt(
            form,
            lambda: reviewing.write(access, own, typed["text"], typed["causes"], now=clock.now()),
        )
        if written:
            messages.success(request, _now("The review is written."))
            return go(request, "incident-review", access.workspace.slug, own.pk)
    return _page(request, access, incident_id, form=form)


@page(right=Right.RESPOND, methods=POST)
def action(request: HttpRequest, access: Access, incident_id: UUID) -> HttpResponse:
    """Something is to change."""
    own = selectors.incident_of(access.workspace.pk, incident_id)
    form = ActionForm(access, request.POST)
    if form.is_valid():
        typed, zone = form.cleaned_data, ZoneInfo(access.workspace.zone)
        owner = UUID(typed["owner"]) if typed["owner"] else None
        due = datetime.combine(typed["due_at"], _EVENING, tzinfo=zone)
        made = attempt(
            form,
            lambda: reviewing.add_action(
                access, own, typed["text"], typed["kind"], owner=owner, due_at=due, now=clock.now()
            ),
        )
        if made:
            messages.success(request, _now("Its owner is reminded until it has changed."))
            return go(request, "incident-review", access.workspace.slug, own.pk)
    return _page(request, access, incident_id, typed=form)


@page(right=Right.RESPOND, methods=POST)
def end(request: HttpRequest, access: Access, action_id: UUID) -> HttpResponse:
    """It has changed, or it will not, for a reason."""
    to = "dropped" if request.POST.get("to") == "dropped" else "closed"
    why = request.POST.get("why", "")
    try:
        row = reviewing.end_action(access, action_id, to, why=why, now=clock.now())
    except (Invalid, StaleState) as error:
        messages.error(request, say(error))
        return go(request, "incidents", access.workspace.slug)
    return go(request, "incident-review", access.workspace.slug, row.incident_id)


def _page(
    request: HttpRequest,
    access: Access,
    incident_id: UUID,
    *,
    form: ReviewForm | None = None,
    typed: ActionForm | None = None,
) -> HttpResponse:
    own = selectors.incident_of(access.workspace.pk, incident_id)
    last = selectors.last_review(own)
    first = {"text": last.text, "causes": last.causes} if last else {}
    context = {
        **frame(own, "review"),
        "last": last,
        "causes": [CAUSES[cause] for cause in last.causes] if last else [],
        "form": form or ReviewForm(initial=first),
        "action": typed or ActionForm(access),
        "actions": [
            {"row": one, "kind": ACTIONS[one.kind], "state": ACTION_STATES[one.state]}
            for one in selectors.actions(own)
        ],
    }
    refused = bool((form and form.errors) or (typed and typed.errors))
    return show(request, "incidents/review.html", context, status=400 if refused else 200)


urlpatterns = [
    path("<uuid:incident_id>/review/", review, name="incident-review"),
    path("<uuid:incident_id>/actions/", action, name="incident-action"),
    path("actions/<uuid:action_id>/end/", end, name="incident-action-end"),
]
