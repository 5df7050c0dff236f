"""A live event before anybody sees it: made private, its encoder's stream bound, its picture set.

Breakwater announces it (the commit call shows it) and reads its chat. It never starts or ends a
broadcast: that is the encoder's, or `enableAutoStart`.
"""

from typing import Any

from breakwater.domain.errors import Refused, TryLater
from breakwater.networks.base import Kit, Parcel
from breakwater.networks.youtube import drafts
from breakwater.networks.youtube.calls import Api
from breakwater.networks.youtube.finish import thumbnail
from breakwater.networks.youtube.keeping import Kept


async def announced(api: Api, kit: Kit, parcel: Parcel, kept: Kept) -> None:
    """The handle has the private `event`, and everything about it is as planned."""
    if not drafts.moment(parcel, "starts"):
        raise Refused("live_start_wrong", "no time")
    if not kept.text("event"):
        await kept.add(event=await _found(api, parcel) or await _made(api, parcel))
    stream = str(parcel.options.get("stream") or "")
    if stream and not kept.facts.get("bound"):
        params = {"id": kept.text("event"), "streamId": stream, "part": "id,contentDetails"}
        await api.write("liveBroadcasts.bind", params, safe=True)
        await kept.add(bound=True)
    for picture in parcel.media:
        await thumbnail(api, kit, kept, kept.text("event"), picture.sha256, picture.mime)


async def _made(api: Api, parcel: Parcel) -> str:
    params = {"part": "id,snippet,status,contentDetails"}
    answer = await api.write(
        "liveBroadcasts.insert", params, safe=True, json=drafts.broadcast(parcel)
    )
    if not isinstance(answer.get("id"), str) or not answer["id"]:
        raise TryLater(f"no event in the answer: {sorted(answer)}")
    return str(answer["id"])


async def _found(api: Api, parcel: Parcel) -> str:
    """An event that an earlier try made and could not tell us of: private, same words and start."""
    wanted = drafts.broadcast(parcel)["snippet"]
    async for page in api.pages(
        "liveBroadcasts", part="id,snippet,status", broadcastStatus="upcoming",
        broadcastType="event", maxResults="50",
    ):  # fmt: skip
        for row in page:
            if _is(row, wanted):
                return str(row["id"])
    return ""


def _is(row: dict[str, Any], wanted: dict[str, Any]) -> bool:
    facts, status = row.get("snippet") or {}, row.get("status") or {}
    same = all(facts.get(name) == wanted[name] for name in ("title", "description"))
    starts = str(facts.get("scheduledStartTime") or "").replace(".000Z", "Z")
    private = status.get("privacyStatus") == "private"
    return same and private and starts == wanted["scheduledStartTime"]
