"""Writing a post: the page, saving it as it is typed, and two browsers at once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from breakwater.channels.models import Channel
from breakwater.channels.selectors import channels
from breakwater.core import clock
from breakwater.core.messages import say
from breakwater.domain.errors import Forbidden, Invalid, StaleState
from breakwater.media.models import Asset
from breakwater.media.selectors import library
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.publishing.content import Content, parse
from breakwater.publishing.lifecycle import EDITABLE
from breakwater.publishing.models import Post
from breakwater.publishing.previews import report
from breakwater.publishing.selectors import post_of
from breakwater.publishing.services import new_post, save_draft
from breakwater.publishing.services.cards import card_for, first_link
from breakwater.web import composing
from breakwater.web.page import FORM, go, page, show
from breakwater.web.problems import status_of
from breakwater.web.shown import as_written, card_shown, counters, pictured, weighed
from breakwater.web.uploads import taken_in

PAGE = "publishing/compose.html"


@dataclass(frozen=True)
class Written:
    """A draft beside another in a conflict."""

    text: str
    others: tuple[tuple[str, str], ...]
    at: datetime | None
    zone: str
    media: int


@dataclass(frozen=True)
class Conflict:
    """Another window saved first. own: it was the reader's own, not a colleague's.
    closed: the post is no draft any more, nothing can be saved."""

    who: str
    own: bool
    when: datetime
    revision: int
    mine: Written
    theirs: Written
    closed: bool


@page(right=Right.WRITE, methods=FORM)
def new(request: HttpRequest, access: Access) -> HttpResponse:
    """A post that does not exist before the first save. ?day=2026-03-05 plans it for that day."""
    if request.method == "POST":
        return _save(request, access, None)
    content = composing.first_content(access, request.GET.get("day", ""))
    return show(request, PAGE, _context(access, None, content, begun=False))


@page(right=Right.WRITE, methods=FORM)
def edit(request: HttpRequest, access: Access, post_id: UUID) -> HttpResponse:
    post = post_of(access.workspace.pk, post_id)
    if request.method == "POST":
        return _save(request, access, post)
    if post.state not in EDITABLE:
        return go(request, "post", access.workspace.slug, post.pk)
    return show(request, PAGE, _context(access, post, parse(post.draft)))


def _save(request: HttpRequest, access: Access, post: Post | None) -> HttpResponse:
    """Saved; or the page with what was typed and what was wrong with it: nothing is lost."""
    before = parse(post.draft) if post else composing.first_content(access)
    content = composing.typed(request.POST, before)
    try:
        content = composing.content_of(request.POST, before, access.workspace.zone)
        content = _with_uploads(request, access, content)
        content = _with_card(request, access, content)
        saved = _written(request, access, post, content)
    except (Invalid, Forbidden) as error:
        return _refused(request, access, post, content, error)
    except StaleState as error:
        return _conflict(request, access, post, content, error)
    return _saved(request, access, saved, content, fresh=post is None)


def _written(request: HttpRequest, access: Access, post: Post | None, content: Content) -> Post:
    by, now = access.person.pk, clock.now()
    if post is None:
        return new_post(access.workspace.pk, by=by, now=now, content=content)
    revision = composing.revision_of(request.POST)
    return save_draft(post.pk, access.workspace.pk, revision, content, by=by, now=now)


def _with_uploads(request: HttpRequest, access: Access, content: Content) -> Content:
    """With the files that a browser without script sends along."""
    files = [file for file in request.FILES.getlist("files") if file.size]
    if not files:
        return content
    assets = [taken_in(access, file) for file in files]
    return composing.with_pictures(content, [one.pk for one in assets])


def _with_card(request: HttpRequest, access: Access, content: Content) -> Content:
    """With the card of its first link, if the person asked for one."""
    if request.POST.get("card") != "make":
        return content
    url = first_link(content)
    if not url:
        raise Invalid(code="card_no_link", field="card")
    made = card_for(access.workspace.pk, url, by=access.person.pk, now=clock.now())
    return replace(content, card=made)


def _saved(
    request: HttpRequest, access: Access, post: Post, content: Content, *, fresh: bool
) -> HttpResponse:
    slug = access.workspace.slug
    if _typed(request):
        answer = show(request, "publishing/live.html", _live(access, content, of=post))
        answer["X-Revision"] = str(post.revision)
        if fresh:
            answer["X-Autosave-Url"] = reverse("post-edit", args=[slug, post.pk])
        return answer
    if request.POST.get("then") == "check":
        return go(request, "post-check", slug, post.pk)
    messages.success(request, _("Saved."))
    return go(request, "post-edit", slug, post.pk)


def _refused(
    request: HttpRequest,
    access: Access,
    post: Post | None,
    content: Content,
    error: Invalid | Forbidden,
) -> HttpResponse:
    """Said above what was typed, which stays."""
    problem, status = {"sentence": say(error), "tone": "stop"}, status_of(error)
    if _typed(request):
        return show(request, "parts/notice.html", problem, status=status)
    context = _context(access, post, content)
    return show(request, PAGE, {**context, "problem": problem["sentence"]}, status=status)


def _conflict(
    request: HttpRequest, access: Access, post: Post | None, content: Content, error: StaleState
) -> HttpResponse:
    if post is None:  # a new post has nobody beside it
        raise error
    rows = list(channels(access.workspace.pk))
    theirs = post_of(access.workspace.pk, post.pk)
    found = Conflict(
        who=str(theirs.edited_by),
        own=theirs.edited_by_id == access.person.pk,
        when=theirs.edited_at,
        revision=theirs.revision,
        mine=_side(content, rows),
        theirs=_side(parse(theirs.draft), rows),
        closed=theirs.state not in EDITABLE,
    )
    if _typed(request):
        context = {"conflict": found, "post": theirs, "access": access}
        return show(request, "publishing/conflict.html", context, status=409)
    context = _context(access, post, content, revision=request.POST.get("revision", ""))
    return show(request, PAGE, {**context, "conflict": found}, status=409)


def _side(content: Content, rows: list[Channel]) -> Written:
    planned = content.planned()
    others = tuple(
        (str(row), content.targets[row.pk].text or "")
        for row in rows
        if row.pk in content.targets and content.targets[row.pk].text is not None
    )
    at = planned.instant if planned else None
    return Written(content.text, others, at, content.zone, len(content.media))


def _typed(request: HttpRequest) -> bool:
    """Whether the page's own script asks, which shows only what changed."""
    return "X-Autosave" in request.headers


def _context(
    access: Access,
    post: Post | None,
    content: Content,
    *,
    revision: str = "",
    begun: bool = True,
) -> dict[str, Any]:
    rows = list(channels(access.workspace.pk))
    assets = library(access.workspace.pk, pictured(content))
    return {
        **_live(access, content, rows, assets, begun=begun, of=post),
        "post": post,
        "revision": revision or (str(post.revision) if post else composing.NEW),
        "content": content,
        "zone": content.zone or access.workspace.zone,
        "media": [
            composing.written_medium(access, assets[one.asset_id], one.alt)
            for one in content.media
            if one.asset_id in assets
        ],
        "thread": [*content.thread, ""],
        "card": card_shown(access.workspace.slug, content, assets),
        "link": first_link(content),
        "languages": composing.languages(content.language),
        "area": "calendar",
    }


def _live(
    access: Access,
    content: Content,
    rows: list[Channel] | None = None,
    assets: Mapping[UUID, Asset] | None = None,
    *,
    begun: bool = True,
    of: Post | None = None,
) -> dict[str, Any]:
    """What is said of the draft as it stands: room left, findings, how it will look. begun: see
    `shown.weighed`. of: the post that it is of, once there is one."""
    rows = list(channels(access.workspace.pk)) if rows is None else rows
    if assets is None:
        assets = library(access.workspace.pk, pictured(content))
    found = report(access.workspace.pk, content, of=of, now=clock.now())
    return {
        "counters": counters(content, found, rows),
        "stops": len(found.stops),
        **weighed(found, rows, begun=begun),
        "shown": as_written(access.workspace.slug, content, rows, assets),
        "planned": content.planned(),
        "offers": composing.offers(content, rows, assets),
    }
