"""What is known of Bluesky before anybody signs in. Data only; docs/networks/bluesky.md.

Options of a parcel that this network knows: none.
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
)

_LEXICONS = (
    "https://github.com/bluesky-social/atproto/blob/"
    "d6296a1cfdb40a773319cb59061300e4e8e52f26/lexicons"
)
_READ_ON = "2026-11-22"


def gettext_noop(text: str) -> str:
    """`text`: only marks a msgid for the catalogue (networks know no Django)."""
    return text


def _yes(path: str, note: str = "") -> Capability:
    return Capability(Answer.YES, f"{_LEXICONS}/{path}", _READ_ON, note)


LIMITS = Limits(
    text=Counting(Unit.GRAPHEMES, limit=300, max_bytes=3000),
    pictures=4,
    picture_bytes=2_000_000,
    picture_pixels=0,
    picture_types=("image/jpeg", "image/png", "image/webp", "image/gif"),
    alt_characters=2000,
    source=f"{_LEXICONS}/app/bsky/embed/images.json",
    read_on=_READ_ON,
    posts_per_hour=1666,
)
"""posts_per_hour: 5,000 points an hour, 3 for each record that is made
(https://docs.bsky.app/docs/advanced-guides/rate-limits). text and pictures: app/bsky/feed/post.json and embed/images.json. A server with an older
lexicon takes 1,000,000 bytes a picture (seen: @atproto/pds 0.4.217) and says so at the commit.
alt_characters: the protocol has no limit; 2,000 is what the official app lets one type."""

_LATER = {
    can: Capability(
        Answer.NO,
        "docs/networks/bluesky.md",
        _READ_ON,
        gettext_noop("Breakwater does not do this here yet."),
    )
    for can in Can
}

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
        **_LATER,
        Can.PUBLISH: _yes("com/atproto/repo/putRecord.json"),
        Can.DELETE: _yes(
            "com/atproto/repo/deleteRecord.json",
            gettext_noop("Copies that other services have made may stay; nobody can prove it."),
        ),
        Can.READ_BACK: _yes("com/atproto/repo/getRecord.json"),
        Can.TIMELINE: _yes("com/atproto/repo/listRecords.json"),
        Can.COMMENTS: Capability(
            Answer.NO,
            f"{_LEXICONS}/app/bsky/feed/getPostThread.json",
            _READ_ON,
            gettext_noop("Replies live on other servers; Breakwater does not gather them yet."),
        ),
    },
    guarantee=Guarantee.LASTING_KEY,
    limits=LIMITS,
    default_origin="https://bsky.social",
)
