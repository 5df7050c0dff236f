"""A person answers: is it out or not? Each answer is a decision by name, on record."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import move, move_many
from breakwater.delivery.lifecycle import DELIVERY
from breakwater.delivery.models import COMMIT_CALLS_FOR_LIFE, Delivery
from breakwater.delivery.selectors import taken
from breakwater.delivery.services.chains import behind, stand_by, wake
from breakwater.delivery.services.clocks import check
from breakwater.domain.errors import Invalid, StaleState


def it_is_out(
    delivery: Delivery, *, remote_id: str = "", url: str = "", by: UUID, now: datetime
) -> Delivery:
    """The person saw it on the network. With `remote_id` (one of those we found) it is read
    back like any other; without, their word is the proof and the record says so. What answers it
    leaves now, or, where its id is not known, asks a person.

    Raises: Invalid("not_a_candidate") for a post that we did not find, or that is another
    delivery's.
    """
    _asked(delivery)
    with transaction.atomic():
        stand_by([delivery.pk])
        out = _out(delivery, remote_id, url, by=by, now=now)
        wake([out.pk], now=now)
    return out


def _out(delivery: Delivery, remote_id: str, url: str, *, by: UUID, now: datetime) -> Delivery:
    if remote_id:
        known = {str(one.get("remote_id")): str(one.get("url", "")) for one in delivery.seen}
        if remote_id not in known or remote_id in taken(delivery):
            raise Invalid(code="not_a_candidate", field="remote_id")
        return move(
            delivery, DELIVERY, "accepted", by=by, now=now, why={"answer": "this one"},
            remote_id=remote_id, remote_url=known[remote_id], accepted_at=now, not_before=now,
            doubtful=False, to_tell=False, reason="",
        )  # fmt: skip
    return move(
        delivery, DELIVERY, "verified", by=by, now=now, why={"answer": "seen by a person"},
        remote_url=url or delivery.remote_url, accepted_at=delivery.accepted_at or now,
        verified_at=now, to_tell=False, reason="by_person",
    )  # fmt: skip


def it_is_not_out(delivery: Delivery, *, by: UUID, now: datetime) -> Delivery:
    """The person looked and it is not there: it is sent (again) with the same key, at once or, if
    its planned time is still to come, then.

    Raises: Invalid("too_many_tries") when its calls for life are used up;
    StaleState("clock_doubted") while the clock is not believed.
    """
    _asked(delivery)
    check(now)
    if delivery.commit_calls >= COMMIT_CALLS_FOR_LIFE:
        raise Invalid(code="too_many_tries")
    window, due = delivery.missed_at - delivery.due_at, max(now, delivery.due_at)
    with transaction.atomic():
        return move(
            delivery, DELIVERY, "queued", by=by, now=now, why={"answer": "not out, send"},
            due_at=due, not_before=due, missed_at=due + window, doubtful=False, looks=0,
            remote_id="", remote_url="", accepted_at=None, to_tell=False, stuck_told=False,
            reason="",
        )  # fmt: skip


def leave_it(delivery: Delivery, *, by: UUID, now: datetime) -> Delivery:
    """The person gives it up: nothing more is sent for it, nor what would have answered it."""
    with transaction.atomic():
        stand_by([delivery.pk])
        left = move(
            delivery, DELIVERY, "cancelled", by=by, now=now, why={"answer": "leave it"},
            to_tell=False,
        )  # fmt: skip
        why = {"answer": "leave it", "first": str(left.pk)}
        move_many(behind([left]), DELIVERY, "cancelled", by=by, now=now, why=why)
    return left


def _asked(delivery: Delivery) -> None:
    if delivery.state != "needs_human":
        raise StaleState(subject="delivery", id=str(delivery.pk), state=delivery.state)
