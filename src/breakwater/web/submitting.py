"""The step before submitting: exactly what will be sent, for a person to confirm."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from breakwater.channels.models import Channel
from breakwater.channels.selectors import channels
from breakwater.core import clock
from breakwater.core.messages import say
from breakwater.domain.errors import Forbidden, Invalid, StaleState
from breakwater.media.selectors import library
from breakwater.people.models import Policy
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.publishing.content import Content
from breakwater.publishing.lifecycle import EDITABLE
from breakwater.publishing.models import Post
from breakwater.publishing.previews import preview
from breakwater.publishing.selectors import policy_of, post_of
from breakwater.publishing.services import submit
from breakwater.web.approving import deciders, hands_if_submitted
from breakwater.web.page import FORM, go, page, show
from breakwater.web.problems import status_of
from breakwater.web.shown import Shown, as_frozen, as_written, pictured, weighed


@page(right=Right.WRITE, methods=FORM)
def check(request: HttpRequest, access: Access, post_id: UUID) -> HttpResponse:
    """Submitted exactly as it was shown, bound by its digest; or shown again with the reason."""
    post = post_of(access.workspace.pk, post_id)
    if request.method != "POST":
        if post.state not in EDITABLE:
            return go(request, "post", access.workspace.slug, post.pk)
        return _page(request, access, post)
    if not _may_submit(access, post):
        raise Forbidden(right=Right.SCHEDULE.value)
    digest = request.POST.get("digest", "")
    try:
        version = submit(post, by=access.person.pk, now=clock.now(), confirmed_digest=digest)
    except (Invalid, StaleState) as error:
        fresh = post_of(access.workspace.pk, post_id)
        return _page(request, access, fresh, say(error), status_of(error))
    if version.policy == Policy.NONE:
        messages.success(request, _("Confirmed. It leaves by itself at its time."))
    else:
        messages.success(request, _("Submitted. Those who may approve it have been told."))
    return go(request, "post", access.workspace.slug, post.pk)


def _unfrozen(access: Access, content: Content, rows: Sequence[Channel]) -> list[Shown]:
    assets = library(access.workspace.pk, pictured(content))
    return as_written(access.workspace.slug, content, rows, assets)


def _page(
    request: HttpRequest, access: Access, post: Post, problem: str = "", status: int = 200
) -> HttpResponse:
    slug = access.workspace.slug
    frozen = preview(post, now=clock.now())
    rows = list(channels(access.workspace.pk))
    parts = [(part.channel, part.payload) for part in frozen.parts]
    context = {
        "post": post,
        "problem": problem,
        "shown": as_frozen(slug, parts) if parts else _unfrozen(access, frozen.content, rows),
        **weighed(frozen.report, rows),
        "digest": frozen.digest,
        "planned": frozen.planned,
        "alone": policy_of(post, access.person.pk) == Policy.NONE,
        "may_submit": _may_submit(access, post),
        "deciders": [str(one) for one in deciders(access, hands_if_submitted(access, post))],
        "area": "calendar",
    }
    return show(request, "publishing/check.html", context, status=status)


def _may_submit(access: Access, post: Post) -> bool:
    """Without approvals, submitting is planning: that is a right of its own."""
    return policy_of(post, access.person.pk) != Policy.NONE or access.may(Right.SCHEDULE)
