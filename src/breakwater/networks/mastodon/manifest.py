"""What is known of Mastodon before anybody signs in. Data only; docs/networks/mastodon.md.

Options of a parcel that this network knows: `visibility` (public, unlisted, private; without
it the account's own default), `warning` (content warning, a text), `sensitive` (bool) and
`quotes` (who may quote it: public, followers, nobody; without it the account's own default).
"""

from breakwater.domain.guarantees import Guarantee
from breakwater.domain.text import Counting, Unit
from breakwater.networks.base import (
    Ask,
    AuthKind,
    Budget,
    Field,
    Form,
    Kind,
    Limits,
    Manifest,
    Option,
    Purpose,
    Source,
    Step,
    VideoLimits,
)
from breakwater.networks.mastodon.capabilities import CAN, DOCS, READ_ON, gettext_noop
from breakwater.networks.mastodon.capabilities import SCOPES as _SCOPES

VISIBILITIES = ("public", "unlisted", "private")
"""`direct` is left out: a post to a few people is a message, and no planned post."""

QUOTERS = ("public", "followers", "nobody")

VIDEO = VideoLimits(
    most_bytes=99 * 1024 * 1024, types=("video/mp4", "video/quicktime", "video/webm")
)

LIMITS = Limits(
    text=Counting(Unit.GRAPHEMES, limit=500, url_cost=23, short_mentions=True),
    pictures=4,
    picture_bytes=16 * 1024 * 1024,
    picture_pixels=33_177_600,
    picture_types=("image/jpeg", "image/png", "image/gif", "image/webp"),
    alt_characters=1500,
    source=f"{DOCS}/entities/Instance/#configuration",
    read_on=READ_ON,
    posts_per_hour=300,
    video=VIDEO,
)
"""posts_per_hour: Mastodon itself takes 300 in three hours (app/lib/rate_limiter.rb, FAMILIES).
A fresh Mastodon's own. Each instance may say otherwise, and `who` asks it."""

FORMS = (
    Form("text", gettext_noop("Text"), text_needed=True),
    Form("pictures", gettext_noop("Pictures"), takes={Kind.PICTURE: (1, 4)}),
    Form("video", gettext_noop("Video"), takes={Kind.VIDEO: (1, 1)}, video=VIDEO),
)
"""Polls are left out: a planned post is text and media. Moving GIFs are pictures here."""

OPTIONS = (
    Option(
        "visibility", gettext_noop("Who can see it"), Ask.CHOICE,
        choices=(
            ("public", gettext_noop("Everyone")),
            ("unlisted", gettext_noop("Everyone, but not in public timelines")),
            ("private", gettext_noop("Followers")),
        ),
    ),
    Option(
        "warning", gettext_noop("Content warning"), Ask.TEXT,
        gettext_noop("Stands in front of the post, which is opened by a click. It counts too."),
        longest=500,
    ),
    Option(
        "sensitive", gettext_noop("Blur pictures and videos"), Ask.FLAG,
        forms=("pictures", "video"),
    ),
    Option(
        "quotes", gettext_noop("Who may quote it"), Ask.CHOICE,
        choices=(
            ("public", gettext_noop("Everyone")),
            ("followers", gettext_noop("Followers")),
            ("nobody", gettext_noop("Nobody")),
        ),
    ),
)  # fmt: skip

REASONS = {
    "media_stays": gettext_noop(
        "On Mastodon an edit changes the words and leaves pictures and videos as they are. "
        "Nothing was changed. Delete the post and publish it anew to exchange them."
    ),
    "only_quotes": gettext_noop(
        "On Mastodon only a quote of one of your own posts can be taken off. Nothing was changed. "
        "Mute, block or report the person instead."
    ),
}

_RATES = f"{DOCS}/api/rate-limits/"

MANIFEST = Manifest(
    slug="mastodon",
    name="Mastodon",
    auth=AuthKind.OAUTH,
    fields=(
        Field(
            "origin",
            gettext_noop("Address of the instance"),
            gettext_noop("Where the account lives, for example https://mastodon.social"),
        ),
    ),
    can=CAN,
    guarantee=Guarantee.HOUR_KEY,
    limits=LIMITS,
    scopes=_SCOPES,
    scopes_always=("read:accounts",),
    trial={"visibility": "private"},
    forms=FORMS,
    options=OPTIONS,
    profile_s=900,
    runbook=(
        Step(
            gettext_noop("Revoke every connected application that you do not recognise."),
            "https://github.com/mastodon/mastodon/issues/26838",
            "2026-11-28",
        ),
    ),
    polls={
        Source.MENTIONS: 60,
        Source.COMMENTS: 60,
        Source.MESSAGES: 60,
        Source.OWN_POSTS: 300,
    },
    budgets=(
        Budget("calls", 300, 300, _RATES, READ_ON),
        Budget("media", 30, 1800, _RATES, READ_ON),
        Budget("deletes", 30, 1800, _RATES, READ_ON),
    ),
    costs={
        "read": {"calls": 1},
        "write": {"calls": 1},
        "upload": {"calls": 1, "media": 1},
        "delete": {"calls": 1, "deletes": 1},
    },
    reasons=REASONS,
)

SCOPES = " ".join(MANIFEST.scopes_for(Purpose.PUBLISH))
"""Everything we ask for, and no more. `profile` is left out: before 4.3 it is refused."""
