"""What pages and drills may do to the harbour through its connector (networks.base.Practice)."""

import base64
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from breakwater.domain.errors import TryLater
from breakwater.domain.guarantees import Guarantee
from breakwater.networks import wire
from breakwater.networks.base import Comment, Fault, Secrets, What
from breakwater.networks.sandbox.arriving import Listener
from breakwater.networks.sandbox.errors import error_of
from breakwater.networks.sandbox.faults import KINDS
from breakwater.networks.sandbox.inbound import comment_of
from breakwater.networks.sandbox.weekend import SCENE


class Practising(Listener):
    """The control calls. They meet no faults, and a dead token still opens them."""

    def kinds(self) -> Mapping[str, str]:
        return {kind: effect.label for kind, effect in KINDS.items()}

    async def faults(self) -> tuple[Fault, ...]:
        response = await self._call("GET", "/control/faults", safe=True)
        if not response.is_success:
            raise error_of(response, safe=True)
        return tuple(_fault(row) for row in wire.rows(response))

    async def plan(self, fault: Fault) -> None:
        wish = {
            "kind": fault.kind,
            "call": fault.call,
            "sticky": fault.sticky,
            "detail": dict(fault.detail),
        }
        await self._control("POST", "/control/faults", wish)

    async def clear(self) -> None:
        await self._control("DELETE", "/control/faults", {})

    async def say(self, remote_id: str, text: str, author: str = "") -> Comment:
        wish = {"id": remote_id, "text": text, "author": author}
        return comment_of(await self._control("POST", "/control/comments", wish))

    async def arrive(
        self, what: What, text: str, author: str = "", about: str = "",
        rating: int | None = None, key: str = "",
    ) -> str:  # fmt: skip
        wish: dict[str, Any] = {
            "what": what,
            "text": text,
            "author": author,
            "about": about,
            "id": about,
            "key": key,
        }
        if rating is not None:
            wish["rating"] = rating
        made = await self._control("POST", "/control/arrivals", wish)
        return str(made.get("id", ""))

    async def bad_weekend(self) -> int:
        made = await self._control("POST", "/control/scenes", {"scene": SCENE})
        return int(made.get("said", 0))

    async def intrude(
        self, text: str, pictures: Sequence[bytes] = (), key: str = "", at: datetime | None = None
    ) -> str:
        wish: dict[str, Any] = {
            "text": text,
            "key": key,
            "at": at.isoformat() if at else "",
            "pictures": [
                {"mime": _mime(one), "content": base64.b64encode(one).decode()} for one in pictures
            ],
        }
        return str((await self._control("POST", "/control/intrusions", wish)).get("id", ""))

    async def set_profile(self, **fields: str) -> None:
        await self._control("PUT", "/control/profile", dict(fields))

    async def set_followers(self, number: int) -> None:
        await self._control("PUT", "/control/followers", {"followers": number})

    async def tamper(self, remote_id: str, text: str) -> None:
        await self._control("POST", "/control/tampering", {"id": remote_id, "text": text})

    async def vanish(self, remote_id: str) -> None:
        await self._control("POST", "/control/vanishing", {"id": remote_id})

    async def push(self) -> tuple[Mapping[str, str], bytes]:
        made = await self._control("POST", "/control/pushes", {})
        return dict(made.get("headers", {})), str(made.get("body", "")).encode()

    async def as_class(self, guarantee: Guarantee) -> Secrets:
        me = await self._control("PUT", "/control/class", {"class": guarantee})
        return {**self._account.secrets, "class": str(me.get("class", ""))}

    async def _control(self, method: str, path: str, wish: dict[str, Any]) -> dict[str, Any]:
        response = await self._call(method, path, json=wish)
        if not response.is_success:
            raise error_of(response)
        return wire.body(response)


def _mime(picture: bytes) -> str:
    return "image/png" if picture.startswith(b"\x89PNG") else "image/jpeg"


def _fault(row: Mapping[str, Any]) -> Fault:
    try:
        return Fault(row["kind"], row["call"], bool(row["sticky"]), dict(row["detail"]))
    except (KeyError, TypeError, ValueError) as error:
        raise TryLater(f"not a fault: {error!r}") from error
