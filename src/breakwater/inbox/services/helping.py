"""A trusted helper goes through the lock-out folder for somebody else, for a time that ends by itself."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import Fact, move, record
from breakwater.domain.errors import Forbidden, Invalid, NotFound, StaleState
from breakwater.domain.shield import Level, Shield
from breakwater.inbox import grants
from breakwater.inbox.lifecycle import THREAD
from breakwater.inbox.models import Grant, Item, Thread
from breakwater.inbox.reading import MEDIA, NAME, TEXT, Message, Opened, message
from breakwater.inbox.selectors import item_of, thread_of
from breakwater.inbox.services import keeping
from breakwater.inbox.services.doing import do
from breakwater.inbox.services.rollup import roll_up
from breakwater.networks.base import Deed
from breakwater.notices.services import tell
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, with_right
from breakwater.wellbeing.services import expose

LONGEST = timedelta(days=31)
VEILED = Shield(Level.EVERYTHING)
"""In the folder everything is veiled, whatever its reader chose for other pages."""


class Decision(StrEnum):
    """What a helper may decide about one conversation; it is done afterwards."""

    KEEP = "keep"
    REPORT = "report"
    BLOCK = "block"
    REMOVE = "remove"
    NOTHING = "nothing"


_DEEDS = {
    Decision.REPORT: Deed.REPORT, Decision.BLOCK: Deed.BLOCK, Decision.REMOVE: Deed.REMOVE,
}  # fmt: skip


def lend(by: Access, helper_id: UUID, *, until: datetime, now: datetime) -> Grant:
    """The helper may go through the folder for this person until then, and is told; lent to them
    already, the end is another one. Raises: Forbidden; Invalid: helper_self, helper_unable (no member
    who may answer), grant_until (past, or more than 31 days away)."""
    checks.may(by, Right.ANSWER)
    if helper_id == by.person.pk:
        raise Invalid(code="helper_self", field="helper")
    found = [one for one in with_right(by.workspace.pk, Right.ANSWER) if one.pk == helper_id]
    if not found:
        raise Invalid(code="helper_unable", field="helper")
    if not now < until <= now + LONGEST:
        raise Invalid(code="grant_until", field="until")
    with transaction.atomic():
        grant, _ = Grant.objects.get_or_create(
            workspace=by.workspace, owner=by.person, helper_id=helper_id, revoked_at=None,
            defaults={"until": until, "created_at": now},
        )  # fmt: skip
        Grant.objects.filter(pk=grant.pk).update(until=until)
        said = {"helper": str(helper_id), "until": until.isoformat()}
        _tell(by, "grant.given", grant, said, now)
    tell(
        found, "asked_to_help", key=f"grant:{grant.pk}:{until.isoformat()}",
        data={"who": by.person.name}, path=f"/w/{by.workspace.slug}/inbox/folder/",
        workspace_id=by.workspace.pk, now=now,
    )  # fmt: skip
    grant.until = until
    return grant


def revoke(by: Access, grant_id: UUID, *, now: datetime) -> None:
    """It ends now: taken back by who gave it, or given back by the helper. Raises: NotFound for
    anybody else, and for one that has ended."""
    with transaction.atomic():
        grant = grants.grant_of(by, grant_id, now)
        if not Grant.objects.filter(pk=grant.pk, revoked_at=None).update(revoked_at=now):
            raise NotFound(what="grant")
        _tell(by, "grant.ended", grant, {}, now)


def reveal(
    by: Access, grant_id: UUID, item_id: int, what: str, *, request: UUID, now: datetime
) -> Message:
    """The message of the folder with this of it shown: an exposure of the helper's, for the owner.
    what: reading.TEXT, MEDIA or NAME. Raises: Forbidden("grant_ended"); NotFound."""
    grant = _lent(by, grant_id, now)
    item = item_of(by.workspace.pk, item_id)
    if item.thread.state != "aside":
        raise NotFound(what="item")
    rank = item.contact.rank if what == NAME and item.contact else item.rank
    expose(by, what, str(item.pk), rank=rank, request=request, on_behalf_of=grant.owner, now=now)
    opened = {
        TEXT: Opened(texts=(item.pk,)), MEDIA: Opened(media=(item.pk,)),
        NAME: Opened(names=(str(item.contact_id),)),
    }  # fmt: skip
    return message(item, VEILED, opened[what])


def decide(
    by: Access, grant_id: UUID, thread_id: UUID, decision: Decision, *, request: UUID, now: datetime
) -> None:
    """What the helper decided is done, and the conversation too. A network's no leaves it where it is.

    Raises: Forbidden("grant_ended"); NotFound; StaleState("not_aside"); what a deed raises.
    """
    grant = _lent(by, grant_id, now)
    thread = thread_of(by.workspace.pk, thread_id)
    if thread.state != "aside":
        raise StaleState(code="not_aside")
    items = _open(thread)
    for item in _wanted(items, decision):
        if decision is Decision.KEEP:
            keeping.keep(item, by=by, why=keeping.THREAT, now=now)
        else:
            do(item, _DEEDS[decision], by=by, request=request, now=now)
    _finish(by, thread, items, decision, grant, now)


def _wanted(items: Sequence[Item], decision: Decision) -> list[Item]:
    """A person is blocked once, by the last thing that they wrote."""
    if decision is Decision.NOTHING:
        return []
    if decision is Decision.BLOCK:
        return list({item.contact_id: item for item in items}.values())
    return [
        item for item in items if item.arrival.erased_at is None or decision is not Decision.KEEP
    ]


def _finish(
    by: Access, thread: Thread, items: Sequence[Item], decision: Decision, grant: Grant,
    now: datetime,
) -> None:  # fmt: skip
    """Only what the helper was shown is closed: what came meanwhile stays, and keeps it there."""
    with transaction.atomic():
        row = Thread.objects.select_for_update().get(pk=thread.pk)
        if row.state != "aside":
            raise StaleState(code="not_aside")
        Item.objects.filter(pk__in=[item.pk for item in items]).update(closed=True)
        roll_up([row.pk], now=now)
        row.refresh_from_db()
        if row.waiting or row.state != "aside":
            return
        why = {"decision": decision.value, "for": str(grant.owner_id)}
        move(row, THREAD, "done", by=by.person.pk, now=now, why=why)


def _open(thread: Thread) -> list[Item]:
    rows = Item.objects.filter(thread=thread, own=False, closed=False, gone=False)
    return list(rows.select_related("arrival__channel", "thread").order_by("at", "pk"))


def _lent(by: Access, grant_id: UUID, now: datetime) -> Grant:
    checks.may(by, Right.ANSWER)
    grant = grants.grant_of(by, grant_id, now)
    if grant.helper_id != by.person.pk:
        raise Forbidden(code="grant_ended")
    return grant


def _tell(by: Access, verb: str, grant: Grant, data: Mapping[str, object], now: datetime) -> None:
    fact = Fact(by.workspace.pk, verb, "grant", grant.pk, data)
    record([fact], by=by.person.pk, now=now)
