"""What is known, in the API's own words. Only the parts that were asked for."""

from typing import Any

from tests.standins.youtube.state import NAMES, OWN, Said, State, Video, stamp

_WATCH = "https://i.ytimg.com/vi"


def video(one: Video, parts: set[str]) -> dict[str, Any]:
    is_event = bool(one.event)
    whole = {
        "snippet": {
            **one.snippet,
            "publishedAt": stamp(one.published_at),
            "channelId": OWN,
            "channelTitle": NAMES[OWN],
            "liveBroadcastContent": "upcoming" if is_event else "none",
            "thumbnails": {"high": {"url": f"{_WATCH}/{one.id}/hqdefault.jpg", "width": 480}},
        },
        "status": {**one.status, "uploadStatus": one.upload_status},
        "contentDetails": {
            "caption": "true" if one.captions else "false",
            "hasCustomThumbnail": bool(one.thumbnail),
        },
        "processingDetails": {"processingStatus": "processing" if one.polls else "succeeded"},
        "statistics": {"viewCount": str(one.views), "likeCount": "3", "commentCount": "1"},
        "fileDetails": {"fileSize": str(len(one.data))},
        "liveStreamingDetails": one.event.get("snippet", {}) and {
            "scheduledStartTime": one.event["snippet"]["scheduledStartTime"]
        },
    }  # fmt: skip
    shown = {name: part for name, part in whole.items() if name in parts and part}
    return {"kind": "youtube#video", "id": one.id, **shown}


def broadcast(one: Video) -> dict[str, Any]:
    return {
        "kind": "youtube#liveBroadcast",
        "id": one.id,
        "snippet": {
            **one.event["snippet"], "channelId": OWN, "publishedAt": stamp(one.uploaded_at),
            "liveChatId": f"chat-{one.id}",
        },
        "status": {**one.event["status"], "lifeCycleStatus": one.event["life"],
                   "privacyStatus": one.status["privacyStatus"]},
        "contentDetails": one.event["contentDetails"],
    }  # fmt: skip


def comment(one: Said) -> dict[str, Any]:
    """moderationStatus is not shown to a question by id (discovery, CommentSnippet)."""
    facts = {
        "authorDisplayName": f"@{NAMES.get(one.author, one.author)}",
        "authorChannelId": {"value": one.author},
        "authorChannelUrl": f"http://www.youtube.com/channel/{one.author}",
        "textDisplay": one.text,
        "textOriginal": one.text,
        "publishedAt": stamp(one.at),
        "updatedAt": stamp(one.at),
        "likeCount": 0,
        "canRate": True,
        "viewerRating": "none",
        "channelId": OWN,
    }
    if one.parent:
        facts["parentId"] = one.parent
    if one.video:
        facts["videoId"] = one.video
    return {"kind": "youtube#comment", "id": one.id, "snippet": facts}


def thread(one: Said, state: State) -> dict[str, Any]:
    """At most five of the answers, as the API shows them."""
    answers = [a for a in state.said.values() if a.parent == one.id and a.status == "published"]
    made: dict[str, Any] = {
        "kind": "youtube#commentThread",
        "id": one.id,
        "snippet": {
            "videoId": one.video,
            "channelId": OWN,
            "topLevelComment": comment(one),
            "canReply": True,
            "totalReplyCount": len(answers),
            "isPublic": True,
        },
    }
    if answers:
        made["replies"] = {"comments": [comment(a) for a in answers[-5:]]}
    return made


def message(one: Said) -> dict[str, Any]:
    return {
        "kind": "youtube#liveChatMessage",
        "id": one.id,
        "snippet": {
            "type": "textMessageEvent",
            "liveChatId": one.chat,
            "authorChannelId": one.author,
            "publishedAt": stamp(one.at),
            "hasDisplayContent": True,
            "displayMessage": one.text,
            "textMessageDetails": {"messageText": one.text},
        },
        "authorDetails": {
            "channelId": one.author,
            "displayName": NAMES.get(one.author, one.author),
            "channelUrl": f"http://www.youtube.com/channel/{one.author}",
            "isChatOwner": one.author == OWN,
        },
    }


def rows(kind: str, items: list[dict[str, Any]], following: str = "") -> dict[str, Any]:
    """A page."""
    whole: dict[str, Any] = {"kind": f"youtube#{kind}ListResponse", "items": items}
    return {**whole, "nextPageToken": following} if following else whole
