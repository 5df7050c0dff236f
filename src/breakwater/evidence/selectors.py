"""What is read of captures."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from breakwater.core import blobs
from breakwater.domain.errors import NotFound
from breakwater.evidence.lifecycle import OPEN
from breakwater.evidence.models import (
    Absence,
    Access,
    Capture,
    Head,
    Link,
    Shredding,
    Signature,
    Stamp,
)

PAGE = 50


def captures_of(ids: Iterable[UUID]) -> dict[UUID, Capture]:
    return Capture.objects.in_bulk(list(ids))


def sealed(captures: Iterable[Capture]) -> list[Capture]:
    """Those of which everything essential is on disk, as they are in the database now.

    Their `blob` is what a delete needs (`needs_blob`)."""
    fresh = captures_of({one.pk for one in captures}).values()
    return [one for one in fresh if one.state == "sealed" and _there(one)]


def ready(captures: Iterable[Capture]) -> list[Capture]:
    """Those that may be deleted: sealed ones, and partial or failed ones that a person signed for.

    Of a failed one `blob` is "": nothing is on disk, and its delete needs nothing."""
    fresh = list(captures_of({one.pk for one in captures}).values())
    wanting = [one.pk for one in fresh if one.state in ("partial", "failed")]
    signed = set(Signature.objects.filter(capture__in=wanting).values_list("capture_id", flat=True))
    return [one for one in fresh if (one.state == "sealed" and _there(one)) or one.pk in signed]


def under_way(captures: Iterable[Capture]) -> list[Capture]:
    """Those that are asked for or being taken."""
    fresh = captures_of({one.pk for one in captures}).values()
    return [one for one in fresh if one.state in OPEN]


def capture_of(workspace_id: UUID, capture_id: UUID) -> Capture:
    """With channel and persons. Raises: NotFound, for another workspace's alike."""
    row = (
        Capture.objects.select_related("channel", "workspace", "asked_by", "held_by")
        .filter(workspace_id=workspace_id, pk=capture_id)
        .first()
    )
    if row is None:
        raise NotFound(what="capture")
    return row


def of_incident(incident: UUID) -> QuerySet[Capture]:
    return (
        Capture.objects.filter(incident=incident)
        .select_related("channel")
        .order_by("created_at", "pk")
    )


def for_incident(channel_id: UUID, remote_id: str) -> Capture | None:
    """The newest capture that an incident asked for of this very post, unless it is shredded."""
    rows = Capture.objects.filter(channel_id=channel_id, remote_id=remote_id)
    return rows.exclude(incident=None).exclude(state="shredded").order_by("-created_at").first()


def absences(deliveries: Iterable[UUID]) -> Sequence[Absence]:
    """The looks for what these deletes took away, in order of time."""
    rows = Absence.objects.filter(delivery__in=list(deliveries)).select_related("channel")
    return list(rows.order_by("delivery", "round"))


def expected(deliveries: Iterable[UUID]) -> set[UUID]:
    """Those of these deletes whose looks were asked for. One query."""
    rows = Absence.objects.filter(delivery__in=list(deliveries))
    return set(rows.values_list("delivery", flat=True))


def _there(capture: Capture) -> bool:
    return bool(capture.blob) and blobs.exists(capture.blob)


def newest(
    workspace_id: UUID, *, before: datetime | None = None, below: int | None = None
) -> list[Capture]:
    """A page of captures: first what has no number (yet), then by number; the newest first in both.
    before: of those without a number only the ones asked for earlier. below: only such numbers. Two
    queries, each along its index."""
    rows = Capture.objects.filter(workspace_id=workspace_id).select_related("channel")
    found: list[Capture] = []
    if below is None:
        waits = rows.filter(number=None)
        waits = waits.filter(created_at__lt=before) if before is not None else waits
        found = list(waits.order_by("-created_at", "-pk")[:PAGE])
    numbered = rows.filter(number__isnull=False) if below is None else rows.filter(number__lt=below)
    return found + list(numbered.order_by("-number")[: PAGE - len(found)])


def signatures(capture: Capture) -> list[Signature]:
    rows = Signature.objects.filter(capture=capture).select_related("person")
    return list(rows.order_by("created_at"))


def doubt_about(capture: Capture) -> Shredding | None:
    """Who said that it has to go before its day, while nobody else has answered."""
    rows = Shredding.objects.filter(capture=capture, outcome="").select_related("asked_by")
    return rows.first()


def stamp_of(capture: Capture) -> Stamp | None:
    """The time stamp, had or to come, over the package that is kept now; None where none is asked for."""
    if not capture.blob:
        return None
    return Stamp.objects.filter(link__capture=capture, link__blob=capture.blob).first()


def looks(capture: Capture) -> list[Access]:
    """Who had it in hand, latest first."""
    rows = Access.objects.filter(capture=capture).select_related("person")
    return list(rows.order_by("-created_at")[:PAGE])


def copies(capture: Capture) -> list[Link]:
    """The links of copies that were made of it for others, latest first."""
    return list(Link.objects.filter(capture=capture, blob="").order_by("-number")[:PAGE])


def absences_of(capture: Capture) -> list[Absence]:
    return list(Absence.objects.filter(capture=capture).order_by("created_at", "round"))


def head_of(workspace_id: UUID) -> Head:
    """Where the chain ends, and how long packages are kept; a fresh one where nothing was kept."""
    return Head.objects.filter(pk=workspace_id).first() or Head(workspace_id=workspace_id)
