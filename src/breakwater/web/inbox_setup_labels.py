"""A workspace's own labels: made, renamed, removed."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.inbox import desk
from breakwater.inbox.models import Label
from breakwater.inbox.services import labels as services
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.forms import attempt
from breakwater.web.page import FORM, POST, go, page, show

PAGE = "inbox/setup-labels.html"
TONES = (
    ("idle", _("stone")), ("sea", _("sea")), ("done", _("green")), ("care", _("amber")),
    ("ask", _("violet")),
)  # fmt: skip


class LabelForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=services.LONGEST)
    tone = forms.ChoiceField(label=_("Colour"), choices=TONES, required=False)

    def add(self, access: Access) -> Label:
        said = self.cleaned_data
        return services.add_label(access, said["name"], said["tone"] or "idle", now=clock.now())

    def change(self, access: Access, label_id: UUID) -> Label:
        said = self.cleaned_data
        tone = said["tone"] or "idle"
        return services.change_label(access, label_id, said["name"], tone, now=clock.now())


@page(right=Right.INVITE, methods=FORM)
def labels(request: HttpRequest, access: Access) -> HttpResponse:
    """The list, and a form for one more."""
    form = LabelForm(request.POST or None)
    ready = request.method == "POST" and form.is_valid()
    if ready and attempt(form, lambda: form.add(access)) is not None:
        messages.success(request, _now("The label is there."))
        return go(request, "inbox-setup-labels", access.workspace.slug)
    return show(request, PAGE, _context(access, form), status=400 if form.errors else 200)


@page(right=Right.INVITE, methods=FORM)
def change(request: HttpRequest, access: Access, label_id: UUID) -> HttpResponse:
    row = desk.label_of(access.workspace.pk, label_id)
    form = LabelForm(request.POST or None, initial={"name": row.name, "tone": row.tone})
    ready = request.method == "POST" and form.is_valid()
    if ready and attempt(form, lambda: form.change(access, label_id)) is not None:
        messages.success(request, _now("The label is changed."))
        return go(request, "inbox-setup-labels", access.workspace.slug)
    context = {**_context(access, form), "changed": row}
    return show(request, PAGE, context, status=400 if form.errors else 200)


@page(right=Right.INVITE, methods=POST)
def remove(request: HttpRequest, access: Access, label_id: UUID) -> HttpResponse:
    services.remove_label(access, label_id, now=clock.now())
    messages.success(request, _now("The label is gone, and from all that had it."))
    return go(request, "inbox-setup-labels", access.workspace.slug)


def _context(access: Access, form: LabelForm) -> dict[str, Any]:
    return {"labels": desk.labels_of(access.workspace.pk), "form": form, "area": "inbox"}


urlpatterns = [
    path("", labels, name="inbox-setup-labels"),
    path("<uuid:label_id>/", change, name="inbox-setup-label"),
    path("<uuid:label_id>/remove/", remove, name="inbox-setup-label-remove"),
]
