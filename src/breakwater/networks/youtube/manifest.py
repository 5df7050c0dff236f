"""What is known of YouTube before anybody signs in. Data only; docs/networks/youtube.md.

Capabilities are in `matrix`, forms and options in `forms`.
"""

from breakwater.domain.guarantees import Guarantee
from breakwater.domain.text import Counting, Unit
from breakwater.networks.base import (
    AppKeys,
    AuthKind,
    Budget,
    Can,
    Deed,
    Field,
    Limits,
    Manifest,
    Review,
    VideoLimits,
)
from breakwater.networks.google_door import DOOR, TOKENS
from breakwater.networks.youtube.forms import FORMS, OPTIONS
from breakwater.networks.youtube.matrix import CAN, READ_ON
from breakwater.networks.youtube.reasons import REASONS


def gettext_noop(text: str) -> str:
    """`text`: only marks a msgid for the catalogue (networks know no Django)."""
    return text


ORIGIN = "https://youtube.googleapis.com"
KIND_CHANNEL = gettext_noop("YouTube channel")
LONG_VIDEO_S = 900.0
"""What a channel may upload that was not verified (docs.zernio.com/platforms/youtube, 2026-11-28)."""

_DOCS = "https://developers.google.com/youtube"
_QUOTA = f"{_DOCS}/data/determine_quota_cost"
_DAY_S = 86_400
_SCHEMA = (
    "https://raw.githubusercontent.com/api-evangelist/youtube/refs/heads/main/json-schema/"
    "youtube-video-schema.json"
)
"""Somebody's copy of Google's words: "a maximum length of 5000 bytes"; others say characters."""
_AUTH = "https://www.googleapis.com/auth"
_READ, _MANAGE = f"{_AUTH}/youtube.readonly", f"{_AUTH}/youtube.force-ssl"

LIMITS = Limits(
    text=Counting(Unit.BYTES, limit=5_000),
    pictures=1,
    picture_bytes=2 * 1024 * 1024,
    picture_pixels=0,
    picture_types=("image/jpeg", "image/png"),
    alt_characters=0,
    source=_SCHEMA,
    read_on=READ_ON,
    posts_per_hour=100,
    video=VideoLimits(
        most_bytes=274_877_906_944,
        types=(
            "video/mp4", "video/quicktime", "video/webm", "video/x-matroska", "video/x-msvideo",
            "video/mpeg", "video/3gpp", "video/x-flv",
        ),
        most_s=43_200.0,
    ),
)  # fmt: skip
"""The description is what is counted. The one picture is what stands for a live event.
most_bytes: discovery document, videos.insert maxSize. 2 MB of thumbnail and 12 hours of video:
docs.zernio.com/platforms/youtube, read 2026-11-28 (the discovery document takes 50 MiB)."""

_ONE = ("channels", "commentThreads", "comments", "liveBroadcasts", "liveStreams", "playlistItems",
        "playlists", "subscriptions", "videoCategories", "videos")  # fmt: skip
_FIFTY = (
    "commentThreads.insert", "comments.insert", "comments.update", "comments.delete",
    "comments.setModerationStatus", "liveBroadcasts.insert", "liveBroadcasts.update",
    "liveBroadcasts.bind", "liveBroadcasts.delete", "liveChatBans.insert", "liveChatBans.delete",
    "liveChatMessages.insert", "liveChatMessages.delete", "playlistItems.insert",
    "subscriptions.delete", "thumbnails.set", "videos.update", "videos.delete",
)  # fmt: skip

MANIFEST = Manifest(
    slug="youtube",
    name="YouTube",
    auth=AuthKind.OAUTH,
    fields=(),
    can=CAN,
    guarantee=Guarantee.HANDLE,
    limits=LIMITS,
    default_origin=ORIGIN,
    hosts={
        "door": DOOR,
        "tokens": TOKENS,
        "analytics": "https://youtubeanalytics.googleapis.com",
        "hub": "https://pubsubhubbub.appspot.com",
    },
    one_server=True,
    profile_s=3600,
    forms=FORMS,
    options=OPTIONS,
    scopes={
        Can.PUBLISH: (f"{_AUTH}/youtube.upload", _MANAGE),
        Can.FIRST_COMMENT: (_MANAGE,),
        Can.EDIT: (_MANAGE,),
        Can.DELETE: (_MANAGE,),
        Can.WITHDRAW: (_READ, _MANAGE),
        Can.LIVE: (_MANAGE,),
        Can.READ_BACK: (_READ,),
        Can.TIMELINE: (_READ,),
        Can.COMMENTS: (_READ, _MANAGE),
        Can.REPLY: (_MANAGE,),
        Can.HIDE: (_MANAGE,),
        Can.REMOVE: (_MANAGE,),
        Can.BLOCK: (_MANAGE,),
        Can.FOLLOWING: (_READ,),
        Can.UNFOLLOW: (_MANAGE,),
        Can.INSIGHTS: (_READ, f"{_AUTH}/yt-analytics.readonly"),
        Can.PROFILE: (_READ,),
    },
    for_good=(Deed.BLOCK,),
    app=AppKeys(
        console="https://console.cloud.google.com/apis/credentials",
        steps=(
            gettext_noop(
                "Create a project in the Google Cloud console. Switch on the YouTube Data API v3 "
                "and the YouTube Analytics API under “APIs and services”."
            ),
            gettext_noop(
                "Set up the consent screen: external, with your mail address and your own domain. "
                "While it is in testing, list each Google account that will connect a channel; "
                "their sign-ins then end after seven days."
            ),
            gettext_noop(
                "Add these scopes to the consent screen: youtube.readonly, youtube.upload, "
                "youtube.force-ssl and yt-analytics.readonly."
            ),
            gettext_noop(
                "Create an OAuth client of the kind “Web application”, and paste this redirect "
                "address of Breakwater under “Authorised redirect URIs”."
            ),
            gettext_noop("Copy the client ID and the client secret here."),
        ),
        fields=(
            Field("client_id", gettext_noop("Client ID")),
            Field("client_secret", gettext_noop("Client secret"), secret=True),
        ),
        review=Review(
            weeks=(2, 8),
            needs=(
                gettext_noop(
                    "A page that says what you use the channel’s data for, and a privacy policy, "
                    "on your own domain."
                ),
                gettext_noop(
                    "A video that shows the sign-in and each use of the scopes, for Google’s "
                    "verification of the consent screen."
                ),
                gettext_noop(
                    "For more than 100 uploads a day: the form “YouTube API Services: Audit and "
                    "Quota Extension”, filled in for this project."
                ),
            ),
            until=gettext_noop(
                "Everything works before for the accounts that are listed as testers; Google warns "
                "them when they sign in, and their sign-in ends after seven days. Since 2 November "
                "2026 videos no longer stay private for want of YouTube’s audit."
            ),
            source=f"{_DOCS}/data/revision_history",
            read_on=READ_ON,
        ),
    ),
    polls={"own_posts": 900, "comments": 300, "live_chat": 30},
    budgets=(
        Budget("uploads", 100, _DAY_S, _QUOTA, READ_ON, whole_app=True),
        Budget("units", 10_000, _DAY_S, _QUOTA, READ_ON, whole_app=True),
    ),
    costs={
        **{f"{what}.list": {"units": 1} for what in _ONE},
        **{call: {"units": 50} for call in _FIFTY},
        "captions.insert": {"units": 400},
        "liveChatMessages.list": {"units": 5},
        "videos.insert": {"uploads": 1},
    },
    reasons=REASONS,
)
"""Searches have a budget of 100 a day too; Breakwater never searches. 5 for a chat is of the
discovery document; what the other live calls cost is from memory, not checked, and so is how long a
review takes; the rest is that page's table."""
