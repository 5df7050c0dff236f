"""Which version of a post is meant: its address and the hash of its words (strong references)."""

from collections.abc import Mapping
from typing import Any

from breakwater.domain.errors import Refused, TryLater
from breakwater.networks.bluesky.records import POST, page_parts, parts
from breakwater.networks.bluesky.xrpc import Server


async def record_at(server: Server, uri: str) -> dict[str, Any]:
    """{uri, cid, value} of a record: from the account's own server, which asks the app's service
    about others where it is joined to it. Raises: Refused("not_there")."""
    did, collection, rkey = parts(uri)
    try:
        found = await server.query(
            "com.atproto.repo.getRecord", repo=did, collection=collection, rkey=rkey
        )
    except Refused as error:
        raise Refused("not_there", error.detail) from error
    if not isinstance(found.get("cid"), str) or not isinstance(found.get("value"), Mapping):
        raise TryLater(f"no record with its hash: {str(found)[:200]}")
    return found


async def reply_to(server: Server, parent: str) -> dict[str, Any]:
    """The reply of a record: to this parent, in the thread that it is in."""
    found = await record_at(server, parent)
    own = _strong(found)
    above = found["value"].get("reply")
    root = above.get("root") if isinstance(above, Mapping) else None
    return {"root": dict(root) if isinstance(root, Mapping) else own, "parent": own}


async def quoted(server: Server, address: str) -> dict[str, str]:
    """The post at an address: an at:// one, or a page of the official app.

    Raises: Refused("quote_not_found").
    """
    try:
        return _strong(await record_at(server, await _uri_of(server, address.strip())))
    except Refused as error:
        raise Refused("quote_not_found", error.detail) from error


async def did_of(server: Server, handle: str) -> str | None:
    """Whom a handle belongs to; None for nobody."""
    try:
        answer = await server.query("com.atproto.identity.resolveHandle", handle=handle)
    except Refused:
        return None
    did = answer.get("did")
    return did if isinstance(did, str) else None


async def _uri_of(server: Server, address: str) -> str:
    page = page_parts(address)
    if page is None:
        return address
    who, rkey = page
    did = who if who.startswith("did:") else await did_of(server, who)
    if did is None:
        raise Refused("not_there", f"nobody is called {who}")
    return f"at://{did}/{POST}/{rkey}"


def _strong(found: Mapping[str, Any]) -> dict[str, str]:
    return {"uri": str(found["uri"]), "cid": str(found["cid"])}
