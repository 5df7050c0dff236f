"""Approving: the decision on what the page showed, and taking it back."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from breakwater.core import clock
from breakwater.core.messages import say
from breakwater.delivery.models import Delivery
from breakwater.domain.errors import Forbidden, Invalid, NotFound, StaleState
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.publishing import services
from breakwater.publishing.models import Version
from breakwater.publishing.selectors import (
    decisions_of,
    deliveries_of,
    post_of,
    version_of,
)
from breakwater.publishing.stopping import begun, to_stop
from breakwater.web.page import FORM, POST, go, page
from breakwater.web.post_page import confirm, post_page
from breakwater.web.problems import status_of


@page(right=Right.APPROVE, methods=POST)
def decide(request: HttpRequest, access: Access, post_id: UUID) -> HttpResponse:
    """Yes or no to the version that the page showed; a refusal is said on the page as it is now,
    with the comment still in its field."""
    version = _version(request, access, post_id)
    approved = request.POST.get("answer") == "yes"
    comment = request.POST.get("comment", "")
    try:
        services.decide(
            version,
            by=access.person.pk,
            approved=approved,
            digest=request.POST.get("digest", ""),
            comment=comment,
            now=clock.now(),
        )
    except (Invalid, StaleState, Forbidden) as error:
        post = post_of(access.workspace.pk, post_id)
        where = "comment_problem" if error.data.get("field") == "comment" else "problem"
        said = {where: say(error), "comment": comment}
        return post_page(request, access, post, said, status=status_of(error))
    if approved:
        messages.success(request, _("Approved. It leaves by itself at its time."))
    else:
        messages.success(request, _("It is a draft again, and its author has your comment."))
    return go(request, "post", access.workspace.slug, post_id)


@page(right=Right.APPROVE, methods=FORM)
def revoke(request: HttpRequest, access: Access, post_id: UUID, decision_id: UUID) -> HttpResponse:
    post = post_of(access.workspace.pk, post_id)
    decision = decisions_of(post).filter(pk=decision_id).first()
    if decision is None:
        raise NotFound(what="decision")
    if request.method != "POST":
        rows = deliveries_of(post)
        return confirm(
            request,
            access,
            post,
            title=_("Take the approval back?"),
            sentence=_consequence(rows),
            deed=_("Take it back"),
            more={"blocked": not to_stop(rows)},
        )
    try:
        after = services.revoke_approval(decision, by=access.person.pk, now=clock.now())
    except (StaleState, Forbidden) as error:
        post = post_of(access.workspace.pk, post_id)
        return post_page(request, access, post, {"problem": say(error)}, status=status_of(error))
    if after.state == "draft":
        messages.success(request, _("The approval is taken back. Nothing leaves."))
    else:
        messages.warning(
            request,
            _("The approval is taken back. What had not begun is stopped; look at the rest."),
        )
    return go(request, "post", access.workspace.slug, post.pk)


def _consequence(rows: Sequence[Delivery]) -> str:
    """What taking the approval back would do."""
    stopped, stays = to_stop(rows), begun(rows)
    if not stopped:
        return _("Nothing is left to stop: none of it waits to leave any more.")
    if not stays:
        return _("Nothing of it leaves, and the post is a draft again.")
    return _(
        "It no longer leaves for %(stopped)s. On %(stays)s it is out or leaving, and that stays "
        "as it is, so the post does not become a draft again."
    ) % {"stopped": _channels(stopped), "stays": _channels(stays)}


def _channels(rows: Sequence[Delivery]) -> str:
    return ", ".join(sorted({str(row.channel) for row in rows}))


def _version(request: HttpRequest, access: Access, post_id: UUID) -> Version:
    try:
        version = version_of(access.workspace.pk, UUID(request.POST.get("version", "")))
    except ValueError as error:
        raise NotFound(what="version") from error
    if version.post_id != post_id:
        raise NotFound(what="version")
    return version
