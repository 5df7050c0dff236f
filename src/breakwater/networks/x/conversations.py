"""Looking for a message that may have been sent: the conversation that it was for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from breakwater.networks.base import Account, Look, Seen
from breakwater.networks.x import messages
from breakwater.networks.x.api import Api
from breakwater.networks.x.inbound import PAGES, next_token, posts_of
from breakwater.networks.x.manifest import MANIFEST
from breakwater.networks.x.shown import around


class Conversation:
    def __init__(self, api: Api, account: Account) -> None:
        self._api = api
        self._account = account
        self._web = MANIFEST.at(account.origin, "web")

    async def since(self, to: str, since: datetime) -> Look:
        """Own messages to a person or conversation from `since` on, newest first."""
        path = f"/2/dm_conversations/{messages.conversation(to)}/dm_events"
        params = {"max_results": "20", "event_types": "MessageCreate", **messages.FIELDS}
        found: list[Seen] = []
        for _ in range(PAGES):
            answer = await self._api.get("messages", path, **params)
            rows, token = posts_of(answer), next_token(answer)
            await self._api.paid("read_message", rows)
            near = around(answer, self._web)
            shown = [(row, messages.seen(row, near)) for row in rows]
            found += [one for row, one in shown if self._is_own(row) and one.created_at >= since]
            if not token or any(one.created_at < since for _, one in shown):
                return Look(exact=False, posts=tuple(found))
            params["pagination_token"] = token
        return Look(exact=False, posts=tuple(found), complete=False)

    def _is_own(self, event: Mapping[str, Any]) -> bool:
        return str(event.get("sender_id") or "") == self._account.remote_id
