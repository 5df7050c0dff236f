"""Deciding something about all of a pile: what will happen is said first, then it is done by and by."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.domain.errors import NotFound
from breakwater.inbox import desk, pile_selectors
from breakwater.inbox.models import Pile, PileDeed
from breakwater.inbox.services import pile_deeds as deeds
from breakwater.inbox.services.pile_deeds import Wish
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web import inbox_pile_words as words
from breakwater.web.forms import attempt
from breakwater.web.inbox_piles import exception
from breakwater.web.page import FORM, POST, go, page, show
from breakwater.wellbeing.selectors import shield_of

_ALL, _EACH = "all", "each"


class DeedForm(forms.Form):
    """request: of this page, so that two clicks are one. upto: what its reader could know of."""

    deed = ""
    request = forms.UUIDField(widget=forms.HiddenInput)
    upto = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    also = forms.TypedMultipleChoiceField(coerce=UUID, required=False)

    def __init__(self, access: Access, pile: Pile, data: Any = None, **rest: Any) -> None:
        super().__init__(data, **rest)
        self.access = access
        self.pile = pile
        shield = shield_of(access.person, access.workspace.pk)
        self.exceptions = [exception(row, shield) for row in pile_selectors.exceptions_of(pile)]
        self.able = [str(one["thread"].pk) for one in self.exceptions if one["may_go_along"]]
        field = self.fields["also"]
        field.choices = [(one, one) for one in self.able]  # type: ignore[attr-defined]

    @property
    def ticked(self) -> list[str]:
        """Which exceptions are picked on the form as it stands."""
        return list(self["also"].value() or [])

    def begin(self) -> PileDeed:
        said = self.cleaned_data
        wish = Wish(
            self.deed, also=said["also"], upto=said["upto"], text=said.get("text", ""),
            language=_language(self.pile), one_each=said.get("whom") == _EACH,
            label_id=UUID(said["label"]) if said.get("label") else None, why=said.get("why", ""),
        )  # fmt: skip
        return deeds.begin(
            self.access, self.pile.pk, wish, request=said["request"], now=clock.now()
        )


class AnswerForm(DeedForm):
    deed = deeds.ANSWER
    text = forms.CharField(label=_("Your answer"), widget=forms.Textarea(attrs={"rows": 5}))
    whom = forms.ChoiceField(
        label=_("Who gets it?"),
        widget=forms.RadioSelect,
        choices=[
            (_ALL, _("Each conversation")),
            (_EACH, _("Each person once, even if they wrote more than once")),
        ],
        initial=_ALL,
    )


class HideForm(DeedForm):
    deed = deeds.HIDE
    why = forms.CharField(
        label=_("Why is this hidden?"),
        help_text=_(
            "Criticism is not hidden without a reason. It is kept on record, with your name."
        ),
        max_length=500,
    )


class LabelForm(DeedForm):
    deed = deeds.LABEL
    label = forms.ChoiceField(label=_("Which label?"))

    def __init__(self, access: Access, pile: Pile, data: Any = None, **rest: Any) -> None:
        super().__init__(access, pile, data, **rest)
        known = desk.labels_of(access.workspace.pk)
        field = self.fields["label"]
        field.choices = [(str(one.pk), one.name) for one in known]  # type: ignore[attr-defined]


class DismissForm(DeedForm):
    deed = deeds.DISMISS


FORMS: dict[str, type[DeedForm]] = {
    one.deed: one for one in (AnswerForm, HideForm, LabelForm, DismissForm)
}


@page(right=Right.ANSWER, methods=FORM)
def decide(request: HttpRequest, access: Access, pile_id: UUID, deed: str) -> HttpResponse:
    """How many of what, and where it cannot be done; then it is under way."""
    if deed not in FORMS:
        raise NotFound(what="deed")
    found = pile_selectors.to_decide(access.workspace.pk, pile_id)
    pile, fresh = found.pile, {"request": new_id(), "upto": found.upto}
    form = FORMS[deed](access, pile, request.POST or None, initial=fresh)
    made = attempt(form, form.begin) if request.method == "POST" and form.is_valid() else None
    if made is not None:
        messages.success(request, _begun(made))
        return go(request, "inbox-pile", access.workspace.slug, pile.pk)
    asks = deed == deeds.ANSWER and found.asks
    context = {**_reach(pile, deed), "form": form, "pile": pile, "asks": asks, "area": "inbox"}
    return show(request, "inbox/pile-decide.html", context, status=400 if form.errors else 200)


@page(right=Right.ANSWER, methods=POST)
def stop(request: HttpRequest, access: Access, deed_id: UUID) -> HttpResponse:
    row = deeds.stop(access, deed_id, now=clock.now())
    messages.success(request, _now("It is stopped. What was done until now stays done."))
    return go(request, "inbox-pile", access.workspace.slug, row.pile_id)


def _begun(made: PileDeed) -> str:
    if made.state == deeds.PROPOSED:
        return _now("It waits for somebody else's yes.")
    return _now("It is under way. How far it is stands below.")


def _reach(pile: Pile, deed: str) -> dict[str, Any]:
    channels = words.reach(deed, pile_selectors.channels_of(pile))
    talks = sum(one.talks for one in channels)
    return {
        "title": words.TITLES[deed],
        "label": words.label(pile),
        "icon": words.ICONS[deed],
        "channels": channels,
        "able": talks - sum(one.unable for one in channels),
        "people": pile_selectors.people_of(pile),
        "most": deeds.MOST,
        "sends": deed in (deeds.ANSWER, deeds.HIDE),
    }


def _language(pile: Pile) -> str:
    """That of most of its messages."""
    known = {code: n for code, n in pile.counts.get("languages", {}).items() if code != "und"}
    return max(known, key=lambda code: known[code], default="")


urlpatterns = [
    path("piles/<uuid:pile_id>/<slug:deed>/", decide, name="inbox-pile-decide"),
    path("pile-deeds/<uuid:deed_id>/stop/", stop, name="inbox-pile-stop"),
]
