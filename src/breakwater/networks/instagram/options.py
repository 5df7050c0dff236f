"""The shapes of a post here, and what a person decides for one. Data only."""

from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Ask, Form, Kind, Option, VideoLimits

CAROUSEL = 10
HASHTAGS = 30
MENTIONS = 20
"""Of the three: .../instagram-graph-api/reference/error-codes (36004, 2207028), read 2026-11-28."""


def gettext_noop(text: str) -> str:
    """`text`: only marks a msgid for the catalogue (networks know no Django)."""
    return text


REEL = VideoLimits(300 * 1024 * 1024, ("video/mp4", "video/quicktime"), least_s=3, most_s=900)
STORY = VideoLimits(100 * 1024 * 1024, ("video/mp4", "video/quicktime"), least_s=3, most_s=60)
"""Reels: https://www.ayrshare.com/docs/media-guidelines/instagram.md; stories: a reading of Meta's
pages by third parties; both read 2026-11-28. Of videos in a carousel nobody says: as stories."""

FORMS = (
    Form("picture", gettext_noop("Picture"), {Kind.PICTURE: (1, 1)}),
    Form("reel", gettext_noop("Reel"), {Kind.VIDEO: (1, 1)}, video=REEL),
    Form(
        "carousel",
        gettext_noop("Carousel"),
        {Kind.PICTURE: (1, CAROUSEL), Kind.VIDEO: (0, CAROUSEL - 1)},
        most=CAROUSEL,
        video=STORY,
    ),
    Form("videos", gettext_noop("Carousel of videos"), {Kind.VIDEO: (2, CAROUSEL)}, video=STORY),
    Form(
        "story",
        gettext_noop("Story"),
        {Kind.PICTURE: (0, 1), Kind.VIDEO: (0, 1)},
        most=1,
        asked=True,
        text_shown=False,
        video=STORY,
        guarantee=Guarantee.HANDLE,
    ),
)

_FEED = ("picture", "reel", "carousel", "videos")

OPTIONS = (
    Option(
        "collaborators",
        gettext_noop("Collaborators"),
        Ask.TEXT,
        gettext_noop("Up to 3 account names with commas between; each is asked on Instagram."),
        forms=_FEED,
        longest=200,
    ),
    Option(
        "user_tags",
        gettext_noop("People in it"),
        Ask.TEXT,
        gettext_noop(
            "Account names with commas between. In a picture a place may follow each name, in "
            "parts of its width and height: ann 0.2 0.8. Without one it is the middle."
        ),
        forms=("picture", "reel", "story"),
    ),
    Option(
        "location_id",
        gettext_noop("Place"),
        Ask.TEXT,
        gettext_noop("The number of the place's Facebook Page."),
        forms=_FEED,
        longest=40,
    ),
    Option(
        "share_to_feed",
        gettext_noop("Show the reel among the posts too"),
        Ask.CHOICE,
        choices=(("true", gettext_noop("Yes")), ("false", gettext_noop("No"))),
        forms=("reel",),
        default="true",
    ),
    Option(
        "thumb_offset",
        gettext_noop("Cover from the video"),
        Ask.TEXT,
        gettext_noop("Milliseconds from its beginning; only used without a cover picture."),
        forms=("reel",),
        longest=9,
    ),
    Option(
        "audio_name",
        gettext_noop("Name of the sound"),
        Ask.TEXT,
        gettext_noop("Instagram lets it be given once."),
        forms=("reel",),
        longest=100,
    ),
    Option(
        "trial",
        gettext_noop("Trial reel"),
        Ask.CHOICE,
        gettext_noop("Shown to people who do not follow the account, before everybody sees it."),
        choices=(
            ("MANUAL", gettext_noop("You decide on Instagram when everybody sees it")),
            ("SS_PERFORMANCE", gettext_noop("Instagram decides by how it does")),
        ),
        forms=("reel",),
    ),
    Option(
        "ai",
        gettext_noop("Say that it was made with AI"),
        Ask.CHOICE,
        gettext_noop("Instagram shows it beside the post."),
        choices=(("true", gettext_noop("Yes")),),
        forms=_FEED,
    ),
)
