"""What a channel hears and does beside publishing: reading, polls, deeds, figures, pushes."""

from collections.abc import Mapping
from datetime import datetime

from breakwater.domain.errors import TryLater
from breakwater.networks.base import (
    Account,
    Act,
    Batch,
    Choice,
    Comment,
    Figure,
    Kit,
    People,
    Profile,
    Seen,
    Sent,
    Source,
)
from breakwater.networks.unable import Unable
from breakwater.networks.youtube import account_choices, acts, figures, hub, people, polls, talk
from breakwater.networks.youtube.calls import Api
from breakwater.networks.youtube.inbound import Reader


class Listening(Unable):
    """The half of the connector that publishes nothing."""

    _account: Account
    _api: Api
    _kit: Kit
    _reader: Reader

    async def read(self, remote_id: str) -> Seen | None:
        return await self._reader.read(remote_id)

    async def timeline(self, limit: int) -> tuple[Seen, ...]:
        return await self._reader.timeline(limit)

    async def comments(self, remote_id: str) -> tuple[Comment, ...]:
        return await talk.comments(self._api, remote_id)

    async def poll(self, source: Source, cursor: str) -> Batch:
        return await polls.poll(self._api, self._reader, self._account, source, cursor)

    async def act(self, act: Act) -> Sent:
        return await acts.do(self._api, self._account, act)

    async def acted(self, act: Act) -> bool:
        return await acts.is_done(self._api, act)

    async def profile(self) -> Profile:
        """One unit. Its address of the picture is another for another picture. A channel tells apps
        none of its links. Discovery document, ChannelSnippet."""
        rows = await self._api.items("channels", part="id,snippet", mine="true")
        facts = rows[0].get("snippet") if rows else None
        if not isinstance(facts, Mapping) or not facts.get("title"):
            raise TryLater("no channel in the answer")
        picture = ((facts.get("thumbnails") or {}).get("default") or {}).get("url")
        return Profile(
            str(facts["title"]), str(facts.get("customUrl") or ""),
            str(facts.get("description") or ""), picture=str(picture or ""),
        )  # fmt: skip

    async def insights(self, remote_id: str = "") -> tuple[Figure, ...]:
        return await figures.read(self._api, remote_id)

    async def following(self, cursor: str = "") -> People:
        return await people.following(self._api, cursor)

    async def choices(self, option: str) -> tuple[Choice, ...]:
        return await account_choices.read(self._api, option)

    async def subscribe(self, address: str) -> datetime | None:
        return await hub.subscribe(self._api, self._account, self._kit.app, address)
