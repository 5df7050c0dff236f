"""What the practice harbour is and accepts. Data only."""

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
from breakwater.networks.sandbox.classes import KEY_IGNORED, PUBLISH_ID, RESUMABLE


def gettext_noop(text: str) -> str:
    """`text`: marks a msgid for makemessages, which finds it by this name (no Django here)."""
    return text


_SOURCE = "docs/networks/sandbox.md"
_READ_ON = "2026-01-15"
_YES = Capability(Answer.YES, _SOURCE, _READ_ON)
_LATER = Capability(
    Answer.NO, _SOURCE, _READ_ON, gettext_noop("Breakwater does not do this here yet.")
)

CLASSES: tuple[tuple[str, str], ...] = (
    (Guarantee.NONE, gettext_noop("No protection: a repeated post appears twice")),
    (Guarantee.LASTING_KEY, gettext_noop("Lasting key: like Bluesky")),
    (Guarantee.HOUR_KEY, gettext_noop("Key for an hour: like Mastodon")),
    (KEY_IGNORED, gettext_noop("Key that is ignored: like some forks of Mastodon")),
    (Guarantee.HANDLE, gettext_noop("Two steps: like Instagram")),
    (RESUMABLE, gettext_noop("Upload in pieces, then made public: like YouTube")),
    (PUBLISH_ID, gettext_noop("Shown minutes later, after a check: like TikTok")),
    (Guarantee.DUPLICATE_REFUSED, gettext_noop("Equal text refused: like X")),
)

MANIFEST = Manifest(
    slug="sandbox",
    name=gettext_noop("Practice harbour"),
    auth=AuthKind.OPEN,
    fields=(
        Field(
            "name",
            gettext_noop("Account name"),
            gettext_noop("Any name. Nobody outside this installation sees it."),
        ),
        Field(
            "class",
            gettext_noop("Behave like"),
            gettext_noop("How this account protects itself against the same post twice."),
            default=Guarantee.HOUR_KEY,
            choices=tuple((str(value), label) for value, label in CLASSES),
        ),
        Field(
            "language",
            gettext_noop("Language of the harbour's people"),
            default="en",
            choices=(("en", gettext_noop("English")), ("fr", gettext_noop("French"))),
        ),
    ),
    can={
        **dict.fromkeys(Can, _LATER),
        **dict.fromkeys((Can.PUBLISH, Can.DELETE, Can.READ_BACK, Can.TIMELINE, Can.COMMENTS), _YES),
    },
    guarantee=Guarantee.HOUR_KEY,
    limits=Limits(
        text=Counting(Unit.GRAPHEMES, 500),
        pictures=4,
        picture_bytes=8_000_000,
        picture_pixels=0,
        picture_types=("image/jpeg", "image/png", "image/webp"),
        alt_characters=1500,
        source=_SOURCE,
        read_on=_READ_ON,
    ),
    default_origin="http://harbour.internal",
)
