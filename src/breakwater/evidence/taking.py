"""Taking a capture: what the network shows of one thing, within seconds. Writes nothing.

The core (the post as its interface answers, its page as the public gets it, its media, the profile)
and a sample (comments, figures) are asked for at once; at the deadline what is not there is missing.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, is_dataclass, replace
from datetime import date, datetime
from typing import Any

import httpx

from breakwater.channels.doors import BRIEFLY, Opened, recorded, refresh
from breakwater.channels.tapes import Tape
from breakwater.domain.errors import BreakwaterError, NetworkError, Reconnect, Refused, Unsupported
from breakwater.evidence.taken import Medium, Taken
from breakwater.networks.base import Connector, Seen

DEADLINE_S = 4.0
MEDIUM_MAX = 25 * 1024 * 1024
MEDIA_MAX = 40 * 1024 * 1024
"""Of all media of one capture together, in bytes."""
SAMPLE = 50
_TOLD = ("post", "comments", "figures", "profile", "missing")
log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


async def take(
    opened: Opened | None,
    remote_id: str,
    url: str,
    *,
    clock: Clock,
    deadline_s: float = DEADLINE_S,
) -> Taken:
    """Never fails: what could not be had is in `missing`. opened: None where the channel is not
    connected any more."""
    taken = Taken(clock(), clock())
    if opened is None:
        taken.lacks("post", "disconnected")
        return taken
    tape = _tape(opened, clock)
    try:
        async with asyncio.timeout(deadline_s):
            await _all(opened, tape, remote_id, url, taken)
    except TimeoutError:
        pass
    except BreakwaterError as error:
        _set(taken, "post", _code(error))
    _say_what_is_late(taken)
    taken.ended = clock()
    return cleaned(taken, tape)


def cleaned(taken: Taken, tape: Tape) -> Taken:
    """With what is on the tape, and without our secrets: a network may echo them into its words."""
    return replace(
        taken,
        exchanges=list(tape.exchanges), hidden=tape.hidden,
        media=[replace(one, url=tape.clean(one.url)) for one in taken.media],
        **{name: tape.clean_json(getattr(taken, name)) for name in _TOLD},
    )  # fmt: skip


def address_alone(*, clock: Clock) -> Taken:
    """Of an image of a minor: nothing is fetched."""
    return Taken(clock(), clock())


def plain(value: Any) -> Any:
    """JSON of what a network shows: dataclasses, moments and tuples as plain values."""
    if is_dataclass(value) and not isinstance(value, type):
        return {name: plain(one) for name, one in asdict(value).items()}
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def _tape(opened: Opened, clock: Clock) -> Tape:
    account = opened.account
    return Tape(
        opened.secrets, known=(account.remote_id, account.handle, account.origin), clock=clock
    )


async def _all(opened: Opened, tape: Tape, remote_id: str, url: str, taken: Taken) -> None:
    waiting = {"post", "media", "page", "profile", "comments", "figures"}
    taken.missing = [{"name": name, "code": "late"} for name in sorted(waiting)]
    async with (
        recorded(opened, tape, limit=MEDIUM_MAX) as (connector, public),
        asyncio.TaskGroup() as group,
    ):
        post = group.create_task(_post(opened, connector, tape, public, remote_id, taken))
        group.create_task(_step("page", taken, lambda: _page(public, url, taken)))
        group.create_task(_step("profile", taken, lambda: _profile(connector, taken)))
        group.create_task(_step("comments", taken, lambda: _comments(connector, remote_id, taken)))
        group.create_task(_step("figures", taken, lambda: _figures(connector, remote_id, taken)))
        await post


async def _post(
    opened: Opened,
    connector: Connector,
    tape: Tape,
    public: httpx.AsyncClient,
    remote_id: str,
    taken: Taken,
) -> None:
    """The post, then its media. A sign-in that has ended is renewed once."""

    async def read() -> None:
        try:
            seen = await connector.read(remote_id)
        except Reconnect:
            fresh = await refresh(opened, patience=BRIEFLY)
            again = _tape(fresh, tape.clock)
            async with recorded(fresh, again) as (renewed, _):
                seen = await renewed.read(remote_id)
            tape.exchanges.extend(again.exchanges)
        _shown(seen, taken)
        await _step("media", taken, lambda: _media(public, seen, taken))

    await _step("post", taken, read)


def _shown(seen: Seen | None, taken: Taken) -> None:
    if seen is None:
        raise Refused("not_there")
    if seen.bare:
        raise Unsupported("the network shows neither text nor media", code="bare")
    taken.post = plain(seen)


async def _step(name: str, taken: Taken, deed: Callable[[], Awaitable[None]]) -> None:
    """It is done, and no longer missing; or missing with its code. Nothing falls over it."""
    try:
        await deed()
    except BreakwaterError as error:
        _set(taken, name, _code(error))
    except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, OSError) as error:
        _set(taken, name, "not_reached", why=type(error).__name__)
    except Exception as error:  # a connector's own mistake: what else there is, is kept
        log.exception("evidence.step_broke name=%s", name)
        _set(taken, name, "not_understood", why=type(error).__name__)
    else:
        taken.missing = [
            one for one in taken.missing if (one["name"], one["code"]) != (name, "late")
        ]


def _set(taken: Taken, name: str, code: str, **facts: Any) -> None:
    taken.missing = [one for one in taken.missing if (one["name"], one["code"]) != (name, "late")]
    taken.lacks(name, code, **facts)


async def _page(public: httpx.AsyncClient, url: str, taken: Taken) -> None:
    """The page at the permalink, as anybody gets it. A page of HTML is kept whatever it says."""
    if not url:
        raise Unsupported("no address")
    answer = await public.get(url, follow_redirects=True)
    taken.page_status = answer.status_code


async def _profile(connector: Connector, taken: Taken) -> None:
    taken.profile = plain(await connector.profile())


async def _comments(connector: Connector, remote_id: str, taken: Taken) -> None:
    taken.comments = plain((await connector.comments(remote_id))[:SAMPLE])


async def _figures(connector: Connector, remote_id: str, taken: Taken) -> None:
    taken.figures = plain(await connector.insights(remote_id))


async def _media(public: httpx.AsyncClient, seen: Seen | None, taken: Taken) -> None:
    """Each medium; of what is too large or cannot be had: address, size and why."""
    left = MEDIA_MAX
    for number, medium in enumerate(seen.media if seen else (), 1):
        try:
            got = await public.get(medium.url, follow_redirects=True)
        except httpx.RemoteProtocolError:
            taken.lacks("media", "too_large", url=medium.url)
            continue
        except (httpx.HTTPError, httpx.InvalidURL, BreakwaterError) as error:
            taken.lacks("media", "not_reached", url=medium.url, why=type(error).__name__)
            continue
        if not got.is_success or len(got.content) > left:
            code = "too_large" if got.is_success else "refused"
            size, status = len(got.content), got.status_code
            taken.lacks("media", code, url=medium.url, size=size, status=status)
            continue
        left -= len(got.content)
        mime = got.headers.get("content-type", "").partition(";")[0].strip().lower()
        taken.media.append(Medium(f"media-{number}", medium.url, mime, got.content))


def _say_what_is_late(taken: Taken) -> None:
    """A post that did not come leaves its media unknown: one line says both."""
    names = {one["name"] for one in taken.missing}
    if "post" in names:
        taken.missing = [one for one in taken.missing if one["name"] != "media"]


def _code(error: BreakwaterError) -> str:
    if isinstance(error, Refused):
        return error.reason
    if isinstance(error, NetworkError) and error.code:
        return error.code
    return str(error.code)
