"""What must never be done: questions that all other code asks before it acts by itself.

A person in danger is never grouped, never locked out, and never answered by a machine. A threat is
kept before anything makes it go.
"""

from datetime import datetime

from breakwater.channels.models import Channel
from breakwater.channels.selectors import allows
from breakwater.delivery.services.talking import NEEDS, Done
from breakwater.domain.scoring.scores import Head
from breakwater.domain.triage import Category
from breakwater.inbox.models import Item, Kept, Thread
from breakwater.inbox.services import keeping
from breakwater.networks.base import Deed
from breakwater.people.selectors import Access

MAKES_GO = (Deed.HIDE, Deed.REMOVE, Deed.REPORT, Deed.BLOCK)
"""Deeds after which a message may be seen no more, by us or by anybody."""
_ONE_THING = 8
"""As one network may bring the same thing: as a comment, a mention, a tag …"""


def may_machine_answer(item: Item) -> bool:
    """Whether a rule may answer it in words. Never where anybody in its conversation may be in
    danger."""
    return not (item.danger or item.category == Category.DANGER or item.thread.danger)


def may_group(item: Item) -> bool:
    """Whether it may be dealt with as one of many."""
    return not item.danger and item.category != Category.DANGER


def may_set_aside(thread: Thread) -> bool:
    """Whether the conversation may be put where nobody needs to read it."""
    return not thread.danger


def is_threat(item: Item) -> bool:
    """Of a person in danger's message, too, in which a threat is said."""
    return item.category == Category.THREAT or Head.THREAT.value in item.reasons


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
