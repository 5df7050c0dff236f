"""Leaving at another moment than planned, and taking down what is out."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.delivery.lifecycle import OUT
from breakwater.delivery.models import Delivery
from breakwater.delivery.places import place_of
from breakwater.delivery.services import (
    DELETE,
    PUBLISH,
    Order,
    bring_forward,
    check_clock,
    enqueue,
    put_off,
    release_missed,
)
from breakwater.domain.errors import Invalid, Problem, StaleState
from breakwater.domain.kinds import MAKES
from breakwater.domain.parcels import digest_of
from breakwater.publishing.models import Decision, Post, Version
from breakwater.publishing.selectors import approved_now, can_take_down
from breakwater.publishing.services.approvals import check_person
from breakwater.publishing.services.drafts import locked, replan
from breakwater.publishing.services.scheduling import deliveries_of

DELETE_WITHIN = timedelta(days=30)
"""A delete is late for nobody: it is tried for this long before a person is asked again."""


def send_now(post: Post, *, by: UUID, now: datetime) -> list[Delivery]:
    """What of the scheduled post still waits is due at once: a new decision, by name.

    Raises: Forbidden "not_an_approver" or "own_post"; StaleState "not_approved", or
    "nothing_waits" when all of it has begun or waits for something else.
    """
    with transaction.atomic():
        own = locked(post.workspace_id, post.pk)
        version = _approved(own)
        check_person(own, version, by)
        moved = bring_forward(deliveries_of(version.pk), by=by, now=now)
        if not moved:
            raise StaleState(code="nothing_waits")
        _decided(own, version, "now", by, now)
    return moved


def send_late(delivery: Delivery, *, by: UUID, now: datetime) -> Delivery:
    """A missed, held or failed delivery leaves after all. For a post this is a new decision on
    its approved version; a delete needs none.

    Raises: as `send_now`; StaleState when the delivery does not wait for this answer.
    """
    if delivery.kind != PUBLISH:
        return release_missed(delivery, by=by, now=now)
    with transaction.atomic():
        source = Version.objects.select_related("post").filter(pk=delivery.source).first()
        if source is None:
            raise StaleState(code="not_approved")
        own = locked(source.post.workspace_id, source.post_id)
        version = _approved(own)
        if version.pk != source.pk:
            raise StaleState(code="not_approved", state=own.state)
        check_person(own, version, by)
        row = release_missed(delivery, by=by, now=now)
        _decided(own, version, "now", by, now)
    return row


def send_at(version: Version, at: datetime, *, by: UUID, now: datetime) -> list[Delivery]:
    """What of the approved version has not left leaves at `at` instead: a new decision, by name.
    The post's planned time moves along.

    Raises: as `send_now`; Invalid("time_past").
    """
    if at <= now:
        raise Invalid(code="time_past", field="at", wall=f"{at:%Y-%m-%dT%H:%M}", zone="UTC")
    with transaction.atomic():
        own = locked(version.post.workspace_id, version.post_id)
        standing = _approved(own)
        if standing.pk != version.pk:
            raise StaleState(code="not_approved", state=own.state)
        check_person(own, standing, by)
        moved = put_off(deliveries_of(standing.pk), at, by=by, now=now)
        if not moved:
            raise StaleState(code="nothing_waits")
        replan(own, standing, at)
        _decided(own, standing, "later", by, now)
    return moved


def take_down(delivery: Delivery, *, needs: str = "", by: UUID, now: datetime) -> Delivery:
    """The delivery that deletes a post or an answer of ours on its network, under the id that it
    has there now; asked twice, the same one. needs: SHA-256 of the file without which it does not
    begin: its sealed evidence.

    Raises: Problem("delete_unsupported") with the `url`, when the network has no delete;
    StaleState("nothing_to_take_down") when it is not out, or "clock_doubted" while the clock is
    not believed.
    """
    if not can_take_down(delivery):
        raise Problem(code="delete_unsupported", url=place_of(delivery).url)
    check_clock(now)
    with transaction.atomic():
        own = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
        if own.kind not in MAKES or own.state not in OUT or not own.remote_id:
            raise StaleState(code="nothing_to_take_down", state=own.state)
        before = list(Delivery.objects.filter(source=own.pk, kind=DELETE).order_by("occurrence"))
        if standing := [row for row in before if row.state != "cancelled"]:
            return standing[0]
        return enqueue([_undoing(own, len(before), needs, now)], by=by, now=now)[0]


def take_down_post(post: Post, *, by: UUID, now: datetime) -> list[Delivery]:
    """A delete for each channel where the post is out and that can delete.

    Raises: as `take_down`, when there is none.
    """
    out = [row for row in deliveries_of(post.version_id) if row.state in OUT]
    if not out:
        raise StaleState(code="nothing_to_take_down", state=post.state)
    able = [row for row in out if can_take_down(row)]
    if not able:
        raise Problem(code="delete_unsupported", url=place_of(out[0]).url)
    with transaction.atomic():
        return [take_down(row, by=by, now=now) for row in able]


def _undoing(delivery: Delivery, occurrence: int, needs: str, now: datetime) -> Order:
    there = place_of(delivery)
    payload = {"remote_id": there.remote_id, "remote_url": there.url}
    return Order(
        workspace_id=delivery.workspace_id,
        channel_id=delivery.channel_id,
        kind=DELETE,
        source=delivery.pk,
        payload=payload,
        digest=digest_of(DELETE, delivery.channel_id, payload),
        tags=[],
        due_at=now,
        missed_after=DELETE_WITHIN,
        occurrence=occurrence,
        needs_blob=needs,
    )


def _approved(post: Post) -> Version:
    if post.version_id is None or not approved_now([post.version_id]):
        raise StaleState(code="not_approved", state=post.state)
    return Version.objects.get(pk=post.version_id)


def _decided(post: Post, version: Version, about: str, by: UUID, now: datetime) -> None:
    Decision.objects.create(
        version=version, person_id=by, about=about, approved=True, digest=version.digest,
        created_at=now,
    )  # fmt: skip
    verb = "post.send_now" if about == "now" else "post.send_later"
    data = {"version": str(version.pk), "digest": version.digest, "decision": verb[5:]}
    record([Fact(post.workspace_id, verb, "post", post.pk, data)], by=by, now=now)
