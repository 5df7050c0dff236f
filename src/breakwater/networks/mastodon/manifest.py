"""What is known of Mastodon before anybody signs in. Data only; docs/networks/mastodon.md.

Options of a parcel that this network knows: `visibility` (public, unlisted, private; without
it the account's own default), `warning` (content warning, a text) and `sensitive` (bool).
"""

from breakwater.domain.guarantees import Guarantee
from breakwater.domain.text import Counting, Unit
from breakwater.networks.base import (
    Answer,
    AuthKind,
    Can,
    Capability,
    Field,
    Limits,
    Manifest,
    Purpose,
)

_DOCS = "https://docs.joinmastodon.org"
_READ_ON = "2026-11-22"

VISIBILITIES = ("public", "unlisted", "private")
"""`direct` is left out: a post to a few people is a message, and no planned post."""


def gettext_noop(text: str) -> str:
    """`text`: only marks a msgid for the catalogue (networks know no Django)."""
    return text


def _yes(path: str, note: str = "") -> Capability:
    return Capability(Answer.YES, f"{_DOCS}{path}", _READ_ON, note)


LIMITS = Limits(
    text=Counting(Unit.GRAPHEMES, limit=500, url_cost=23, short_mentions=True),
    pictures=4,
    picture_bytes=16 * 1024 * 1024,
    picture_pixels=33_177_600,
    picture_types=("image/jpeg", "image/png", "image/gif", "image/webp"),
    alt_characters=1500,
    source=f"{_DOCS}/entities/Instance/#configuration",
    read_on=_READ_ON,
    posts_per_hour=300,
)
"""posts_per_hour: Mastodon itself takes 300 in three hours (app/lib/rate_limiter.rb, FAMILIES).
A fresh Mastodon's own. Each instance may say otherwise, and `who` asks it."""

_LATER = {
    can: Capability(
        Answer.NO,
        "docs/networks/mastodon.md",
        _READ_ON,
        gettext_noop("Breakwater does not do this here yet."),
    )
    for can in Can
}

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
    can={
        **_LATER,
        Can.PUBLISH: _yes("/methods/statuses/#create"),
        Can.DELETE: _yes(
            "/methods/statuses/#delete",
            gettext_noop(
                "Other servers are asked to delete their copies; nobody can prove that they do."
            ),
        ),
        Can.READ_BACK: _yes("/methods/statuses/#get"),
        Can.TIMELINE: _yes("/methods/accounts/#statuses"),
        Can.COMMENTS: _yes(
            "/methods/statuses/#context", gettext_noop("Those that the instance has received.")
        ),
    },
    guarantee=Guarantee.HOUR_KEY,
    limits=LIMITS,
    scopes={
        Can.PUBLISH: ("write:statuses", "write:media"),
        Can.DELETE: ("write:statuses",),
        Can.READ_BACK: ("read:statuses",),
        Can.TIMELINE: ("read:statuses",),
        Can.COMMENTS: ("read:statuses",),
    },
    scopes_always=("read:accounts",),
    trial={"visibility": "private"},
)

SCOPES = " ".join(MANIFEST.scopes_for(Purpose.PUBLISH))
"""Everything we ask for, and no more. `profile` is left out: before 4.3 it is refused."""
