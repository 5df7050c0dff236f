"""API tokens of a workspace: made, shown once, taken back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.people.models import ApiToken
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, api_tokens
from breakwater.people.services import create_token, revoke_token
from breakwater.web.forms import attempt
from breakwater.web.page import FORM, POST, go, page, show

RIGHT_WORDS: dict[str, str | Promise] = {
    Right.SEE: _("see the calendar, posts and deliveries"),
    Right.WRITE: _("write and submit posts"),
    Right.SCHEDULE: _("plan, move and cancel posts"),
    Right.APPROVE: _("approve posts, in your name"),
    Right.ANSWER: _("answer people, and hide, like, mute or report"),
    Right.TAKE_DOWN: _("delete on the networks"),
    Right.PAUSE: _("pause everything"),
    Right.RESUME: _("let things leave again after a pause"),
    Right.RESPOND: _("respond to alarms and lead incidents"),
    Right.CONNECT: _("connect channels"),
    Right.INVITE: _("manage people and settings"),
    Right.AUDIT: _("read the audit trail"),
    Right.INSTALLATION: _("change the installation's own keys at the networks"),
}


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("What is it for?"), help_text=_("So that you know it again."), max_length=100
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"), widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(
        label=_("How long does it work?"),
        coerce=int,
        choices=[
            (30, _("30 days")),
            (90, _("90 days")),
            (365, _("a year")),
            (0, _("until taken back")),
        ],
        initial=90,
    )

    def __init__(self, *args: Any, by: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["scopes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(right, word) for right, word in RIGHT_WORDS.items() if right in by.rights]


@dataclass(frozen=True)
class Shown:
    """A token as the list shows it; its rights in words."""

    row: ApiToken
    rights: list[str | Promise]


@page(right=Right.INVITE, methods=FORM)
def tokens(request: HttpRequest, access: Access) -> HttpResponse:
    """The tokens that still work, and a new one. The new secret is only on the answer to its form."""
    form = TokenForm(request.POST or None, by=access, initial={"scopes": [Right.SEE]})
    secret = ""
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: _make(access, form.cleaned_data, clock.now()))
        if made is not None:
            secret, form = made[1], TokenForm(by=access, initial={"scopes": [Right.SEE]})
    context = {
        "tokens": _alive(access, clock.now()),
        "form": form,
        "secret": secret,
        "area": "settings",
    }
    return show(request, "people/tokens.html", context, status=400 if form.errors else 200)


@page(right=Right.INVITE, methods=POST)
def revoke(request: HttpRequest, access: Access, token_id: UUID) -> HttpResponse:
    revoke_token(access, token_id, now=clock.now())
    messages.success(request, _now("The token no longer works."))
    return go(request, "tokens", access.workspace.slug)


def _make(access: Access, data: dict[str, Any], now: datetime) -> tuple[ApiToken, str]:
    return create_token(
        access,
        name=data["name"],
        scopes=data["scopes"],
        now=now,
        expires_at=now + timedelta(days=data["days"]) if data["days"] else None,
        with_approve=Right.APPROVE in data["scopes"],
    )


def _alive(access: Access, now: datetime) -> list[Shown]:
    return [
        Shown(row, [RIGHT_WORDS.get(scope, scope) for scope in row.scopes])
        for row in api_tokens(access.workspace.pk)
        if row.revoked_at is None and (row.expires_at is None or row.expires_at > now)
    ]
