"""Videos, events, playlists, subscriptions: the handlers of the API."""

import json
from typing import TYPE_CHECKING, Any

from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.google.standin import error
from tests.standins.youtube import shapes
from tests.standins.youtube.state import NAMES, OWN, Video, stamp
from tests.standins.youtube.uploads import refused_words

if TYPE_CHECKING:
    from tests.standins.youtube.standin import YouTubeStandin

_EMPTY = Reply(204)
_PAGE = 5
"""Small pages, so that walking through them is seen in every test."""


def parts(request: Request) -> set[str]:
    return set(request.args["part"].split(","))


def list_channels(standin: "YouTubeStandin", request: Request) -> Reply:
    whole: dict[str, Any] = {
        "snippet": {
            "title": NAMES[OWN], "customUrl": "@harbour", "country": standin.state.country,
            "description": "At the quay",
            "thumbnails": {"default": {"url": "https://yt3.ggpht.com/a", "width": 88, "height": 88}},
        },
        "status": {"privacyStatus": "public", "longUploadsStatus": standin.state.long_uploads},
        "contentDetails": {"relatedPlaylists": {"uploads": "UUharbour", "likes": "LL"}},
        "statistics": {
            "viewCount": "12345", "subscriberCount": "678", "videoCount": "9",
            "hiddenSubscriberCount": False,
        },
    }  # fmt: skip
    shown = {name: part for name, part in whole.items() if name in parts(request)}
    there = [] if standin.no_channel else [{"kind": "youtube#channel", "id": OWN, **shown}]
    return as_json(shapes.rows("channel", there))


def list_videos(standin: "YouTubeStandin", request: Request) -> Reply:
    found = []
    for wanted in request.args["id"].split(","):
        if video := standin.state.videos.get(wanted):
            _work_on(video)
            found.append(shapes.video(video, parts(request)))
    return as_json(shapes.rows("video", found))


def update_video(standin: "YouTubeStandin", request: Request) -> Reply:
    """Parts that are named are replaced whole; what is left out of them is reset."""
    body = json.loads(request.body)
    video = standin.state.videos.get(body["id"])
    if video is None:
        return error(404, "videoNotFound", "The video cannot be found")
    if "snippet" in parts(request):
        if refusal := refused_words(body["snippet"]):
            return refusal
        video.snippet = dict(body["snippet"])
    if "status" in parts(request):
        _show(standin, video, dict(body["status"]))
    return as_json(shapes.video(video, parts(request)))


def delete_video(standin: "YouTubeStandin", request: Request) -> Reply:
    if standin.state.videos.pop(request.args["id"], None) is None:
        return error(404, "videoNotFound", "The video cannot be found")
    return _EMPTY


def list_playlist_items(standin: "YouTubeStandin", request: Request) -> Reply:
    playlist, wanted = request.args["playlistId"], request.args.get("videoId")
    if playlist == "UUharbour":
        videos = sorted(standin.state.videos.values(), key=lambda v: v.uploaded_at, reverse=True)
        ids = [video.id for video in videos]
    elif playlist in standin.state.playlists:
        ids = standin.state.playlists[playlist]
    else:
        return error(404, "playlistNotFound", "The playlist cannot be found")
    found = [
        {"kind": "youtube#playlistItem", "id": f"item-{one}", "contentDetails": {"videoId": one}}
        for one in ids
        if wanted in (None, one)
    ]
    return as_json(page(request, "playlistItem", found))


def insert_playlist_item(standin: "YouTubeStandin", request: Request) -> Reply:
    facts = json.loads(request.body)["snippet"]
    if facts["playlistId"] not in standin.state.playlists:
        return error(404, "playlistNotFound", "The playlist cannot be found")
    video = facts["resourceId"]["videoId"]
    standin.state.playlists[facts["playlistId"]].append(video)
    return as_json({"kind": "youtube#playlistItem", "id": f"item-{video}", "snippet": facts})


def list_playlists(standin: "YouTubeStandin", request: Request) -> Reply:
    found = [
        {"kind": "youtube#playlist", "id": one, "snippet": {"title": "Menus"}}
        for one in standin.state.playlists
    ]
    return as_json(shapes.rows("playlist", found))


def list_categories(standin: "YouTubeStandin", request: Request) -> Reply:
    titles = {
        "19": ("Travel & Events", True),
        "22": ("People & Blogs", True),
        "30": ("Movies", False),
    }
    found = [
        {"kind": "youtube#videoCategory", "id": one, "snippet": {"title": t, "assignable": free}}
        for one, (t, free) in titles.items()
    ]
    return as_json(shapes.rows("videoCategory", found))


def list_subscriptions(standin: "YouTubeStandin", request: Request) -> Reply:
    wanted = request.args.get("forChannelId")
    found = [
        {
            "kind": "youtube#subscription",
            "id": one,
            "snippet": {"title": NAMES.get(channel, channel), "resourceId": {"channelId": channel}},
        }
        for one, channel in standin.state.subscriptions.items()
        if wanted in (None, channel)
    ]
    return as_json(page(request, "subscription", found))


def delete_subscription(standin: "YouTubeStandin", request: Request) -> Reply:
    if standin.state.subscriptions.pop(request.args["id"], None) is None:
        return error(404, "subscriptionNotFound", "The subscription cannot be found")
    return _EMPTY


def insert_broadcast(standin: "YouTubeStandin", request: Request) -> Reply:
    body, now = json.loads(request.body), standin.now()
    if standin.live_is_off:
        return error(403, "liveStreamingNotEnabled", "The user is not enabled for live streaming.")
    if body["snippet"]["scheduledStartTime"] <= stamp(now):
        return error(400, "invalidScheduledStartTime", "Scheduled start time must be in the future")
    words = {name: body["snippet"][name] for name in ("title", "description")}
    event = Video(
        standin.state.new_id("evt00000000"), words, dict(body["status"]), now, now,
        event={**body, "life": "created"},
    )  # fmt: skip
    standin.state.videos[event.id] = event
    return as_json(shapes.broadcast(event))


def bind_broadcast(standin: "YouTubeStandin", request: Request) -> Reply:
    event = standin.state.videos[request.args["id"]]
    event.event["contentDetails"]["boundStreamId"] = request.args["streamId"]
    event.event["life"] = "ready"
    return as_json(shapes.broadcast(event))


def update_broadcast(standin: "YouTubeStandin", request: Request) -> Reply:
    body = json.loads(request.body)
    event = standin.state.videos.get(body["id"])
    if event is None:
        return error(404, "liveBroadcastNotFound", "The broadcast cannot be found")
    _show(standin, event, dict(body["status"]))
    return as_json(shapes.broadcast(event))


def list_broadcasts(standin: "YouTubeStandin", request: Request) -> Reply:
    lives = {"upcoming": {"created", "ready"}, "active": {"live"}}[request.args["broadcastStatus"]]
    found = [
        shapes.broadcast(one) for one in standin.state.videos.values()
        if one.event and one.event["life"] in lives
    ]  # fmt: skip
    return as_json(page(request, "liveBroadcast", found))


def list_streams(standin: "YouTubeStandin", request: Request) -> Reply:
    one = {"kind": "youtube#liveStream", "id": "stream-1", "snippet": {"title": "Quay camera"}}
    return as_json(shapes.rows("liveStream", [one]))


def page(request: Request, kind: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    """The page that the request asks for."""
    start = int(request.args.get("pageToken", "p0").removeprefix("p"))
    following = f"p{start + _PAGE}" if start + _PAGE < len(items) else ""
    return shapes.rows(kind, items[start : start + _PAGE], following)


def _work_on(video: Video) -> None:
    if video.polls:
        video.polls -= 1
        video.upload_status = "uploaded" if video.polls else "processed"


def _show(standin: "YouTubeStandin", video: Video, status: dict[str, Any]) -> None:
    """A channel can be set to show nothing, and YouTube can lock a video."""
    was = video.status["privacyStatus"]
    if standin.state.locks:
        status["privacyStatus"] = "private"
    video.status = status
    if was == "private" and status["privacyStatus"] != "private":
        video.published_at = standin.now()
