"""What the checks do with a connector: publish, look, read, wait where a network is slow."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from breakwater.domain.errors import NetworkError, Refused, Unsupported
from breakwater.domain.text import folded
from breakwater.networks.base import Connector, Handle, Parcel, Seen, Sent
from breakwater.networks.conformance.making import Keep
from breakwater.networks.conformance.subject import Subject, skip

T = TypeVar("T")
_STEP_S = 0.2


async def publish(connector: Connector, parcel: Parcel) -> Sent:
    return await connector.commit(parcel, await connector.prepare(parcel, {}, Keep()))


async def outcome(connector: Connector, parcel: Parcel, handle: Handle) -> Sent | NetworkError:
    try:
        return await connector.commit(parcel, handle)
    except NetworkError as error:
        return error


async def where_offered(call: Awaitable[T]) -> T:
    """What the call gives. The check is skipped where this account, or what is paid for it, turns
    out not to have it."""
    try:
        return await call
    except Unsupported as error:
        skip(f"this account does not have it: {error.detail}")
    except Refused as error:
        if error.reason != "plan_needed":
            raise
        skip(f"this account's plan does not have it: {error.detail}")


async def until(
    subject: Subject, ask: Callable[[], Awaitable[T]], wanted: Callable[[T], bool]
) -> T:
    """The first answer that is as wanted, or the last one when `settle_s` is over."""
    waited = 0.0
    while not wanted(given := await ask()) and waited < subject.settle_s:
        await asyncio.sleep(_STEP_S)
        waited += _STEP_S
    return given


async def read(subject: Subject, connector: Connector, remote_id: str) -> Seen | None:
    return await until(subject, lambda: connector.read(remote_id), lambda seen: seen is not None)


async def own_id(subject: Subject, connector: Connector, sent: Sent) -> str:
    """What the post is called for good."""
    seen = await read(subject, connector, sent.remote_id) if subject.renames else None
    return seen.remote_id if seen else sent.remote_id


async def found(
    subject: Subject, connector: Connector, parcel: Parcel, handle: Handle
) -> tuple[Seen, ...]:
    """The copies of `parcel` that a look finds."""

    async def look() -> tuple[Seen, ...]:
        seen = await connector.look(parcel, handle)
        assert seen.complete, "the look did not reach back to the first send"
        return copies(seen.posts, parcel)

    return await until(subject, look, bool)


def copies(posts: tuple[Seen, ...], parcel: Parcel) -> tuple[Seen, ...]:
    return tuple(seen for seen in posts if folded(seen.text) == folded(parcel.text))
