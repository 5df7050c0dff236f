"""What pages and the API read of piles. Texts leave only through `reading`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery, Value

from breakwater.channels.models import Channel
from breakwater.domain.errors import NotFound
from breakwater.domain.triage import URGENT, Category
from breakwater.inbox.models import Answer, Item, Pile, PileDeed, Setup, Thread

NEVER = (Category.DANGER, Category.THREAT)
"""Dealt with one by one, whatever is decided about the rest."""
EXCEPTIONS = (*NEVER, Category.CRISIS, Category.QUESTION, Category.REQUEST)
"""What is looked at one by one before the rest is dealt with as one thing."""
FROM = 5
"""People, and messages, from which a group is a pile, unless the workspace chose otherwise."""
MOST = 20
"""Piles on a page."""
LISTED = 50
"""Exceptions on a page."""
_SOON = timedelta(minutes=10)
_LATELY = timedelta(hours=1)


@dataclass(frozen=True)
class Standing:
    """A pile, and how many of its conversations wait, by category. oldest: since when."""

    pile: Pile
    waiting: Mapping[Category, int]
    oldest: datetime

    @property
    def talks(self) -> int:
        return sum(self.waiting.values())

    @property
    def exceptions(self) -> int:
        return sum(n for category, n in self.waiting.items() if category in EXCEPTIONS)

    @property
    def threats(self) -> int:
        return int(self.pile.counts.get("heads", {}).get("threat", 0))


@dataclass(frozen=True)
class Standings:
    """What stands as piles. people: of all of them, each counted once."""

    piles: Sequence[Standing] = ()
    people: int = 0
    threats: int = 0


def standings(workspace_ids: Collection[UUID]) -> Standings:
    """The piles in which something waits, the one with the most people first. Three queries, or one
    where there are none."""
    rows = Pile.objects.filter(workspace_id__in=workspace_ids, open=True).order_by("-people", "pk")
    piles = _standing(list(rows[:MOST]))
    if not piles:
        return Standings()
    items = Item.objects.filter(pile_id__in=[one.pile.pk for one in piles], gone=False)
    since = min((one.pile.first_at for one in piles if one.pile.first_at), default=None)
    if since is not None:
        items = items.filter(at__gte=since)
    people = items.values("contact_id").distinct().count()
    return Standings(piles, people, sum(one.threats for one in piles))


def piles_by_brand(workspace_ids: Collection[UUID]) -> dict[UUID, int]:
    """In how many piles of each of them something waits that is dealt with as one. One query."""
    counted = _as_one(workspace_ids).values_list("workspace_id")
    return dict(counted.annotate(n=Count("pile", distinct=True)).order_by())


def next_pile(workspace_ids: Collection[UUID]) -> Pile | None:
    """The one of them in which something has waited longest, with its workspace. One query."""
    rows = _as_one(workspace_ids).select_related("pile__workspace").order_by("last_at", "pk")
    first = rows.first()
    return first.pile if first else None


def _as_one(workspace_ids: Collection[UUID]) -> QuerySet[Thread]:
    rows = Thread.objects.filter(workspace_id__in=workspace_ids, state="open", danger=False)
    return rows.exclude(pile=None).exclude(category__in=URGENT)


def standing_of(pile: Pile) -> Standing:
    """Of one pile, whether something waits in it or not. One query."""
    found = _standing([pile])
    return found[0] if found else Standing(pile, {}, pile.last_at or pile.created_at)


def pile_of(workspace_id: UUID, pile_id: UUID) -> Pile:
    """Raises: NotFound for none and for another workspace's alike."""
    row = Pile.objects.filter(workspace_id=workspace_id, pk=pile_id).first()
    if row is None:
        raise NotFound(what="pile")
    return row


def messages_of(pile: Pile) -> QuerySet[Item]:
    """All of it that is still there, to be counted."""
    return Item.objects.filter(pile=pile, gone=False)


@dataclass(frozen=True)
class Growth:
    """Messages of the last ten minutes, and of the last hour."""

    soon: int
    lately: int


def growing(now: datetime) -> dict[str, Count]:
    """What makes a `Growth`, for whoever counts the messages anyway."""
    return {
        "soon": Count("pk", filter=Q(at__gte=now - _SOON)),
        "lately": Count("pk", filter=Q(at__gte=now - _LATELY)),
    }


def growth_of(pile: Pile, *, now: datetime) -> Growth:
    """One query."""
    rows = messages_of(pile).filter(at__gte=now - _LATELY)
    return Growth(**rows.aggregate(**growing(now)))


def examples_of(pile: Pile) -> list[Item]:
    """Different texts of it, the most common first, with arrival, contact and thread. One query."""
    ids = pile.counts.get("examples", [])
    rows = Item.objects.select_related("arrival", "contact").filter(pk__in=ids, pile=pile)
    found = {row.pk: row for row in rows}
    return [found[pk] for pk in ids if pk in found]


def exceptions_of(pile: Pile, *, limit: int = LISTED) -> list[Thread]:
    """Conversations to look at one by one, in the order to look, with channel and contact. One
    query."""
    rows = Thread.objects.filter(pile=pile, state="open", category__in=EXCEPTIONS)
    found = rows.select_related("channel", "contact").order_by("last_at", "pk")[: 4 * limit]
    order = list(Category)
    return sorted(found, key=lambda row: order.index(Category(row.category)))[:limit]


@dataclass(frozen=True)
class ToDecide:
    """upto: the newest message of the pile; 0 where there is none. asks: whether answers need somebody
    else's yes."""

    pile: Pile
    upto: int
    asks: bool


def to_decide(workspace_id: UUID, pile_id: UUID) -> ToDecide:
    """Raises: NotFound for none and for another workspace's alike. One query."""
    newest = Item.objects.filter(pile=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    asks = Setup.objects.filter(workspace=OuterRef("workspace"), approval=True)
    rows = Pile.objects.annotate(newest=Subquery(newest), asks=Exists(asks))
    row = rows.filter(workspace_id=workspace_id, pk=pile_id).first()
    if row is None:
        raise NotFound(what="pile")
    return ToDecide(row, row.newest or 0, row.asks)


@dataclass(frozen=True)
class OnChannel:
    """How many of a pile's conversations that wait are on this channel; exceptions not counted.
    whats: networks.base.What of what they began with -> conversations."""

    channel: Channel
    talks: int
    whats: Mapping[str, int] = field(default_factory=dict)


def channels_of(pile: Pile) -> list[OnChannel]:
    """Two queries."""
    rows = Thread.objects.filter(pile=pile, state="open", danger=False)
    rows = rows.exclude(category__in=EXCEPTIONS)
    counted = rows.values_list("channel_id", "what").annotate(n=Count("pk"))
    talks: dict[UUID, dict[str, int]] = {}
    for channel_id, what, n in counted:
        talks.setdefault(channel_id, {})[what] = n
    known = Channel.objects.in_bulk(talks)
    found = [OnChannel(known[pk], sum(whats.values()), whats) for pk, whats in talks.items()]
    return sorted(found, key=lambda one: (-one.talks, str(one.channel)))


def people_of(pile: Pile) -> int:
    """Who wrote what waits, exceptions not counted."""
    rows = Thread.objects.filter(pile=pile, state="open", danger=False)
    rows = rows.exclude(category__in=EXCEPTIONS)
    return rows.values("contact_id").distinct().count()


@dataclass(frozen=True)
class Reached:
    """Of an answer that waits for a yes. talks: conversations that it would be tried in now. newer:
    those with something new since its author decided, which it leaves."""

    talks: int
    newer: int


def proposed(workspace_ids: Collection[UUID], *, limit: int = 30) -> list[PileDeed]:
    """Answers to all of a pile that wait for a yes, the longest first, with pile and author. One
    query."""
    rows = PileDeed.objects.filter(workspace_id__in=workspace_ids, state="proposed")
    rows = rows.select_related("by", "pile", "workspace")
    return list(rows.order_by("created_at", "pk")[:limit])


def reaches_of(deeds: Sequence[PileDeed]) -> dict[UUID, Reached]:
    """By deed. One query for all of them."""
    asked = [_reach(deed, n) for n, deed in enumerate(deeds)]
    rows = asked[0].union(*asked[1:], all=True) if asked else ()
    found = {row["n"]: Reached(row["talks"], row["newer"]) for row in rows}
    return {deed.pk: found.get(n, Reached(0, 0)) for n, deed in enumerate(deeds)}


def _reach(deed: PileDeed, n: int) -> QuerySet[Any, Any]:
    """What `services.pile_acting` would leave out is left out."""
    waits = Item.objects.filter(thread=OuterRef("pk"), own=False, closed=False, gone=False)
    answered = Answer.objects.filter(thread=OuterRef("pk"), deed="", created_at__gt=deed.created_at)
    rows = Thread.objects.filter(pile_id=deed.pile_id, state="open", danger=False)
    rows = rows.exclude(category__in=NEVER).filter(Exists(waits))
    alike = ~Q(category__in=EXCEPTIONS) & ~Exists(waits.exclude(pile_id=deed.pile_id))
    newer = Exists(waits.filter(pk__gt=deed.upto))
    counted = rows.filter(alike | Q(pk__in=deed.also)).order_by()
    return counted.values(n=Value(n)).annotate(
        talks=Count("pk", filter=~newer & ~Exists(answered)), newer=Count("pk", filter=newer)
    )


def deeds_of(pile: Pile, *, limit: int = 5) -> list[PileDeed]:
    """The latest first, with who decided. One query."""
    rows = PileDeed.objects.filter(pile=pile).select_related("by", "decided_by", "label")
    return list(rows.order_by("-created_at")[:limit])


def pile_from(workspace_id: UUID) -> int:
    chosen = Setup.objects.filter(workspace_id=workspace_id).values_list("pile_from", flat=True)
    return max(2, chosen.first() or FROM)


def _standing(piles: Sequence[Pile]) -> list[Standing]:
    """Those of them in which something waits. One query."""
    rows = Thread.objects.filter(pile__in=piles, state="open").values_list("pile_id", "category")
    waiting: dict[UUID, dict[Category, int]] = {}
    oldest: dict[UUID, datetime] = {}
    for pile_id, category, n, since in rows.annotate(n=Count("pk"), oldest=Min("last_at")):
        waiting.setdefault(pile_id, {})[Category(category)] = n
        oldest[pile_id] = min(since, oldest.get(pile_id, since))
    return [Standing(one, waiting[one.pk], oldest[one.pk]) for one in piles if one.pk in waiting]
