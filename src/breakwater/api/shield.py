"""Messages as their reader is shown them; what a reader is spared; corrections of the scorer."""

from uuid import UUID

from ninja import Router

from breakwater.api.auth import Call
from breakwater.api.route import request_id, route
from breakwater.api.schemas.base import ItemId
from breakwater.api.schemas.shield import (
    AuthorOut,
    CorrectedOut,
    CorrectionOf,
    DefaultWish,
    LevelName,
    MessageOut,
    OwnWish,
    PieceOut,
    RevealWish,
    ShieldOut,
    ShieldSaid,
)
from breakwater.domain.scoring.scores import Head
from breakwater.domain.shield import Level, Shield
from breakwater.inbox.models import Item
from breakwater.inbox.reading import Author, Message, message
from breakwater.inbox.selectors import item_of
from breakwater.inbox.services import correcting
from breakwater.inbox.services.masking import without_insults
from breakwater.inbox.services.revealing import reveal as open_it
from breakwater.people.roles import Right
from breakwater.wellbeing.selectors import default_of, shield_of
from breakwater.wellbeing.services import set_default, set_own

router = Router(tags=["shield"])
_ITEM = "/w/{slug}/inbox/items/{item_id}"
_SHIELD = "/w/{slug}/inbox/shield"


@route(router, "GET", _ITEM, right=Right.SEE, answer=MessageOut)
def item(call: Call, item_id: ItemId, *, masked: bool = False) -> MessageOut:
    """The message as the token's person is shown it: a veiled text is not in it. masked: with its
    insults masked instead, which is no exposure."""
    row = item_of(call.workspace_id, item_id)
    if masked:
        return _message(row, without_insults(call.access, item_id, now=call.now))
    return _message(row, message(row, shield_of(call.access.person, call.workspace_id)))


@route(router, "POST", f"{_ITEM}/reveal", right=Right.ANSWER, answer=MessageOut)
def reveal(call: Call, item_id: ItemId, wish: RevealWish) -> MessageOut:
    """The message with what was veiled of it: counted as an exposure of the token's person."""
    shown = open_it(call.access, item_id, wish.what, request=request_id(call), now=call.now)
    return _message(item_of(call.workspace_id, item_id), shown)


@route(router, "POST", f"{_ITEM}/correct", right=Right.ANSWER, answer=CorrectedOut)
def correct(call: Call, item_id: ItemId, wish: CorrectionOf) -> CorrectedOut:
    """The scorer is wrong about the message: at once so for all that say the same."""
    kind = Head(wish.kind) if wish.kind else None
    return _corrected(call, correcting.correct(call.access, item_id, should=kind, now=call.now))


@route(router, "POST", f"{_ITEM}/uncorrect", right=Right.ANSWER, answer=CorrectedOut)
def uncorrect(call: Call, item_id: ItemId) -> CorrectedOut:
    """What was said with the correction counts no longer; nothing happens where nobody said any."""
    return _corrected(call, correcting.undo(call.access, item_id, now=call.now))


@route(router, "GET", _SHIELD, right=Right.SEE, answer=ShieldOut)
def shield(call: Call) -> ShieldOut:
    """What readers of the workspace are spared, and what the token's person is."""
    return _shields(call)


@route(router, "PUT", _SHIELD, right=Right.INVITE, answer=ShieldOut)
def save(call: Call, wish: DefaultWish) -> ShieldOut:
    """What readers are spared who chose nothing, and the mildest level that they may choose."""
    said = Shield(Level[wish.level.name], wish.unscored, wish.media)
    set_default(call.access, said, Level[wish.loosest.name], now=call.now)
    return _shields(call)


@route(router, "PUT", f"{_SHIELD}/own", right=Right.SEE, answer=ShieldOut)
def save_own(call: Call, wish: OwnWish) -> ShieldOut:
    """What the token's person chose for themself, in all their workspaces. Nobody is told."""
    level = Level[wish.level.name] if wish.level else None
    set_own(call.access.person, level=level, unscored=wish.unscored, media=wish.media, now=call.now)
    return _shields(call)


def _shields(call: Call) -> ShieldOut:
    found = default_of(call.workspace_id)
    return ShieldOut(
        default=_said(found.shield),
        loosest=_named(found.loosest),
        mine=_said(shield_of(call.access.person, call.workspace_id)),
    )


def _named(level: Level) -> LevelName:
    return LevelName(level.name.lower())


def _said(found: Shield) -> ShieldSaid:
    return ShieldSaid(level=_named(found.level), unscored=found.unscored, media=found.media)


def _corrected(call: Call, done: correcting.Corrected) -> CorrectedOut:
    shown = message(done.item, shield_of(call.access.person, call.workspace_id))
    return CorrectedOut(message=_message(done.item, shown), changed=done.changed)


def _message(row: Item, shown: Message) -> MessageOut:
    masked = shown.masked
    return MessageOut(
        id=shown.id,
        thread_id=row.thread_id,
        at=shown.at,
        own=shown.own,
        category=shown.category,
        author=_author(shown.author) if shown.author else None,
        text=shown.text,
        summary=shown.summary,
        masked=None
        if masked is None
        else [PieceOut(text=one.text, kind=one.kind) for one in masked],
        reasons=list(shown.reasons),
        unscored=shown.unscored,
        corrected=shown.corrected,
        danger=shown.danger,
        gone=shown.gone,
        media=len(shown.media or ()) + shown.veiled_media,
        media_veiled=shown.veiled_media,
    )


def _author(found: Author) -> AuthorOut:
    return AuthorOut(
        contact_id=UUID(found.contact_id),
        name=found.name,
        handle=found.handle,
        veiled=found.veiled,
    )
