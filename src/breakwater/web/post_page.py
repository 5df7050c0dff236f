"""One post: what it is, what is planned, who said what, where it went, and what can be done."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from breakwater.channels.selectors import channels
from breakwater.core import clock
from breakwater.core.reasons import why
from breakwater.delivery.lifecycle import OUT, WAITING
from breakwater.delivery.models import Delivery
from breakwater.delivery.places import places
from breakwater.delivery.selectors import why_of
from breakwater.delivery.services import DELETE, PUBLISH
from breakwater.media.selectors import library
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.publishing.content import Content, parse
from breakwater.publishing.finding import Report
from breakwater.publishing.lifecycle import EDITABLE
from breakwater.publishing.models import Post
from breakwater.publishing.parts import THREAD
from breakwater.publishing.previews import report
from breakwater.publishing.pricing import cost_of_frozen
from breakwater.publishing.ruling import STATEMENT
from breakwater.publishing.selectors import (
    can_take_down,
    decisions_of,
    deliveries_of,
    targets_of,
    versions_of,
)
from breakwater.publishing.status import status_of
from breakwater.publishing.stopping import begun, to_stop
from breakwater.web.approving import may_decide_now, review_of, standing
from breakwater.web.page import show
from breakwater.web.shown import Shown, as_frozen, as_written, pictured, role_word, weighed
from breakwater.web.watching import moves

PLANNED = ("in_review", "approved", "scheduled")
"""States of a post that leaves unless somebody stops it."""


@dataclass(frozen=True)
class Way:
    """Something that the reader may do with the post: a link to the page that does or asks it."""

    name: str
    word: str | Promise
    icon: str
    kind: str = ""


@dataclass(frozen=True)
class Sent:
    """A delivery as the post's page shows it. kind: whose words its state is said in.
    why: what happened and what to do. link: where it is on the network now. part: which one it is,
    where several leave for a channel."""

    delivery: Delivery
    undoes: bool
    kind: str
    url: str
    why: str
    removable: bool
    link: str
    part: str = ""


WAYS = {
    "edit": Way("post-edit", _("Write on"), "pencil"),
    "submit": Way("post-check", _("Look and submit"), "send-horizontal", "primary"),
    "send_now": Way("post-send-now", _("Send now"), "send"),
    "reopen": Way("post-reopen", _("Change it"), "pencil"),
    "open_again": Way("post-reopen", _("Make it a draft again"), "rotate-ccw"),
    "move": Way("post-move", _("Move"), "calendar-clock"),
    "take_down": Way("post-take-down", _("Take down"), "trash-2", "stop"),
    "cancel": Way("post-cancel", _("Cancel the post"), "ban", "stop"),
}


def post_page(
    request: HttpRequest,
    access: Access,
    post: Post,
    more: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    rows = deliveries_of(post)
    decisions = list(decisions_of(post))
    version = post.version
    now = clock.now()
    in_review = version is not None and post.state == "in_review"
    context = {
        **_content(access, post, rows),
        "post": post,
        "status": status_of(post, rows),
        "ways": ways(access, post, rows),
        "deliveries": _all_sent(access, rows),
        "versions": list(versions_of(post)),
        "decisions": decisions,
        "standing": standing(decisions, post),
        "out": any(row.state in OUT for row in rows),
        "stoppable": bool(to_stop(rows)),
        "review": review_of(access, post, version) if version and in_review else None,
        "may_approve": access.may(Right.APPROVE),
        "asked": _asked(post, decisions),
        "moving": any(moves(row, now) for row in rows),
        "stamp": stamp_of(post, rows),
        "area": "calendar",
        **(more or {}),
    }
    return show(request, "publishing/post.html", context, status=status, part="live")


def stamp_of(post: Post, rows: Sequence[Delivery]) -> str:
    """Another one whenever the page would look different."""
    seen = ",".join(f"{row.pk.hex}{row.state}{row.reason}{row.remote_url}" for row in rows)
    return sha256(f"{post.state}.{post.revision}.{seen}".encode()).hexdigest()[:16]


def ways(access: Access, post: Post, rows: Sequence[Delivery]) -> list[Way]:
    """What this person may do with the post as it is, the likely thing first."""
    may = access.may
    published = [row for row in rows if row.kind == PUBLISH]
    fixed = bool(begun(published))
    planned = post.state in ("approved", "scheduled")
    mine = post.state in EDITABLE and may(Right.WRITE)
    if post.purpose == STATEMENT:  # as services.drafts.check_hands says
        mine = mine and may(Right.RESPOND)
    there = {
        "submit": mine,
        "edit": mine,
        "send_now": planned and _may_send_now(access, post, published),
        "reopen": _may_reopen(access, post) and not fixed,
        "open_again": post.state == "cancelled" and may(Right.WRITE),
        "move": post.state != "cancelled" and not fixed and may(Right.SCHEDULE),
        "take_down": may(Right.TAKE_DOWN) and bool(to_take_down(rows)),
        "cancel": post.state != "cancelled" and not fixed and may(Right.SCHEDULE),
    }
    return [WAYS[name] for name, yes in there.items() if yes]


def to_take_down(rows: Sequence[Delivery]) -> list[Delivery]:
    """What is out and nobody has ordered to be deleted yet."""
    undone = {row.source for row in rows if row.kind == DELETE and row.state != "cancelled"}
    return [
        row for row in rows if row.kind == PUBLISH and row.state in OUT and row.pk not in undone
    ]


def confirm(
    request: HttpRequest,
    access: Access,
    post: Post,
    *,
    title: str,
    sentence: str,
    deed: str,
    danger: bool = True,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The question before a deed; its form posts to the same address."""
    context = {
        "title": title,
        "sentence": sentence,
        "deed": deed,
        "danger": danger,
        "post": post,
        "back": reverse("post", args=[access.workspace.slug, post.pk]),
        "area": "calendar",
        **(more or {}),
    }
    return show(request, "publishing/confirm.html", context)


def _may_reopen(access: Access, post: Post) -> bool:
    """What is planned is opened by those who may plan."""
    if post.state == "in_review":
        return access.may(Right.WRITE)
    return post.state in ("approved", "scheduled") and access.may(Right.SCHEDULE)


def _may_send_now(access: Access, post: Post, published: Sequence[Delivery]) -> bool:
    waits = any(row.state in WAITING for row in published)
    if not waits or post.version is None or not access.may(Right.SCHEDULE):
        return False
    return may_decide_now(access, post, post.version)


def _content(access: Access, post: Post, out: Sequence[Delivery]) -> dict[str, Any]:
    """What the post says: as it was frozen, or for a draft as it is written, with findings; and what
    it will cost, while nothing of it is out."""
    content = parse(post.draft)
    time = _time(access, content)
    if post.version_id and post.state not in EDITABLE:
        return {**_frozen(access, post, post.version_id, out), **time}
    rows = list(channels(access.workspace.pk))
    assets = library(access.workspace.pk, pictured(content))
    cards: list[Shown] = as_written(access.workspace.slug, content, rows, assets)
    open_ = post.state in EDITABLE
    found = (
        report(access.workspace.pk, content, of=post, now=clock.now()) if open_ else Report((), ())
    )
    return {"shown": cards, "frozen": False, **weighed(found, rows), **time}


def _frozen(
    access: Access, post: Post, version_id: UUID, out: Sequence[Delivery]
) -> dict[str, Any]:
    parts = [(target.channel, target.payload) for target in targets_of(version_id)]
    context = {"shown": as_frozen(access.workspace.slug, parts), "frozen": True}
    if post.state in PLANNED and not any(row.state in OUT for row in out):
        found = cost_of_frozen(access.workspace.pk, parts, clock.now())
        context |= weighed(found, [channel for channel, _payload in parts])
    return context


def _time(access: Access, content: Content) -> dict[str, Any]:
    zone = content.zone or access.workspace.zone
    own = access.person.zone
    return {"planned": content.planned(), "zone": zone, "own_zone": own if own != zone else ""}


def _gone(rows: Iterable[Delivery]) -> set[UUID]:
    """The deliveries that another one took back, with proof."""
    return {row.source for row in rows if row.kind == DELETE and row.state in ("verified", "taken")}


def _all_sent(access: Access, rows: Sequence[Delivery]) -> list[Sent]:
    gone, there = _gone(rows), places(rows)
    before: Counter[UUID] = Counter()
    found = []
    for row in rows:
        role = "" if row.kind == DELETE else str(row.payload.get("role", ""))
        part = role_word(role, before[row.channel_id]) if role else ""
        before[row.channel_id] += role == THREAD
        found.append(replace(_sent(access, row, gone, there[row.pk].url), part=part))
    return found


def _sent(access: Access, row: Delivery, gone: Container[UUID], link: str) -> Sent:
    undoes = row.kind == DELETE
    url = f"{reverse('workspace', args=[access.workspace.slug])}deliveries/{row.pk}/"
    ended = row.pk in gone
    reason = why("", "verified", kind=DELETE) if ended else why_of(row)
    kind = "delete" if undoes or ended else "delivery"
    return Sent(row, undoes, kind, url, reason, can_take_down(row), link)


def _asked(post: Post, decisions: Sequence[Any]) -> Any:
    """The last no to the version that this draft goes on from, or None."""
    if post.state != "draft" or post.version_id is None:
        return None
    own = [one for one in decisions if one.version_id == post.version_id and not one.approved]
    return own[-1] if own else None
