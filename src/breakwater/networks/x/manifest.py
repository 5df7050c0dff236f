"""What is known of X before anybody signs in. Data only; docs/networks/x.md.

API is the description 2.167 (xdevplatform/docs @28713281, 2026-08-22), the rest its guides.
"""

from dataclasses import replace

from breakwater.domain.guarantees import Guarantee
from breakwater.domain.text import Counting, Unit
from breakwater.networks.base import (
    Answer,
    AppKeys,
    AuthKind,
    Can,
    Capability,
    Field,
    Limits,
    Manifest,
    Review,
    What,
)
from breakwater.networks.x.costs import BUDGETS, COSTS, PRICES, READ_ON
from breakwater.networks.x.forms import FORMS, OPTIONS, VIDEO
from breakwater.networks.x.runbook import RUNBOOK
from breakwater.networks.x.words import REASONS, gettext_noop

API = "https://api.x.com"
_DOCS = "https://docs.x.com"
_GUIDE = f"{_DOCS}/x-api"


def _known(answer: Answer, path: str, note: str = "") -> Capability:
    return Capability(answer, f"{_DOCS}{path}", READ_ON, note)


def _yes(path: str, note: str = "") -> Capability:
    return _known(Answer.YES, f"/x-api{path}", note)


def _no(note: str, path: str = "/changelog") -> Capability:
    return _known(Answer.NO, path, note)


TEXT = Counting(Unit.WEIGHTED, limit=280, url_cost=23)
LONG_TEXT = Counting(Unit.WEIGHTED, limit=25_000, url_cost=23)
"""Of an account with X Premium: https://docs.x.com/changelog, 2024-08-20."""

MESSAGE_TEXT = Counting(Unit.CODE_POINTS, limit=10_000)
"""Of a direct message (from memory, not checked)."""

LIMITS = Limits(
    text=TEXT,
    pictures=4,
    picture_bytes=5 * 1024 * 1024,
    picture_pixels=0,
    picture_types=("image/jpeg", "image/png", "image/webp", "image/gif"),
    alt_characters=1_000,
    source=f"{_GUIDE}/media/quickstart/best-practices",
    read_on=READ_ON,
    posts_per_hour=100,
    video=VIDEO,
)
"""posts_per_hour: X itself takes 300 in three hours. alt_characters: the description 2.167."""

_ONLY_WEB = gettext_noop("X has no way for apps to do this. Do it on x.com.")
_ENTERPRISE = gettext_noop(
    "X took this from all plans but Enterprise on 20 April 2026. It is tried, and X's answer said."
)

_CAN: dict[Can, Capability] = {
    Can.PUBLISH: _yes("/posts/create-post", gettext_noop("Each post costs money at X.")),
    Can.THREAD: _yes("/posts/manage-tweets/introduction"),
    Can.FIRST_COMMENT: _yes("/posts/manage-tweets/introduction"),
    Can.EDIT: _known(
        Answer.PROBE,
        "/x-api/fundamentals/edit-posts",
        gettext_noop(
            "Up to five times, soon after it was published, and only for some accounts. "
            "The post has another number afterwards."
        ),
    ),
    Can.DELETE: _yes("/posts/delete-post"),
    Can.WITHDRAW: _no(
        gettext_noop("X lets apps delete a post, not hide it."),
        "/x-api/posts/manage-tweets/introduction",
    ),
    Can.PIN: _no(
        gettext_noop("X lets no app pin a post. Pin it on x.com."),
        "/x-api/posts/manage-tweets/introduction",
    ),
    Can.READ_BACK: _yes("/posts/lookup/introduction"),
    Can.TIMELINE: _yes("/posts/timelines/introduction"),
    Can.COMMENTS: _yes("/posts/search/introduction", gettext_noop("Those of the last seven days.")),
    Can.AD_COMMENTS: _no(gettext_noop("Answers to ads are among the others."), "/x-ads-api"),
    Can.MENTIONS: _yes("/posts/timelines/introduction"),
    Can.MESSAGES: _yes(
        "/direct-messages/lookup/introduction",
        gettext_noop("Those of the last 30 days; encrypted chats are not shown to apps."),
    ),
    Can.REVIEWS: _no(gettext_noop("X has no reviews."), "/x-api/introduction"),
    Can.REPLY: replace(
        _known(
            Answer.PLAN,
            "/x-api/posts/manage-tweets/integrate",
            gettext_noop(
                "Only to people who named this account or quoted it, unless the app has an "
                "Enterprise plan."
            ),
        ),
        called=(What.MENTION, What.QUOTE),
    ),
    Can.SEND_MESSAGE: replace(_yes("/direct-messages/manage/introduction"), text=MESSAGE_TEXT),
    Can.ANSWER_REVIEW: _no(gettext_noop("X has no reviews."), "/x-api/introduction"),
    Can.LIKE: _known(Answer.PLAN, "/changelog", _ENTERPRISE),
    Can.HIDE: _yes(
        "/posts/hide-replies/introduction",
        gettext_noop("Answers below own posts; everybody can still open them on X."),
    ),
    Can.REMOVE: _no(
        gettext_noop("On X only its author can delete an answer. Hide it instead."),
        "/x-api/posts/manage-tweets/introduction",
    ),
    Can.MUTE: _yes("/users/mutes/introduction"),
    Can.BLOCK: _no(gettext_noop("X took blocking from apps in 2023. Block on x.com.")),
    Can.REPORT: _no(_ONLY_WEB, "/x-api/introduction"),
    Can.FOLLOWING: _yes("/users/follows/introduction"),
    Can.UNFOLLOW: _known(
        Answer.PROBE,
        "/changelog",
        gettext_noop("X took following from most plans in 2026, and does not say about this."),
    ),
    Can.INSIGHTS: _yes(
        "/fundamentals/metrics", gettext_noop("Clicks only of the last 30 days' posts.")
    ),
    Can.PROFILE: _yes(
        "/users/lookup/introduction",
        gettext_noop("Looked at once a day, with the followers: each look costs money."),
    ),
    Can.LIVE: _no(gettext_noop("Live broadcasts are run on X itself."), "/x-api/introduction"),
    Can.HOURS: _no(gettext_noop("X has no opening hours."), "/x-api/introduction"),
    Can.PUSH: _known(
        Answer.PROBE,
        "/x-api/activity/introduction",
        gettext_noop("Needs an address on the Internet and the app's bearer token."),
    ),
    Can.STREAM: _no(
        gettext_noop("An app has two streams for all its accounts; pushes and polls serve better."),
        "/x-api/fundamentals/rate-limits",
    ),
}

_WRITE = ("tweet.read", "tweet.write", "users.read", "media.write", "offline.access")
_READ = ("tweet.read", "users.read", "offline.access")
_SCOPES: dict[Can, tuple[str, ...]] = {
    Can.PUBLISH: _WRITE,
    Can.THREAD: _WRITE,
    Can.FIRST_COMMENT: _WRITE,
    Can.EDIT: _WRITE,
    Can.DELETE: _WRITE,
    Can.READ_BACK: _READ,
    Can.TIMELINE: _READ,
    Can.COMMENTS: _READ,
    Can.MENTIONS: _READ,
    Can.MESSAGES: (*_READ, "dm.read"),
    Can.REPLY: _WRITE,
    Can.SEND_MESSAGE: (*_READ, "dm.read", "dm.write", "media.write"),
    Can.LIKE: (*_READ, "like.read", "like.write"),
    Can.HIDE: (*_READ, "tweet.moderate.write"),
    Can.MUTE: (*_READ, "mute.write"),
    Can.FOLLOWING: (*_READ, "follows.read"),
    Can.UNFOLLOW: (*_READ, "follows.write"),
    Can.INSIGHTS: _READ,
    Can.PROFILE: _READ,
    Can.PUSH: (*_READ, "dm.read"),
}
"""offline.access: without it there is no refresh token, and a sign-in lasts two hours."""

_APP = AppKeys(
    console="https://console.x.com",
    steps=(
        gettext_noop("Sign in to X's developer console and buy credits: each call costs a little."),
        gettext_noop(
            "Make an app. Under “User authentication settings” choose “Web App, Automated App or "
            "Bot” and “Read and write and Direct message”."
        ),
        gettext_noop("Paste the address below as callback address, exactly as it stands."),
        gettext_noop("Copy the OAuth 2.0 client ID and client secret here."),
        gettext_noop(
            "To have mentions and messages pushed, copy the bearer token too. Without it they "
            "are fetched every few minutes."
        ),
    ),
    fields=(
        Field("client_id", gettext_noop("Client ID")),
        Field("client_secret", gettext_noop("Client secret"), secret=True),
        Field(
            "bearer_token",
            gettext_noop("Bearer token"),
            gettext_noop("Only pushes need it."),
            secret=True,
            needed=False,
        ),
        Field(
            "consumer_secret",
            gettext_noop("API key secret"),
            gettext_noop("Only older apps need it, for pushes."),
            secret=True,
            needed=False,
        ),
    ),
    review=Review(
        weeks=(0, 0),
        needs=(gettext_noop("A description of what the app is for, which X reads at sign-up."),),
        until=gettext_noop("Everything works as soon as there are credits."),
        source=f"{_GUIDE}/getting-started/getting-access",
        read_on=READ_ON,
    ),
)

MANIFEST = Manifest(
    slug="x",
    name="X",
    auth=AuthKind.OAUTH,
    fields=(),
    can=_CAN,
    guarantee=Guarantee.DUPLICATE_REFUSED,
    limits=LIMITS,
    scopes=_SCOPES,
    default_origin=API,
    hosts={"api": API, "web": "https://x.com"},
    one_server=True,
    forms=FORMS,
    options=OPTIONS,
    app=_APP,
    polls={"mentions": 300, "comments": 900, "messages": 300, "own_posts": 900},
    profile_s=86_400,
    budgets=BUDGETS,
    costs=COSTS,
    prices=PRICES,
    reasons=REASONS,
    runbook=RUNBOOK,
)
