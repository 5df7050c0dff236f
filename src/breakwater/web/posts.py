"""A post's page, and what is done with it: opened again, moved, cancelled, sent, taken down."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from breakwater.core import clock
from breakwater.core.messages import say
from breakwater.domain.errors import Forbidden, Invalid, Problem, StaleState
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.publishing import services
from breakwater.publishing.models import Post
from breakwater.publishing.pricing import cost_of_deleting
from breakwater.publishing.selectors import can_take_down, deliveries_of, post_of
from breakwater.web.composing import revision_of
from breakwater.web.page import FORM, go, page, show
from breakwater.web.post_page import confirm, post_page, stamp_of, to_take_down
from breakwater.web.problems import status_of
from breakwater.web.refusals import why_not
from breakwater.web.shown import weighed


class Does(Protocol):
    def __call__(self, post: Post, /, *, by: UUID, now: datetime) -> object: ...


@dataclass(frozen=True)
class Deed:
    """A deed that is asked about first. name: of its address."""

    name: str
    title: str | Promise
    sentence: str | Promise
    word: str | Promise
    done: str | Promise
    does: Does
    danger: bool = True


REOPEN = Deed(
    "post-reopen",
    _("Change this post?"),
    _(
        "It becomes a draft again. An approval is void, nothing leaves at the planned time, and "
        "it has to be submitted once more."
    ),
    _("Make it a draft"),
    _("It is a draft again. Submit it when it is ready."),
    services.reopen,
    danger=False,
)
CANCEL = Deed(
    "post-cancel",
    _("Cancel this post?"),
    _("Nothing of it will leave. Text and pictures are kept, and it can be opened again."),
    _("Cancel the post"),
    _("Cancelled. Nothing of it will leave."),
    services.cancel,
)
SEND_NOW = Deed(
    "post-send-now",
    _("Send it now?"),
    _(
        "What still waits leaves at once instead of at its planned time. This is a decision in "
        "your name, and it cannot be called back from here; it can be taken down where the "
        "network allows it."
    ),
    _("Send now"),
    _("It is on its way. This page shows how it goes."),
    services.send_now,
    danger=False,
)
TAKE_DOWN = Deed(
    "post-take-down",
    _("Take it down?"),
    _("It is deleted on the network, and we look there until it is gone. Copies that others made stay."),
    _("Take down"),
    _("It is being deleted. This page shows when it is gone."),
    services.take_down_post,
)  # fmt: skip


@page(right=Right.SEE)
def post(request: HttpRequest, access: Access, post_id: UUID) -> HttpResponse:
    """The page; for its own polling only what changes, or 204 when nothing did."""
    own = post_of(access.workspace.pk, post_id)
    seen = request.GET.get("seen") if getattr(request, "htmx", False) else None
    if seen and seen == stamp_of(own, deliveries_of(own)):
        return HttpResponse(status=204)
    return post_page(request, access, own)


@page(right=Right.WRITE, methods=FORM)
def reopen(request: HttpRequest, access: Access, post_id: UUID) -> HttpResponse:
    """What is planned is opened by those who may plan; what only waits, by those who may write."""
    own = post_of(access.workspace.pk, post_id)
    if own.state in ("approved", "scheduled") and not access.may(Right.SCHEDULE):
        raise Forbidden(right=Right.SCHEDULE.value, role=access.role)
    return _deed(request, access, own, REOPEN, then="post-edit")


@page(right=Right.SCHEDULE, methods=FORM)
def cancel(request: HttpRequest, access: Access, post_id: UUID) -> HttpResponse:
    return _deed(request, access, post_of(access.workspace.pk, post_id), CANCEL)


@page(right=Right.SCHEDULE, methods=FORM)
def send_now(request: HttpRequest, access: Access, post_id: UUID) -> HttpResponse:
    return _deed(request, access, post_of(access.workspace.pk, post_id), SEND_NOW)


@page(right=Right.TAKE_DOWN, methods=FORM)
def take_down(request: HttpRequest, access: Access, post_id: UUID) -> HttpResponse:
    """Which networks can delete and which cannot, and what it costs, is said before the click."""
    own = post_of(access.workspace.pk, post_id)
    out = to_take_down(deliveries_of(own))
    able = [row for row in out if can_take_down(row)]
    costs = cost_of_deleting(access.workspace.pk, [row.channel for row in able], clock.now())
    more = {
        "able": able,
        "unable": [row for row in out if row not in able],
        "blocked": not able,
        **weighed(costs, [row.channel for row in able]),
    }
    return _deed(request, access, own, TAKE_DOWN, more=more)


@page(right=Right.SCHEDULE, methods=FORM)
def move(request: HttpRequest, access: Access, post_id: UUID) -> HttpResponse:
    """Planned for another time, which has to be approved again."""
    own = post_of(access.workspace.pk, post_id)
    zone = own.planned_zone or access.workspace.zone
    context = {"post": own, "zone": zone, "wall": own.planned_wall, "area": "calendar"}
    if request.method != "POST":
        refused = why_not(access, own, "post-move")
        if refused:
            return _refused(request, access, own, refused)
        return show(request, "publishing/move.html", context)
    wall = request.POST.get("wall", "")[:16]
    own.revision = revision_of(request.POST)
    own.state = request.POST.get("state", own.state)
    try:
        if not wall:
            raise Invalid(code="not_a_time", field="wall")
        after = services.move(own, wall, zone, by=access.person.pk, now=clock.now())
    except (Invalid, StaleState) as error:
        fresh = post_of(access.workspace.pk, post_id)
        said = {**context, "post": fresh, "problem": say(error), "wall": wall}
        return show(request, "publishing/move.html", said, status=status_of(error))
    if after.state == "draft" and after.version_id:
        messages.success(request, _now("Moved. It has to be submitted once more."))
    else:
        messages.success(request, _now("Moved."))
    return go(request, "post", access.workspace.slug, own.pk)


def _deed(
    request: HttpRequest,
    access: Access,
    own: Post,
    deed: Deed,
    *,
    then: str = "post",
    more: dict[str, object] | None = None,
) -> HttpResponse:
    """Asked, then done to the post as it was when it was asked; a refusal is said on its page.
    What cannot be done is not asked about."""
    if request.method != "POST":
        refused = why_not(access, own, deed.name)
        if refused:
            return _refused(request, access, own, refused)
        return confirm(
            request,
            access,
            own,
            title=str(deed.title),
            sentence=str(deed.sentence),
            deed=str(deed.word),
            danger=deed.danger,
            more=more,
        )
    own.state = request.POST.get("state", own.state)
    try:
        deed.does(own, by=access.person.pk, now=clock.now())
    except Problem as error:
        return _refused(request, access, post_of(access.workspace.pk, own.pk), error)
    messages.success(request, str(deed.done))
    return go(request, then, access.workspace.slug, own.pk)


def _refused(request: HttpRequest, access: Access, own: Post, error: Problem) -> HttpResponse:
    """The post as it is, with what stands in the way."""
    said = {"problem": say(error)}
    return post_page(request, access, own, said, status=status_of(error))
