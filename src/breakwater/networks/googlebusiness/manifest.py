"""What is known of Google Business Profile before anybody signs in; docs/networks/googlebusiness.md.

Nothing of it has been tried on Google itself (Proof.UNPROVED).
"""

from dataclasses import replace

from breakwater.domain.guarantees import Guarantee
from breakwater.domain.text import Counting, Unit
from breakwater.networks.base import (
    Answer,
    AppKeys,
    AuthKind,
    Budget,
    Can,
    Capability,
    Field,
    Kind,
    Limits,
    Manifest,
    Review,
)
from breakwater.networks.google_door import DOOR, TOKENS
from breakwater.networks.googlebusiness.forms import FORMS, OPTIONS
from breakwater.networks.googlebusiness.reasons import REASONS


def gettext_noop(text: str) -> str:
    """`text`: only marks a msgid for the catalogue (networks know no Django)."""
    return text


READ_ON = "2026-11-28"
KIND_PLACE = gettext_noop("Place on Google")
SCOPE = "https://www.googleapis.com/auth/business.manage"
REPLY_MOST = 4096
"""Bytes of an answer to a review (from memory, not checked)."""

_DOCS = "https://developers.google.com/my-business"
_V4 = f"{_DOCS}/reference/rest/v4"
_PLACES = "https://mybusinessbusinessinformation.googleapis.com/$discovery/rest?version=v1"
_FIGURES = "https://businessprofileperformance.googleapis.com/$discovery/rest?version=v1"
_NOTICES = "https://mybusinessnotifications.googleapis.com/$discovery/rest?version=v1"
"""Discovery documents; the copies that were read are of revision 20261026."""


def _yes(path: str, note: str = "") -> Capability:
    return Capability(Answer.YES, f"{_V4}/{path}", READ_ON, note)


def _no(note: str, path: str = "") -> Capability:
    return Capability(Answer.NO, f"{_V4}/{path}".rstrip("/"), READ_ON, note)


_NO_COMMENTS = gettext_noop("Posts of a place cannot be commented on.")
_NO_MESSAGES = gettext_noop("Google has no API for messages to a place.")
_NO_PEOPLE = gettext_noop("Google tells no ids of reviewers, and lets nobody be shut out.")
_NO_FOLLOWING = gettext_noop("A place follows nobody.")

LIMITS = Limits(
    text=Counting(Unit.CODE_POINTS, limit=1500),
    pictures=1,
    picture_bytes=5 * 1024 * 1024,
    picture_pixels=0,
    picture_types=("image/jpeg", "image/png"),
    alt_characters=0,
    source="https://postproxy.dev/reference/platforms/google-business/",
    read_on=READ_ON,
    posts_per_hour=20,
)
"""Google's reference names none of these; two tools that publish there do (docs/networks)."""

MANIFEST = Manifest(
    slug="googlebusiness",
    name="Google Business Profile",
    auth=AuthKind.OAUTH,
    fields=(),
    can={
        Can.PUBLISH: Capability(
            Answer.PLAN,
            f"{_V4}/accounts.locations.localPosts/create",
            READ_ON,
            gettext_noop(
                "Posts, events and offers with one picture, once Google has given the project "
                "access to its API. Google fetches the picture itself."
            ),
        ),
        Can.THREAD: _no(gettext_noop("A post of a place has no continuation.")),
        Can.FIRST_COMMENT: _no(_NO_COMMENTS),
        Can.EDIT: _yes("accounts.locations.localPosts"),
        Can.DELETE: _yes("accounts.locations.localPosts"),
        Can.WITHDRAW: _no(
            gettext_noop("Google lets apps delete a post, not hide it."),
            "accounts.locations.localPosts",
        ),
        Can.PIN: _no(
            gettext_noop("Posts of a place cannot be pinned."), "accounts.locations.localPosts"
        ),
        Can.READ_BACK: _yes("accounts.locations.localPosts/get"),
        Can.TIMELINE: _yes("accounts.locations.localPosts/list"),
        Can.COMMENTS: _no(_NO_COMMENTS),
        Can.AD_COMMENTS: _no(_NO_COMMENTS),
        Can.MENTIONS: _no(gettext_noop("Google tells apps nothing of mentions.")),
        Can.MESSAGES: _no(_NO_MESSAGES),
        Can.REVIEWS: _yes("accounts.locations.reviews/list", gettext_noop("Of verified places.")),
        Can.REPLY: _no(gettext_noop("Only reviews can be answered.")),
        Can.SEND_MESSAGE: _no(_NO_MESSAGES),
        Can.ANSWER_REVIEW: replace(
            _yes(
                "accounts.locations.reviews/updateReply",
                gettext_noop("One answer for each review; a new one takes the place of the old."),
            ),
            text=Counting(Unit.BYTES, limit=REPLY_MOST),
        ),
        Can.LIKE: _no(gettext_noop("A place cannot like anything.")),
        Can.HIDE: _no(gettext_noop("Reviews cannot be hidden.")),
        Can.REMOVE: _no(
            gettext_noop("Only your own answer can be removed, not a review. Report it on Google.")
        ),
        Can.MUTE: _no(_NO_PEOPLE),
        Can.BLOCK: _no(_NO_PEOPLE),
        Can.REPORT: _no(gettext_noop("Reviews are reported on Google by hand.")),
        Can.FOLLOWING: _no(_NO_FOLLOWING),
        Can.UNFOLLOW: _no(_NO_FOLLOWING),
        Can.INSIGHTS: Capability(
            Answer.YES,
            f"{_FIGURES}#fetchMultiDailyMetricsTimeSeries",
            READ_ON,
            gettext_noop("Of the place, some days late; not of a single post."),
        ),
        Can.PROFILE: Capability(
            Answer.YES,
            f"{_PLACES}#locations.get",
            READ_ON,
            gettext_noop(
                "Name, description, website and phone number as you gave them; not what Google "
                "changes on Maps by itself."
            ),
        ),
        Can.LIVE: _no(gettext_noop("There are no live events here.")),
        Can.HOURS: Capability(
            Answer.YES,
            f"{_PLACES}#locations.patch",
            READ_ON,
            gettext_noop("Google may look at a change before it shows it."),
        ),
        Can.PUSH: Capability(
            Answer.NO,
            f"{_NOTICES}#NotificationSetting",
            READ_ON,
            gettext_noop(
                "Google tells of new reviews through its Pub/Sub service alone. Breakwater asks "
                "every ten minutes instead."
            ),
        ),
        Can.STREAM: _no(gettext_noop("Reviews are asked for every so often.")),
    },
    guarantee=Guarantee.NONE,
    limits=LIMITS,
    default_origin="https://mybusiness.googleapis.com",
    hosts={
        "door": DOOR,
        "tokens": TOKENS,
        "accounts": "https://mybusinessaccountmanagement.googleapis.com",
        "places": "https://mybusinessbusinessinformation.googleapis.com",
        "performance": "https://businessprofileperformance.googleapis.com",
    },
    one_server=True,
    fetches=(Kind.PICTURE,),
    forms=FORMS,
    options=OPTIONS,
    scopes=dict.fromkeys(
        (
            Can.PUBLISH, Can.EDIT, Can.DELETE, Can.READ_BACK, Can.TIMELINE, Can.REVIEWS,
            Can.ANSWER_REVIEW, Can.INSIGHTS, Can.PROFILE, Can.HOURS,
        ),
        (SCOPE,),
    ),
    app=AppKeys(
        console="https://console.cloud.google.com/apis/credentials",
        steps=(
            gettext_noop(
                "Create a project in the Google Cloud console, or use the one that you have, and "
                "ask Google for access to the Business Profile APIs with its number."
            ),
            gettext_noop(
                "Once access is granted, switch these APIs on: Google My Business, My Business "
                "Account Management, My Business Business Information and Business Profile "
                "Performance."
            ),
            gettext_noop("Add the scope business.manage to the consent screen."),
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
            weeks=(1, 4),
            needs=(
                gettext_noop(
                    "A verified Business Profile and a website of the business."
                ),
                gettext_noop("The form “Application for Basic API Access”, filled in by its owner."),
            ),
            until=gettext_noop(
                "Until Google has given access, the quota of the project is 0: signing in works, "
                "and every other call is refused."
            ),
            source=f"{_DOCS}/content/limits",
            read_on=READ_ON,
        ),
    ),
    polls={"own_posts": 3600, "reviews": 600},
    profile_s=3600,
    budgets=(
        Budget("calls", 300, 60, f"{_DOCS}/content/limits", READ_ON, whole_app=True),
        Budget("hours", 10, 60, f"{_DOCS}/content/limits", READ_ON),
    ),
    costs={
        **{
            call: {"calls": 1}
            for call in ("posts.read", "posts.write", "reviews.read", "reviews.write", "places.read",
                         "performance.read")
        },
        "places.write": {"calls": 1, "hours": 1},
    },
    reasons=REASONS,
)  # fmt: skip
"""300 calls a minute are of each API; v4 is not in that list, and is counted with the others. How
long access takes is from memory, not checked."""
