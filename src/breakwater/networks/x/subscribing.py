"""Asking X to push: one webhook of the app for the address, one subscription for each event.

Source: https://docs.x.com/x-api/webhooks/quickstart and …/activity/introduction, read 2026-11-28.
"""

from typing import Any
from urllib.parse import urlsplit

import httpx

from breakwater.domain.errors import Refused, TryLater
from breakwater.networks.base import Account, Kit
from breakwater.networks.x.api import Api
from breakwater.networks.x.inbound import posts_of

EVENTS = (
    "post.mention.create",
    "post.reply.create",
    "post.quote.create",
    "post.create",
    "post.delete",
    "dm.received",
    "dm.sent",
)
_MAY_LACK = frozenset({"plan_needed", "not_allowed", "not_accepted"})
"""Refusals of one event that leave the others: not every plan has all of them."""


class Subscriber:
    def __init__(self, client: httpx.AsyncClient, account: Account, kit: Kit) -> None:
        self._account = account
        self._user = Api(client, account, kit)
        token = kit.app.get("bearer_token", "")
        self._app = Api(client, account, kit, token) if token else None

    async def subscribe(self, address: str) -> None:
        if self._app is None:
            raise Refused("hook_keys_missing")
        url = urlsplit(address)
        if url.scheme != "https" or url.port is not None:
            raise Refused("hook_address", address[:200])
        hook = await self._hook(self._app, address)
        there = await self._there(self._app, hook)
        refused: list[Refused] = []
        for event in EVENTS:
            if event in there:
                continue
            try:
                await self._event(event, hook)
            except Refused as error:
                if error.reason not in _MAY_LACK:
                    raise
                refused.append(error)
        if len(refused) == len(EVENTS):
            raise refused[0]

    async def unsubscribe(self, address: str) -> None:
        """The app's webhook stays: other accounts may be pushed to it."""
        if self._app is None:
            raise Refused("hook_keys_missing")
        hooks = {
            str(hook["id"])
            for hook in posts_of(await self._app.get("hook", "/2/webhooks"))
            if hook.get("url") == address
        }
        rows = [row for row in await self._rows(self._app) if str(row.get("webhook_id")) in hooks]
        ids = [str(row["subscription_id"]) for row in rows if row.get("subscription_id")]
        if ids:
            await self._app.repeatable(
                "subscribe", "DELETE", "/2/activity/subscriptions", params={"ids": ",".join(ids)}
            )

    async def _hook(self, app: Api, address: str) -> str:
        """The id of the app's webhook at this address, made or made valid again."""
        for hook in posts_of(await app.get("hook", "/2/webhooks")):
            if hook.get("url") == address:
                if not hook.get("valid"):
                    await app.repeatable("hook", "PUT", f"/2/webhooks/{hook['id']}")
                return str(hook["id"])
        answer = await app.repeatable("hook", "POST", "/2/webhooks", json={"url": address})
        made = answer.get("data")
        number = str(made.get("id") or "") if isinstance(made, dict) else ""
        if not number:
            raise TryLater(f"no webhook in the answer: has {sorted(answer)}")
        return number

    async def _there(self, app: Api, hook: str) -> frozenset[str]:
        """The events that are pushed for this account already."""
        return frozenset(
            str(row.get("event_type"))
            for row in await self._rows(app)
            if str(row.get("webhook_id")) == hook
        )

    async def _rows(self, app: Api) -> list[dict[str, Any]]:
        """The subscriptions of this account."""
        answer = await app.get("subscribe", "/2/activity/subscriptions", max_results="1000")
        return [
            row
            for row in answer.get("data") or ()
            if isinstance(row, dict)
            and (row.get("filter") or {}).get("user_id") == self._account.remote_id
        ]

    async def _event(self, event: str, hook: str) -> None:
        """As the account: what concerns it alone is not given to the app by itself."""
        wish = {
            "event_type": event,
            "filter": {"user_id": self._account.remote_id},
            "webhook_id": hook,
            "tag": "breakwater",
        }
        await self._user.repeatable("subscribe", "POST", "/2/activity/subscriptions", json=wish)
