"""What calls to paid networks cost this month, and what the workspace wants to spend at most."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.channels.bills import Bill, bill_of, bills, next_month
from breakwater.channels.services import set_cap
from breakwater.core import clock
from breakwater.core.money import MICROS, dollars
from breakwater.domain.errors import NotFound
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.web.call_words import call_word
from breakwater.web.forms import attempt
from breakwater.web.manifest_words import translated
from breakwater.web.page import FORM, go, page, show

PAGE = "costs/costs.html"


class CapForm(forms.Form):
    """An empty amount takes the cap away."""

    micros = forms.DecimalField(
        label=_("At most in a month, in US dollars"),
        help_text=_("Empty: no end. 0: nothing that costs money is called."),
        required=False,
        max_digits=9,
        decimal_places=2,
        localize=True,
    )

    def wish(self) -> int | None:
        """In millionths of a dollar; None for no cap."""
        amount: Decimal | None = self.cleaned_data["micros"]
        return None if amount is None else int(amount * MICROS)


@dataclass(frozen=True)
class Shown:
    """A bill in words. lines: (call, how often, what that cost)."""

    slug: str
    name: str
    spent: str
    cap: str
    left: str
    bill: Bill
    lines: tuple[tuple[str, int, str], ...]
    form: CapForm


@page(right=Right.SEE)
def costs(request: HttpRequest, access: Access) -> HttpResponse:
    return show(request, PAGE, _context(access))


@page(right=Right.INVITE, methods=FORM)
def cap(request: HttpRequest, access: Access, network: str) -> HttpResponse:
    """The cap is what was typed, or the page says what was wrong with it."""
    if bill_of(access.workspace.pk, network, now=clock.now()) is None:
        raise NotFound(what="network")
    if request.method != "POST":
        return go(request, "costs", access.workspace.slug)
    form = CapForm(request.POST, prefix=network)
    if form.is_valid() and attempt(form, lambda: _set(access, network, form)):
        messages.success(request, _now("Saved."))
        return go(request, "costs", access.workspace.slug)
    return show(request, PAGE, _context(access, {network: form}), status=400)


def shown(bill: Bill, form: CapForm | None = None) -> Shown:
    slug = bill.manifest.slug
    first = {"micros": Decimal(bill.cap) / MICROS if bill.cap is not None else None}
    return Shown(
        slug=slug,
        name=translated(bill.manifest.name),
        spent=dollars(bill.micros),
        cap="" if bill.cap is None else dollars(bill.cap),
        left="" if bill.left is None else dollars(bill.left),
        bill=bill,
        lines=tuple((call_word(one.call), one.calls, dollars(one.micros)) for one in bill.items),
        form=form or CapForm(prefix=slug, initial=first),
    )


def _set(access: Access, network: str, form: CapForm) -> bool:
    set_cap(
        workspace_id=access.workspace.pk,
        network=network,
        micros=form.wish(),
        by=access.person.pk,
        now=clock.now(),
    )
    return True


def _context(access: Access, typed: dict[str, CapForm] | None = None) -> dict[str, Any]:
    now = clock.now()
    may_cap = access.may(Right.INVITE)
    return {
        "bills": [
            shown(one, (typed or {}).get(one.manifest.slug))
            for one in bills(access.workspace.pk, now=now)
        ],
        "month": now,
        "anew": next_month(now),
        "may_cap": may_cap,
        "area": "settings" if may_cap else "channels",
    }


urlpatterns = [
    path("", costs, name="costs"),
    path("<slug:network>/cap/", cap, name="cost-cap"),
]
