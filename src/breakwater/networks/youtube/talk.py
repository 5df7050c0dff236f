"""Comments, answers and chat messages: how they leave, and how they are looked for."""

from datetime import timedelta
from typing import Any

from breakwater.domain.errors import OutcomeUnknown, Refused
from breakwater.networks.base import Account, Comment, Look, Parcel, Seen, Sent
from breakwater.networks.youtube.calls import Api
from breakwater.networks.youtube.inbound import (
    comment_text,
    is_video,
    seen_comment,
    watch_url,
)
from breakwater.networks.youtube.matrix import COMMENT_MOST

CHAT_MOST = 200
"""Characters (from memory, not checked)."""
_EARLIER = timedelta(minutes=2)
_PAGE = "100"


def is_talk(parcel: Parcel) -> bool:
    """Whether it belongs to a conversation rather than being a post of its own."""
    return bool(parcel.reply_to or parcel.to)


def check(parcel: Parcel) -> None:
    """Raises: Refused for what YouTube would not take."""
    if parcel.media:
        raise Refused("media_type", "a comment on YouTube is text alone")
    most = CHAT_MOST if parcel.to else COMMENT_MOST
    if len(parcel.text) > most:
        raise Refused("text_too_long", f"{len(parcel.text)} of {most} characters")


async def send(api: Api, account: Account, parcel: Parcel) -> Sent:
    """It is public from the answer on. One request."""
    call, body = _call(account, parcel)
    answer = await api.write(call, {"part": "snippet"}, json=body)
    remote_id = answer.get("id")
    if not isinstance(remote_id, str) or not remote_id:
        raise OutcomeUnknown(f"no id in the answer: {sorted(answer)}")
    url = watch_url(parcel.root, remote_id) if is_video(parcel.root) else ""
    return Sent(remote_id, url, f"{call} {remote_id}")


async def look(api: Api, account: Account, parcel: Parcel) -> Look:
    """Own comments at that place since two minutes before the first send. Never exact: a comment
    carries no key. A chat cannot be searched."""
    if parcel.to:
        return Look(exact=False, posts=(), complete=False)
    since = (parcel.first_sent_at or parcel.created_at) - _EARLIER
    found: list[Seen] = []
    below = is_video(parcel.reply_to)
    async for rows in _below(api, parcel.reply_to) if below else _answers(api, parcel.reply_to):
        posts = [(seen_comment(row), _author(row)) for row in rows]
        found += [
            post for post, author in posts
            if author == account.remote_id and post.created_at >= since
        ]  # fmt: skip
        if not rows or (below and posts[-1][0].created_at < since):
            return Look(exact=False, posts=tuple(found))
    return Look(exact=False, posts=tuple(found), complete=False)


async def comments(api: Api, video: str) -> tuple[Comment, ...]:
    """Every comment below a video and every answer below those."""
    found: list[Comment] = []
    threads = api.pages(
        "commentThreads", part="snippet,replies", videoId=video, order="time",
        maxResults=_PAGE, textFormat="plainText",
    )  # fmt: skip
    async for page in threads:
        for thread in page:
            facts = thread.get("snippet") or {}
            answers = (thread.get("replies") or {}).get("comments") or []
            found.append(_comment(facts.get("topLevelComment") or {}))
            if int(facts.get("totalReplyCount") or 0) > len(answers):
                answers = [row async for rows in _answers(api, str(thread["id"])) for row in rows]
            found += [_comment(row) for row in answers]
    return tuple(found)


def top_of(comment: str) -> str:
    """The comment at the head of its thread: an answer's id is that one's, a dot and its own."""
    return comment.partition(".")[0]


async def edit(api: Api, comment: str, text: str) -> Sent:
    body = {"id": comment, "snippet": {"textOriginal": text}}
    answer = await api.write("comments.update", {"part": "snippet"}, json=body)
    if answer.get("id") != comment:
        raise OutcomeUnknown(f"another comment in the answer: {answer.get('id')!r}")
    return Sent(comment)


def _call(account: Account, parcel: Parcel) -> tuple[str, dict[str, Any]]:
    """channelId is that of the video, which is our own
    (https://developers.google.com/youtube/v3/docs/commentThreads/insert, read 2026-11-28)."""
    if parcel.to:
        facts = {
            "liveChatId": parcel.to,
            "type": "textMessageEvent",
            "textMessageDetails": {"messageText": parcel.text},
        }
        return "liveChatMessages.insert", {"snippet": facts}
    words = {"textOriginal": parcel.text}
    if is_video(parcel.reply_to):
        thread = {
            "channelId": account.remote_id,
            "videoId": parcel.reply_to,
            "topLevelComment": {"snippet": words},
        }
        return "commentThreads.insert", {"snippet": thread}
    return "comments.insert", {"snippet": {"parentId": top_of(parcel.reply_to), **words}}


async def _below(api: Api, video: str) -> Any:
    """Pages of the comments at the head of threads, newest first."""
    threads = api.pages(
        "commentThreads", part="snippet", videoId=video, order="time", maxResults=_PAGE,
        textFormat="plainText",
    )  # fmt: skip
    async for page in threads:
        yield [(row.get("snippet") or {}).get("topLevelComment") or {} for row in page]


def _answers(api: Api, comment: str) -> Any:
    return api.pages(
        "comments", part="snippet", parentId=top_of(comment), maxResults=_PAGE,
        textFormat="plainText",
    )  # fmt: skip


def _comment(row: dict[str, Any]) -> Comment:
    post, facts = seen_comment(row), row.get("snippet") or {}
    name = str(facts.get("authorDisplayName") or "")
    return Comment(post.remote_id, name, comment_text(facts), post.created_at)


def _author(row: dict[str, Any]) -> str:
    return str(((row.get("snippet") or {}).get("authorChannelId") or {}).get("value") or "")
