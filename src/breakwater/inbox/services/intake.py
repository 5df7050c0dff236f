"""Arrivals become messages of conversations, each once, whatever order they came in.

Read, judge, store: what is slow (scoring) is done before anything is locked, and what was read is
stored only if nobody else has stored it meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from breakwater.channels.models import Arrival
from breakwater.channels.services import line
from breakwater.inbox.models import Answer, Contact, Intake, Item, Thread
from breakwater.inbox.services import (
    assigning,
    contacts,
    dues,
    finding,
    judging,
    merging,
    placing,
    surveying,
)
from breakwater.inbox.services.correcting import as_corrected
from breakwater.inbox.services.judging import Judged
from breakwater.inbox.services.rollup import roll_up
from breakwater.inbox.services.turns import INBOX
from breakwater.networks.base import What

AT_ONCE = 500
MANY = 200
"""As many as come within a second in a storm: until then the intake keeps up."""
_LATE = timedelta(seconds=60)
"""How long after its moment a change may be committed."""
_OTHER_WORDS = Q(changed_at__isnull=False) & (
    Q(item__words_at=None)
    | Q(item__words_at__lt=F("changed_at"))
    | Q(item__words_at__gt=F("changed_at"))
)
_WENT = Q(gone_at__isnull=False, item__gone=False)

Talks = dict[tuple[UUID, str], Thread]
"""Conversations by channel and key."""


@dataclass(frozen=True)
class Batch:
    """arrivals: the next ones; upto: the mark once they are stored, from `mark` on. altered: what
    changed or went, as nobody knows yet; changed_to: all of it until then, once they are stored."""

    arrivals: Sequence[Arrival]
    mark: int
    upto: int
    altered: Sequence[Arrival]
    changed_to: datetime | None


def reached() -> int:
    """The id up to which every message is taken in."""
    row = Intake.objects.filter(name=INBOX).first()
    return row.mark if row else 0


def behind() -> bool:
    """Whether so many messages wait to be seen by anybody that other work gives way. Two queries, along
    an index."""
    rows = Arrival.objects.filter(id__gt=reached()).order_by("id")
    return len(rows.values_list("id")[:MANY]) == MANY


def read(*, now: datetime, limit: int = AT_ONCE) -> Batch:
    """What has arrived since, and what changed or went since it was taken in; at most `limit` of
    each, and the rest the next time."""
    intake = Intake.objects.get(name=INBOX)
    upto = line.complete_to()
    arrivals = line.after(intake.mark, upto, limit=limit)
    reached = arrivals[-1].pk if len(arrivals) == limit else upto
    since = intake.changed_to
    altered = _unknown(since - _LATE, limit=limit) if since else []
    changed_to = now if len(altered) < limit else since
    return Batch(arrivals, intake.mark, reached, altered, changed_to)


def store(batch: Batch, judged: Judged, *, now: datetime) -> int:
    """How many messages were new. Nothing is stored of what another reader has stored."""
    taken = [row for row in batch.arrivals if not (row.own and row.what == What.POST)]
    with transaction.atomic():
        intake = Intake.objects.select_for_update().get(name=INBOX)
        if intake.mark != batch.mark:
            return 0
        taken = _not_erased(taken)
        keys = placing.keys_of(taken)
        there = _lock(taken, keys, batch.altered)
        items = _take(taken, keys, there, judged, now) if taken else []
        touched = _of(items) | _alter(batch.altered, judged)
        if touched:
            _close_answered(touched)
            surveying.hear(items, {row.pk: row.text for row in taken})
            setups = dues.setups_of({row.workspace_id for row in [*taken, *batch.altered]})
            roll_up(touched, now=now, setups=setups)
            assigning.on_intake(touched, setups, now=now)
        intake.mark, intake.changed_to = batch.upto, batch.changed_to
        intake.save(update_fields=["mark", "changed_to"])
    return len(items)


def _not_erased(rows: Sequence[Arrival]) -> list[Arrival]:
    """Without those whose author was erased since they were read; whoever erases locks the intake.
    One query."""
    erased = Arrival.objects.filter(pk__in=[row.pk for row in rows], erased_at__isnull=False)
    gone = set(erased.values_list("pk", flat=True)) if rows else set()
    return [row for row in rows if row.pk not in gone]


def _of(items: Sequence[Item]) -> set[UUID]:
    """Their conversations; asked anew, as some of them may have become others' parts."""
    rows = Item.objects.filter(pk__in=[item.pk for item in items])
    return set(rows.values_list("thread_id", flat=True)) if items else set()


def _lock(taken: Sequence[Arrival], keys: Mapping[int, str], altered: Sequence[Arrival]) -> Talks:
    """All conversations of these messages that are there, locked before anything else of them: those
    that they belong to or join, and those of what changed. At most two queries."""
    changed = Item.objects.filter(pk__in=[row.pk for row in altered])
    named = {*keys.values(), *(row.remote_id for row in taken)}
    named_so = Q(channel_id__in={row.channel_id for row in taken}, key__in=named)
    wanted = named_so | Q(pk__in=set(changed.values_list("thread_id", flat=True)))
    found = Thread.objects.select_for_update().filter(wanted)
    return {(one.channel_id, one.key): one for one in found.order_by("pk")}


def _take(
    rows: Sequence[Arrival], keys: Mapping[int, str], there: Talks, judged: Judged, now: datetime
) -> list[Item]:
    people = contacts.contacts_of(rows, judged, now=now)
    talks = _talks(rows, keys, people, there, now)
    items = [
        _item(row, talks[row.channel_id, keys[row.pk]], people.get(contacts.who(row)), judged)
        for row in rows
    ]
    as_corrected(items, {row.pk: row for row in rows})
    Item.objects.bulk_create(items)
    contacts.count(people, items)
    finding.index(items)
    merging.join(rows, keys, talks, there)
    return items


def _talks(
    rows: Sequence[Arrival],
    keys: Mapping[int, str],
    people: Mapping[contacts.Who, Contact],
    there: Talks,
    now: datetime,
) -> Talks:
    """A conversation for each key; the other side is whoever wrote the first of theirs."""
    wanted: dict[tuple[UUID, str], list[Arrival]] = {}
    for row in sorted(rows, key=lambda row: (row.at, row.pk)):
        wanted.setdefault((row.channel_id, keys[row.pk]), []).append(row)
    talks = {place: there[place] for place in wanted if place in there}
    fresh = {
        place: _begun(key=place[1], rows=talk, now=now)
        for place, talk in wanted.items() if place not in talks
    }  # fmt: skip
    talks.update(fresh)
    lonely = []
    for place, talk in wanted.items():
        thread = talks[place]
        theirs = next((row for row in talk if not row.own and row.author_id), None)
        if thread.contact_id is None and theirs is not None:
            thread.contact = people[contacts.who(theirs)]
            lonely.append(place)
    Thread.objects.bulk_create(fresh.values())
    Thread.objects.bulk_update([talks[one] for one in lonely if one not in fresh], ["contact"])
    return talks


def _begun(*, key: str, rows: Sequence[Arrival], now: datetime) -> Thread:
    first = rows[0]
    return Thread(
        workspace_id=first.workspace_id, channel_id=first.channel_id, key=key, what=first.what,
        about=first.about, ad=first.ad, state_at=now, first_at=first.at, last_at=first.at,
        created_at=now,
    )  # fmt: skip


def _item(row: Arrival, thread: Thread, contact: Contact | None, judged: Judged) -> Item:
    item = Item(
        arrival=row, workspace_id=row.workspace_id, thread=thread, contact=contact, what=row.what,
        at=row.at, own=row.own, words_at=row.changed_at, gone=row.gone_at is not None,
        closed=row.own,
    )  # fmt: skip
    if row.own:
        return item
    return judging.apply(item, judged.texts.get(row.pk), text=row.text, rating=row.rating)


def _close_answered(thread_ids: set[UUID]) -> None:
    """What we answered by hand on the network waits no longer, whichever of the two came first. An
    answer from here has closed what it answered itself, and not what came while it left. One query,
    and one for each such conversation."""
    by_hand = ~Exists(_sent_from_here())
    ours = Item.objects.filter(by_hand, thread_id__in=thread_ids, own=True).values("thread_id")
    for thread_id, at in ours.annotate(last=Max("at")).values_list("thread_id", "last"):
        theirs = Item.objects.filter(thread_id=thread_id, own=False, closed=False)
        theirs.filter(Q(words_at=None, at__lte=at) | Q(words_at__lte=at)).update(closed=True)


def _sent_from_here() -> QuerySet[Answer]:
    """Of an own message: the answer that it shows, or one that is on its way and may be it."""
    shown = Q(
        delivery__channel_id=OuterRef("arrival__channel_id"),
        delivery__remote_id=OuterRef("arrival__remote_id"),
    )
    leaving = Q(
        thread_id=OuterRef("thread_id"), delivery__remote_id="",
        delivery__state__in=("sending", "unknown", "needs_human"),
    )  # fmt: skip
    return Answer.objects.filter(shown | leaving, deed="")


def _unknown(since: datetime, *, limit: int) -> list[Arrival]:
    """Changes since then of which their items do not know: what is known takes no place of them."""
    return list(line.altered_since(since).filter(_OTHER_WORDS | _WENT)[:limit])


def _with(item: Item, row: Arrival) -> Item:
    item.arrival = row
    return item


def _alter(rows: Sequence[Arrival], judged: Judged) -> set[UUID]:
    """Other words are judged anew, and open again what was closed; the conversations touched, which
    are locked. Of what was erased since it was read no word comes back."""
    items = {item.pk: item for item in Item.objects.filter(pk__in=[row.pk for row in rows])}
    known = [row for row in rows if row.pk in items]
    said = _not_erased(known)
    fresh = {row.pk for row in said}
    said_anew = []
    for row in known:
        item = items[row.pk]
        if item.words_at != row.changed_at and not item.own and row.pk in fresh:
            said_anew.append(item)
            item.danger_said = None
            judging.apply(item, judged.texts.get(row.pk), text=row.text, rating=row.rating)
            item.closed = False
        item.words_at, item.gone = row.changed_at, row.gone_at is not None
    as_corrected(said_anew, {row.pk: row for row in rows})
    fields = [*judging.JUDGED, "danger_said", "closed", "words_at", "gone"]
    Item.objects.bulk_update(items.values(), fields)
    finding.index([_with(items[row.pk], row) for row in said])
    return {item.thread_id for item in items.values()}
