"""Reading posts: one, what waits for a person, and what is still approved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet

from breakwater.channels.selectors import in_order, manifest
from breakwater.delivery.models import Delivery
from breakwater.delivery.selectors import asking, for_sources
from breakwater.delivery.services.walls import STATEMENT
from breakwater.domain.errors import Forbidden, NotFound, Unsupported
from breakwater.domain.kinds import DELETE
from breakwater.networks.base import Can
from breakwater.people.models import Policy, Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import with_right
from breakwater.publishing.models import Decision, Post, Target, Version
from breakwater.publishing.rules import Hands, check_may_decide, may_decide
from breakwater.publishing.ruling import refused

WAITING = 200


@dataclass(frozen=True)
class Waiting:
    """What asks for one person's attention: posts to decide on, their own posts that somebody
    asked to change, and deliveries with a question (for those who may answer it)."""

    to_approve: tuple[Post, ...]
    changes_asked: tuple[Post, ...]
    questions: tuple[Delivery, ...]


def post_of(workspace_id: UUID, post_id: UUID) -> Post:
    """The post, with its author, editor and current version; NotFound also for another's."""
    post = _posts(workspace_id).filter(pk=post_id).first()
    if post is None:
        raise NotFound(what="post")
    return post


def version_of(workspace_id: UUID, version_id: UUID) -> Version:
    """The version, with its post; NotFound also for another workspace's."""
    rows = Version.objects.select_related("post", "submitted_by", "edited_by")
    version = rows.filter(post__workspace_id=workspace_id, pk=version_id).first()
    if version is None:
        raise NotFound(what="version")
    return version


def versions_of(post: Post) -> QuerySet[Version]:
    """All versions of a post, newest first, with those who submitted them."""
    return Version.objects.filter(post=post).select_related("submitted_by").order_by("-number")


def targets_of(version_id: UUID) -> QuerySet[Target]:
    """What the version becomes on each channel, in the channels' order; a post before what answers
    it."""
    rows = Target.objects.filter(version_id=version_id).select_related("channel")
    return rows.order_by(*in_order("channel__"), "part")


def decisions_of(post: Post) -> QuerySet[Decision]:
    """All decisions on all versions of a post, oldest first, with their persons."""
    rows = Decision.objects.filter(version__post=post).select_related("person", "version")
    return rows.order_by("created_at", "pk")


def deliveries_of(post: Post) -> list[Delivery]:
    """The deliveries of the post's current version and the deletes ordered for them."""
    if post.version_id is None:
        return []
    own = for_sources([post.version_id]).get(post.version_id, [])
    undoing = for_sources([row.pk for row in own]) if own else {}
    return [*own, *(row for rows in undoing.values() for row in rows if row.kind == DELETE)]


def approved_now(version_ids: Iterable[UUID]) -> set[UUID]:
    """Those versions that may leave: a yes to exactly their digest stands, from somebody who
    could give it, and they are what their post still wants to send. One query."""
    own_hands = (
        Q(person_id=F("version__post__author_id"))
        | Q(person_id=F("version__edited_by_id"))
        | Q(person_id=F("version__submitted_by_id"))
    )
    yes = Decision.objects.filter(
        Q(version__policy=Policy.NONE) | ~own_hands,
        version_id__in=list(version_ids),
        about="version",
        approved=True,
        revoked_at=None,
        digest=F("version__digest"),
        version__post__version_id=F("version_id"),
        version__post__state__in=("approved", "scheduled"),
    )
    return set(yes.values_list("version_id", flat=True))


def policy_of(post: Post, submitter: UUID) -> str:
    """Who must say yes to the post if this person submits it. To a statement somebody else must,
    whatever the workspace's policy is, unless there is nobody else who could and the submitter may
    approve themselves."""
    usual = Workspace.objects.values_list("policy", flat=True).get(pk=post.workspace_id)
    if post.purpose != STATEMENT:
        return usual
    own = {post.author_id, post.edited_by_id, submitter}
    approvers = {one.pk for one in with_right(post.workspace_id, Right.APPROVE)}
    alone = submitter in approvers and not approvers - own
    return Policy.NONE if alone else Policy.ONE


def can_take_down(delivery: Delivery) -> bool:
    """Whether the delivery's network can delete: asked before anybody clicks."""
    try:
        return manifest(delivery.channel.network).allows(Can.DELETE)
    except Unsupported:
        return False


def why_not_late(delivery: Delivery, person_id: UUID) -> str:
    """The code of why this person may not send a missed or failed delivery after all; "" when
    they may. `services.send_late` decides; this is for saying so before a click."""
    if delivery.kind != "publish":
        return ""
    version = Version.objects.select_related("post").filter(pk=delivery.source).first()
    if version is None or not approved_now([version.pk]):
        return "not_approved"
    approvers = {person.pk for person in with_right(version.post.workspace_id, Right.APPROVE)}
    post = version.post
    hands = Hands(version.policy, post.author_id, version.edited_by_id, version.submitted_by_id)
    try:
        check_may_decide(person_id, hands, approvers)
    except Forbidden as error:
        return error.code
    return ""


def waiting_for(person_id: UUID, workspace_id: UUID) -> Waiting:
    """What waits for this person here; at most 200 of each, the longest waiting first."""
    posts = _posts(workspace_id).order_by("state_at", "pk")
    approvers = {person.pk for person in with_right(workspace_id, Right.APPROVE)}
    to_approve = [
        post
        for post in (posts.filter(state="in_review")[:WAITING] if person_id in approvers else [])
        if may_decide(person_id, _hands(post), approvers)
    ]
    own = Q(author_id=person_id) | Q(version__submitted_by_id=person_id)
    refused = Q(
        version__decisions__approved=False,
        version__decisions__revoked_at=None,
    )
    changes = posts.filter(own & refused, state="draft").distinct()[:WAITING]
    answers = {person.pk for person in with_right(workspace_id, Right.SCHEDULE)}
    questions = asking(workspace_id, WAITING) if person_id in answers else []
    return Waiting(tuple(to_approve), tuple(changes), tuple(questions))


def _hands(post: Post) -> Hands:
    version = post.version
    if version is None:  # a post in review has one
        raise NotFound(what="version")
    return Hands(version.policy, post.author_id, version.edited_by_id, version.submitted_by_id)


def _posts(workspace_id: UUID) -> QuerySet[Post]:
    rows = Post.objects.filter(workspace_id=workspace_id)
    return rows.select_related("workspace", "author", "edited_by", "version")


def refused_now(rows: Sequence[Delivery]) -> dict[UUID, str]:
    """Which of the deliveries a guideline keeps back at the door, and the reason's code."""
    return refused(rows)
