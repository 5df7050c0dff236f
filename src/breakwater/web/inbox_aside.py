"""The lock-out folder: how much is in it, who can still see it on its network; never a word of it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from breakwater.core import clock
from breakwater.domain import walltime
from breakwater.domain.triage import Category
from breakwater.inbox import folder, grants, guard
from breakwater.inbox.folder import Held, Standing
from breakwater.inbox.models import Grant
from breakwater.inbox.selectors import Cut
from breakwater.inbox.services import aside, helping
from breakwater.inbox.services.aside import SetAside
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, with_right
from breakwater.web import inbox_words as words
from breakwater.web.forms import attempt
from breakwater.web.inbox_filters import cut_of, cut_text
from breakwater.web.inbox_panels import Panel, Sight
from breakwater.web.page import FORM, POST, go, page, show

PAGE = "inbox/folder.html"
STANDINGS: Mapping[Standing, tuple[str | Promise, str, str]] = {
    Standing.PUBLIC: (_("still public there"), "eye", "care"),
    Standing.CANNOT: (_("public: cannot be hidden there"), "eye", "care"),
    Standing.HIDING: (_("being hidden"), "loader", "sea"),
    Standing.HIDDEN: (_("hidden there"), "eye-off", "done"),
    Standing.PRIVATE: (_("only we can see it"), "lock", "idle"),
    Standing.GONE: (_("deleted there"), "trash-2", "idle"),
}
"""Word, sign and tone."""


class LendForm(forms.Form):
    """until: a day in the workspace's zone, to its end."""

    helper = forms.ChoiceField(label=_("Who helps?"))
    until = forms.DateField(
        label=_("Until the end of"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, access: Access, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = with_right(access.workspace.pk, Right.ANSWER)
        choices = [(str(one.pk), one.name) for one in colleagues if one.pk != access.person.pk]
        self.fields["helper"].choices = choices  # type: ignore[attr-defined]

    def lend(self, access: Access) -> Grant:
        end = walltime.end_of(self.cleaned_data["until"], access.workspace.zone)
        helper = UUID(self.cleaned_data["helper"])
        return helping.lend(access, helper, until=end, now=clock.now())


def aside_panel(sight: Sight) -> Panel | None:
    """Set it aside, or take it out. No query."""
    if not sight.access.may(Right.ANSWER) or not guard.may_set_aside(sight.thread):
        return None
    standing = None
    if sight.thread.state == "aside":
        standing = STANDINGS[folder.standing_of(sight.thread, sight.items, sight.answers)]
    elif sight.thread.state not in ("open", "snoozed"):
        return None
    return Panel("side", "inbox/aside.html", {"thread": sight.thread, "standing": standing})


@page(right=Right.SEE)
def listed(request: HttpRequest, access: Access) -> HttpResponse:
    return show(request, PAGE, _context(request, access, LendForm(access)))


@page(right=Right.ANSWER, methods=POST)
def one(request: HttpRequest, access: Access, thread_id: UUID) -> HttpResponse:
    _say(request, aside.set_aside(access, [thread_id], now=clock.now()))
    return go(request, "inbox-folder", access.workspace.slug)


@page(right=Right.ANSWER, methods=POST)
def offered(request: HttpRequest, access: Access) -> HttpResponse:
    """What nobody needs to read, unread, at most as many as go at once."""
    _say(request, aside.set_offered_aside(access, now=clock.now()))
    return go(request, "inbox-folder", access.workspace.slug)


@page(right=Right.ANSWER, methods=POST)
def out(request: HttpRequest, access: Access, thread_id: UUID) -> HttpResponse:
    aside.take_out(access, [thread_id], now=clock.now())
    return go(request, "inbox-thread", access.workspace.slug, thread_id)


@page(right=Right.ANSWER, methods=FORM)
def lend(request: HttpRequest, access: Access) -> HttpResponse:
    if request.method != "POST":
        return go(request, "inbox-folder", access.workspace.slug)
    form = LendForm(access, request.POST)
    if form.is_valid() and attempt(form, lambda: form.lend(access)) is not None:
        messages.success(
            request, _now("Lent. Your helper is told; what they open counts for them.")
        )
        return go(request, "inbox-folder", access.workspace.slug)
    return show(request, PAGE, _context(request, access, form), status=400)


@page(right=Right.ANSWER, methods=POST)
def revoke(request: HttpRequest, access: Access, grant_id: UUID) -> HttpResponse:
    helping.revoke(access, grant_id, now=clock.now())
    messages.success(request, _now("It has ended."))
    return go(request, "inbox-folder", access.workspace.slug)


def offer_of(access: Access) -> int:
    """How many conversations could be set aside unread. One query, none for who answers nobody."""
    return folder.offered(access.workspace.pk).count() if access.may(Right.ANSWER) else 0


def _say(request: HttpRequest, done: SetAside) -> None:
    said = ngettext(
        "%(n)s conversation is set aside, unread.", "%(n)s conversations are set aside, unread.",
        done.aside,
    ) % {"n": done.aside}  # fmt: skip
    if done.hiding:
        said += " " + ngettext(
            "%(n)s message is being hidden on its network.",
            "%(n)s messages are being hidden on their networks.", done.hiding,
        ) % {"n": done.hiding}  # fmt: skip
    messages.success(request, said)


def _context(request: HttpRequest, access: Access, form: LendForm) -> dict[str, Any]:
    now = clock.now()
    found = folder.held(access.workspace.pk, after=cut_of(request.GET))
    shown, more = found[: folder.PAGE], found[folder.PAGE :]
    counted = folder.counts(access.workspace.pk)
    return {
        "counts": [(words.CATEGORIES[one], words.ICONS[one], n) for one, n in counted.items()],
        "total": sum(counted.values()),
        "rows": [_row(held) for held in shown],
        "more": _after(shown[-1]) if more else "",
        "offer": offer_of(access),
        "grants": [
            (one, one.owner_id == access.person.pk) for one in grants.grants_of(access, now)
        ],
        "may": access.may(Right.ANSWER),
        "may_lend": access.may(Right.ANSWER) and bool(form.fields["helper"].choices),  # type: ignore[attr-defined]
        "form": form,
        "area": "inbox",
    }


def _row(held: Held) -> dict[str, Any]:
    category = Category(held.thread.category)
    return {
        "thread": held.thread,
        "title": words.ONE[category],
        "icon": words.ICONS[category],
        "standing": STANDINGS[held.standing],
    }


def _after(last: Held) -> str:
    return urlencode({"after": cut_text(Cut(last.thread.last_at, last.thread.pk))})


urlpatterns = [
    path("folder/", listed, name="inbox-folder"),
    path("folder/offered/", offered, name="inbox-aside-offered"),
    path("folder/lend/", lend, name="inbox-lend"),
    path("folder/lent/<uuid:grant_id>/end/", revoke, name="inbox-lent-end"),
    path("<uuid:thread_id>/aside/", one, name="inbox-aside"),
    path("<uuid:thread_id>/out/", out, name="inbox-take-out"),
]
