"""A trusted helper goes through the lock-out folder for somebody else, for a time that ends by itself."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import Fact, move, record
from breakwater.domain.errors import Forbidden, Invalid, NotFound, StaleState
from breakwater.domain.shield import Level, Shield
from breakwater.domain.triage import Category
from breakwater.inbox import grants
from breakwater.inbox.deeds import reported
from breakwater.inbox.lifecycle import THREAD
from breakwater.inbox.models import Grant, Item, Thread
from breakwater.inbox.reading import MEDIA, NAME, TEXT, Message, Opened, message, rank_of
from breakwater.inbox.rotas import able_person
from breakwater.inbox.selectors import item_of
from breakwater.inbox.services import keeping
from breakwater.inbox.services.acting import Wish, act_on_taken, check, taken
from breakwater.inbox.services.acting_on_many import targets
from breakwater.inbox.services.rollup import roll_up
from breakwater.inbox.services.working import locked_one
from breakwater.networks.base import Deed
from breakwater.notices.services import tell
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
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
_REASONS: Mapping[str, str] = {
    Category.SPAM: "spam", Category.ABUSE: "rude", Category.THREAT: "violation",
}  # fmt: skip
"""Category of a message -> why it is reported (acting.REASONS)."""


def lend(by: Access, helper_id: UUID, *, until: datetime, now: datetime) -> Grant:
    """The helper may go through the folder for this person until then, and is told; lent to them
    already, the end is another one. Raises: Forbidden; Invalid: helper_self, helper_unable (no member
    who may answer), grant_until (past, or more than 31 days away)."""
    checks.may(by, Right.ANSWER)
    if helper_id == by.person.pk:
        raise Invalid(code="helper_self", field="helper")
    helper = able_person(by.workspace.pk, helper_id, field="helper", code="helper_unable")
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
        [helper], "asked_to_help", key=f"grant:{grant.pk}:{until.isoformat()}",
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
    rank = rank_of(item, what)
    expose(by, what, str(item.pk), rank=rank, request=request, on_behalf_of=grant.owner, now=now)
    opened = {
        TEXT: Opened(texts=(item.pk,)), MEDIA: Opened(media=(item.pk,)),
        NAME: Opened(names=(str(item.contact_id),)),
    }  # fmt: skip
    return message(item, VEILED, opened[what])


def decide(
    by: Access, grant_id: UUID, thread_id: UUID, decision: Decision, *, upto: int, request: UUID,
    now: datetime,
) -> bool:  # fmt: skip
    """What the helper decided is done; whether the conversation is done too. What came after item
    `upto`, the last that they could see, is not decided on: it waits, and keeps it in the folder.

    All or nothing. Raises: Forbidden("grant_ended"); NotFound; StaleState("not_aside"); what a deed
    raises.
    """
    grant = _lent(by, grant_id, now)
    with transaction.atomic():
        thread = _aside(by, thread_id)
        items = _open(thread, upto)
        if decision is Decision.KEEP:
            _keep(by, items, now)
        elif decision is not Decision.NOTHING:
            _do(by, items, _DEEDS[decision], request, now)
        Item.objects.filter(pk__in=[item.pk for item in items]).update(closed=True)
        said = {
            "decision": decision.value, "thread": str(thread_id), "for": str(grant.owner_id),
            "items": [item.pk for item in items],
        }  # fmt: skip
        _tell(by, "grant.decided", grant, said, now)
        return _finished(by, thread, decision, grant, now)


def _aside(by: Access, thread_id: UUID) -> Thread:
    """Locked."""
    thread = locked_one(by, thread_id)
    if thread.state != "aside":
        raise StaleState(code="not_aside")
    return thread


def _open(thread: Thread, upto: int) -> list[Item]:
    rows = Item.objects.filter(thread=thread, own=False, closed=False, gone=False, pk__lte=upto)
    return taken(thread.workspace_id, list(rows.values_list("pk", flat=True)))


def _keep(by: Access, items: Sequence[Item], now: datetime) -> None:
    for item in items:
        if item.arrival.erased_at is None:
            keeping.keep(item, by=by, why=keeping.THREAT, now=now)


def _do(by: Access, items: Sequence[Item], deed: Deed, request: UUID, now: datetime) -> None:
    """Once for each person where it is done to people; what was reported already is not again."""
    before = reported(items) if deed is Deed.REPORT else set()
    for item in targets([one for one in items if one.pk not in before], deed):
        wish = Wish(deed, reason=_REASONS.get(item.category, "other"))
        check(by, wish)
        act_on_taken(by, [item], wish, request=request, now=now)


def _finished(by: Access, thread: Thread, decision: Decision, grant: Grant, now: datetime) -> bool:
    roll_up([thread.pk], now=now)
    thread.refresh_from_db()
    if thread.waiting or thread.state != "aside":
        return False
    why = {"decision": decision.value, "for": str(grant.owner_id)}
    move(thread, THREAD, "done", by=by.person.pk, now=now, why=why)
    return True


def _lent(by: Access, grant_id: UUID, now: datetime) -> Grant:
    checks.may(by, Right.ANSWER)
    grant = grants.grant_of(by, grant_id, now)
    if grant.helper_id != by.person.pk:
        raise Forbidden(code="grant_ended")
    return grant


def _tell(by: Access, verb: str, grant: Grant, data: Mapping[str, object], now: datetime) -> None:
    fact = Fact(by.workspace.pk, verb, "grant", grant.pk, data)
    record([fact], by=by.person.pk, now=now)
