"""What is done to comments, chat messages and people.

A comment is hidden by holding it for review, and shown again. Somebody else's is removed by
rejecting it; an own one is deleted. A person is shut out with a comment of theirs (`comment` in the
act's detail), or out of a chat (`chat`, and `seconds` for a time).
Source: https://developers.google.com/youtube/v3/docs/comments/setModerationStatus, 2026-11-28.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from breakwater.domain.errors import Refused, Unsupported
from breakwater.networks.base import Account, Act, Deed, Sent
from breakwater.networks.youtube import people
from breakwater.networks.youtube.calls import Api
from breakwater.networks.youtube.inbound import is_chat, is_video, shown_to

_NOTHING = Sent("")
_SETTABLE = (
    "selfDeclaredMadeForKids", "containsSyntheticMedia", "license", "embeddable",
    "publicStatsViewable",
)  # fmt: skip
"""Of the status of a video (discovery document, VideoStatus): what the channel itself decides."""


async def do(api: Api, account: Account, act: Act) -> Sent:
    """It is done, or was already."""
    doing = _DOING.get(act.deed)
    if doing is None:
        raise Unsupported(f"YouTube has no way to {act.deed}")
    return await doing(api, account, act)


async def is_done(api: Api, act: Act) -> bool:
    """Whether it is so now, where that can be seen."""
    if act.deed is Deed.UNFOLLOW:
        return not await people.subscription(api, act.target)
    if act.deed in (Deed.WITHDRAW, Deed.RESTORE):
        shown = shown_to(await _video(api, act.target)) != "private"
        return shown is (act.deed is Deed.RESTORE)
    if act.deed is Deed.REMOVE and not is_chat(act.target):
        return not await api.items("comments", part="id", id=act.target)
    if act.deed in (Deed.HIDE, Deed.UNHIDE) and is_video(act.about) and "." not in act.target:
        return await _is_held(api, act) is (act.deed is Deed.HIDE)
    raise Unsupported(f"nobody can see whether {act.deed} was done")


async def _hide(api: Api, account: Account, act: Act) -> Sent:
    del account
    return await _moderate(api, act.target, "heldForReview")


async def _unhide(api: Api, account: Account, act: Act) -> Sent:
    del account
    return await _moderate(api, act.target, "published")


async def _remove(api: Api, account: Account, act: Act) -> Sent:
    """A comment that is not there any more is removed. What its author deleted is also said to be
    forbidden (the page above, "forbidden")."""
    author = "" if is_chat(act.target) else await _author(api, act.target)
    try:
        if is_chat(act.target):
            await api.write("liveChatMessages.delete", {"id": act.target}, safe=True)
        elif author == account.remote_id:
            await api.write("comments.delete", {"id": act.target}, safe=True)
        else:
            await _moderate(api, act.target, "rejected")
    except Refused as refused:
        gone = ("not_there",) if author or is_chat(act.target) else ("not_there", "not_allowed")
        if refused.reason not in gone:
            raise
    return _NOTHING


async def _block(api: Api, account: Account, act: Act) -> Sent:
    """remote_id: of the ban in a chat, by which it is lifted."""
    del account
    if chat := act.detail.get("chat", ""):
        return await _ban(api, chat, act.target, act.detail.get("seconds", ""))
    comment = act.detail.get("comment", "")
    if not comment:
        raise Refused("block_needs_comment", f"no comment of {act.target}")
    return await _moderate(api, comment, "rejected", banAuthor="true")


async def _unblock(api: Api, account: Account, act: Act) -> Sent:
    del account
    ban = act.detail.get("ban", "")
    if not ban:
        raise Unsupported("a person is let in again in YouTube Studio alone")
    await api.write("liveChatBans.delete", {"id": ban}, safe=True)
    return _NOTHING


async def _unfollow(api: Api, account: Account, act: Act) -> Sent:
    del account
    await people.unfollow(api, act.target)
    return _NOTHING


async def _show(api: Api, account: Account, act: Act) -> Sent:
    """A video is made private, or public again. What is left out of an update is reset there, so all
    of its status that can be set is said again; a moment of publishing would be a new wish."""
    del account
    row = await _video(api, act.target)
    wanted = "private" if act.deed is Deed.WITHDRAW else "public"
    if shown_to(row) == wanted:
        return Sent("", detail=f"{act.target} is {wanted} already")
    kept = {name: row["status"][name] for name in _SETTABLE if name in row["status"]}
    body = {"id": act.target, "status": {**kept, "privacyStatus": wanted}}
    answer = await api.write("videos.update", {"part": "status"}, safe=True, json=body)
    if shown_to(answer) != wanted:
        raise Refused("still_private" if wanted == "public" else "refused", f"{act.target}")
    return _NOTHING


async def _video(api: Api, video: str) -> Mapping[str, Any]:
    """Raises: Refused("not_there"); Unsupported for what is no video."""
    if not is_video(video):
        raise Unsupported("only a video can be made private")
    rows = await api.items("videos", part="id,status", id=video)
    if not rows or not isinstance(rows[0].get("status"), Mapping):
        raise Refused("not_there", video)
    return rows[0]


async def _moderate(api: Api, comment: str, status: str, **more: str) -> Sent:
    if is_chat(comment):
        raise Unsupported("a message of a chat can be removed, not hidden")
    params = {"id": comment, "moderationStatus": status, **more}
    await api.write("comments.setModerationStatus", params, safe=True)
    return _NOTHING


async def _ban(api: Api, chat: str, person: str, seconds: str) -> Sent:
    lasts = (
        {"type": "temporary", "banDurationSeconds": seconds} if seconds else {"type": "permanent"}
    )
    facts = {"liveChatId": chat, "bannedUserDetails": {"channelId": person}, **lasts}
    answer = await api.write(
        "liveChatBans.insert", {"part": "snippet"}, safe=True, json={"snippet": facts}
    )
    return Sent(str(answer.get("id") or ""))


async def _author(api: Api, comment: str) -> str:
    """Whose comment it is, "" for one that cannot be seen."""
    rows = await api.items("comments", part="snippet", id=comment)
    facts = [(row.get("snippet") or {}).get("authorChannelId") or {} for row in rows]
    return str(facts[0].get("value") or "") if facts else ""


async def _is_held(api: Api, act: Act) -> bool:
    pages = api.pages(
        "commentThreads", part="id", videoId=act.about, moderationStatus="heldForReview",
        maxResults="100",
    )  # fmt: skip
    async for page in pages:
        if any(row.get("id") == act.target for row in page):
            return True
    return False


_DOING: Mapping[Deed, Callable[[Api, Account, Act], Awaitable[Sent]]] = {
    Deed.HIDE: _hide,
    Deed.UNHIDE: _unhide,
    Deed.REMOVE: _remove,
    Deed.BLOCK: _block,
    Deed.UNBLOCK: _unblock,
    Deed.UNFOLLOW: _unfollow,
    Deed.WITHDRAW: _show,
    Deed.RESTORE: _show,
}
