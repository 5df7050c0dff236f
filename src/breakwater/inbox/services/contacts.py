"""Who wrote: one row for each person as a network knows them, in each workspace."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from breakwater.channels.models import Arrival
from breakwater.core.rows import write_rows
from breakwater.domain.shield import USUAL
from breakwater.inbox.models import Contact, Item
from breakwater.inbox.services.judging import Judged, name_of, shown_of

_LONGEST_URL = 1000
Who = tuple[UUID, str, str, str]
_FIELDS = ("handle", "name", "url", "picture", "rank", "first_at", "last_at", "items", "veiled")


def who(row: Arrival) -> Who:
    return row.workspace_id, row.channel.network, row.channel.origin, row.author_id


def contacts_of(
    arrivals: Sequence[Arrival], judged: Judged, *, now: datetime
) -> Mapping[Who, Contact]:
    """A contact for each author of these, as their newest message shows them. Locks those that are
    there. Two queries, or three where somebody is new."""
    theirs = [row for row in arrivals if row.author_id and not row.own]
    newest = {who(row): row for row in sorted(theirs, key=lambda row: row.at)}
    there = _there(newest)
    fresh = [
        Contact(
            workspace_id=row.workspace_id, network=row.channel.network, origin=row.channel.origin,
            remote_id=row.author_id, first_at=row.at, last_at=row.at, created_at=now,
        )
        for one, row in newest.items() if one not in there
    ]  # fmt: skip
    Contact.objects.bulk_create(fresh)
    found = {**there, **{_who(one): one for one in fresh}}
    for one, row in newest.items():
        _show(found[one], row, judged)
    return found


def count(contacts: Mapping[Who, Contact], items: Sequence[Item]) -> None:
    """These new items of theirs are counted, and all of them written. One query."""
    written = Counter(item.contact_id for item in items)
    abusive = Counter(
        item.contact_id for item in items if item.rank is not None and item.rank <= USUAL
    )
    moments = defaultdict(list)
    for item in items:
        moments[item.contact_id].append(item.at)
    for contact in contacts.values():
        contact.items += written[contact.pk]
        contact.veiled += abusive[contact.pk]
        theirs = moments[contact.pk]
        contact.first_at = min([contact.first_at, *theirs])
        contact.last_at = max([contact.last_at, *theirs])
    write_rows(list(contacts.values()), _FIELDS)


def _there(wanted: Mapping[Who, Arrival]) -> dict[Who, Contact]:
    # Not FOR UPDATE: whoever writes a conversation twice has PostgreSQL look at its contact, and would
    # wait for us while we wait for the conversation.
    rows = Contact.objects.select_for_update(no_key=True).filter(
        workspace_id__in={one[0] for one in wanted}, remote_id__in={one[3] for one in wanted}
    )
    found = {_who(row): row for row in rows.order_by("pk")}
    return {one: row for one, row in found.items() if one in wanted}


def _who(row: Contact) -> Who:
    return row.workspace_id, row.network, row.origin, row.remote_id


def _show(contact: Contact, row: Arrival, judged: Judged) -> None:
    """As this message shows them, unless a newer one was here before it."""
    if row.at < contact.last_at:
        return
    contact.name, contact.handle = shown_of(row, "name"), shown_of(row, "handle")
    for name in ("url", "picture"):
        setattr(contact, name, str(row.author.get(name, ""))[:_LONGEST_URL])
    contact.rank = judged.names.get((row.workspace_id, name_of(row)))
