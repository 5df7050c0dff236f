"""Opening what is veiled: a deed of a person, counted for them alone."""

from datetime import datetime
from uuid import UUID

from breakwater.inbox.models import Item
from breakwater.inbox.reading import MEDIA, NAME, TEXT, Message, Opened, message
from breakwater.inbox.selectors import item_of
from breakwater.people.selectors import Access
from breakwater.wellbeing.selectors import shield_of
from breakwater.wellbeing.services import expose


def reveal(by: Access, item_id: int, what: str, *, request: UUID, now: datetime) -> Message:
    """The message with its text, its pictures or its author's name shown, which is an exposure if
    it was veiled for this person. request: of the click. Raises: NotFound."""
    item = item_of(by.workspace.pk, item_id)
    shield = shield_of(by.person, by.workspace.pk)
    before = message(item, shield)
    if _veiled(before, what):
        rank = item.contact.rank if what == NAME and item.contact else item.rank
        expose(by, what, str(item.pk), rank=rank, request=request, now=now)
    return message(item, shield, _opened(item, what))


def _veiled(shown: Message, what: str) -> bool:
    if what == NAME:
        return shown.author is not None and shown.author.veiled
    return shown.media is None if what == MEDIA else shown.text is None


def _opened(item: Item, what: str) -> Opened:
    return {
        TEXT: Opened(texts=(item.pk,)),
        MEDIA: Opened(media=(item.pk,)),
        NAME: Opened(names=(str(item.contact_id),)),
    }[what]
