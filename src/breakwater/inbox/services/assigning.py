"""Who looks after a conversation: given by hand, or by itself to somebody who may answer."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.core.ids import new_id
from breakwater.core.rows import write_rows
from breakwater.domain.errors import StaleState
from breakwater.domain.rota import Turn, coming
from breakwater.domain.triage import URGENT, Category
from breakwater.inbox.models import Setup, Thread
from breakwater.inbox.rotas import able_person, turns_of
from breakwater.inbox.services.own_setup import own_setup
from breakwater.inbox.services.rollup import beat
from breakwater.inbox.services.working import locked, locked_one
from breakwater.notices.services import tell
from breakwater.people import checks
from breakwater.people.models import Person
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, with_right

HAND, ROUND, LANGUAGE, ROTA = "hand", "round", "language", "rota"
MODES = (HAND, ROUND, LANGUAGE, ROTA)
_ASKS_NOBODY = (Category.SPAM, Category.ABUSE)
"""Nobody needs to read these, so nobody is given them."""


def assign(
    by: Access, thread_ids: Collection[UUID], person_id: UUID | None, *, now: datetime
) -> list[Thread]:
    """Those that changed hands: the person (None: nobody) looks after them. The person is told.

    Raises: Forbidden; Invalid("cannot_answer") for somebody who may not answer here.
    """
    checks.may(by, Right.ANSWER)
    with transaction.atomic():
        person = None if person_id is None else able_person(by.workspace.pk, person_id)
        moved = [one for one in locked(by, thread_ids) if one.assignee_id != person_id]
        give(moved, person_id, "thread.assigned", by=by.person.pk, now=now)
        if person is not None and moved and person != by.person:
            _tell(by, person, moved, now)
    return moved


def take(by: Access, thread: Thread, *, now: datetime) -> Thread:
    """The conversation is theirs, if it is still with whom they saw it with. Raises: Forbidden;
    StaleState("taken_by") when a colleague was first (nothing changed)."""
    checks.may(by, Right.ANSWER)
    with transaction.atomic():
        now_is = locked_one(by, thread.pk)
        if now_is.assignee_id == by.person.pk:
            return now_is
        if now_is.assignee_id not in (None, thread.assignee_id):
            raise StaleState(code="taken_by", who=str(now_is.assignee))
        give([now_is], by.person.pk, "thread.assigned", by=by.person.pk, now=now)
    return now_is


def give(
    talks: Sequence[Thread], person_id: UUID | None, verb: str, *, by: UUID, now: datetime
) -> None:
    """These locked conversations are with that person, and the audit chain says who gave them."""
    facts = [
        Fact(
            one.workspace_id, verb, "thread", one.pk,
            {"from": _text(one.assignee_id), "to": _text(person_id)},
        )
        for one in talks
    ]  # fmt: skip
    for thread in talks:
        thread.assignee_id = person_id
    write_rows(talks, ["assignee"])
    if facts:
        record(facts, by=by, now=now)
    beat({one.workspace_id for one in talks})


def on_intake(thread_ids: Collection[UUID], setups: Mapping[UUID, Setup], *, now: datetime) -> None:
    """Open conversations that nobody looks after are given to somebody, as their workspace wants it.
    Inside the transaction that took them in, after `roll_up`, which has locked their chains; its lock
    on the set-up makes the turns fair. setups: of their workspaces, by workspace."""
    sharing = [one.pk for one in setups.values() if one.assigning != HAND]
    if not sharing:
        return
    rows = Thread.objects.select_for_update().filter(pk__in=thread_ids, state="open")
    asking = rows.exclude(category__in=_ASKS_NOBODY).order_by("last_at", "pk")
    locked_rows = Setup.objects.select_for_update().filter(pk__in=sharing)
    for setup in locked_rows.exclude(assigning=HAND).order_by("pk"):
        _give_out(setup, list(asking.filter(workspace_id=setup.workspace_id)), now)


def in_turn(thread: Thread, *, now: datetime) -> UUID | None:
    """Whose turn it is to look after this one, as its workspace shares out (in turn, where that is
    done by hand); None where nobody could. Inside the transaction that gives it to them."""
    setup = own_setup(thread.workspace_id, now=now)
    able = {person.pk: person for person in with_right(setup.workspace_id, Right.ANSWER)}
    mode = ROUND if setup.assigning == HAND else setup.assigning
    turns = turns_of(setup.workspace_id) if mode != ROUND else []
    now_on = coming([one for one in turns if one.person in able], now, setup.workspace.zone)
    may = _who(mode, thread, able, turns, now_on)
    if not may:
        return None
    chosen = _next(setup, may)
    setup.save(update_fields=["turns"])
    return chosen


def _give_out(setup: Setup, talks: Sequence[Thread], now: datetime) -> None:
    able = {person.pk: person for person in with_right(setup.workspace_id, Right.ANSWER)}
    alone = [one for one in talks if one.assignee_id not in able]
    turns = turns_of(setup.workspace_id) if setup.assigning != ROUND else []
    zone = setup.workspace.zone
    now_on = coming([one for one in turns if one.person in able], now, zone)
    for thread in alone:
        may = _who(setup.assigning, thread, able, turns, now_on)
        if may:
            thread.assignee_id = _next(setup, may)
    write_rows(alone, ["assignee"])
    setup.save(update_fields=["turns"])


def _who(
    mode: str,
    thread: Thread,
    able: dict[UUID, Person],
    turns: Sequence[Turn],
    now_on: Sequence[Turn],
) -> set[UUID]:
    """Who could look after it: of the rota, those who are on (or on next); on duty, where there is
    danger. By language, those who speak it, or anybody where nobody does."""
    if mode == ROTA:
        fitting = [one for one in now_on if one.speaks(thread.language)] or now_on
        if thread.danger or Category(thread.category) in URGENT:
            fitting = [one for one in now_on if one.duty] or fitting
        return {one.person for one in fitting}
    if mode == LANGUAGE:
        return _speaking(thread.language, able, turns) or set(able)
    return set(able)


def _speaking(language: str, able: dict[UUID, Person], turns: Sequence[Turn]) -> set[UUID]:
    """By what the rota says of them, or else by the language in which they read our pages."""
    said: dict[UUID, set[str]] = {}
    for turn in turns:
        said.setdefault(turn.person, set()).update(turn.languages)
    return {key for key, person in able.items() if language in (said.get(key) or {person.language})}


def _next(setup: Setup, may: Collection[UUID]) -> UUID:
    """Whose last turn is longest ago; who comes new or back is next, and makes up for nothing."""
    chosen = min(may, key=lambda one: (setup.turns.get(str(one), 0), one))
    setup.turns[str(chosen)] = 1 + max(setup.turns.values(), default=0)
    return chosen


def _tell(by: Access, person: Person, talks: Sequence[Thread], now: datetime) -> None:
    one = len(talks) == 1
    place = f"{talks[0].pk}/" if one else f"all/?assignee={person.pk}"
    tell(
        [person], "inbox_assigned" if one else "inbox_assigned_many", key=f"inbox:{new_id()}",
        data={"who": by.person.name, "count": len(talks)},
        path=f"/w/{by.workspace.slug}/inbox/{place}", workspace_id=by.workspace.pk, now=now,
    )  # fmt: skip


def _text(person_id: UUID | None) -> str | None:
    return None if person_id is None else str(person_id)
