"""A threat is kept before any deed that makes it go. Call `keep_before` ahead of such a deed."""

from datetime import datetime

from breakwater.channels.models import Channel
from breakwater.channels.selectors import allows
from breakwater.delivery.services.talking import NEEDS, Done
from breakwater.inbox.guard import is_threat
from breakwater.inbox.models import Item, Kept
from breakwater.inbox.services import keeping
from breakwater.networks.base import Deed
from breakwater.people.selectors import Access

MAKES_GO = (Deed.HIDE, Deed.REMOVE, Deed.REPORT, Deed.BLOCK)
"""Deeds after which a message may be seen no more, by us or by anybody."""
_ONE_THING = 8
"""As one network may bring the same thing: as a comment, a mention, a tag …"""


def keep_before(deed: Deed | str, item: Item, *, by: Access | None, now: datetime) -> Kept | None:
    """To be called before such a deed: a threat is kept first, and what is kept comes back; None for
    all else. The item must come with its arrival. by: None for a rule."""
    if item.own or deed not in MAKES_GO or not is_threat(item):
        return None
    return keeping.keep(item, by=by, why=keeping.THREAT, now=now)


def keep_before_deed_on(channel: Channel, done: Done, *, by: Access | None, now: datetime) -> None:
    """The same for who knows the network's ids only. Where the account may not do it, or the message
    was not taken in, nothing is kept. Before the deed, and outside its transaction."""
    if done.deed not in MAKES_GO or not allows(channel, NEEDS[done.deed]).yes:
        return
    items = Item.objects.select_related("arrival__channel").filter(arrival__channel=channel)
    if done.arrival_id is not None:
        items = items.filter(pk=done.arrival_id)
    else:
        items = items.filter(arrival__remote_id=done.target)
    for item in items[:_ONE_THING]:
        keep_before(done.deed, item, by=by, now=now)
