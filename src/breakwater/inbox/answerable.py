"""Whether a message can be answered, until when and how long, before anybody types."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from breakwater.channels.models import Channel
from breakwater.channels.selectors import Why, allows, limits_of, manifest
from breakwater.delivery.services.talking import ability
from breakwater.domain.answering import Door, Rules, Standing, names, standing
from breakwater.domain.text import Counting, count
from breakwater.inbox.models import Item
from breakwater.networks.base import Can, Capability


@dataclass(frozen=True)
class Terms:
    """What the network lets a message be answered with. why: Why.OK, or what stands in the way of
    this account. note: a msgid of the network's, or "". counting: how its words are counted."""

    can: Can
    may: bool
    why: Why
    note: str
    standing: Standing
    counting: Counting

    @property
    def open(self) -> bool:
        """Whether an answer may be tried at all."""
        return self.may and self.standing.door is not Door.SHUT

    def left(self, text: str) -> int:
        """How many of the network's units are left; negative when it is too long."""
        return self.counting.limit - count(text, self.counting)


def terms_of(item: Item, channel: Channel, *, last_at: datetime, now: datetime) -> Terms:
    """item: with its arrival. last_at: of the last thing that its writer said. One query.

    Raises: Unsupported when the channel's network is not installed.
    """
    can = ability(item.what)
    capability = manifest(channel.network).can.get(can)
    allowed = allows(channel, can)
    away = channel.state == "disconnected"
    return Terms(
        can=can,
        may=allowed.yes and not away,
        why=allowed.why,
        note=capability.note if capability else "",
        standing=_standing(item, channel, capability, last_at, now),
        counting=counting_of(channel, can),
    )


def counting_of(channel: Channel, can: Can) -> Counting:
    """How the words of such an answer are counted on this channel."""
    can_do: Mapping[Can, Capability] = manifest(channel.network).can
    own = can_do[can].text if can in can_do else None
    return own or limits_of(channel).text


def _standing(
    item: Item, channel: Channel, known: Capability | None, last_at: datetime, now: datetime
) -> Standing:
    if known is None:
        return Standing(Door.OPEN)
    rules = Rules(known.within_s, known.granted_s, known.called)
    named = names(item.arrival.text, channel.handle)
    return standing(rules, what=item.what, named=named, last_at=last_at, now=now)
