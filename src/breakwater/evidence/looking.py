"""A look for something that was deleted: by the network's interface, and as the public. Read only."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx

from breakwater.channels.doors import Opened, recorded, short_talk
from breakwater.channels.installed import network
from breakwater.channels.tapes import Tape
from breakwater.domain.errors import BreakwaterError
from breakwater.evidence.taking import plain

DEADLINE_S = 10.0
_KEPT = 4000


@dataclass(frozen=True)
class Looked:
    """outcome: absent (the network's interface says so), there, unknown. status: of the page that
    anybody gets, None where there was none. facts: what was answered, plain."""

    outcome: str
    status: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)


async def look(
    opened: Opened | None, remote_id: str, url: str, *, named: str, clock: Callable[[], datetime]
) -> Looked:
    """Never fails: what could not be seen is unknown. opened: None where the channel is not connected
    any more: then only its public page is asked, of the network `named`."""
    if opened is None:
        return Looked("unknown", await _as_public(named, url), {"trouble": "disconnected"})
    tape = Tape(opened.secrets, known=(opened.account.remote_id,), clock=clock)
    try:
        async with (
            asyncio.timeout(DEADLINE_S),
            recorded(opened, tape) as (connector, public),
        ):
            seen = await connector.read(remote_id)
            answered = _answered(tape)
            status = await _status(public, url)
    except TimeoutError:
        return Looked("unknown", facts={"trouble": "late"})
    except BreakwaterError as error:
        return Looked("unknown", facts={"trouble": error.code})
    if seen is not None:
        return Looked("there", status, {**answered, "post": tape.clean_json(plain(seen))})
    return Looked("absent", status, answered)


async def _as_public(named: str, url: str) -> int | None:
    try:
        async with asyncio.timeout(DEADLINE_S), short_talk(network(named)) as public:
            return await _status(public, url)
    except (TimeoutError, BreakwaterError):
        return None


async def _status(public: httpx.AsyncClient, url: str) -> int | None:
    if not url:
        return None
    try:
        return (await public.get(url, follow_redirects=True)).status_code
    except (httpx.HTTPError, httpx.InvalidURL, BreakwaterError):
        return None


def _answered(tape: Tape) -> dict[str, Any]:
    """The last answer of the interface, as it came."""
    if not tape.exchanges:
        return {}
    last = tape.exchanges[-1]
    words = last.body[:_KEPT].decode(errors="replace").replace("\x00", "")
    return {"asked": last.url, "status": last.status, "answered": words, "at": last.at.isoformat()}
