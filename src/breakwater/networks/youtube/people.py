"""Whom a channel is subscribed to, and how that ends."""

from typing import Any

from breakwater.networks.base import Author, People
from breakwater.networks.youtube.calls import Api


async def following(api: Api, cursor: str) -> People:
    """One page of subscriptions."""
    more = {"pageToken": cursor} if cursor else {}
    answer = await api.page("subscriptions", part="snippet", mine="true", maxResults="50", **more)
    rows = [row for row in answer.get("items") or [] if isinstance(row, dict)]
    return People(tuple(_author(row) for row in rows), str(answer.get("nextPageToken") or ""))


async def subscription(api: Api, channel: str) -> str:
    """The id of our subscription to a channel, "" where there is none."""
    rows = await api.items("subscriptions", part="id", mine="true", forChannelId=channel)
    return str(rows[0]["id"]) if rows else ""


async def unfollow(api: Api, channel: str) -> None:
    """Not subscribed, or not any more."""
    if found := await subscription(api, channel):
        await api.write("subscriptions.delete", {"id": found}, safe=True)


def _author(row: dict[str, Any]) -> Author:
    facts = row.get("snippet") or {}
    channel = str((facts.get("resourceId") or {}).get("channelId") or "")
    pictures = (facts.get("thumbnails") or {}).get("default") or {}
    return Author(
        remote_id=channel,
        name=str(facts.get("title") or ""),
        url=f"https://www.youtube.com/channel/{channel}",
        picture=str(pictures.get("url") or ""),
    )
