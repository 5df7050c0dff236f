"""People in danger, what is set aside and what is kept; what was kept is read on the page alone."""

from uuid import UUID

from ninja import Router

from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.base import ItemId
from breakwater.api.schemas.guarding import (
    AsideOut,
    DangerWish,
    FolderLineOut,
    FolderOut,
    HelplineOut,
    HelplinesOut,
    KeepWish,
    KeptOut,
)
from breakwater.inbox import folder, helplines
from breakwater.inbox.selectors import item_of, thread_of
from breakwater.inbox.services import aside, danger, keeping
from breakwater.people.roles import Right

router = Router(tags=["inbox"])
_HERE = "/w/{slug}/inbox"
_TALK = f"{_HERE}/conversations/{{thread_id}}"
_ITEM = f"{_HERE}/items/{{item_id}}"


@route(router, "GET", f"{_HERE}/folder", right=Right.SEE, answer=FolderOut)
def contents(call: Call) -> FolderOut:
    """How many conversations are set aside, by category; never a word of them."""
    counted = folder.counts(call.workspace_id)
    lines = [FolderLineOut(category=one, conversations=n) for one, n in counted.items()]
    return FolderOut(items=lines, offered=folder.offered(call.workspace_id).count())


@route(router, "POST", f"{_TALK}/aside", right=Right.ANSWER, answer=AsideOut, apart=True)
def set_aside(call: Call, thread_id: UUID) -> AsideOut:
    """Nobody needs to read it now. Abuse below our posts is hidden there first where it can be, and
    threats are kept. 422 where somebody may be in danger."""
    done = aside.set_aside(call.access, [thread_id], now=call.now)
    return AsideOut(aside=done.aside, hiding=done.hiding)


@route(router, "POST", f"{_TALK}/out", right=Right.ANSWER, status=204)
def take_out(call: Call, thread_id: UUID) -> None:
    """It is among the others again; what was hidden stays hidden."""
    thread_of(call.workspace_id, thread_id)
    aside.take_out(call.access, [thread_id], now=call.now)


@route(router, "POST", f"{_ITEM}/danger", right=Right.ANSWER, status=204)
def say_danger(call: Call, item_id: ItemId, wish: DangerWish) -> None:
    """Somebody is in danger there, or nobody is, as the token's person says. 409 when it says so."""
    say = danger.in_danger if wish.danger else danger.no_danger
    say(call.access, item_id, now=call.now)


@route(router, "POST", f"{_ITEM}/keep", right=Right.ANSWER, answer=KeptOut)
def keep(call: Call, item_id: ItemId, wish: KeepWish) -> KeptOut:
    """The message is kept as evidence, sealed; kept before for the same, that is what comes back."""
    item = item_of(call.workspace_id, item_id)
    row = keeping.keep(item, by=call.access, why=wish.why, now=call.now)
    return KeptOut(
        id=row.pk, why=row.why, digest=row.digest, address_only=row.address_only,
        kept_at=row.created_at,
    )  # fmt: skip


@route(router, "GET", f"{_HERE}/helplines", right=Right.SEE, answer=HelplinesOut)
def numbers(call: Call) -> HelplinesOut:
    """What people in danger may be told, and where crimes are reported."""
    country = helplines.country_of(call.workspace_id)
    found = helplines.lines(call.workspace_id, country)
    items = [
        HelplineOut(kind=one.kind, name=one.name, number=one.number, url=one.url, note=one.note)
        for one in found
    ]
    return HelplinesOut(country=country, items=items)
