"""Piles: what many people say at once, and decisions about all of one."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from ninja import Router

from breakwater.api.auth import Call
from breakwater.api.route import request_id, route
from breakwater.api.schemas.answers import RefusalWish
from breakwater.api.schemas.piles import (
    ExampleOut,
    ExceptionOut,
    PileDeedOut,
    PileDeedWish,
    PileOut,
    PileProposalOut,
    PilesOut,
    PileWholeOut,
    SignOut,
    ToReadOut,
)
from breakwater.delivery.services.talking import API
from breakwater.delivery.services.walls import shut
from breakwater.domain.errors import StaleState
from breakwater.domain.kinds import REPLY
from breakwater.domain.shield import Shield
from breakwater.inbox import pile_selectors as piles
from breakwater.inbox import reading
from breakwater.inbox.models import Item, PileDeed, Thread
from breakwater.inbox.pile_selectors import NEVER, Standing
from breakwater.inbox.services import pile_deeds, pile_proposals
from breakwater.people.roles import Right
from breakwater.wellbeing.selectors import shield_of

router = Router(tags=["inbox"])
_PILES = "/w/{slug}/inbox/piles"
_DEED = "/w/{slug}/inbox/pile-deeds/{deed_id}"


@route(router, "GET", _PILES, right=Right.SEE, answer=PilesOut)
def listed(call: Call) -> PilesOut:
    """The piles in which something waits, the one with the most people first; at most 20."""
    found = piles.standings([call.workspace_id])
    items = [PileOut(**_figures(one)) for one in found.piles]
    return PilesOut(people=found.people, threats=found.threats, items=items)


@route(router, "GET", _PILES + "/{pile_id}", right=Right.SEE, answer=PileWholeOut)
def one(call: Call, pile_id: UUID) -> PileWholeOut:
    """One of them, with a few examples as the token's person is shown them, and the exceptions."""
    row = piles.pile_of(call.workspace_id, pile_id)
    shield = shield_of(call.access.person, call.workspace_id)
    growth = piles.growth_of(row, now=call.now)
    read = reading.tally(piles.messages_of(row), shield)
    return PileWholeOut(
        **_figures(piles.standing_of(row)),
        to_read=ToReadOut(shown=read.shown, veiled=read.veiled, aside=read.aside),
        in_ten_minutes=growth.soon,
        in_an_hour=growth.lately,
        examples=[_example(item, shield) for item in piles.examples_of(row)],
        exceptions=[_exception(thread) for thread in piles.exceptions_of(row)],
        deeds=[pile_deed(deed) for deed in piles.deeds_of(row)],
    )


@route(
    router, "POST", _PILES + "/{pile_id}/deeds", right=Right.ANSWER, answer=PileDeedOut, status=201
)
def begin(call: Call, pile_id: UUID, wish: PileDeedWish) -> PileDeedOut:
    """It is decided; workers do it by and by. People in danger and threats are never part of it, and
    what asks something of its own only where it is named in `also`. An answer is "proposed" where
    answers need a yes. Answers are refused while a pause holds what programs say, and wait where it
    begins later."""
    if wish.text:
        _check_pause(call)
    said = pile_deeds.Wish(
        wish.deed, wish.text, wish.language, wish.one_each, wish.label_id, wish.why, wish.also,
        wish.upto, (API,),
    )  # fmt: skip
    made = pile_deeds.begin(call.access, pile_id, said, request=request_id(call), now=call.now)
    return pile_deed(made)


@route(router, "POST", _DEED + "/stop", right=Right.ANSWER, answer=PileDeedOut)
def stop(call: Call, deed_id: UUID) -> PileDeedOut:
    """Nothing more of it is begun; what was done stays done."""
    return pile_deed(pile_deeds.stop(call.access, deed_id, now=call.now))


@route(router, "POST", _DEED + "/approve", right=Right.APPROVE, answer=PileDeedOut)
def approve(call: Call, deed_id: UUID) -> PileDeedOut:
    """A proposed answer goes out by and by, once. Not for whoever wrote it."""
    _check_pause(call)
    made = pile_proposals.approve(call.access, deed_id, tags=(API,), now=call.now)
    return pile_deed(made)


@route(router, "POST", _DEED + "/refuse", right=Right.APPROVE, answer=PileDeedOut)
def refuse(call: Call, deed_id: UUID, wish: RefusalWish) -> PileDeedOut:
    """Nothing of a proposed answer leaves, and its author is told why."""
    return pile_deed(pile_proposals.refuse(call.access, deed_id, wish.why, now=call.now))


@route(router, "POST", _DEED + "/withdraw", right=Right.ANSWER, answer=PileDeedOut)
def withdraw(call: Call, deed_id: UUID) -> PileDeedOut:
    """The author of a proposed answer takes it back."""
    return pile_deed(pile_proposals.withdraw(call.access, deed_id, now=call.now))


def _check_pause(call: Call) -> None:
    if shut(call.workspace_id, REPLY, (API,), now=call.now):
        raise StaleState(code="programs_paused")


def _figures(standing: Standing) -> dict[str, Any]:
    row = standing.pile
    return {
        "id": row.pk, "label": row.labels, "people": row.people, "messages": row.messages,
        "waiting": {category.value: n for category, n in standing.waiting.items()},
        "heads": row.counts.get("heads", {}), "bands": row.counts.get("bands", {}),
        "languages": row.counts.get("languages", {}),
        "signs": [SignOut(hint=hint, count=count, of=of) for hint, count, of in row.signs],
        "first_at": row.first_at, "last_at": row.last_at,
    }  # fmt: skip


def _example(item: Item, shield: Shield) -> ExampleOut:
    said = reading.message(item, shield)
    reasons = [head.value for head in said.reasons]
    return ExampleOut(item_id=said.id, category=said.category, text=said.text, reasons=reasons)


def _exception(row: Thread) -> ExceptionOut:
    return ExceptionOut(
        thread_id=row.pk, category=row.category, last_at=row.last_at,
        may_go_along=not row.danger and row.category not in NEVER,
    )  # fmt: skip


def pile_deed(row: PileDeed) -> PileDeedOut:
    return PileDeedOut(**_facts(row))


def pile_proposals_out(rows: Sequence[PileDeed]) -> list[PileProposalOut]:
    """With what who decides on them needs to know. One query."""
    reaches = piles.reaches_of(rows)
    return [
        PileProposalOut(
            **_facts(row), label=row.pile.labels, talks=reaches[row.pk].talks,
            newer=reaches[row.pk].newer,
        )
        for row in rows
    ]  # fmt: skip


def _facts(row: PileDeed) -> dict[str, Any]:
    return {
        "id": row.pk, "pile_id": row.pile_id, "deed": row.deed, "text": row.text,
        "state": row.state, "done": row.done, "left": row.left, "why": row.why, "by": row.by_id,
        "decided_by": row.decided_by_id, "created_at": row.created_at,
    }  # fmt: skip
