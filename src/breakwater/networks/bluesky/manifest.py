"""What is known of Bluesky before anybody signs in. Data only; docs/networks/bluesky.md."""

from dataclasses import replace

from breakwater.domain.guarantees import Guarantee
from breakwater.domain.text import Counting, Unit
from breakwater.networks.base import (
    Answer,
    Ask,
    AuthKind,
    Budget,
    Can,
    Capability,
    Field,
    Form,
    Kind,
    Limits,
    Manifest,
    Option,
    Proof,
    Source,
    Step,
    VideoLimits,
)

_LEXICONS = (
    "https://github.com/bluesky-social/atproto/blob/"
    "d6296a1cfdb40a773319cb59061300e4e8e52f26/lexicons"
)
_RATES = "https://docs.bsky.app/docs/advanced-guides/rate-limits"
_READ_ON = "2026-11-28"
MESSAGE_TEXT = Counting(Unit.GRAPHEMES, limit=1000, max_bytes=10_000)
"""Of a direct message: chat/bsky/convo/defs.json, messageInput."""


def gettext_noop(text: str) -> str:
    """`text`: only marks a msgid for the catalogue (networks know no Django)."""
    return text


_JOINED = gettext_noop(
    "Only where the server is joined to Bluesky’s own services; one that stands alone says no."
)


def _real(path: str, note: str = "") -> Capability:
    """Shown on the network's own server software (@atproto/pds)."""
    return Capability(Answer.YES, f"{_LEXICONS}/{path}", _READ_ON, note, Proof.REAL)


def _joined(path: str, note: str = _JOINED) -> Capability:
    """Answered by services that no package brings: shown on a stand-in of the lexicons."""
    return Capability(Answer.PROBE, f"{_LEXICONS}/{path}", _READ_ON, note)


def _no(path: str, note: str) -> Capability:
    return Capability(Answer.NO, f"{_LEXICONS}/{path}", _READ_ON, note)


VIDEO = VideoLimits(most_bytes=300_000_000, types=("video/mp4",), least_s=1.0, most_s=600.0)
"""Bytes: app/bsky/embed/video.json. Seconds: https://github.com/simple-post/core/releases/tag/sdk-v1.3.1
(somebody else's connector, tried against the service); the service itself has the last word."""

PICTURES, GALLERY = 4, 10
"""app/bsky/embed/images.json: at most 4. gallery.json: 20 by the schema, of which "clients should
currently enforce a soft limit of 10"."""

LIMITS = Limits(
    text=Counting(Unit.GRAPHEMES, limit=300, max_bytes=3000),
    pictures=GALLERY,
    picture_bytes=2_000_000,
    picture_pixels=0,
    picture_types=("image/jpeg", "image/png", "image/webp", "image/gif"),
    alt_characters=2000,
    source=f"{_LEXICONS}/app/bsky/embed/gallery.json",
    read_on=_READ_ON,
    posts_per_hour=1666,
    video=VIDEO,
)
"""posts_per_hour: 5,000 points an hour, 3 for each record that is made
(https://docs.bsky.app/docs/advanced-guides/rate-limits). text and pictures: app/bsky/feed/post.json and embed/images.json. A server with an older
lexicon takes 1,000,000 bytes a picture (seen: @atproto/pds 0.4.217) and says so at the commit.
alt_characters: the protocol has no limit; 2,000 is what the official app lets one type."""

THUMB_BYTES = 1_000_000
"""The picture of a link card (app/bsky/embed/external.json)."""

FORMS = (
    Form("text", gettext_noop("Text"), text_needed=True),
    Form("pictures", gettext_noop("Pictures"), {Kind.PICTURE: (1, PICTURES)}),
    Form("gallery", gettext_noop("Gallery"), {Kind.PICTURE: (PICTURES + 1, GALLERY)}),
    Form("video", gettext_noop("Video"), {Kind.VIDEO: (1, 1)}),
)

REPLIES = (
    ("", gettext_noop("Everybody")),
    ("mentioned", gettext_noop("Those who are mentioned")),
    ("followers", gettext_noop("Those who follow the account")),
    ("following", gettext_noop("Those whom the account follows")),
    ("nobody", gettext_noop("Nobody")),
)
LABELS = (
    ("", gettext_noop("None")),
    ("sexual", gettext_noop("Suggestive")),
    ("nudity", gettext_noop("Nudity without sex")),
    ("porn", gettext_noop("Adult")),
    ("graphic-media", gettext_noop("Violent or upsetting pictures")),
)
OPTIONS = (
    Option(
        "replies", gettext_noop("Who can reply"), Ask.CHOICE,
        gettext_noop("It cannot be asked of a reply: the first post of a thread decides."),
        choices=REPLIES,
    ),
    Option("no_quotes", gettext_noop("Nobody can quote it"), Ask.FLAG),
    Option("labels", gettext_noop("Warning"), Ask.CHOICE, choices=LABELS),
    Option(
        "languages", gettext_noop("More languages"), Ask.TEXT,
        gettext_noop("Codes with commas between, for example fr, de. Three with that of the post."),
        longest=40,
    ),
    Option(
        "quote", gettext_noop("Quoted post"), Ask.TEXT,
        gettext_noop("The address of a post on Bluesky. It is shown below the text."),
        longest=400,
    ),
)  # fmt: skip

REASONS = {
    "gate_full": gettext_noop(
        "This thread has 300 hidden replies, and the network keeps no more. Nothing was changed. "
        "Show some of them again, or limit who can reply."
    ),
    "not_our_thread": gettext_noop(
        "The thread was begun by another account, and only that one can hide replies in it. "
        "Nothing was changed. Mute or block the author instead."
    ),
    "quote_not_found": gettext_noop(
        "The post to be quoted was not found on the network, so nothing was published. "
        "Check its address, or send the post without it."
    ),
    "video_refused": gettext_noop(
        "The network could not process the video, so nothing was published. "
        "Export it anew as MP4 (H.264), and look whether the account may still upload today."
    ),
    "daily_videos": gettext_noop(
        "The account may upload no more videos today, so nothing was published. "
        "Plan the post for tomorrow."
    ),
}

RUNBOOK = (
    Step(
        gettext_noop("Change the password, from a device that nobody else had."),
        f"{_LEXICONS}/com/atproto/server/resetPassword.json", _READ_ON,
        "https://bsky.app/settings/account",
    ),
    Step(
        gettext_noop("Make sure that the e-mail account behind it is yours alone."),
        f"{_LEXICONS}/com/atproto/server/updateEmail.json", _READ_ON,
        "https://bsky.app/settings/account",
    ),
    Step(
        gettext_noop("Remove every app password, and make new ones for what you trust."),
        f"{_LEXICONS}/com/atproto/server/revokeAppPassword.json", _READ_ON,
        "https://bsky.app/settings/app-passwords",
    ),
)  # fmt: skip

MANIFEST = Manifest(
    slug="bluesky",
    name="Bluesky",
    auth=AuthKind.PASSWORD,
    fields=(
        Field(
            "origin",
            gettext_noop("Address of the server"),
            gettext_noop("Change it only if the account lives on a server of its own."),
            default="https://bsky.social",
        ),
        Field(
            "handle",
            gettext_noop("Handle"),
            gettext_noop("The name of the account, for example harbour.bsky.social"),
        ),
        Field(
            "app_password",
            gettext_noop("App password"),
            gettext_noop(
                "Make one in Bluesky under Settings, Privacy and security, App passwords."
                " It is used once and not kept. The password of the account itself is refused."
            ),
            secret=True,
        ),
    ),
    can={
        Can.PUBLISH: _real("com/atproto/repo/putRecord.json"),
        Can.THREAD: _real("app/bsky/feed/post.json"),
        Can.FIRST_COMMENT: _real("app/bsky/feed/post.json"),
        Can.EDIT: _no(
            "com/atproto/repo/strongRef.json",
            gettext_noop(
                "Replies, quotes and likes are bound to the words as they were; a changed post"
                " would not be what people answered. Delete it and publish it anew."
            ),
        ),
        Can.DELETE: _real(
            "com/atproto/repo/deleteRecord.json",
            gettext_noop("Copies that other services have made may stay; nobody can prove it."),
        ),
        Can.WITHDRAW: _no(
            "app/bsky/feed/post.json",
            gettext_noop("A post on Bluesky is there for everybody, or it is deleted."),
        ),
        Can.PIN: _real(
            "app/bsky/actor/profile.json",
            gettext_noop("One at a time: the post that was pinned before is so no more."),
        ),
        Can.READ_BACK: _real("com/atproto/repo/getRecord.json"),
        Can.TIMELINE: _real("com/atproto/repo/listRecords.json"),
        Can.COMMENTS: _joined("app/bsky/notification/listNotifications.json"),
        Can.AD_COMMENTS: _no(
            "app/bsky/feed/defs.json", gettext_noop("Bluesky has no advertisements.")
        ),
        Can.MENTIONS: _joined("app/bsky/notification/listNotifications.json"),
        Can.MESSAGES: _joined(
            "chat/bsky/convo/getLog.json",
            gettext_noop(
                "Only where the chat service is reachable, and the app password was made with"
                " access to direct messages."
            ),
        ),
        Can.REVIEWS: _no("app/bsky/feed/post.json", gettext_noop("Bluesky has no reviews.")),
        Can.REPLY: _real("app/bsky/feed/post.json"),
        Can.SEND_MESSAGE: replace(
            _joined(
                "chat/bsky/convo/sendMessage.json",
                gettext_noop(
                    "Only where the chat service is reachable, and the app password was made with"
                    " access to direct messages."
                ),
            ),
            text=MESSAGE_TEXT,
        ),
        Can.ANSWER_REVIEW: _no("app/bsky/feed/post.json", gettext_noop("Bluesky has no reviews.")),
        Can.LIKE: _real("app/bsky/feed/like.json"),
        Can.HIDE: _real(
            "app/bsky/feed/threadgate.json",
            gettext_noop("In threads of the account’s own; apps still show it behind a click."),
        ),
        Can.REMOVE: _no(
            "com/atproto/repo/deleteRecord.json",
            gettext_noop("Only its author can delete a reply. It can be hidden."),
        ),
        Can.MUTE: _joined("app/bsky/graph/muteActor.json"),
        Can.BLOCK: _real(
            "app/bsky/graph/block.json", gettext_noop("Everybody can see whom an account blocks.")
        ),
        Can.REPORT: _joined("com/atproto/moderation/createReport.json"),
        Can.FOLLOWING: _real("app/bsky/graph/follow.json"),
        Can.UNFOLLOW: _real("app/bsky/graph/follow.json"),
        Can.INSIGHTS: _joined("app/bsky/feed/getPosts.json"),
        Can.PROFILE: _real("app/bsky/actor/profile.json"),
        Can.LIVE: _no(
            "app/bsky/actor/status.json", gettext_noop("Bluesky only links to other live services.")
        ),
        Can.HOURS: _no("app/bsky/actor/profile.json", gettext_noop("A profile has no hours.")),
        Can.PUSH: _no(
            "app/bsky/notification/registerPush.json",
            gettext_noop("Pushes go to phones only. There is a stream instead."),
        ),
        Can.STREAM: Capability(
            Answer.PROBE,
            "https://github.com/bluesky-social/jetstream",
            _READ_ON,
            gettext_noop(
                "Jetstream, a service of Bluesky’s: own posts, replies to the account and deletions."
            ),
        ),
    },
    guarantee=Guarantee.LASTING_KEY,
    limits=LIMITS,
    default_origin="https://bsky.social",
    hosts={
        "video": "https://video.bsky.app",
        "stream": "https://jetstream2.us-east.bsky.network",
    },
    forms=FORMS,
    options=OPTIONS,
    polls={Source.OWN_POSTS: 60, Source.COMMENTS: 60, Source.MENTIONS: 60, Source.MESSAGES: 60},
    budgets=(
        Budget("points_hour", 5_000, 3600, _RATES, _READ_ON),
        Budget("points_day", 35_000, 86_400, _RATES, _READ_ON),
    ),
    costs={
        "create": {"points_hour": 3, "points_day": 3},
        "update": {"points_hour": 2, "points_day": 2},
        "delete": {"points_hour": 1, "points_day": 1},
    },
    reasons=REASONS,
    profile_s=900,
    runbook=RUNBOOK,
)
