"""A small YouTube with one channel: `answer(request) -> reply`, and what a test may do to it."""

from datetime import date, timedelta
from pathlib import Path

from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.google.discovery import Discovery
from tests.standins.google.standin import GoogleStandin, error
from tests.standins.youtube import api, talk, uploads
from tests.standins.youtube.state import SOMEBODY, Said, State, Video

_AUTH = "https://www.googleapis.com/auth"
SCOPES = frozenset(
    f"{_AUTH}/{name}"
    for name in ("youtube.readonly", "youtube.upload", "youtube.force-ssl", "yt-analytics.readonly")
)
_HANDLERS = {
    "youtube.channels.list": api.list_channels,
    "youtube.videos.list": api.list_videos,
    "youtube.videos.insert": uploads.opened,
    "youtube.videos.update": api.update_video,
    "youtube.videos.delete": api.delete_video,
    "youtube.thumbnails.set": uploads.thumbnail,
    "youtube.captions.insert": uploads.captions,
    "youtube.playlistItems.list": api.list_playlist_items,
    "youtube.playlistItems.insert": api.insert_playlist_item,
    "youtube.playlists.list": api.list_playlists,
    "youtube.videoCategories.list": api.list_categories,
    "youtube.subscriptions.list": api.list_subscriptions,
    "youtube.subscriptions.delete": api.delete_subscription,
    "youtube.liveBroadcasts.insert": api.insert_broadcast,
    "youtube.liveBroadcasts.bind": api.bind_broadcast,
    "youtube.liveBroadcasts.update": api.update_broadcast,
    "youtube.liveBroadcasts.list": api.list_broadcasts,
    "youtube.liveStreams.list": api.list_streams,
    "youtube.commentThreads.insert": talk.insert_thread,
    "youtube.commentThreads.list": talk.list_threads,
    "youtube.comments.insert": talk.insert_comment,
    "youtube.comments.update": talk.update_comment,
    "youtube.comments.list": talk.list_comments,
    "youtube.comments.delete": talk.delete_comment,
    "youtube.comments.setModerationStatus": talk.moderate,
    "youtube.liveChatMessages.list": talk.list_messages,
    "youtube.liveChatMessages.insert": talk.insert_message,
    "youtube.liveChatMessages.delete": talk.delete_message,
    "youtube.liveChatBans.insert": talk.insert_ban,
    "youtube.liveChatBans.delete": talk.delete_ban,
}


class YouTubeStandin(GoogleStandin):
    """uploads: sessions opened today. polls_of_next_video: questions until it is processed;
    next_upload_status: what becomes of it."""

    discovery = Discovery(Path(__file__).with_name("discovery.trimmed.json"))

    def __init__(self, origin: str = "https://youtube.test") -> None:
        super().__init__(origin, SCOPES, "harbour")
        self.state = State()
        self.uploads, self.uploads_a_day = 0, 100
        self.polls_of_next_video = 0
        self.next_upload_status = "processed"
        self.no_channel = False
        self.live_is_off = False

    # What a test sees and does

    def say(
        self, author: str, text: str, *, video: str = "", parent: str = "", chat: str = ""
    ) -> Said:
        """A comment, an answer below one, or a message in a chat."""
        shape = f"{parent}.answer000" if parent else "LCC.chat0000" if chat else "UgComment00000"
        one = Said(self.state.new_id(shape), author, text, self.now(), video, parent, chat)
        self.state.said[one.id] = one
        return one

    def film(self, text: str, title: str = "By hand") -> Video:
        """A public video that somebody made by hand."""
        words = {"title": title, "description": text}
        made = Video(
            self.state.new_id("hand0000000"), words, {"privacyStatus": "public"}, self.now(),
            self.now(),
        )  # fmt: skip
        self.state.videos[made.id] = made
        return made

    def eve_says(self, text: str, video: str) -> Said:
        return self.say(SOMEBODY, text, video=video)

    # What a network does

    def is_described(self, request: Request) -> bool:
        return ("/youtube/v3/" in request.path and not request.args.get("upload_id")) or (
            request.path == "/v2/reports"
        )  # fmt: skip

    def api(self, request: Request) -> Reply:
        if request.method == "PUT" and request.args.get("upload_id"):
            return uploads.piece(self, request)
        if request.path == "/subscribe":
            self.state.hub.append({name: str(v) for name, v in request.fields.items()})
            return Reply(202)
        if request.path == "/v2/reports":
            return self._report(request)
        method = self.discovery.method(request)
        handler = _HANDLERS.get(method["id"]) if method else None
        return handler(self, request) if handler else error(404, "notFound", "Not Found")

    def _report(self, request: Request) -> Reply:
        """Two days of figures, the last of those that were asked for."""
        metrics = request.args["metrics"].split(",")
        end = date.fromisoformat(request.args["endDate"])
        columns = [{"name": "day", "columnType": "DIMENSION", "dataType": "STRING"}]
        columns += [{"name": m, "columnType": "METRIC", "dataType": "INTEGER"} for m in metrics]
        rows = [
            [
                (end - timedelta(days=back)).isoformat(),
                *(10 * back + n for n in range(len(metrics))),
            ]
            for back in (2, 1)
        ]
        return as_json({"columnHeaders": columns, "rows": rows})
