"""From an approved version to deliveries, and back: what is queued, and what is stopped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from breakwater.audit.services import move
from breakwater.delivery.lifecycle import OUT
from breakwater.delivery.models import Delivery
from breakwater.delivery.selectors import for_sources
from breakwater.delivery.services import PUBLISH, Order, cancel, enqueue, revoke
from breakwater.domain.errors import StaleState
from breakwater.domain.parcels import digest_of, digest_of_all
from breakwater.publishing.content import parse
from breakwater.publishing.lifecycle import POST
from breakwater.publishing.models import Decision, Post, Target, Version
from breakwater.publishing.stopping import to_stop


def schedule(post: Post, version: Version, *, by: UUID, now: datetime) -> Post:
    """The approved post is scheduled: one delivery per target waits for the planned time.

    Call inside the transaction of the decision, with the post locked. A version that is
    already late is queued all the same: the missed window makes it wait for a person.
    Raises: StaleState("altered_since_submission") when the frozen parts are not what was approved.
    """
    targets = list(Target.objects.filter(version=version).order_by("channel_id", "part"))
    check_frozen(version, targets)
    orders = [_order(post, version, target) for target in targets]
    enqueue(orders, by=by, now=now)
    return move(post, POST, "scheduled", by=by, now=now, why={"version": str(version.pk)})


def check_frozen(version: Version, targets: list[Target]) -> None:
    """The digest is recomputed from what would be sent; any difference stops."""
    parts = {(t.channel_id, t.part): digest_of(PUBLISH, t.channel_id, t.payload) for t in targets}
    kept = {(t.channel_id, t.part): t.digest for t in targets}
    if parts != kept or digest_of_all(parts) != version.digest:
        raise StaleState(code="altered_since_submission", version=str(version.pk))


def deliveries_of(version_id: UUID | None) -> list[Delivery]:
    """The publish deliveries of a version, as they are now."""
    return for_sources([version_id]).get(version_id, []) if version_id is not None else []


@dataclass(frozen=True)
class Stopped:
    """stopped: would have left by itself, or by a person's word. left: cannot be stopped."""

    stopped: Sequence[Delivery]
    left: Sequence[Delivery]


def stop(version_id: UUID, *, by: UUID, now: datetime) -> Stopped:
    """What of the version may still leave is cancelled, and what was refused with it.

    `revoke` comes first: it locks the rows, so that no worker begins one meanwhile, and
    empties their digests, so that even a worker that has one in hand finds the door shut.
    """
    revoke(version_id, by=by, now=now)
    rows = deliveries_of(version_id)
    waiting = to_stop(rows)
    ended = {row.pk for row in cancel(rows, by=by, now=now)}
    left = [row for row in rows if row.pk not in ended and row.state != "cancelled"]
    return Stopped([row for row in waiting if row.pk in ended], left)


def refuse_if_begun(left: Sequence[Delivery]) -> None:
    """Nothing, or StaleState: "already_out" when a network has it, "being_sent" when it may."""
    if any(row.state in OUT for row in left):
        raise StaleState(code="already_out", channels=_names(left))
    if left:
        raise StaleState(code="being_sent", channels=_names(left))


def void_approvals(version_id: UUID, *, now: datetime) -> int:
    """No yes to the version counts any more; how many did."""
    standing = Decision.objects.filter(version_id=version_id, approved=True, revoked_at=None)
    return standing.update(revoked_at=now)


def _order(post: Post, version: Version, target: Target) -> Order:
    return Order(
        workspace_id=post.workspace_id,
        channel_id=target.channel_id,
        kind=PUBLISH,
        source=version.pk,
        payload=target.payload,
        digest=target.digest,
        tags=_tags(post, version),
        due_at=version.planned_at,
        missed_after=settings.TIMINGS.missed_window,
        part=target.part,
        after=target.after,
    )


def _tags(post: Post, version: Version) -> list[str]:
    """What holds are compared with, besides workspace and channel."""
    labels = [f"label:{one}" for one in parse(version.content).labels]
    return [*labels, post.purpose] if post.purpose else labels


def _names(rows: Sequence[Delivery]) -> str:
    return ", ".join(sorted({str(row.channel) for row in rows}))
