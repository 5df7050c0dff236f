"""The aid "delete or leave": what is known is asked, advice is given, and a person decides and signs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.domain.decisions import Facts, advise
from breakwater.hygiene.selectors import negligence
from breakwater.incidents import selectors
from breakwater.incidents.models import Advice, Incident
from breakwater.incidents.services import deciding
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.forms import attempt
from breakwater.web.incident_advice_words import (
    CLUSTERS,
    HARMS,
    MINORS,
    ORIGINS,
    PRESSED,
    REPUTATIONS,
    RESPONSES,
    STEPS,
    said,
)
from breakwater.web.incident_forms import VerdictForm
from breakwater.web.incident_words import DECISIONS, OUTCOMES
from breakwater.web.incidents import frame
from breakwater.web.page import FORM, POST, go, page, show

_KNOWN = (("", _("nobody knows")), ("yes", _("yes")), ("no", _("no")))
_IS = {"yes": True, "no": False}


class AidForm(forms.Form):
    """What the advice is worked out from."""

    origin = forms.ChoiceField(
        label=_("Where it comes from"), choices=list(ORIGINS.items()), widget=forms.RadioSelect
    )
    harm = forms.MultipleChoiceField(
        label=_("What is wrong with it"),
        choices=list(HARMS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    minors = forms.ChoiceField(label=_("Minors"), choices=list(MINORS.items()))
    captured = forms.ChoiceField(
        label=_("Has somebody else captured it?"), choices=_KNOWN, required=False
    )
    evident = forms.ChoiceField(
        label=_("Can everybody see that it is not from us?"), choices=_KNOWN, required=False
    )
    kept = forms.ChoiceField(
        label=_("Was the access well kept?"),
        help_text=_("A password of its own, known to few, and a second factor."),
        choices=_KNOWN,
        required=False,
    )
    history = forms.BooleanField(label=_("Something like it happened before"), required=False)
    reputation = forms.ChoiceField(
        label=_("Our name before it"), choices=list(REPUTATIONS.items()), initial="neutral"
    )
    pressed_by = forms.ChoiceField(
        label=_("Who asks for it to go"), choices=list(PRESSED.items()), required=False
    )

    def facts(self, age_min: int) -> Facts:
        typed = self.cleaned_data
        kept = {"yes": frozenset[str](), "no": frozenset({"said_here"})}
        return Facts(
            origin=typed["origin"], harm=frozenset(typed["harm"]), minors=typed["minors"],
            captured_elsewhere=_IS.get(typed["captured"]), evident=_IS.get(typed["evident"]),
            history=typed["history"], reputation=typed["reputation"],
            negligence=kept.get(typed["kept"]), age_min=age_min,
            pressed_by=typed["pressed_by"] or "nobody",
        )  # fmt: skip


@page(right=Right.RESPOND, methods=FORM)
def decide(request: HttpRequest, access: Access, incident_id: UUID) -> HttpResponse:
    """The questions; what was last advised; the decisions so far."""
    own, now = selectors.incident_of(access.workspace.pk, incident_id), clock.now()
    form = AidForm(request.POST or None, initial=_first(own, now))
    if request.method == "POST" and form.is_valid():
        facts = form.facts(_age_min(own, now))
        if attempt(form, lambda: deciding.ask(access, own, facts, now=now)):
            return go(request, "incident-decide", access.workspace.slug, own.pk)
    status = 400 if form.errors else 200
    return show(request, "incidents/decide.html", _context(own, form), status=status)


@page(right=Right.RESPOND, methods=POST)
def sign(request: HttpRequest, access: Access, incident_id: UUID, advice_id: UUID) -> HttpResponse:
    """The decision, with a name and a reason; a refusal is said on the page."""
    own, now = selectors.incident_of(access.workspace.pk, incident_id), clock.now()
    form = VerdictForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        signed = attempt(
            form,
            lambda: deciding.decide(access, advice_id, typed["decision"], typed["why"], now=now),
        )
        if signed:
            messages.success(request, _now("Signed. It is in the timeline."))
            return go(request, "incident-decide", access.workspace.slug, own.pk)
    context = {**_context(own, AidForm(initial=_first(own, now))), "verdict": form}
    return show(request, "incidents/decide.html", context, status=400)


def _context(own: Incident, form: AidForm) -> dict[str, Any]:
    last = selectors.last_advice(own)
    return {
        **frame(own, "decide"),
        "form": form,
        "advice": _shown(last) if last else None,
        "verdict": VerdictForm(),
        "verdicts": [
            {
                "row": one,
                "decision": DECISIONS[one.decision],
                "advice": OUTCOMES[one.advice.outcome],
            }
            for one in selectors.verdicts(own)
        ],
    }


def _shown(row: Advice) -> dict[str, Any]:
    """As it was said then; the steps and responses follow from the same facts."""
    again = advise(_facts(row.inputs))
    return {
        "row": row,
        "outcome": OUTCOMES[row.outcome],
        "cluster": CLUSTERS[row.cluster],
        "lines": [said(line) for line in row.lines],
        "responses": [RESPONSES[code] for code in again.responses],
        "steps": [STEPS[code] for code in again.steps],
    }


def _facts(inputs: dict[str, Any]) -> Facts:
    kept = inputs["negligence"]
    return Facts(
        **{
            **inputs,
            "harm": frozenset(inputs["harm"]),
            "negligence": None if kept is None else frozenset(kept),
        }
    )


def _first(own: Incident, now: datetime) -> dict[str, Any]:
    """What is known already: how access to its channels was kept, as people said it before."""
    channels = {one.channel_id: one.channel for one in selectors.subjects(own)}
    known = [negligence(one, now.date()) for one in channels.values()]
    if not known or not all(one.said_at for one in known):
        return {}
    return {"kept": "no" if any(one.facts for one in known) else "yes"}


def _age_min(own: Incident, now: datetime) -> int:
    return max(0, int((now - own.began_at).total_seconds() // 60))


urlpatterns = [
    path("<uuid:incident_id>/decide/", decide, name="incident-decide"),
    path("<uuid:incident_id>/decide/<uuid:advice_id>/", sign, name="incident-sign"),
]
