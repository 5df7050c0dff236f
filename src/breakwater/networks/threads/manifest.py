"""What is known of Threads before anybody signs in. Data only; docs/networks/threads.md."""

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
)
from breakwater.networks.threads.abilities import CAN, DOCS, READ_ON, SCOPES
from breakwater.networks.threads.options import CAROUSEL, FORMS, OPTIONS, VIDEO, gettext_noop

VERSION = "v1.0"
ORIGIN = "https://graph.threads.net"
PUBLISH, REPLY, DELETE = "publish", "reply", "delete"
"""Calls that are counted."""

_DAY_S = 86_400

LIMITS = Limits(
    text=Counting(Unit.EMOJI_BYTES, limit=500),
    pictures=CAROUSEL,
    picture_bytes=8 * 1024 * 1024,
    picture_pixels=0,
    picture_types=("image/jpeg", "image/png"),
    alt_characters=1000,
    source=f"{DOCS}/overview",
    read_on=READ_ON,
    posts_per_hour=250,
    video=VIDEO,
)
"""alt_characters: from memory, not checked."""

APP = AppKeys(
    console="https://developers.facebook.com/apps",
    steps=(
        gettext_noop("Create an app with the use case Access the Threads API."),
        gettext_noop(
            "In the settings of the use case, add the permissions, and put the address below among "
            "the redirect callback URLs."
        ),
        gettext_noop(
            "Add real-time notifications, give the push address below and a word of your own as "
            "verify token, and subscribe to replies and delete (moderate) and mentions (interaction)."
        ),
        gettext_noop("Copy Threads App ID and Threads App secret from Settings, Basic."),
    ),
    fields=(
        Field(
            "client_id",
            gettext_noop("Threads App ID"),
            gettext_noop("Not the App ID above it: the app has two."),
        ),
        Field("client_secret", gettext_noop("Threads App secret"), secret=True),
        Field(
            "verify_token",
            gettext_noop("Verify token"),
            gettext_noop("The word that you gave for real-time notifications."),
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
            "Accounts that are testers of the app work at once; pushes do not come."
        ),
        source=f"{DOCS}/get-started",
        read_on=READ_ON,
    ),
)

REASONS = {
    "too_many_links": gettext_noop(
        "Threads takes 5 different links at most. Nothing was published; the post is kept. Take "
        "some out and plan it again."
    ),
    "topic_refused": gettext_noop(
        "A topic on Threads has 1 to 50 characters, without . and &. Nothing was published; the "
        "post is kept. Change the topic and plan it again."
    ),
    "poll_refused": gettext_noop(
        "A poll on Threads has 2 to 4 answers of up to 25 characters, and no link beside it. "
        "Nothing was published; the post is kept. Change the poll and plan it again."
    ),
    "shape_of_medium": gettext_noop(
        "Threads does not take a picture or video this narrow or this wide. Nothing was published; "
        "the post is kept. Cut it and plan the post again."
    ),
    "media_needed": gettext_noop(
        "There is nothing in this post: it has no words and no picture. Nothing was published. Add "
        "something and plan it again."
    ),
    "too_many_media": gettext_noop(
        "Threads takes 20 pictures and videos at most. Nothing was published; the post is kept. "
        "Take some out and plan it again."
    ),
    "account_limited": gettext_noop(
        "Threads has limited this account for now. Nothing was published; the post is kept. Open "
        "the Threads app with this account and follow what it says."
    ),
}

MANIFEST = Manifest(
    slug="threads",
    name="Threads",
    auth=AuthKind.OAUTH,
    fields=(),
    can=CAN,
    guarantee=Guarantee.HANDLE,
    limits=LIMITS,
    scopes=SCOPES,
    default_origin=ORIGIN,
    hosts={"window": "https://threads.com"},
    cards=True,
    one_server=True,
    profile_s=3600,
    fetches=(Kind.PICTURE, Kind.VIDEO),
    forms=FORMS,
    options=OPTIONS,
    app=APP,
    polls={"own_posts": 900, "comments": 300, "mentions": 300},
    budgets=(
        Budget("posts", 250, _DAY_S, f"{DOCS}/overview", READ_ON),
        Budget("replies", 1000, _DAY_S, f"{DOCS}/overview", READ_ON),
        Budget("deletes", 100, _DAY_S, f"{DOCS}/overview", READ_ON),
    ),
    costs={PUBLISH: {"posts": 1}, REPLY: {"replies": 1}, DELETE: {"deletes": 1}},
    reasons=REASONS,
)


def graph_at(origin: str) -> str:
    """Where the API of an account at this origin is."""
    return f"{MANIFEST.at(origin, 'graph')}/{VERSION}"
