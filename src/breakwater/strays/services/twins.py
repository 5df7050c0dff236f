"""Somebody here wrote the same: is it that delivery, ours by hand, or nobody's?"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import move
from breakwater.delivery.lifecycle import DELIVERY, IN_HAND
from breakwater.delivery.models import Delivery
from breakwater.delivery.reconcile import Discovery
from breakwater.delivery.services import reconciling
from breakwater.domain.errors import Invalid, StaleState
from breakwater.networks.base import Seen
from breakwater.publishing.services.departures import placing
from breakwater.strays.lifecycle import SIGHTING
from breakwater.strays.models import Sighting
from breakwater.strays.services.alarming import ring


def linkable(delivery: Delivery | None, sighting: Sighting) -> bool:
    """Whether the post can be what became of the delivery: of the same channel, not out, and not in
    a worker's hand."""
    return (
        delivery is not None
        and delivery.channel_id == sighting.channel_id
        and delivery.state not in IN_HAND
        and DELIVERY.allows(delivery.state, "accepted")
    )


def link_twin(sighting: Sighting, delivery: Delivery, *, by: UUID, now: datetime) -> Sighting:
    """The delivery is out, and this is its post; nothing more is sent for it.

    Raises: Invalid("not_a_candidate") for a delivery that it cannot be; StaleState when either was
    settled meanwhile.
    """
    if not linkable(delivery, sighting):
        raise Invalid(code="not_a_candidate", field="delivery")
    arrival = sighting.arrival
    at = arrival.at if arrival else sighting.created_at
    text = arrival.text if arrival else ""
    seen = Seen(sighting.ref, sighting.url, text, at)
    with placing([delivery.pk]):
        found = [Discovery(delivery, (seen,), "by_person")]
        reconciling.stand_still(found)
        if not reconciling.adopt(found, by=by, now=now):
            raise StaleState(subject="delivery", id=str(delivery.pk))
        return move(
            sighting, SIGHTING, "explained", by=by, now=now, answered_by_id=by, answered_at=now,
            delivery=delivery, to_tell=False, code="linked",
        )  # fmt: skip


def is_ours(sighting: Sighting, *, by: UUID, now: datetime) -> Sighting:
    """Somebody here posted it by hand, beside what is planned. Raises: StaleState."""
    with transaction.atomic():
        return move(
            sighting, SIGHTING, "fine", by=by, now=now, why={"ref": sighting.ref},
            answered_by_id=by, answered_at=now, to_tell=False,
        )  # fmt: skip


def not_ours(sighting: Sighting, *, by: UUID, now: datetime) -> Sighting:
    """Whoever posted these words was nobody here: an alarm. Raises: StaleState."""
    return ring(sighting, "said_so_by_person", by=by, now=now, answered_by_id=by, answered_at=now)
