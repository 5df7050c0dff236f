"""What is known of Instagram before anybody signs in. Data only; docs/networks/instagram.md."""

from breakwater.domain.guarantees import Guarantee
from breakwater.domain.text import Counting, Unit
from breakwater.networks.base import (
    AppKeys,
    AuthKind,
    Budget,
    Field,
    Kind,
    Limits,
    Manifest,
    Review,
    VideoLimits,
)
from breakwater.networks.instagram.abilities import CAN, DOCS, READ_ON, SCOPES
from breakwater.networks.instagram.options import CAROUSEL, FORMS, OPTIONS, REEL, gettext_noop

VERSION = "v25.0"
ORIGIN = "https://graph.facebook.com"
PUBLISH, COMMENT, MESSAGE = "publish", "comment", "message"
"""Calls that are counted."""

LIMITS = Limits(
    text=Counting(Unit.CODE_POINTS, limit=2200),
    pictures=CAROUSEL,
    picture_bytes=8 * 1024 * 1024,
    picture_pixels=0,
    picture_types=("image/jpeg",),
    alt_characters=1000,
    source=f"{DOCS}/content-publishing",
    read_on=READ_ON,
    posts_per_hour=50,
    video=VideoLimits(REEL.most_bytes, REEL.types, REEL.least_s, REEL.most_s),
)

APP = AppKeys(
    console="https://developers.facebook.com/apps",
    steps=(
        gettext_noop("Create an app for a business, and add Facebook Login and Instagram to it."),
        gettext_noop(
            "In Facebook Login, Settings, put the address below among the valid OAuth redirect URIs."
        ),
        gettext_noop(
            "In Webhooks, Instagram, give the push address below and a word of your own as verify "
            "token, and subscribe to comments, live_comments, mentions, messages and story_insights."
        ),
        gettext_noop("Copy App ID and App secret from Settings, Basic."),
    ),
    fields=(
        Field("client_id", gettext_noop("App ID")),
        Field("client_secret", gettext_noop("App secret"), secret=True),
        Field(
            "verify_token",
            gettext_noop("Verify token"),
            gettext_noop("The word that you gave in Webhooks."),
            secret=True,
        ),
    ),
    review=Review(
        weeks=(1, 6),
        needs=(
            gettext_noop("A verified business."),
            gettext_noop("A recording of the screen for each permission."),
            gettext_noop("A privacy policy and a way to ask for deletion, on the web."),
        ),
        until=gettext_noop(
            "Accounts of people who have a role in the app work at once; pushes do not come."
        ),
        source=f"{DOCS}/app-review",
        read_on=READ_ON,
    ),
)

REASONS = {
    "shape_of_picture": gettext_noop(
        "Instagram takes pictures between 4:5 and 1.91:1. Nothing was published; the post is kept. "
        "Cut the picture and plan the post again."
    ),
    "too_many_hashtags": gettext_noop(
        "Instagram takes 30 hashtags at most (more than 5 rarely help). Nothing was published; "
        "the post is kept. Take some out and plan it again."
    ),
    "too_many_mentions": gettext_noop(
        "Instagram takes 20 @mentions at most. Nothing was published; the post is kept. Take some "
        "out and plan it again."
    ),
    "media_needed": gettext_noop(
        "Instagram takes no post without a picture or a video. Nothing was published; the post is "
        "kept. Add one and plan it again."
    ),
    "carousel": gettext_noop(
        "Instagram takes 2 to 10 pictures and videos in a carousel. Nothing was published; the "
        "post is kept. Change it and plan it again."
    ),
    "tag_refused": gettext_noop(
        "Instagram cannot tag or invite one of the accounts: it is misspelt, private, or does not "
        "allow it. Nothing was published; the post is kept. Take the name out and plan it again."
    ),
    "thumb_offset": gettext_noop(
        "The moment for the cover is not within the video. Nothing was published; the post is "
        "kept. Choose another and plan it again."
    ),
    "no_trial_reels": gettext_noop(
        "Instagram does not let this account publish trial reels. Nothing was published; the post "
        "is kept. Plan it again as an ordinary reel."
    ),
    "account_limited": gettext_noop(
        "Instagram has limited this account for now. Nothing was published; the post is kept. "
        "Open the Instagram app with this account and follow what it says."
    ),
    "window_closed": gettext_noop(
        "More than 24 hours have passed since the person wrote, so Instagram does not take the "
        "answer. It was not sent and is kept. Answer in the Instagram app, or wait for a message."
    ),
    "words_only": gettext_noop(
        "Instagram takes no picture in a comment. It was not sent and is kept. Take the picture out."
    ),
    "one_thing_a_message": gettext_noop(
        "Instagram takes words or one picture or video in a message, not both. It was not sent "
        "and is kept. Send them one after the other."
    ),
}

MANIFEST = Manifest(
    slug="instagram",
    name="Instagram",
    auth=AuthKind.OAUTH,
    fields=(),
    can=CAN,
    guarantee=Guarantee.HANDLE,
    limits=LIMITS,
    scopes=SCOPES,
    default_origin=ORIGIN,
    hosts={"dialog": "https://www.facebook.com"},
    one_server=True,
    profile_s=3600,
    fetches=(Kind.PICTURE, Kind.VIDEO),
    forms=FORMS,
    options=OPTIONS,
    app=APP,
    polls={"own_posts": 900, "comments": 300, "mentions": 900, "messages": 120},
    budgets=(Budget("posts", 100, 86_400, f"{DOCS}/content-publishing", READ_ON),),
    costs={PUBLISH: {"posts": 1}, COMMENT: {}, MESSAGE: {}},
    reasons=REASONS,
)


def graph_at(origin: str) -> str:
    """Where the API of an account at this origin is."""
    return f"{MANIFEST.at(origin, 'graph')}/{VERSION}"
