"""Opening what is veiled: a deed of a person, counted for them alone."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from breakwater.inbox.models import Item
from breakwater.inbox.reading import MEDIA, NAME, OPENABLE, TEXT, Message, Opened, message, rank_of
from breakwater.inbox.selectors import item_of
from breakwater.people.selectors import Access
from breakwater.wellbeing.selectors import opened_of, shield_of
from breakwater.wellbeing.services import expose


def reveal(
    by: Access,
    item_id: int,
    what: str,
    *,
    also: Collection[str] = (),
    request: UUID,
    now: datetime,
) -> Message:
    """The message with its text, its pictures or its author's name shown, which is an exposure if
    it was veiled for this person. also: what else of it is open on their page; shown again only if
    they did open it. request: of the click. Raises: NotFound."""
    item = item_of(by.workspace.pk, item_id)
    shield = shield_of(by.person, by.workspace.pk)
    before = message(item, shield)
    if _veiled(before, what):
        expose(by, what, str(item.pk), rank=rank_of(item, what), request=request, now=now)
    open_ = {one for one in also if one in OPENABLE and opened_of(by.person, one, [str(item.pk)])}
    return message(item, shield, _opened(item, {what, *open_}))


def may_see_media(by: Access, item: Item) -> bool:
    """Whether the item's pictures may be fetched for this person: they are not veiled, or were
    opened, and so counted, before."""
    shield = shield_of(by.person, by.workspace.pk)
    return message(item, shield).media is not None or bool(
        opened_of(by.person, MEDIA, [str(item.pk)])
    )


def _veiled(shown: Message, what: str) -> bool:
    if what == NAME:
        return shown.author is not None and shown.author.veiled
    return shown.media is None if what == MEDIA else shown.text is None


def _opened(item: Item, whats: Collection[str]) -> Opened:
    return Opened(
        texts=(item.pk,) if TEXT in whats else (),
        media=(item.pk,) if MEDIA in whats else (),
        names=(str(item.contact_id),) if NAME in whats else (),
    )
