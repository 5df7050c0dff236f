"""Submitting: a draft becomes an immutable version, for review or (policy "none") to leave."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from breakwater.audit.services import move
from breakwater.domain.errors import Invalid, StaleState
from breakwater.domain.parcels import wording_of
from breakwater.people.models import Policy
from breakwater.publishing.lifecycle import EDITABLE, POST
from breakwater.publishing.models import Decision, Post, Target, Version
from breakwater.publishing.previews import Preview, preview
from breakwater.publishing.selectors import policy_of
from breakwater.publishing.services.drafts import check_hands, check_revision, locked
from breakwater.publishing.services.scheduling import schedule
from breakwater.publishing.services.telling import tell_approvers


def submit(post: Post, *, by: UUID, now: datetime, confirmed_digest: str | None = None) -> Version:
    """The draft, as the caller saw it, is frozen as the post's current version.

    Policy "one": the post is in review and those who may approve it are told. Policy "none":
    `confirmed_digest` is what the person was shown; the post is approved by them and scheduled.
    Raises: Invalid("findings_stop") with `findings`, a list of Finding;
    Invalid("confirmation_needed") with the `digest` to show; as `check_hands`;
    StaleState "edited_elsewhere", "not_a_draft", or "digest_changed" when what was shown is no
    longer what would be sent.
    """
    frozen = preview(post, now=now)
    if frozen.report.stops:
        raise Invalid(code="findings_stop", findings=list(frozen.report.stops))
    with transaction.atomic():
        own = locked(post.workspace_id, post.pk)
        check_hands(own, by)
        if own.state not in EDITABLE:
            raise StaleState(code="not_a_draft", state=own.state)
        check_revision(own, frozen.revision)
        policy = policy_of(own, by)
        _check_confirmed(policy, frozen.digest, confirmed_digest)
        version = _freeze(own, frozen, policy, by, now)
        if policy == Policy.NONE:
            own = _approve_at_once(own, version, by, now)
        else:
            why = {"version": str(version.pk), "digest": version.digest}
            own = move(own, POST, "in_review", by=by, now=now, why=why, version=version)
            tell_approvers(own, version, by=by, now=now)
        version.post = own
    return version


def _check_confirmed(policy: str, digest: str, confirmed: str | None) -> None:
    if confirmed is None:
        if policy == Policy.NONE:
            raise Invalid(code="confirmation_needed", digest=digest)
        return
    if confirmed != digest:
        raise StaleState(code="digest_changed", digest=digest)


def _freeze(post: Post, frozen: Preview, policy: str, by: UUID, now: datetime) -> Version:
    if frozen.planned is None:  # a report without stops has a time
        raise Invalid(code="no_time", field="wall")
    last = Version.objects.filter(post=post).aggregate(last=Max("number"))["last"] or 0
    version = Version.objects.create(
        post=post,
        number=last + 1,
        content=post.draft,
        digest=frozen.digest,
        policy=policy,
        edited_by_id=post.edited_by_id,
        submitted_by_id=by,
        planned_at=frozen.planned.instant,
        created_at=now,
    )
    Target.objects.bulk_create(
        Target(
            version=version,
            channel=part.channel,
            part=part.number,
            after=part.after,
            payload=part.payload,
            wording=wording_of(part.payload),
            digest=part.digest,
            created_at=now,
        )
        for part in frozen.parts
    )
    return version


def _approve_at_once(post: Post, version: Version, by: UUID, now: datetime) -> Post:
    Decision.objects.create(
        version=version, person_id=by, approved=True, digest=version.digest, created_at=now
    )
    why = {"version": str(version.pk), "digest": version.digest, "policy": version.policy}
    post = move(post, POST, "approved", by=by, now=now, why=why, version=version)
    return schedule(post, version, by=by, now=now)
