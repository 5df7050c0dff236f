"""Which conversation a message belongs to, in whatever order its messages come.

A message that answers another belongs to that one's conversation; where the other is not known yet,
to one that is named after it, which the other joins, or takes over, once it comes.
"""

from collections.abc import Mapping, Sequence

from breakwater.channels.models import Arrival
from breakwater.delivery.models import Delivery
from breakwater.domain.kinds import REPLY
from breakwater.inbox.models import Item
from breakwater.networks.base import What

Place = tuple[str, str]
"""Channel (its id as text) and remote id, or key."""


def keys_of(arrivals: Sequence[Arrival]) -> dict[int, str]:
    """Arrival id -> key of its conversation. At most three queries."""
    known = _known(arrivals)
    here = {(str(one.channel_id), one.remote_id): one for one in arrivals}
    return {one.pk: _key(one, here, known, frozenset()) for one in arrivals}


def answered(arrival: Arrival) -> str:
    """Remote id of the message that it answers; "" for one that begins a conversation: below our
    post, that post is not part of it."""
    return "" if arrival.parent in (arrival.about, arrival.thread) else arrival.parent


def _key(
    one: Arrival,
    here: Mapping[Place, Arrival],
    known: Mapping[Place, str],
    passed: frozenset[int],
) -> str:
    if one.what == What.MESSAGE:
        return f"m:{one.thread or one.author_id}"
    parent = answered(one)
    if not parent:
        return one.remote_id
    place = (str(one.channel_id), parent)
    if place in known:
        return known[place]
    above = here.get(place)
    if above is None or above.pk in passed or above.pk == one.pk:
        return parent
    return _key(above, here, known, passed | {one.pk})


def _known(arrivals: Sequence[Arrival]) -> dict[Place, str]:
    """Conversations of the messages that these answer, where those are here already: as items, or
    as answers of ours that the network did not echo."""
    wanted = {(str(one.channel_id), answered(one)) for one in arrivals if answered(one)}
    if not wanted:
        return {}
    found = _of_items(wanted)
    missing = wanted - found.keys()
    if not missing:
        return found
    rows = Delivery.objects.filter(
        kind=REPLY, channel_id__in={one for one, _ in missing},
        remote_id__in={two for _, two in missing},
    )  # fmt: skip
    ours = {
        (str(row.channel_id), row.remote_id): (str(row.channel_id), row.payload["reply_to"])
        for row in rows
    }
    above = _of_items(set(ours.values()))
    found.update({place: above[to] for place, to in ours.items() if to in above})
    return found


def _of_items(places: set[Place]) -> dict[Place, str]:
    rows = Item.objects.filter(
        arrival__channel_id__in={one for one, _ in places},
        arrival__remote_id__in={two for _, two in places},
    )
    said = rows.values_list("arrival__channel_id", "arrival__remote_id", "thread__key")
    found = {(str(channel), remote): key for channel, remote, key in said}
    return {place: key for place, key in found.items() if place in places}
