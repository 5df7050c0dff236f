"""What holds deliveries back as a whole: networks in trouble, clocks that are not believed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from breakwater.channels.models import Channel
from breakwater.delivery.lifecycle import WAITING
from breakwater.delivery.models import Circuit, ClockMark, Delivery
from breakwater.people.models import Workspace


@dataclass(frozen=True)
class Shut:
    """A network that nothing leaves for now. origin: scheme://host[:port]. since: None: it only
    told us to wait. reason: "unknown", "failures" or "throttled". tried_at: when the next
    delivery may try it. waiting: deliveries that are due and wait for it."""

    origin: str
    since: datetime | None
    reason: str
    tried_at: datetime | None
    waiting: int


@dataclass(frozen=True)
class Standing:
    """networks: those shut, by origin. clocks: machines whose clock holds everything there."""

    networks: tuple[Shut, ...]
    clocks: tuple[ClockMark, ...]

    @property
    def fine(self) -> bool:
        return not self.networks and not self.clocks


def standing(now: datetime, workspace_id: UUID | None = None) -> Standing:
    """What holds back now: everywhere, or as far as a workspace's channels are concerned.

    Two or three queries, however many deliveries there are.
    """
    return Standing(tuple(_shut(now, workspace_id)), tuple(held_clocks()))


def held_clocks() -> list[ClockMark]:
    """Machines whose workers send nothing because their clock is not believed."""
    return list(ClockMark.objects.filter(held_since__isnull=False).order_by("held_since", "pk"))


def workspaces_at(origin: str) -> list[Workspace]:
    """The workspaces that have a connected channel of this network."""
    own = Channel.objects.filter(origin=origin, state="connected")
    return list(Workspace.objects.filter(pk__in=own.values("workspace")).order_by("pk"))


def every_workspace() -> list[Workspace]:
    return list(Workspace.objects.order_by("pk"))


def _shut(now: datetime, workspace_id: UUID | None) -> list[Shut]:
    rows = Circuit.objects.filter(Q(opened_at__isnull=False) | Q(quiet_until__gt=now))
    if workspace_id is not None:
        own = Channel.objects.filter(workspace_id=workspace_id, state="connected")
        rows = rows.filter(origin__in=own.values("origin"))
    found = list(rows.order_by("origin"))
    waiting = _waiting([one.origin for one in found], workspace_id, now) if found else {}
    return [
        Shut(
            origin=one.origin,
            since=one.opened_at,
            reason=one.reason if one.opened_at else "throttled",
            tried_at=one.probe_at if one.opened_at else one.quiet_until,
            waiting=waiting.get(one.origin, 0),
        )
        for one in found
    ]


def _waiting(origins: list[str], workspace_id: UUID | None, now: datetime) -> dict[str, int]:
    rows = Delivery.objects.filter(
        state__in=WAITING, not_before__lte=now, channel__origin__in=origins
    )
    if workspace_id is not None:
        rows = rows.filter(workspace_id=workspace_id)
    return dict(rows.order_by().values_list("channel__origin").annotate(Count("pk")))
