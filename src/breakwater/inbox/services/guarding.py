"""A threat is kept before any deed that makes it go. Call `keep_before` ahead of such a deed."""

from datetime import datetime

from breakwater.inbox.guard import is_threat
from breakwater.inbox.models import Item, Kept
from breakwater.inbox.services import keeping
from breakwater.networks.base import Deed
from breakwater.people.selectors import Access

MAKES_GO = (Deed.HIDE, Deed.REMOVE, Deed.REPORT, Deed.BLOCK)
"""Deeds after which a message may be seen no more, by us or by anybody."""


def keep_before(deed: Deed | str, item: Item, *, by: Access | None, now: datetime) -> Kept | None:
    """To be called before such a deed: a threat is kept first, and what is kept comes back; None for
    all else. The item must come with its arrival. by: None for a rule."""
    if item.own or deed not in MAKES_GO or not is_threat(item):
        return None
    return keeping.keep(item, by=by, why=keeping.THREAT, now=now)
