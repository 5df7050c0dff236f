"""What an account offers for the options of a post: boards, playlists, audiences; asked and kept."""

import asyncio
import logging
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from asgiref.sync import async_to_sync

from breakwater.channels import selectors
from breakwater.channels.doors import TALK_DEADLINE, Opened, connector, refresh, unlock
from breakwater.channels.installed import network
from breakwater.channels.models import Channel
from breakwater.channels.services.asking import put_plainly
from breakwater.core.database import in_database
from breakwater.domain.errors import (
    EgressRefused,
    NetworkError,
    Problem,
    Reconnect,
    TryLater,
    Unsupported,
)
from breakwater.domain.text import storable
from breakwater.networks.base import Choice

MOST = 500
"""Values of one option that are kept."""

_LONGEST = 200
log = logging.getLogger(__name__)


async def arefresh_choices(*, workspace_id: UUID, channel_id: UUID, now: datetime) -> Channel:
    """The channel with what its account offers now.

    Raises: NotFound; Problem: "network_unreachable", "no_choices" where there is nothing to ask,
    and what a network's no is put as.
    """
    channel = await in_database(selectors.channel_of)(workspace_id, channel_id)
    opened = (await in_database(unlock)([channel_id])).get(channel_id)
    if opened is None or not selectors.own_options(channel.network):
        raise Problem(code="no_choices")
    with put_plainly():
        try:
            await _ask(opened, now)
        except Reconnect:
            await _ask(await refresh(opened), now)
    return await in_database(selectors.channel_of)(workspace_id, channel_id)


refresh_choices = async_to_sync(arefresh_choices)


async def keep_choices(opened: Opened, *, now: datetime) -> None:
    """The same beside a check: what cannot be asked now stays as it was, until the next check."""
    if not selectors.own_options(opened.network):
        return
    try:
        await _ask(opened, now)
    except (NetworkError, EgressRefused) as error:
        log.info("channel.choices_not_asked channel=%s why=%s", opened.channel_id, error)
        await in_database(_store)(opened.channel_id, {}, now)


async def akeep_choices_of(channel_ids: Collection[UUID], *, now: datetime) -> None:
    """The same for channels that were just connected, so that a post can be written at once."""
    for opened in (await in_database(unlock)(channel_ids)).values():
        await keep_choices(opened, now=now)


keep_choices_of = async_to_sync(akeep_choices_of)


async def _ask(opened: Opened, now: datetime) -> None:
    found: dict[str, list[list[str]]] = {}
    try:
        async with asyncio.timeout(TALK_DEADLINE.total_seconds()), connector(opened) as there:
            for option in network(opened.network).manifest.options:
                if option.of_account:
                    try:
                        found[option.name] = _plain(await there.choices(option.name))
                    except Unsupported:
                        found.pop(option.name, None)
    except TimeoutError as error:
        raise TryLater("the network took too long to answer") from error
    await in_database(_store)(opened.channel_id, found, now)


def _plain(choices: tuple[Choice, ...]) -> list[list[str]]:
    return [
        [storable(one.value)[:_LONGEST], storable(one.label or one.value)[:_LONGEST]]
        for one in choices[:MOST]
    ]


def _store(channel_id: UUID, found: dict[str, list[list[str]]], now: datetime) -> None:
    row = Channel.objects.filter(pk=channel_id).only("choices").first()
    if row is not None:
        kept = {**row.choices, **found}
        Channel.objects.filter(pk=channel_id).update(choices=kept, choices_at=now)
