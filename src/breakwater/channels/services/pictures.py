"""A picture that a network shows in a post of ours, fetched for the person who compares."""

from uuid import UUID

import httpx
from asgiref.sync import async_to_sync

from breakwater.channels import selectors
from breakwater.channels.doors import short_talk
from breakwater.channels.installed import network
from breakwater.channels.services.asking import put_plainly
from breakwater.domain.errors import NotFound
from breakwater.networks import wire
from breakwater.networks.base import Network


def fetch_picture(*, workspace_id: UUID, channel_id: UUID, url: str) -> bytes:
    """The bytes at `url`, asked for without any secret, through the guard; at most 5 MB.

    They are a stranger's bytes: draw them anew (media.cleaning) before anybody sees them.
    Raises: NotFound; Problem("network_unreachable"); Invalid("address_refused").
    """
    channel = selectors.channel_of(workspace_id, channel_id)
    with put_plainly():
        return _fetch(network(channel.network), url)


async def seen_bytes(slug: str, url: str) -> bytes:
    """The same for a worker that compares. Raises: NotFound; NetworkError; EgressRefused."""
    return await _fetched(network(slug), url)


@async_to_sync
async def _fetch(found: Network, url: str) -> bytes:
    return await _fetched(found, url)


async def _fetched(found: Network, url: str) -> bytes:
    async with short_talk(found) as client:
        answer = await wire.call(client, "GET", url, safe=True)
    if answer.status_code != httpx.codes.OK:
        raise NotFound(what="picture")
    return answer.content
