"""Calls to a network, each with its deadline, each ending in one classified outcome."""

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar

from breakwater.channels.services import redacted
from breakwater.delivery.models import Delivery
from breakwater.domain import readback
from breakwater.domain.errors import (
    NetworkError,
    OutcomeUnknown,
    Reconnect,
    Refused,
    TryLater,
    Unsupported,
)
from breakwater.domain.guarantees import Guarantee, Outcome
from breakwater.domain.kinds import ACT, DELETE, EDIT, MAKES, repeats
from breakwater.domain.text import says
from breakwater.networks.base import (
    Act,
    Card,
    Connector,
    Deed,
    Handle,
    Medium,
    Parcel,
    Secrets,
    Seen,
    Sent,
)

T = TypeVar("T")
log = logging.getLogger(__name__)
_ABSENT = Outcome.ABSENT


@dataclass(frozen=True)
class Ended:
    """How a call ended. after_s: the network's wish; sent, seen: what came back.

    whole_app: the wish is for every account of this network, not for this one alone.
    exact: of a look: `seen` is this delivery's by key or handle, and not to be matched by content.
    duplicate_of: the post that a refusal named as the same.
    """

    outcome: Outcome
    code: str = ""
    detail: str = ""
    after_s: float | None = None
    whole_app: bool = False
    sent: Sent | None = None
    seen: tuple[Seen, ...] = ()
    exact: bool = True
    duplicate_of: str = ""


def parcel_of(row: Delivery) -> Parcel:
    """What leaves, from the frozen payload: the same on each try.

    A part of a thread, and a first comment, answer what left before them (row.reply_to).
    """
    payload = row.payload
    card = payload.get("card")
    return Parcel(
        key=row.pk.hex,
        record_key=row.record_key,
        created_at=row.created_stamp,
        text=payload["text"],
        media=tuple(Medium(**medium) for medium in payload["media"]),
        language=payload.get("language", ""),
        options=payload.get("options", {}),
        first_sent_at=row.first_sent_at,
        form=payload.get("form", ""),
        card=Card(**card) if card else None,
        reply_to=row.reply_to or payload.get("reply_to", ""),
        root=row.root or payload.get("root", ""),
        to=payload.get("to", ""),
    )


def guards(connector: Connector, row: Delivery) -> Guarantee:
    """What protects this delivery from happening twice; nothing, where the connector cannot say. No
    key of ours goes with a report."""
    if row.kind not in MAKES:
        return connector.guarantee if repeats(row.kind, row.deed) else Guarantee.NONE
    try:
        return connector.guards(parcel_of(row))
    except NetworkError:  # no such thing can leave there: the call itself says so
        return Guarantee.NONE


def act_of(row: Delivery) -> Act:
    """The deed, from the frozen payload."""
    payload = row.payload
    return Act(
        Deed(payload["deed"]), payload["target"], payload.get("about", ""),
        payload.get("detail", {}),
    )  # fmt: skip


def classify(error: Exception, *, writing: bool) -> Ended:
    """The outcome that an error means. writing: the commit call, where doubt is `unknown`."""
    if isinstance(error, TryLater):
        outcome = Outcome.THROTTLED if error.throttled else Outcome.NOT_SENT
        return Ended(outcome, error.code, error.detail, error.after_s, error.whole_app)
    if isinstance(error, Reconnect):
        return Ended(Outcome.TOKEN, error.code, error.detail)
    if isinstance(error, Refused):
        return Ended(Outcome.REFUSED, error.reason, error.detail, duplicate_of=_same_as(error))
    if isinstance(error, Unsupported):
        return Ended(Outcome.REFUSED, error.code, error.detail)
    doubt = Outcome.UNKNOWN if writing else Outcome.NOT_SENT
    if isinstance(error, OutcomeUnknown | NetworkError):
        return Ended(doubt, error.code, error.detail, duplicate_of=_same_as(error))
    if isinstance(error, TimeoutError):
        return Ended(doubt, "deadline", "no answer within our deadline")
    log.error("call.broke", exc_info=error)
    broken = Outcome.UNKNOWN if writing else Outcome.REFUSED
    return Ended(broken, "internal", type(error).__name__)


async def commit(connector: Connector, row: Delivery, handle: Handle, within: timedelta) -> Ended:
    """The one call that changes something for everybody."""
    try:
        async with asyncio.timeout(within.total_seconds()):
            sent = await _make(connector, row, handle)
    except Exception as error:  # every end of a commit call is an outcome
        return classify(error, writing=True)
    return Ended(Outcome.ACCEPTED, detail=sent.detail, sent=sent)


async def look(connector: Connector, row: Delivery, within: timedelta) -> Ended:
    """Read only: did it get out? FOUND, SEVERAL, ABSENT or UNREADABLE; `seen` = candidates."""
    try:
        if row.kind not in MAKES:
            return await _timed(_stands(connector, row), within)
        found = await _timed(connector.look(parcel_of(row), row.handle), within)
    except Exception as error:  # whatever it was, nothing was seen
        ended = _unseen(error)
        unprovable = ended.outcome is Outcome.UNPROVABLE and repeats(row.kind, row.deed)
        return Ended(Outcome.ABSENT) if unprovable else ended
    if found.exact:
        return Ended(readback.verdict(len(found.posts), complete=found.complete), seen=found.posts)
    code = "" if found.complete else "incomplete"
    return Ended(Outcome.SEVERAL, code, seen=found.posts, exact=False)


async def verify(connector: Connector, row: Delivery, within: timedelta) -> Ended:
    """Read only: is it as it should be? FOUND, ALTERED, ABSENT, UNREADABLE or UNPROVABLE."""
    try:
        if row.kind == ACT:
            return await _timed(_stands(connector, row), within)
        seen = await _timed(connector.read(row.remote_id), within)
    except Exception as error:  # whatever it was, nothing was seen
        return _unseen(error)
    if row.kind == DELETE:
        return Ended(Outcome.ABSENT if seen else Outcome.FOUND, seen=(seen,) if seen else ())
    if seen is None:
        return Ended(Outcome.ABSENT)
    return Ended(Outcome.FOUND if _as_sent(seen, row) else Outcome.ALTERED, seen=(seen,))


def hushed(ended: Ended, secrets: Secrets) -> Ended:
    """Without our secrets: some networks echo in a refusal what they were sent."""
    return replace(ended, detail=redacted(ended.detail, secrets))


def plain(seen: Seen) -> dict[str, Any]:
    """A candidate as JSON, for the page that asks a person."""
    return {
        "remote_id": seen.remote_id,
        "url": seen.url,
        "text": seen.text[:1000],
        "at": seen.created_at.isoformat(),
        "media": [{"url": one.url, "alt": one.alt} for one in seen.media],
    }


async def _timed(call: Awaitable[T], within: timedelta) -> T:
    async with asyncio.timeout(within.total_seconds()):
        return await call


async def _make(connector: Connector, row: Delivery, handle: Handle) -> Sent:
    if row.kind == DELETE:
        await connector.delete(row.payload["remote_id"])
        return Sent(row.payload["remote_id"])
    if row.kind == EDIT:
        return await connector.edit(row.payload["remote_id"], parcel_of(row))
    if row.kind == ACT:
        return await connector.act(act_of(row))
    return await connector.commit(parcel_of(row), handle)


async def _stands(connector: Connector, row: Delivery) -> Ended:
    """FOUND where what a delete, an edit or a deed wants is so now; of an edit, under which id."""
    if row.kind == ACT:
        return Ended(Outcome.FOUND if await connector.acted(act_of(row)) else _ABSENT)
    seen = await connector.read(row.payload["remote_id"])
    if row.kind == DELETE:
        return Ended(Outcome.FOUND if seen is None else _ABSENT)
    if seen is None or not _as_sent(seen, row):
        return Ended(_ABSENT)
    return Ended(Outcome.FOUND, seen=(seen,))


def _as_sent(seen: Seen, row: Delivery) -> bool:
    if seen.bare:
        return True
    same_text = says(seen.text, row.payload["text"], seen.spellings)
    return same_text and len(seen.media) == len(row.payload["media"])


def _same_as(error: NetworkError) -> str:
    code = error.reason if isinstance(error, Refused) else error.code
    named = error.data.get("remote_id") if code == "duplicate" else None
    return named if isinstance(named, str) else ""


def _unseen(error: Exception) -> Ended:
    if isinstance(error, Unsupported):
        return Ended(Outcome.UNPROVABLE, error.code, error.detail)
    ended = classify(error, writing=False)
    return Ended(Outcome.UNREADABLE, ended.code, ended.detail, after_s=ended.after_s)
