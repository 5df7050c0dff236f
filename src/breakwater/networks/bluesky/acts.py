"""Deeds: likes and blocks are records under a key that follows from their subject, so that doing it
twice makes one; hiding changes the gate of our own thread; muting and reporting ask a service."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from breakwater.domain.errors import Refused, TryLater, Unsupported
from breakwater.networks import wire
from breakwater.networks.base import Act, Deed, Sent
from breakwater.networks.bluesky.errors import NO_RECORD, SWAPPED, name_of, refusal
from breakwater.networks.bluesky.gates import THREADGATE, hidden, hiding
from breakwater.networks.bluesky.records import (
    BLOCK,
    FOLLOW,
    LIKE,
    PROFILE,
    key_for,
    parts,
    pinned,
    stamp,
)
from breakwater.networks.bluesky.refs import record_at
from breakwater.networks.bluesky.xrpc import Server

_REASONS = {
    "spam": "reasonSpam",
    "violation": "reasonViolation",
    "misleading": "reasonMisleading",
    "sexual": "reasonSexual",
    "rude": "reasonRude",
}
_PAGE = 100
_PAGES = 200


class Deeds:
    """What one account does."""

    def __init__(self, server: Server, did: str) -> None:
        self._server = server
        self._did = did

    async def act(self, act: Act) -> Sent:
        ways: Mapping[Deed, Callable[[Act], Awaitable[Sent]]] = {
            Deed.LIKE: self._like,
            Deed.UNLIKE: self._unlike,
            Deed.BLOCK: self._block,
            Deed.UNBLOCK: self._unblock,
            Deed.UNFOLLOW: self._unfollow,
            Deed.HIDE: self._gate,
            Deed.UNHIDE: self._gate,
            Deed.MUTE: self._mute,
            Deed.UNMUTE: self._mute,
            Deed.REPORT: self._report,
            Deed.PIN: self._pin,
            Deed.UNPIN: self._pin,
        }
        if act.deed not in ways:
            raise Unsupported(f"no way to {act.deed}")
        return await ways[act.deed](act)

    async def acted(self, act: Act) -> bool:
        match act.deed:
            case Deed.LIKE | Deed.UNLIKE:
                so = await self._there(LIKE, act.target) or bool(await self._liked(act.target))
                return so is (act.deed is Deed.LIKE)
            case Deed.BLOCK | Deed.UNBLOCK:
                so = await self._there(BLOCK, act.target)
                so = so or bool(await self._viewed(act, "blocking"))
                return so is (act.deed is Deed.BLOCK)
            case Deed.HIDE | Deed.UNHIDE:
                _, gate, _ = await self._thread(act)
                so = act.target in hidden(gate.get("value") if gate else None)
                return so is (act.deed is Deed.HIDE)
            case Deed.MUTE | Deed.UNMUTE:
                viewer = await self._viewer(act.target)
                return (viewer.get("muted") is True) is (act.deed is Deed.MUTE)
            case Deed.PIN | Deed.UNPIN:
                so = pinned(await self._profile()) == act.target
                return so is (act.deed is Deed.PIN)
            case Deed.UNFOLLOW:
                return not await self._follow(act)
            case _:
                raise Unsupported(f"nobody can see whether {act.deed} was done")

    async def _like(self, act: Act) -> Sent:
        if await self._liked(act.target):
            return Sent("", detail="liked before, by hand")
        found = await record_at(self._server, act.target)
        subject = {"uri": found["uri"], "cid": found["cid"]}
        return await self._put(LIKE, act.target, subject, await self._now())

    async def _unlike(self, act: Act) -> Sent:
        return await self._without(LIKE, act.target, await self._liked(act.target))

    async def _block(self, act: Act) -> Sent:
        return await self._put(BLOCK, act.target, act.target, await self._now())

    async def _unblock(self, act: Act) -> Sent:
        return await self._without(BLOCK, act.target, await self._viewed(act, "blocking"))

    async def _put(self, kind: str, subject: str, meant: Any, at: str) -> Sent:
        """The record under the key of its subject. One that is there already is left alone."""
        record = {"$type": kind, "subject": meant, "createdAt": at}
        payload = {
            "repo": self._did, "collection": kind, "rkey": key_for(kind, subject),
            "record": record, "swapRecord": None,
        }  # fmt: skip
        response = await self._server.told("com.atproto.repo.putRecord", payload)
        if not response.is_success and name_of(response) != SWAPPED:
            raise refusal(response)
        return Sent("", detail=wire.excerpt(response))

    async def _without(self, kind: str, subject: str, by_hand: str) -> Sent:
        """Neither our record nor the one that was made in an app (its address, or "")."""
        keys = {key_for(kind, subject), *([parts(by_hand)[2]] if by_hand else [])}
        for rkey in sorted(keys):
            await self._delete(kind, rkey)
        return Sent("")

    async def _delete(self, kind: str, rkey: str) -> None:
        payload = {"repo": self._did, "collection": kind, "rkey": rkey}
        response = await self._server.told("com.atproto.repo.deleteRecord", payload)
        if not response.is_success:
            raise refusal(response)

    async def _unfollow(self, act: Act) -> Sent:
        if follow := await self._follow(act):
            await self._delete(FOLLOW, parts(follow)[2])
        return Sent("")

    async def _follow(self, act: Act) -> str:
        """Address of the record by which we follow the person; "" for none."""
        try:
            return str((await self._viewer(act.target)).get("following") or "")
        except Unsupported:
            return await self._own_follow(act.target)

    async def _own_follow(self, did: str) -> str:
        cursor = ""
        for _ in range(_PAGES):
            page = await self._server.query(
                "com.atproto.repo.listRecords", repo=self._did, collection=FOLLOW, limit=_PAGE,
                **({"cursor": cursor} if cursor else {}),
            )  # fmt: skip
            for row in page.get("records") or []:
                if row.get("value", {}).get("subject") == did:
                    return str(row.get("uri", ""))
            cursor = str(page.get("cursor") or "")
            if not cursor:
                return ""
        raise TryLater(f"more than {_PAGE * _PAGES} are followed")

    async def _gate(self, act: Act) -> Sent:
        """The gate of the thread, read and written back; one that changed meanwhile is TryLater."""
        root, found, made_at = await self._thread(act)
        gate = found["value"] if found else None
        if (act.target in hidden(gate)) is (act.deed is Deed.HIDE):
            return Sent("", detail="it is so already")
        changed = hiding(gate, root, made_at, act.target, hide=act.deed is Deed.HIDE)
        return await self._swapped(THREADGATE, parts(root)[2], changed, found)

    async def _thread(self, act: Act) -> tuple[str, Mapping[str, Any] | None, str]:
        """Root of the thread that the reply is in, its gate, and when the root was made."""
        root = act.about
        if not root:
            above = (await record_at(self._server, act.target))["value"].get("reply") or {}
            root = str((above.get("root") or {}).get("uri", ""))
        did, _, rkey = parts(root)
        if did != self._did:
            raise Refused("not_our_thread", root)
        made_at = str((await record_at(self._server, root))["value"].get("createdAt"))
        response = await self._asked_for(THREADGATE, rkey)
        return root, wire.body(response, safe=True) if response else None, made_at

    async def _pin(self, act: Act) -> Sent:
        """The profile, read and written back; one that changed meanwhile is TryLater. Another post
        that is pinned stays so when this one is let down."""
        found = await self._profile()
        if (pinned(found) == act.target) is (act.deed is Deed.PIN):
            return Sent("", detail="it is so already")
        record = dict(found["value"]) if found else {"$type": PROFILE}
        record.pop("pinnedPost", None)
        if act.deed is Deed.PIN:
            post = await record_at(self._server, act.target)
            record["pinnedPost"] = {"uri": post["uri"], "cid": post["cid"]}
        return await self._swapped(PROFILE, "self", record, found)

    async def _profile(self) -> Mapping[str, Any] | None:
        response = await self._asked_for(PROFILE, "self")
        return wire.body(response, safe=True) if response else None

    async def _swapped(
        self, kind: str, rkey: str, record: Mapping[str, Any], found: Mapping[str, Any] | None
    ) -> Sent:
        """Written over what was read, and over nothing else."""
        payload = {
            "repo": self._did, "collection": kind, "rkey": rkey, "record": dict(record),
            "swapRecord": found["cid"] if found else None,
        }  # fmt: skip
        response = await self._server.told("com.atproto.repo.putRecord", payload)
        if name_of(response) == SWAPPED:
            raise TryLater(wire.excerpt(response))
        if not response.is_success:
            raise refusal(response)
        return Sent("", detail=wire.excerpt(response))

    async def _mute(self, act: Act) -> Sent:
        name = "muteActor" if act.deed is Deed.MUTE else "unmuteActor"
        response = await self._server.told(f"app.bsky.graph.{name}", {"actor": act.target})
        if not response.is_success:
            raise refusal(response)
        return Sent("")

    async def _report(self, act: Act) -> Sent:
        """The reference is the number of the report at the moderation service."""
        subject: dict[str, Any]
        if act.target.startswith("did:"):
            subject = {"$type": "com.atproto.admin.defs#repoRef", "did": act.target}
        else:
            found = await record_at(self._server, act.target)
            subject = {"$type": "com.atproto.repo.strongRef"}
            subject |= {"uri": found["uri"], "cid": found["cid"]}
        reason = _REASONS.get(act.detail.get("reason", ""), "reasonOther")
        payload = {
            "reasonType": f"com.atproto.moderation.defs#{reason}",
            "reason": act.detail.get("text", ""),
            "subject": subject,
        }
        response = await self._server.told("com.atproto.moderation.createReport", payload)
        if not response.is_success:
            raise refusal(response)
        return Sent(str(wire.body(response).get("id", "")), detail=wire.excerpt(response))

    async def _liked(self, target: str) -> str:
        """Address of the like that the account gave in any app; "" where nobody can say."""
        try:
            answer = await self._server.query("app.bsky.feed.getPosts", uris=[target])
        except (Unsupported, Refused):
            return ""
        posts = answer.get("posts")
        viewer = posts[0].get("viewer") if isinstance(posts, list) and posts else None
        return str(viewer.get("like") or "") if isinstance(viewer, Mapping) else ""

    async def _viewed(self, act: Act, what: str) -> str:
        try:
            return str((await self._viewer(act.target)).get(what) or "")
        except (Unsupported, Refused):
            return ""

    async def _viewer(self, did: str) -> Mapping[str, Any]:
        """What the account is to a person."""
        profile = await self._server.query("app.bsky.actor.getProfile", actor=did)
        viewer = profile.get("viewer")
        return viewer if isinstance(viewer, Mapping) else {}

    async def _there(self, kind: str, subject: str) -> bool:
        return await self._asked_for(kind, key_for(kind, subject)) is not None

    async def _asked_for(self, collection: str, rkey: str) -> httpx.Response | None:
        """Our own record; None: proved absent."""
        response = await self._server.asked(
            "com.atproto.repo.getRecord", repo=self._did, collection=collection, rkey=rkey
        )
        if name_of(response) == NO_RECORD:
            return None
        if not response.is_success:
            raise refusal(response, safe=True)
        return response

    async def _now(self) -> str:
        """The server's time, which dates the record: a connector reads no clock."""
        response = await self._server.read("com.atproto.server.getSession")
        try:
            return stamp(parsedate_to_datetime(response.headers.get("date", "")))
        except ValueError:
            return stamp(datetime(1970, 1, 1, tzinfo=UTC))
