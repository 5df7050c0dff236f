"""Comments, answers, moderation and chats: the handlers of the API."""

import json
from typing import TYPE_CHECKING, Any

from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.google.standin import error
from tests.standins.youtube import shapes
from tests.standins.youtube.api import page
from tests.standins.youtube.state import OWN

if TYPE_CHECKING:
    from tests.standins.youtube.standin import YouTubeStandin

_EMPTY = Reply(204)


def insert_thread(standin: "YouTubeStandin", request: Request) -> Reply:
    facts = json.loads(request.body)["snippet"]
    text = facts["topLevelComment"]["snippet"]["textOriginal"]
    if facts.get("channelId") != OWN:
        return error(400, "badRequest", "The channelId is that of the video")
    if refusal := _refused(standin, facts["videoId"], text):
        return refusal
    one = standin.say(OWN, text, video=facts["videoId"])
    return as_json(shapes.thread(one, standin.state))


def insert_comment(standin: "YouTubeStandin", request: Request) -> Reply:
    facts = json.loads(request.body)["snippet"]
    parent = standin.state.said.get(facts["parentId"])
    if parent is None or parent.parent:
        return error(404, "parentCommentNotFound", "The parent comment could not be found")
    if refusal := _refused(standin, parent.video, facts["textOriginal"]):
        return refusal
    return as_json(shapes.comment(standin.say(OWN, facts["textOriginal"], parent=parent.id)))


def update_comment(standin: "YouTubeStandin", request: Request) -> Reply:
    body = json.loads(request.body)
    one = standin.state.said.get(body["id"])
    if one is None or one.author != OWN:
        return error(403, "forbidden", "The comment cannot be updated")
    one.text = body["snippet"]["textOriginal"]
    return as_json(shapes.comment(one))


def list_threads(standin: "YouTubeStandin", request: Request) -> Reply:
    """Newest first. Of one video, or of all of the channel's."""
    video, wanted = request.args.get("videoId"), request.args.get("moderationStatus", "published")
    if video and video in standin.state.comments_off:
        return error(403, "commentsDisabled", "The video has disabled comments")
    heads = [
        one for one in standin.state.said.values()
        if one.video and video in (None, one.video) and one.status == wanted
    ]  # fmt: skip
    heads.sort(key=lambda one: one.at, reverse=True)
    shown = [_only(shapes.thread(one, standin.state), request) for one in heads]
    return as_json(page(request, "commentThread", shown))


def list_comments(standin: "YouTubeStandin", request: Request) -> Reply:
    if wanted := request.args.get("id"):
        one = standin.state.said.get(wanted)
        found = [one] if one and one.status != "rejected" else []
        return as_json(shapes.rows("comment", [_only(shapes.comment(o), request) for o in found]))
    below = [
        one for one in standin.state.said.values()
        if one.parent == request.args["parentId"] and one.status == "published"
    ]  # fmt: skip
    return as_json(page(request, "comment", [shapes.comment(one) for one in below]))


def delete_comment(standin: "YouTubeStandin", request: Request) -> Reply:
    one = standin.state.said.get(request.args["id"])
    if one is None:
        return error(404, "commentNotFound", "The specified comment cannot be found")
    if one.author != OWN:
        return error(403, "forbidden", "The comment cannot be deleted")
    del standin.state.said[one.id]
    return _EMPTY


def moderate(standin: "YouTubeStandin", request: Request) -> Reply:
    one = standin.state.said.get(request.args["id"])
    if one is None:
        return error(404, "commentNotFound", "The specified comment cannot be found")
    status = request.args["moderationStatus"]
    if request.args.get("banAuthor") == "true":
        if status != "rejected":
            return error(400, "banWithoutReject", "banAuthor needs the status rejected")
        standin.state.banned[one.author] = one.id
    one.status = status
    return _EMPTY


def list_messages(standin: "YouTubeStandin", request: Request) -> Reply:
    chat, start = request.args["liveChatId"], int(request.args.get("pageToken", "0"))
    said = [one for one in standin.state.said.values() if one.chat == chat]
    body = shapes.rows("liveChatMessage", [shapes.message(one) for one in said[start:]])
    return as_json({**body, "nextPageToken": str(len(said)), "pollingIntervalMillis": 5000})


def insert_message(standin: "YouTubeStandin", request: Request) -> Reply:
    facts = json.loads(request.body)["snippet"]
    one = standin.say(OWN, facts["textMessageDetails"]["messageText"], chat=facts["liveChatId"])
    return as_json(shapes.message(one))


def delete_message(standin: "YouTubeStandin", request: Request) -> Reply:
    if standin.state.said.pop(request.args["id"], None) is None:
        return error(404, "liveChatMessageNotFound", "not found", "NOT_FOUND")
    return _EMPTY


def insert_ban(standin: "YouTubeStandin", request: Request) -> Reply:
    facts = json.loads(request.body)["snippet"]
    ban = standin.state.new_id("ban00")
    standin.state.bans[ban] = facts
    return as_json({"kind": "youtube#liveChatBan", "id": ban, "snippet": facts})


def delete_ban(standin: "YouTubeStandin", request: Request) -> Reply:
    standin.state.bans.pop(request.args["id"], None)
    return _EMPTY


def _refused(standin: "YouTubeStandin", video: str, text: str) -> Reply | None:
    if video not in standin.state.videos:
        return error(404, "videoNotFound", "The video cannot be found")
    if video in standin.state.comments_off:
        return error(403, "commentsDisabled", "The video has disabled comments")
    if len(text) > 10_000:
        return error(400, "commentTextTooLong", "The comment text is too long")
    return None


def _only(row: dict[str, Any], request: Request) -> dict[str, Any]:
    wanted = set(request.args["part"].split(","))
    return {name: part for name, part in row.items() if name in {"kind", "id", *wanted}}
