"""Whom an account follows, asked of its network page by page; nothing of it is kept."""

import asyncio
from uuid import UUID

from asgiref.sync import async_to_sync

from breakwater.channels import selectors
from breakwater.channels.doors import TALK_DEADLINE, Opened, connector, refresh, unlock
from breakwater.channels.services.asking import put_plainly
from breakwater.core.database import in_database
from breakwater.domain.errors import NotFound, Problem, Reconnect, TryLater, Unsupported
from breakwater.networks.base import People


async def afollowing(*, workspace_id: UUID, channel_id: UUID, cursor: str = "") -> People:
    """One page. cursor: of the page before, "" for the first.

    Raises: NotFound; Problem: "network_unreachable", and what a network's no is put as.
    """
    channel = await in_database(selectors.channel_of)(workspace_id, channel_id)
    opened = (await in_database(unlock)([channel_id])).get(channel_id)
    if opened is None or channel.state == "disconnected":
        raise Problem(code="channel_disconnected")
    with put_plainly():
        try:
            return await _ask(opened, cursor)
        except Reconnect:
            return await _ask(await refresh(opened), cursor)


following = async_to_sync(afollowing)


async def _ask(opened: Opened, cursor: str) -> People:
    try:
        async with asyncio.timeout(TALK_DEADLINE.total_seconds()), connector(opened) as there:
            return await there.following(cursor)
    except TimeoutError as error:
        raise TryLater("the network took too long to answer") from error
    except Unsupported as error:
        raise NotFound(what="following") from error
