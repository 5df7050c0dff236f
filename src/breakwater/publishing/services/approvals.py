"""One person's yes or no to one version, bound to the digest that they were shown."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import Fact, move, record
from breakwater.delivery.models import Delivery
from breakwater.domain.errors import Forbidden, Invalid, StaleState
from breakwater.people.roles import Right
from breakwater.people.selectors import with_right
from breakwater.publishing.lifecycle import POST
from breakwater.publishing.models import Decision, Post, Version
from breakwater.publishing.rules import Hands, check_may_decide
from breakwater.publishing.services.drafts import locked
from breakwater.publishing.services.scheduling import (
    refuse_if_begun,
    schedule,
    stop,
)
from breakwater.publishing.services.telling import tell_author, tell_of_change

COMMENT_CHARACTERS = 5000


def decide(
    version: Version, *, by: UUID, approved: bool, digest: str, comment: str = "", now: datetime
) -> Post:
    """Yes: the post is approved and, in the same transaction, scheduled for its planned time.
    No: it is a draft again, with the comment, and its author is told.

    digest: the one that the page showed. Raises: Forbidden "not_an_approver" or "own_post";
    StaleState "not_in_review" (decided, withdrawn or submitted again meanwhile) or
    "digest_changed"; Invalid("comment_needed") for a no without a reason. Nothing is written then.
    """
    _check_comment(comment, needed=not approved)
    with transaction.atomic():
        post = _locked(version)
        if post.state != "in_review" or post.version_id != version.pk:
            raise StaleState(code="not_in_review", state=post.state)
        own = Version.objects.get(pk=version.pk)
        check_may_decide(by, hands_of(post, own), approvers(post.workspace_id))
        if digest != own.digest:
            raise StaleState(code="digest_changed", digest=own.digest)
        Decision.objects.create(
            version=own, person_id=by, approved=approved, digest=digest,
            comment=comment.strip(), created_at=now,
        )  # fmt: skip
        why = {"version": str(own.pk), "digest": digest}
        if approved:
            post = move(post, POST, "approved", by=by, now=now, why=why)
            post = schedule(post, own, by=by, now=now)
        else:
            post = move(post, POST, "draft", by=by, now=now, why={**why, "because": "refused"})
        tell_author(post, own, approved=approved, comment=comment.strip(), by=by, now=now)
    return post


def revoke_approval(decision: Decision, *, by: UUID, now: datetime) -> Post:
    """The yes is taken back: what has not begun is cancelled, the post is a draft again, and its
    author is told.

    When a part of it has begun, the rest is stopped all the same and the post stays as it is.
    Allowed to whoever gave it and to all who may approve. Raises: Forbidden;
    StaleState "not_approved" (already void); "already_out", "being_sent" or "nothing_waits" when
    none of it could leave any more. Nothing is changed then.
    """
    version = Version.objects.get(pk=decision.version_id)
    with transaction.atomic():
        post = _locked(version)
        own = Decision.objects.get(pk=decision.pk)
        if by != own.person_id and by not in approvers(post.workspace_id):
            raise Forbidden(code="not_an_approver")
        if own.revoked_at or not own.approved or not _leaving(post, version):
            raise StaleState(code="not_approved", state=post.state)
        begun = _stopped(version, by=by, now=now)
        Decision.objects.filter(version=version, approved=True, revoked_at=None).update(
            revoked_at=now
        )
        fact = Fact(post.workspace_id, "decision.revoked", "post", post.pk, _bound(own))
        record([fact], by=by, now=now)
        tell_of_change(post, "revoked_partly" if begun else "revoked", by=by, now=now)
        if begun:
            return post
        return move(post, POST, "draft", by=by, now=now, why={"because": "approval revoked"})


def _stopped(version: Version, *, by: UUID, now: datetime) -> Sequence[Delivery]:
    """What has begun and goes on. Raises StaleState when nothing else was there to be stopped."""
    done = stop(version.pk, by=by, now=now)
    if not done.stopped:
        refuse_if_begun(done.left)
        raise StaleState(code="nothing_waits")
    return done.left


def check_person(post: Post, version: Version, by: UUID) -> None:
    """Nothing, or Forbidden: may `by` take a new decision on this version?"""
    check_may_decide(by, hands_of(post, version), approvers(post.workspace_id))


def hands_of(post: Post, version: Version) -> Hands:
    return Hands(version.policy, post.author_id, version.edited_by_id, version.submitted_by_id)


def approvers(workspace_id: UUID) -> set[UUID]:
    return {person.pk for person in with_right(workspace_id, Right.APPROVE)}


def _locked(version: Version) -> Post:
    post = Post.objects.only("workspace_id").get(pk=version.post_id)
    return locked(post.workspace_id, post.pk)


def _leaving(post: Post, version: Version) -> bool:
    return post.version_id == version.pk and post.state in ("approved", "scheduled")


def _bound(decision: Decision) -> dict[str, str]:
    return {"version": str(decision.version_id), "digest": decision.digest}


def _check_comment(comment: str, *, needed: bool) -> None:
    if needed and not comment.strip():
        raise Invalid(code="comment_needed", field="comment")
    if len(comment) > COMMENT_CHARACTERS:
        raise Invalid(code="far_too_long", field="comment", limit=COMMENT_CHARACTERS)
