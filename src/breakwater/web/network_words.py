"""What is known of a channel, in words: abilities, limits, health."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext

from breakwater.channels.models import Channel
from breakwater.channels.selectors import (
    Allowed,
    Health,
    Why,
    all_allowed,
    guarantee,
    health,
    limits_of,
)
from breakwater.core.dates import dated
from breakwater.core.messages import knows, sentence
from breakwater.core.reasons import HEALTH
from breakwater.domain.errors import Unsupported
from breakwater.networks.base import Limits, Manifest
from breakwater.web.manifest_words import PROTECTIONS, Ability, abilities, day


@dataclass(frozen=True)
class Condition:
    """How a channel is. state: of states.LOOKS["health"]; detail: the network's own word."""

    state: Health
    sentence: str
    cause: str = ""
    detail: str = ""


def source_line(limits: Limits, channel: Channel | None = None) -> str:
    """Where the limits come from: the account itself, or a document read on a day."""
    if channel is not None and channel.limits:
        return gettext("The network itself said so when it was asked last.")
    return gettext("Read on %(day)s.") % {"day": day(limits.read_on)} if limits.read_on else ""


def condition(channel: Channel, now: datetime) -> Condition:
    """How the channel is, what that means for its posts, and what to do."""
    state = health(channel, now)
    said = str(HEALTH[state])
    if state is Health.EXPIRING and (ends := channel.credential.expires_at):
        said %= {"day": dated(ends, "DATE_FORMAT")}
    if state is not Health.TROUBLE:
        return Condition(state, said, detail=channel.trouble_detail)
    cause = sentence(channel.trouble) if knows(channel.trouble) else ""
    return Condition(state, said, cause, channel.trouble_detail)


def protection(channel: Channel) -> str:
    """What keeps the same post from appearing twice there."""
    try:
        return str(PROTECTIONS[guarantee(channel)])
    except Unsupported:
        return ""


def known_limits(channel: Channel) -> Limits | None:
    """None when the network is no longer installed and the account told us nothing."""
    try:
        return limits_of(channel)
    except Unsupported:
        return None


def channel_abilities(channel: Channel, manifest: Manifest) -> list[Ability]:
    """What the network can, and what of it this very account may. One query."""
    allowed = all_allowed(channel)
    return [_of_account(one, allowed[one.can]) for one in abilities(manifest)]


def _of_account(ability: Ability, may: Allowed) -> Ability:
    if may.why in (Why.OK, Why.NO):
        return replace(ability, shut=not may.yes)
    on = {"day": dated(timezone.localtime(may.on), "DATE_FORMAT") if may.on else ""}
    if may.why is Why.SHOWN:
        said = gettext("Shown on this account on %(day)s.") % on
        return replace(
            ability, answer=gettext("yes"), icon="check", tone="done", why=said, claimed=False
        )
    said = {
        Why.NOT_GRANTED: gettext("Not granted. Reconnect the channel and choose more."),
        Why.REFUSED: gettext("Tried on this account on %(day)s: the network said no."),
        Why.PLAN: gettext("Whether this account has it is not known yet."),
        Why.UNTRIED: gettext("Not tried on this account yet."),
    }[may.why] % on
    if may.why in (Why.PLAN, Why.UNTRIED):
        return replace(ability, why=said, shut=True)
    answer = gettext("not granted") if may.why is Why.NOT_GRANTED else gettext("no")
    return replace(ability, answer=answer, icon="lock", tone="care", why=said, shut=True)
