"""Where what is out is now. A change may have given it another id; nothing is copied back: the
newest change that is out says it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from breakwater.delivery.lifecycle import OUT
from breakwater.delivery.models import Delivery
from breakwater.domain.kinds import EDIT, MAKES


@dataclass(frozen=True)
class Place:
    """The id by which the network knows it, and where a browser finds it ("": not known)."""

    remote_id: str
    url: str


def places(rows: Iterable[Delivery]) -> dict[UUID, Place]:
    """Delivery -> where what it made is now. One query, none where nothing can have changed."""
    every = list(rows)
    found = {row.pk: Place(row.remote_id, row.remote_url) for row in every}
    able = [row.pk for row in every if row.kind in MAKES and row.remote_id]
    changes = Delivery.objects.filter(source__in=able, kind=EDIT, state__in=OUT)
    for change in changes.exclude(remote_id="").order_by("occurrence") if able else []:
        url = change.remote_url or found[change.source].url
        found[change.source] = Place(change.remote_id, url)
    return found


def place_of(row: Delivery) -> Place:
    return places([row])[row.pk]
