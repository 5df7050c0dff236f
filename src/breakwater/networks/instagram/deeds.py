"""What is done to comments and people, and whether it was done."""

import json

from breakwater.domain.errors import Refused, Unsupported
from breakwater.networks.base import Act, Deed
from breakwater.networks.graph import Graph
from breakwater.networks.instagram.inbound import Reader, bare

_SEEN = (Deed.HIDE, Deed.UNHIDE, Deed.REMOVE)


async def do(graph: Graph, me: str, act: Act) -> None:
    """Each can be repeated at will. me: id of the account."""
    if act.deed in (Deed.HIDE, Deed.UNHIDE):
        hide = "true" if act.deed is Deed.HIDE else "false"
        await graph.post(bare(act.target), safe=True, hide=hide)
    elif act.deed is Deed.REMOVE:
        await remove(graph, act.target)
    elif act.deed in (Deed.BLOCK, Deed.UNBLOCK):
        await graph.post(
            f"{me}/moderate_conversations",
            safe=True,
            actions=json.dumps([f"{act.deed.value.upper()}_USER"]),
            user_ids=json.dumps([{"id": act.target}]),
        )
    else:
        raise Unsupported(f"no way to {act.deed}")


async def done(reader: Reader, act: Act) -> bool:
    if act.deed not in _SEEN:
        raise Unsupported(f"no way to see whether {act.deed} was done")
    row = await reader.node(act.target, "id,hidden")
    if act.deed is Deed.REMOVE:
        return row is None
    return row is not None and bool(row.get("hidden")) is (act.deed is Deed.HIDE)


async def remove(graph: Graph, remote_id: str) -> None:
    """Gone, or already gone. Raises: Unsupported for what nobody can take back."""
    if remote_id.startswith(("message:", "mention:")):
        raise Unsupported(f"nobody can take back {remote_id}")
    try:
        await graph.delete(bare(remote_id))
    except Refused as error:
        if error.reason != "not_there":
            raise
