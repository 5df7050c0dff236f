"""The people of a workspace: who they are, what they may do, inviting and leaving."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.notices.services import mail_invitation
from breakwater.people import selectors
from breakwater.people.models import Invitation
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access
from breakwater.people.services import change_role, invite, remove_member, revoke_invitation
from breakwater.web.forms import attempt
from breakwater.web.page import FORM, POST, go, page, show

ROLES = [
    (Role.AUTHOR, _("author: writes and plans")),
    (Role.APPROVER, _("approver: also approves, and takes down")),
    (Role.MANAGER, _("manager: everything, channels and people too")),
    (Role.OWNER, _("owner: as a manager, and makes other owners")),
    (Role.AGENT, _("agent: writes, does not plan")),
    (Role.AGENCY, _("agency: writes from outside, does not plan")),
    (Role.VIEWER, _("viewer: reads")),
]


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, by: Access, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = roles_for(by)


def roles_for(by: Access) -> list[tuple[str, object]]:
    """The roles that this person may give: only owners make owners."""
    return [(role, word) for role, word in ROLES if role != Role.OWNER or by.role == Role.OWNER]


@page(right=Right.SEE)
def members(request: HttpRequest, access: Access) -> HttpResponse:
    return _members(request, access, InviteForm(by=access, initial={"role": Role.AUTHOR}))


@page(right=Right.INVITE, methods=POST)
def send_invitation(request: HttpRequest, access: Access) -> HttpResponse:
    """The invitation; its link is shown on the answer and nowhere else ever again."""
    form = InviteForm(request.POST, by=access)
    if not form.is_valid():
        return _members(request, access, form)
    made = attempt(form, lambda: invite(access, **form.cleaned_data, now=clock.now()))
    if made is None:
        return _members(request, access, form)
    invitation, token = made
    fresh = InviteForm(by=access, initial={"role": Role.AUTHOR})
    return _members(request, access, fresh, _link(invitation, token))


@page(right=Right.INVITE, methods=POST)
def role(request: HttpRequest, access: Access, person_id: UUID) -> HttpResponse:
    change_role(access, person_id, request.POST.get("role", ""), now=clock.now())
    messages.success(request, _now("The role is changed."))
    return go(request, "members", access.workspace.slug)


@page(right=Right.INVITE, methods=FORM)
def remove(request: HttpRequest, access: Access, person_id: UUID) -> HttpResponse:
    if request.method == "POST":
        remove_member(access, person_id, now=clock.now())
        messages.success(request, _now("Removed. Their access is over."))
        return go(request, "members", access.workspace.slug)
    context = {
        "title": _now("Remove this person?"),
        "sentence": _now("They lose their access at once. What they wrote and planned stays."),
        "deed": _now("Remove"),
    }
    return _question(request, access, context)


@page(right=Right.SEE, methods=FORM)
def leave(request: HttpRequest, access: Access) -> HttpResponse:
    """Anybody may go; the last owner cannot, which the service says."""
    if request.method == "POST":
        remove_member(access, access.person.pk, now=clock.now())
        messages.success(request, _now("You have left the workspace."))
        return go(request, "home")
    context = {
        "title": _now("Leave this workspace?"),
        "sentence": _now(
            "You lose your access at once. What you wrote and planned stays. "
            "To come back you need an invitation."
        ),
        "deed": _now("Leave"),
    }
    return _question(request, access, context)


@page(right=Right.INVITE, methods=POST)
def revoke(request: HttpRequest, access: Access, invitation_id: UUID) -> HttpResponse:
    revoke_invitation(access, invitation_id, now=clock.now())
    messages.success(request, _now("The invitation no longer works."))
    return go(request, "members", access.workspace.slug)


def _members(
    request: HttpRequest, access: Access, form: InviteForm, link: dict[str, object] | None = None
) -> HttpResponse:
    may_invite = access.may(Right.INVITE)
    waiting = selectors.open_invitations(access.workspace.pk, clock.now()) if may_invite else []
    context = {
        "members": selectors.members(access.workspace.pk),
        "invitations": waiting,
        "may_invite": may_invite,
        "roles": Role.choices,
        "form": form,
        "area": "people",
        **(link or {}),
    }
    return show(request, "people/members.html", context, status=400 if form.errors else 200)


def _link(invitation: Invitation, token: str) -> dict[str, object]:
    path = reverse("invitation", args=[token])
    return {
        "link": f"{settings.PUBLIC_URL}{path}",
        "invited": invitation.email,
        "mailed": mail_invitation(invitation, path),
    }


def _question(request: HttpRequest, access: Access, context: dict[str, str]) -> HttpResponse:
    back = reverse("members", args=[access.workspace.slug])
    return show(request, "people/confirm.html", {**context, "back": back, "area": "people"})
