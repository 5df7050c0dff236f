"""What is known of channels and networks, and what a channel may do. Secrets are never among it."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet

from breakwater.channels import installed
from breakwater.channels.limits import from_json
from breakwater.channels.models import AppKeys, Channel, Connecting, Trial
from breakwater.domain.errors import NotFound, Unsupported
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Answer, AuthKind, Can, Limits, Manifest, Purpose
from breakwater.networks.registry import Broken


class Health(StrEnum):
    """How a channel is. core/messages.py has the sentences (`health_<value>`)."""

    OK = "ok"
    EXPIRING = "expiring"  # ends within settings.TIMINGS.token_warning
    RECONNECT = "reconnect"  # the network no longer accepts what we have
    TROUBLE = "trouble"  # the last check failed for another reason: channel.trouble
    DISCONNECTED = "disconnected"


class Outcome(StrEnum):
    """What trying an ability on an account gave."""

    SHOWN = "shown"  # it works there
    REFUSED = "refused"  # a definite no of the network's
    UNCLEAR = "unclear"  # no answer that proves either


class Why(StrEnum):
    """Why a channel may do something, or may not."""

    OK = "ok"
    SHOWN = "shown"  # tried on this account: it worked
    NO = "no"  # the network has no such thing, or Breakwater does not do it
    NOT_GRANTED = "not_granted"  # the sign-in was not asked for it, or a person said no to it
    REFUSED = "refused"  # tried on this account: the network said no
    PLAN = "plan"  # depends on the plan, or on a review by the network
    UNTRIED = "untried"  # known only by trying, and nobody has tried yet


@dataclass(frozen=True)
class Allowed:
    """Whether a channel may do something. sure: nothing is known that could stand in its way.
    on: when it was tried on this account. missing: the scopes that were not granted."""

    yes: bool
    why: Why
    on: datetime | None = None
    missing: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        return self.yes and self.why in (Why.OK, Why.SHOWN)


@dataclass(frozen=True)
class SetUp:
    """How far this installation is with one network. keys: without their secrets; None while there
    are none. channels: how many are connected."""

    manifest: Manifest
    keys: AppKeys | None
    channels: int

    @property
    def lacks_keys(self) -> bool:
        return self.manifest.app is not None and self.keys is None


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


def set_ups() -> list[SetUp]:
    """Each installed network, by name, and what this installation has there. Two queries."""
    keys = {row.network: row for row in _keys()}
    connected_ones = Channel.objects.exclude(state="disconnected")
    counted = dict(connected_ones.values_list("network").annotate(n=Count("pk")).order_by())
    return [
        SetUp(manifest, keys.get(slug), counted.get(slug, 0))
        for slug, manifest in networks().items()
    ]


def set_up(slug: str) -> SetUp:
    """The same of one. Raises: Unsupported when no such network is installed."""
    known = manifest(slug)
    there = Channel.objects.filter(network=slug).exclude(state="disconnected").count()
    return SetUp(known, _keys().filter(network=slug).first(), there)


def without_keys() -> set[str]:
    """The networks that nobody can be connected to before an administrator enters keys."""
    asking = {slug for slug, one in networks().items() if one.app is not None}
    if not asking:
        return set()
    return asking - set(AppKeys.objects.values_list("network", flat=True))


def _keys() -> QuerySet[AppKeys]:
    return AppKeys.objects.select_related("changed_by").defer("sealed")


def lives_inside(slug: str) -> bool:
    """Whether the network is part of this installation, so that nobody outside sees a post there.
    Raises: Unsupported."""
    return installed.network(slug).app is not None


def pushes(slug: str) -> bool:
    """Whether the network tells us things itself. Raises: Unsupported."""
    return installed.network(slug).hooks is not None


def own_options(slug: str) -> tuple[str, ...]:
    """The options of a post that each account of this network has its own values for; none where
    it is not installed."""
    known = networks().get(slug)
    return tuple(one.name for one in known.options if one.of_account) if known else ()


def purposes(known: Manifest) -> tuple[Purpose, ...]:
    """What a person may choose from when connecting, least first; () where it makes no difference
    to what the network is asked for."""
    different = known.purposes()
    return different if known.auth is AuthKind.OAUTH and len(different) > 1 else ()


def trials(channel: Channel) -> dict[str, Trial]:
    """Can -> what trying it on this account gave last."""
    return {row.can: row for row in channel.trials.all()}


def allows(channel: Channel, can: Can) -> Allowed:
    """Whether the channel may do this, and why (not). At most one query, none where `trials` were
    fetched.

    What only a try can tell is allowed and not `sure`. Raises: Unsupported when its network is
    not installed.
    """
    return _allowed(channel, can, trials(channel).get(can))


def able(channel: Channel, can: Can) -> bool:
    """The same as yes or no, and no where its network is not installed."""
    try:
        return allows(channel, can).yes
    except Unsupported:
        return False


def all_allowed(channel: Channel) -> dict[Can, Allowed]:
    """The same of everything, in one query (none where `trials` were fetched). Raises: Unsupported."""
    tried = trials(channel)
    return {can: _allowed(channel, can, tried.get(can)) for can in Can}


def _allowed(channel: Channel, can: Can, trial: Trial | None) -> Allowed:
    known = manifest(channel.network)
    capability = known.can.get(can)
    if capability is None or capability.answer is Answer.NO:
        return Allowed(False, Why.NO)
    if missing := not_granted(channel.scopes, known.scopes.get(can, ())):
        return Allowed(False, Why.NOT_GRANTED, missing=missing)
    if trial is not None and trial.outcome == Outcome.SHOWN:
        return Allowed(True, Why.SHOWN, trial.created_at)
    if trial is not None and trial.outcome == Outcome.REFUSED:
        return Allowed(False, Why.REFUSED, trial.created_at)
    why = {Answer.PLAN: Why.PLAN, Answer.PROBE: Why.UNTRIED}.get(capability.answer, Why.OK)
    return Allowed(True, why)


def not_granted(given: Collection[str] | None, needed: Collection[str]) -> tuple[str, ...]:
    """Those of the scopes that were not granted. given: None where the network did not say.

    A scope covers those below it: "write" is enough for "write:statuses".
    """
    if given is None:
        return ()
    return tuple(one for one in needed if one not in given and one.partition(":")[0] not in given)


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
    """Connected channels that nobody asked how they are since `before`, or never what they offer,
    the longest ago first."""
    choosing = [slug for slug in networks() if own_options(slug)]
    stale = Q(checked_at=None) | Q(checked_at__lt=before) | Q(choices_at=None, network__in=choosing)
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
