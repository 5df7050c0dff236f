"""What of a conversation a reader is shown: the one place where words become part of a page.

A page or an answer of the API is given these, never rows: what is veiled is not in them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext as _now

from breakwater.domain.masking import Piece
from breakwater.domain.scoring.scores import Head
from breakwater.domain.scoring.windows import REACH
from breakwater.domain.shield import Level, Shield
from breakwater.domain.triage import Category
from breakwater.inbox.models import Contact, Item
from breakwater.inbox.summaries import summary

TEXT = "text"
NAME = "name"
MEDIA = "media"
OPENABLE = (TEXT, NAME, MEDIA)
"""What can be opened, and so be an exposure (wellbeing.Exposure.what)."""


@dataclass(frozen=True)
class Author:
    """name: "" where it is veiled; then `veiled` is true. picture, url: "" where they are."""

    contact_id: str
    name: str
    handle: str
    url: str = ""
    picture: str = ""
    veiled: bool = False


@dataclass(frozen=True)
class Message:
    """One message as this reader is shown it. text: None where it is veiled; media: the same.

    summary: what stands in place of a veiled text, in the language in use. masked: the same text
    without its insults, where it was asked for (services.masking): () where nothing of it is left.
    reasons: kinds of abuse that it is veiled for, by name. unscored: nobody could say what it is, or
    nobody has looked at these very words (`why_unlooked`).
    corrected: a person said what it is. url: "" while its author's name is veiled, which many
    networks' addresses hold.
    """

    id: int
    thread_id: UUID
    at: datetime
    own: bool
    category: Category
    author: Author | None
    text: str | None
    reasons: tuple[Head, ...] = ()
    summary: str = ""
    masked: Sequence[Piece] | None = None
    language: str = ""
    unscored: bool = False
    corrected: bool = False
    danger: bool = False
    gone: bool = False
    changed_at: datetime | None = None
    url: str = ""
    rating: int | None = None
    media: Sequence[Any] | None = field(default=())
    veiled_media: int = 0


@dataclass(frozen=True)
class Opened:
    """Ids of what the reader opened on this very page: items, their pictures, names of contacts.
    masked: items with their masked texts."""

    texts: Collection[int] = ()
    media: Collection[int] = ()
    names: Collection[str] = ()
    masked: Mapping[int, Sequence[Piece]] = field(default_factory=dict)


NOTHING = Opened()


def message(item: Item, shield: Shield, opened: Opened = NOTHING) -> Message:
    """The item must come with its arrival and contact. Own words are never veiled."""
    arrival = item.arrival
    by = None if item.contact is None else author(item.contact, shield, opened)
    unlooked = why_unlooked(item)
    shown = item.own or item.pk in opened.texts or not is_veiled(item, shield)
    pictures = item.own or item.pk in opened.media or not shield.veils_media
    return Message(
        id=item.pk,
        thread_id=item.thread_id,
        at=item.at,
        own=item.own,
        category=Category(item.category),
        author=by,
        text=arrival.text if shown else None,
        summary="" if shown else line(item),
        masked=None if shown or unlooked else opened.masked.get(item.pk),
        language=item.language,
        reasons=() if unlooked else tuple(Head(one) for one in item.reasons),
        unscored=not item.own and (item.rank is None or bool(unlooked)),
        corrected=item.corrected,
        danger=item.danger,
        gone=item.gone,
        changed_at=arrival.changed_at,
        url="" if by is not None and by.veiled else arrival.url,
        rating=arrival.rating,
        media=arrival.media if pictures else None,
        veiled_media=0 if pictures else len(arrival.media),
    )


def is_veiled(item: Item, shield: Shield) -> bool:
    """Whether somebody else's words are, for this reader. Who says that a threat is none has its
    category changed with it (services.judging)."""
    if shield.veils_threats and item.category == Category.THREAT:
        return True
    return bool(why_unlooked(item)) or shield.veils(item.rank)


@dataclass(frozen=True)
class Tally:
    """Of many messages of others: how many this reader is shown, how many are veiled, and how many
    nobody needs to read. besides: what else was counted."""

    shown: int
    veiled: int
    aside: int
    besides: Mapping[str, int] = field(default_factory=dict)


def tally(items: QuerySet[Item], shield: Shield, **besides: Count) -> Tally:
    """As `is_veiled` says of each of them; besides: counts of the same messages. One query, which looks
    at each message: what a level veils is known of each alone (10,000 take 18 ms)."""
    veiled = _veiled(shield)
    aside = veiled & Q(rank=Level.HELD)
    found = (
        items.filter(own=False)
        .alias(characters=Length("arrival__text"))
        .aggregate(
            every=Count("pk"),
            veiled=Count("pk", filter=veiled),
            aside=Count("pk", filter=aside),
            **besides,
        )
    )
    hidden, put_aside = found["veiled"], found["aside"]
    more = {name: found[name] for name in besides}
    return Tally(found["every"] - hidden, hidden - put_aside, put_aside, more)


def _veiled(shield: Shield) -> Q:
    """`is_veiled` for the database: no part of it is asked the other way round, since what is
    unknown there is neither true nor false. characters: of the text."""
    now = F("arrival__changed_at")
    found = Q(rank__lte=shield.level) | Q(words_at__lt=now) | Q(words_at__gt=now)
    found |= Q(words_at=None, arrival__changed_at__isnull=False)
    found |= Q(words_at__isnull=False, arrival__changed_at=None)
    found |= Q(corrected=False, characters__gt=REACH)
    if shield.veils(None):
        found |= Q(rank=None)
    if shield.veils_threats:
        found |= Q(category=Category.THREAT)
    return found


def line(item: Item) -> str:
    """One neutral line for a message in a list, whoever reads it: none of its words."""
    return why_unlooked(item) or summary(Category(item.category), item.arrival.text)


def why_unlooked(item: Item) -> str:
    """Why nobody has looked at all the words that are there now, in the language in use: they are
    veiled, whatever was said of others. "" where somebody has, and of own words."""
    if not item.own and item.words_at != item.arrival.changed_at:
        return _now("Changed since, not looked at yet.")
    if not item.own and not item.corrected and len(item.arrival.text) > REACH:
        return _now("Too long for all of it to be looked at.")
    return ""


def rank_of(item: Item, what: str) -> int | None:
    """Of what is opened: None where nobody could say, or it was said of other words."""
    if what == NAME and item.contact:
        return item.contact.rank
    return None if why_unlooked(item) else item.rank


def author(contact: Contact, shield: Shield, opened: Opened = NOTHING) -> Author:
    """A name is a text like any other: a hateful one is not in the page, nor is its picture."""
    key = str(contact.pk)
    if key not in opened.names and shield.veils(contact.rank):
        return Author(key, "", "", veiled=True)
    return Author(
        key, contact.name or contact.handle, contact.handle, contact.url,
        "" if shield.veils_media else contact.picture,
    )  # fmt: skip
