"""What lies on one person's desk, in all their workspaces: four queries, however many they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from breakwater.delivery.lifecycle import ASKS
from breakwater.delivery.models import Delivery
from breakwater.delivery.services import PUBLISH
from breakwater.people.roles import Right
from breakwater.publishing.models import Decision, Post
from breakwater.publishing.rules import Hands, may_decide

MOST = 100

Rights = Mapping[UUID, frozenset[Right]]
"""Workspace -> what the person may do there."""


@dataclass(frozen=True)
class Desk:
    """At most 100 of each. questions: deliveries that wait for an answer that the person may give.
    changes_asked: own drafts that somebody sent back; drafts: the other own ones."""

    questions: tuple[Delivery, ...]
    to_approve: tuple[Post, ...]
    changes_asked: tuple[Post, ...]
    drafts: tuple[Post, ...]
    leaving: tuple[Post, ...]


def desk_of(person_id: UUID, rights: Rights, until: Mapping[UUID, datetime], now: datetime) -> Desk:
    """What asks for the person, what they write on, and what leaves by itself until `until`
    (of each workspace; deliveries still waiting only)."""
    drafts = _drafts(person_id, rights)
    return Desk(
        questions=tuple(_questions(rights)),
        to_approve=_to_approve(person_id, rights),
        changes_asked=tuple(post for post, sent_back in drafts if sent_back),
        drafts=tuple(post for post, sent_back in drafts if not sent_back),
        leaving=tuple(_leaving(until, now)),
    )


def _with(rights: Rights, right: Right) -> list[UUID]:
    return [workspace_id for workspace_id, mine in rights.items() if right in mine]


def _questions(rights: Rights) -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(workspace_id__in=_with(rights, Right.SCHEDULE), state__in=ASKS)
    return rows.select_related("channel", "workspace").order_by("state_at", "pk")[:MOST]


def _to_approve(person_id: UUID, rights: Rights) -> tuple[Post, ...]:
    rows = _posts().filter(workspace_id__in=_with(rights, Right.APPROVE), state="in_review")
    return tuple(
        post
        for post in rows.order_by("state_at", "pk")[:MOST]
        if post.version and may_decide(person_id, _hands(post), {person_id})
    )


def _drafts(person_id: UUID, rights: Rights) -> list[tuple[Post, bool]]:
    """Own drafts, the latest first, and whether somebody sent them back."""
    own = Q(author_id=person_id) | Q(edited_by_id=person_id) | Q(version__submitted_by_id=person_id)
    no = Decision.objects.filter(version_id=OuterRef("version_id"), approved=False, revoked_at=None)
    rows = _posts().filter(own, workspace_id__in=_with(rights, Right.WRITE), state="draft")
    latest = rows.annotate(sent_back=Exists(no)).order_by("-edited_at", "pk")[:MOST]
    return [(post, post.sent_back) for post in latest]


def _leaving(until: Mapping[UUID, datetime], now: datetime) -> QuerySet[Post]:
    soon = Q(pk__in=[])
    for workspace_id, moment in until.items():
        soon |= Q(workspace_id=workspace_id, planned_at__gte=now, planned_at__lt=moment)
    waits = Delivery.objects.filter(source=OuterRef("version_id"), kind=PUBLISH, state="queued")
    rows = _posts().filter(soon, Exists(waits), state="scheduled")
    return rows.order_by("planned_at", "pk")[:MOST]


def _posts() -> QuerySet[Post]:
    return Post.objects.select_related("workspace", "author", "version")


def _hands(post: Post) -> Hands:
    version = post.version
    assert version is not None
    return Hands(version.policy, post.author_id, version.edited_by_id, version.submitted_by_id)
