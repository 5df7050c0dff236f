"""What is known of channels and networks. Secrets are never among it."""

import hashlib
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q, QuerySet

from breakwater.channels import installed
from breakwater.channels.limits import from_json
from breakwater.channels.models import Channel, Connecting
from breakwater.domain.errors import NotFound
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Limits, Manifest
from breakwater.networks.registry import Broken


class Health(StrEnum):
    """How a channel is. core/messages.py has the sentences (`health_<value>`)."""

    OK = "ok"
    EXPIRING = "expiring"  # ends within settings.TIMINGS.token_warning
    RECONNECT = "reconnect"  # the network no longer accepts what we have
    TROUBLE = "trouble"  # the last check failed for another reason: channel.trouble
    DISCONNECTED = "disconnected"


def in_order(prefix: str = "") -> tuple[str, ...]:
    """What to sort by, so that channels stand in one order wherever they are listed.

    prefix: of the way to the channel, like "channel__".
    """
    return tuple(prefix + name for name in ("network", "handle", "id"))


def networks() -> dict[str, Manifest]:
    """slug -> manifest of each installed network, by name."""
    return installed.manifests()


def broken_networks() -> tuple[Broken, ...]:
    """The networks that did not load, and why."""
    return installed.broken()


def manifest(slug: str) -> Manifest:
    """Raises: Unsupported when no such network is installed."""
    return installed.network(slug).manifest


def channels(workspace_id: UUID) -> QuerySet[Channel]:
    """All channels of the workspace, disconnected ones too, in order; secrets not loaded."""
    return (
        Channel.objects.filter(workspace_id=workspace_id)
        .select_related("credential")
        .defer("credential__sealed")
        .order_by(*in_order())
    )


def everywhere() -> QuerySet[Channel]:
    """All channels of all workspaces, for whoever runs the installation; secrets not loaded."""
    rows = Channel.objects.select_related("credential", "workspace").defer("credential__sealed")
    return rows.order_by("workspace__slug", *in_order())


def connected(workspace_id: UUID) -> QuerySet[Channel]:
    """The channels that a post may be written for."""
    return channels(workspace_id).exclude(state="disconnected")


def channel_of(workspace_id: UUID, channel_id: UUID) -> Channel:
    """Raises: NotFound when there is none, or it is another workspace's."""
    found = channels(workspace_id).filter(id=channel_id).first()
    if found is None:
        raise NotFound(what="channel")
    return found


def health(channel: Channel, now: datetime) -> Health:
    """How the channel is. Reads the credential's row (loaded by the selectors above)."""
    if channel.state == "disconnected":
        return Health.DISCONNECTED
    if channel.state == "reconnect":
        return Health.RECONNECT
    if channel.trouble:
        return Health.TROUBLE
    ends = channel.credential.expires_at
    if ends is not None and ends - now <= settings.TIMINGS.token_warning:
        return Health.EXPIRING
    return Health.OK


def unchecked(*, before: datetime, limit: int) -> list[Channel]:
    """Connected channels that nobody asked how they are since `before`, the longest ago first."""
    stale = Q(checked_at=None) | Q(checked_at__lt=before)
    rows = Channel.objects.filter(stale, state="connected")
    return list(rows.order_by(F("checked_at").asc(nulls_first=True), "pk")[:limit])


def to_watch() -> QuerySet[Channel]:
    """Channels that may need a person: shut ones, and those whose credential has an end."""
    mind = Q(state="reconnect") | Q(state="connected", credential__expires_at__isnull=False)
    rows = Channel.objects.filter(mind).select_related("credential", "workspace")
    return rows.defer("credential__sealed").order_by("pk")


def limits_of(channel: Channel) -> Limits:
    """What the network told us when we last asked, or what its manifest says."""
    return from_json(channel.limits) if channel.limits else manifest(channel.network).limits


def guarantee(channel: Channel) -> Guarantee:
    """What protects this account against the same post twice."""
    kept = channel.options.get("guarantee")
    return Guarantee(kept) if kept else manifest(channel.network).guarantee


def shut_channels(now: datetime) -> list[UUID]:
    """Those for which nothing leaves now: not connected, or asked by their network to wait."""
    shut = ~Q(state="connected") | Q(quiet_until__gt=now)
    return list(Channel.objects.filter(shut).values_list("pk", flat=True))


def walk(state: str, person_id: UUID) -> Connecting:
    """The person's walk to a consent page with this `state`: which workspace to return to.

    Says nothing of whether it is still good: `services.finish_oauth` does.
    Raises: NotFound.
    """
    found = Connecting.objects.filter(state_hash=sha256(state), person_id=person_id).first()
    if found is None:
        raise NotFound(what="connecting")
    return found


def sha256(text: str) -> str:
    """How states and session keys are kept: hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
