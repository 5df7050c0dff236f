"""One decision about all of a pile: answered, hidden, labelled or dismissed, by and by.

A row says what remains. Each batch is one transaction that moves the row's mark along, so that a
deed that was killed anywhere goes on where it was, and nobody is answered twice.
"""

import logging
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError, InterfaceError, transaction
from django.db.models import F, Max

from breakwater.audit.services import Fact, move, record
from breakwater.domain.errors import Forbidden, Invalid, NotFound, Problem, StaleState
from breakwater.domain.variables import places, shown
from breakwater.inbox.desk import label_of
from breakwater.inbox.lifecycle import PILE_DEED
from breakwater.inbox.models import Item, Label, Pile, PileDeed
from breakwater.inbox.pile_selectors import pile_of
from breakwater.inbox.selectors import asks_approval
from breakwater.inbox.services import pile_acting
from breakwater.inbox.services.rollup import beat
from breakwater.inbox.services.telling import tell_approvers_of_many
from breakwater.people.checks import may
from breakwater.people.models import Person
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, access

log = logging.getLogger(__name__)
ANSWER, HIDE, LABEL, DISMISS = "answer", "hide", "label", "dismiss"
DEEDS = (ANSWER, HIDE, LABEL, DISMISS)
PROPOSED, GOING = "proposed", "going"
MOST = 2_000
"""Conversations that one decision reaches. Whoever wants more decides again."""
SHORTEST_WHY = 10
_TEXT_MOST = 10_000
_WHY_MOST = 500
_AT_ONCE = 20


@dataclass(frozen=True)
class Wish:
    """What is to be done to a pile. label_id: of a label to put on. also: conversations that are
    exceptions and go along all the same. upto: the newest message that the person was told of;
    None: what is there now. tags: of what leaves by it."""

    deed: str
    text: str = ""
    language: str = ""
    one_each: bool = False
    label_id: UUID | None = None
    why: str = ""
    also: Collection[UUID] = ()
    upto: int | None = None
    tags: Sequence[str] = ()


def begin(by: Access, pile_id: UUID, wish: Wish, *, request: UUID, now: datetime) -> PileDeed:
    """It is decided and on record; workers do it. An answer waits for somebody else's yes first where
    answers need one (`pile_proposals`). request: of the click; the same one again gives the same deed.

    Raises: NotFound; Forbidden; Invalid "unknown_deed", "post_empty", "pile_text_too_long",
    "answer_gaps", "pile_reason_missing"; Problem "pile_is_empty".
    """
    may(by, Right.ANSWER)
    pile = pile_of(by.workspace.pk, pile_id)
    _check(wish)
    with transaction.atomic():
        known = PileDeed.objects.filter(workspace=by.workspace, request=request)
        return known.first() or _begin(by, pile, wish, request, now)


def stop(by: Access, deed_id: UUID, *, now: datetime) -> PileDeed:
    """Nothing more of it is begun; what is done is done. Raises: NotFound; StaleState when it was
    over already."""
    may(by, Right.ANSWER)
    with transaction.atomic():
        rows = PileDeed.objects.select_for_update(of=("self",))
        deed = rows.filter(workspace=by.workspace, pk=deed_id).first()
        if deed is None:
            raise NotFound(what="deed")
        if deed.state != GOING:
            raise StaleState(subject="pile_deed", id=str(deed.pk))
        return move(deed, PILE_DEED, "stopped", by=by.person.pk, now=now, why={"because": "person"})


def go_on(*, now: datetime) -> bool:
    """One batch of each of the deeds under way that were looked at longest ago; whether some of them
    could go on at once. One that waits or breaks keeps no other waiting."""
    going = PileDeed.objects.filter(state=GOING)
    fair = going.order_by(F("looked_at").asc(nulls_first=True), "created_at")
    ids = list(fair.values_list("pk", flat=True)[:_AT_ONCE])
    going.filter(pk__in=ids).update(looked_at=now)
    moved = [_guarded(deed_id, now) for deed_id in ids]
    return any(moved)


def _guarded(deed_id: UUID, now: datetime) -> bool:
    """What breaks wrote nothing, and is tried again when it is its turn."""
    try:
        return _batch(deed_id, now)
    except (DatabaseError, InterfaceError) as error:
        log.warning("piles.deed_waits deed=%s why=%s", deed_id, error)
    except Exception:
        log.exception("piles.deed_broke deed=%s", deed_id)
    return False


def _batch(deed_id: UUID, now: datetime) -> bool:
    """Whether something was done, and more may be left."""
    with transaction.atomic():
        rows = PileDeed.objects.select_for_update(of=("self",)).select_related(
            "by", "decided_by", "pile", "workspace", "label"
        )
        deed = rows.get(pk=deed_id)
        if deed.state != GOING:
            return False
        by = _able(deed, deed.by, Right.ANSWER)
        if by is None or _unapproved(deed):
            because = "right" if by is None else "approval"
            move(deed, PILE_DEED, "stopped", by=None, now=now, why={"because": because})
            return False
        if pile_acting.held_back(deed, now=now):
            return False
        if deed.done >= MOST:
            _end(deed, now, capped=pile_acting.left_over(deed))
            return False
        talks = pile_acting.following(deed, limit=min(pile_acting.AT_ONCE, MOST - deed.done))
        if not talks:
            _end(deed, now)
            return False
        if pile_acting.busy(deed, talks):
            return False
        done, left = pile_acting.do(pile_acting.Batch(deed, by, now), talks)
        deed.done += done
        deed.left = dict(Counter(deed.left) + left)
        deed.mark = talks[-1].pk
        deed.save(update_fields=["done", "left", "mark"])
    return True


def _end(deed: PileDeed, now: datetime, *, capped: int = 0) -> None:
    if capped:
        deed.left = {**deed.left, "capped": capped}
    why = {"because": "all", "done": deed.done, "left": deed.left}
    move(deed, PILE_DEED, "done", by=None, now=now, why=why, left=deed.left)


def _able(deed: PileDeed, person: Person | None, right: Right) -> Access | None:
    """Who decided it, or said yes to it; None where they may not any more, and nothing more of it is
    begun."""
    try:
        return access(person, deed.workspace.slug, right) if person else None
    except (NotFound, Forbidden):
        return None


def _unapproved(deed: PileDeed) -> bool:
    """Whether a yes is missing: answers need one by now and nobody gave it, or whoever gave it may
    not any more."""
    if deed.decided_by is not None:
        return _able(deed, deed.decided_by, Right.APPROVE) is None
    return deed.deed == ANSWER and asks_approval(deed.workspace_id)


def _begin(by: Access, pile: Pile, wish: Wish, request: UUID, now: datetime) -> PileDeed:
    """The other's, where the same click is decided twice at the same moment."""
    newest = Item.objects.filter(pile=pile).aggregate(last=Max("pk"))["last"]
    if newest is None:
        raise Problem(code="pile_is_empty")
    waits = wish.deed == ANSWER and asks_approval(by.workspace.pk)
    said = {
        **_said(by, pile, wish, newest), "state": PROPOSED if waits else GOING, "state_at": now,
        "created_at": now,
    }  # fmt: skip
    deed, fresh = PileDeed.objects.get_or_create(
        workspace=by.workspace, request=request, defaults=said
    )
    if fresh:
        record([_begun(deed)], by=by.person.pk, now=now)
    if fresh and waits:
        tell_approvers_of_many(by, deed, now=now)
        beat([by.workspace.pk])
    return deed


def _said(by: Access, pile: Pile, wish: Wish, newest: int) -> dict[str, Any]:
    return {
        "pile": pile, "deed": wish.deed, "text": wish.text.strip(), "language": wish.language,
        "one_each": wish.one_each, "label": _label(by, wish), "why": wish.why.strip()[:_WHY_MOST],
        "upto": newest if wish.upto is None else min(wish.upto, newest),
        "also": sorted(str(one) for one in wish.also), "tags": list(wish.tags), "by": by.person,
    }  # fmt: skip


def _check(wish: Wish) -> None:
    if wish.deed not in DEEDS:
        raise Invalid(code="unknown_deed", field="deed")
    if wish.deed == ANSWER:
        _check_answer(wish)
    if wish.deed == HIDE and len(wish.why.strip()) < SHORTEST_WHY:
        raise Invalid(code="pile_reason_missing", field="why")


def _check_answer(wish: Wish) -> None:
    if not wish.text.strip():
        raise Invalid(code="post_empty", field="text")
    if len(wish.text) > _TEXT_MOST:
        raise Invalid(code="pile_text_too_long", field="text", limit=_TEXT_MOST)
    if gaps := places(wish.text):
        raise Invalid(code="answer_gaps", field="text", names=shown(gaps))


def _label(by: Access, wish: Wish) -> Label | None:
    if wish.deed != LABEL:
        return None
    if wish.label_id is None:
        raise NotFound(what="label")
    return label_of(by.workspace.pk, wish.label_id)


def _begun(deed: PileDeed) -> Fact:
    data = {
        "deed": deed.deed, "pile": str(deed.pile_id), "why": deed.why, "also": len(deed.also),
        "one_each": deed.one_each, "label": str(deed.label_id or ""),
    }  # fmt: skip
    verb = "pile_deed.proposed" if deed.state == PROPOSED else "pile_deed.begun"
    return Fact(deed.workspace_id, verb, "piledeed", deed.pk, data)
