"""The tab of the statement: its parts, who signs it, what may not be claimed; and the facts to share."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.channels.selectors import connected
from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.core.messages import say
from breakwater.domain.errors import Invalid, NotFound
from breakwater.domain.statements import HOLDING, NEXT, PARTS, Finding, check, signer
from breakwater.incidents import extracts, selectors
from breakwater.incidents.models import Incident, Statement
from breakwater.incidents.services import pinning, saying
from breakwater.people.models import Language
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.asked import click, uuid
from breakwater.web.composing import language_name
from breakwater.web.incident_advice_words import said as said_of
from breakwater.web.incident_forms import people
from breakwater.web.incident_words import STATEMENT_KINDS
from breakwater.web.incidents import frame
from breakwater.web.page import FORM, POST, go, page, show

Said = str | Promise
LABELS = {
    "what": _("What happened"),
    "who": _("Who did it"),
    "when_where": _("When and where"),
    "how": _("How it came about"),
    "changes": _("What changes"),
    NEXT: _("When the next word comes"),
}
_ASKED = (("", _("not asked")), ("yes", _("yes")), ("no", _("no")))
_IS = {"yes": True, "no": False}
OTHER = {"en": "fr", "fr": "en"}
_EVENING = time(18, 0)


class StatementForm(forms.Form):
    of = forms.ChoiceField(
        label=_("What it translates"),
        help_text=_(
            "Its promises are not made twice, and what shows a break-in need not be said again."
        ),
        required=False,
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=list(STATEMENT_KINDS.items()))
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    channels = forms.MultipleChoiceField(
        label=_("Where"),
        help_text=_("The same channels as the fault."),
        widget=forms.CheckboxSelectMultiple,
    )
    what = forms.CharField(label=LABELS["what"], max_length=saying.PART_MAX)
    next = forms.CharField(
        label=LABELS[NEXT],
        help_text=_("For a holding line."),
        max_length=saying.PART_MAX,
        required=False,
    )
    who = forms.CharField(label=LABELS["who"], max_length=saying.PART_MAX, required=False)
    when_where = forms.CharField(
        label=LABELS["when_where"], max_length=saying.PART_MAX, required=False
    )
    how = forms.CharField(label=LABELS["how"], max_length=saying.PART_MAX, required=False)
    changes = forms.CharField(
        label=LABELS["changes"],
        help_text=_("A line for each promise: it becomes a task with a day."),
        max_length=saying.PART_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_at = forms.DateField(
        label=_("It has changed by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    author_willing = forms.ChoiceField(
        label=_("Does whoever made the mistake want to say it?"), choices=_ASKED, required=False
    )
    signer = forms.ChoiceField(label=_("Who signs it"), required=False)
    signer_named = forms.BooleanField(label=_("Their name stands in it"), required=False)
    proof = forms.CharField(
        label=_("What shows that somebody broke in"),
        help_text=_("Without it the statement may not say so. It is not published by itself."),
        max_length=saying.PROOF_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    as_thread = forms.BooleanField(label=_("One post for each part, as a thread"), required=False)
    alone = forms.BooleanField(
        label=_("If nobody else here can say yes: I have read it again and confirm it"),
        required=False,
    )

    def __init__(self, access: Access, incident: Incident, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._translating(selectors.statements(incident))
        places = [(str(one.pk), str(one)) for one in connected(access.workspace.pk)]
        self.fields["channels"].choices = places  # type: ignore[attr-defined]
        self.fields["signer"].choices = people(access, _("nobody by name"))  # type: ignore[attr-defined]
        at_fault = {str(one.channel_id) for one in selectors.subjects(incident)}
        self.initial.setdefault("channels", [pk for pk, _name in places if pk in at_fault])
        self.initial.setdefault("language", access.workspace.language)

    def _translating(self, rows: Sequence[Statement]) -> None:
        """What can be translated; and where one of it was chosen, all that is the same in both."""
        firsts = {str(one.pk): one for one in rows if one.of_id is None}
        if not firsts:
            del self.fields["of"]
            return
        choices = [("", _("nothing")), *((pk, named(one)) for pk, one in firsts.items())]
        self.fields["of"].choices = choices  # type: ignore[attr-defined]
        chosen = firsts.get(str(self.initial.get("of", "")))
        if chosen is not None:
            same = {
                "kind": chosen.kind, "language": OTHER[chosen.language],
                "signer": str(chosen.signer_id or ""), "signer_named": chosen.signer_named,
                "proof": saying.proof_of(chosen),
            }  # fmt: skip
            self.initial.update(same)

    def draft(self, zone: str) -> saying.Draft:
        typed = self.cleaned_data
        parts = (*PARTS, NEXT) if typed["kind"] == HOLDING else PARTS
        due = typed["due_at"]
        return saying.Draft(
            kind=typed["kind"], language=typed["language"],
            parts={part: typed[part] for part in parts},
            channels=tuple(UUID(one) for one in typed["channels"]),
            signer=UUID(typed["signer"]) if typed["signer"] else None,
            signer_named=typed["signer_named"], author_willing=_IS.get(typed["author_willing"]),
            proof=typed["proof"], alone=typed["alone"], as_thread=typed["as_thread"],
            of=UUID(typed["of"]) if typed.get("of") else None,
            due_at=datetime.combine(due, _EVENING, tzinfo=ZoneInfo(zone)) if due else None,
        )  # fmt: skip


@page(right=Right.RESPOND, methods=FORM)
def statement(request: HttpRequest, access: Access, incident_id: UUID) -> HttpResponse:
    """Those there are, and the form for one more. ?of=: the one that it translates, shown above it."""
    own = selectors.incident_of(access.workspace.pk, incident_id)
    wanted = request.GET.get("of", "")
    form = StatementForm(access, own, request.POST or None, initial={"of": wanted})
    if request.method == "POST" and form.is_valid() and _write(access, own, form):
        messages.success(request, _now("It waits for somebody’s yes, and leaves with it."))
        return go(request, "incident-statement", access.workspace.slug, own.pk)
    said = selectors.statements(own)
    context = {
        **frame(own, "statement"),
        "form": form,
        **_shown(said, request.POST.get("of", wanted)),
        "signers": [said_of(line) for line in _signer_lines(form, own)],
        "sealed": extracts.sealed(own),
    }
    status = 400 if form.errors else 200
    return show(request, "incidents/statement.html", context, status=status)


@page(right=Right.RESPOND)
def extract(_request: HttpRequest, access: Access, incident_id: UUID) -> HttpResponse:
    """The facts that can be shared: times, counts and digests; no text of anybody."""
    own = selectors.incident_of(access.workspace.pk, incident_id)
    text = "\n".join(extracts.lines(own))
    name = f"incident-{own.number}.txt"
    return HttpResponse(
        text + "\n",
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@page(right=Right.RESPOND, methods=POST)
def unpin(request: HttpRequest, access: Access, statement_id: UUID) -> HttpResponse:
    """It is not kept at the top of that account any more."""
    own = selectors.statement_of(access.workspace.pk, statement_id)
    channel_id = uuid(request.POST.get("channel"))
    if channel_id is None:
        raise NotFound(what="pin")
    pinning.unpin(access, own, channel_id, request=click(request.POST), now=clock.now())
    messages.success(request, _now("It is being unpinned."))
    return go(request, "incident-statement", access.workspace.slug, own.incident_id)


def _pins(said: list[Statement]) -> list[list[dict[str, Any]]]:
    """Of each statement the deliveries that pin it, each with a click that unpins it."""
    rows = {str(one.pk): one for one in pinning.pins_of(said)}
    return [
        [
            {"row": rows[one["pin"]], "undone": rows.get(one.get("unpin", "")), "request": new_id()}
            for one in statement.pinned
            if one.get("pin") in rows
        ]
        for statement in said
    ]


def named(one: Statement) -> str:
    return f"{STATEMENT_KINDS[one.kind]}, {language_name(one.language)}: {one.parts['what'][:60]}"


def _shown(rows: list[Statement], wanted: str) -> dict[str, Any]:
    """The statements, each first one with whether a translation is still to be written; and the parts
    of the one that is being translated."""
    there = {(one.of_id, one.language) for one in rows}
    of = next((one for one in rows if str(one.pk) == wanted and one.of_id is None), None)
    return {
        "statements": [
            {
                "row": one,
                "kind": STATEMENT_KINDS[one.kind],
                "language": language_name(one.language),
                "to_translate": one.of_id is None and (one.pk, OTHER[one.language]) not in there,
                "of": next((named(first) for first in rows if first.pk == one.of_id), ""),
                "pins": pins,
            }
            for one, pins in zip(rows, _pins(rows), strict=True)
        ],
        "translating": of,
        "parts": [(LABELS[part], of.parts[part]) for part in LABELS if of.parts.get(part)]
        if of
        else [],
    }


def _write(access: Access, own: Incident, form: StatementForm) -> bool:
    """Whether it was submitted; what stands in its way is said on the form."""
    draft = form.draft(access.workspace.zone)
    try:
        saying.write(access, own, draft, now=clock.now())
    except Invalid as error:
        if error.code == "statement_stops":
            for one in check(saying.words_of(draft)):
                form.add_error(one.part if one.part in form.fields else None, _said(one))
        elif error.code == "findings_stop":
            for found in error.data["findings"]:  # type: ignore[attr-defined]
                form.add_error(None, say(Invalid(code=found.code, **found.data)))
        else:
            field = error.field if error.field in form.fields else None
            form.add_error(field, say(error))
        return False
    return True


def _said(one: Finding) -> str:
    return say(Invalid(code=one.code, **(one.data or {})))


def _signer_lines(form: StatementForm, own: Incident) -> list[dict[str, str]]:
    willing = _IS.get(form.data.get("author_willing", "")) if form.is_bound else None
    found = signer(author_willing=willing, ours=own.kind != "hijack")
    return [
        {"code": one.code, "source": one.source, "strength": one.strength} for one in found.lines
    ]


urlpatterns = [
    path("<uuid:incident_id>/statement/", statement, name="incident-statement"),
    path("statements/<uuid:statement_id>/unpin/", unpin, name="incident-unpin"),
    path("<uuid:incident_id>/statement/facts.txt", extract, name="incident-facts"),
]
