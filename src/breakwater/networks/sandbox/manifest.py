"""What the practice harbour is and accepts. Data only."""

from breakwater.domain.guarantees import Guarantee
from breakwater.domain.text import Counting, Unit
from breakwater.networks.base import (
    Answer,
    Ask,
    AuthKind,
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
    VideoLimits,
)
from breakwater.networks.sandbox.classes import KEY_IGNORED, PUBLISH_ID, RESUMABLE


def gettext_noop(text: str) -> str:
    """`text`: marks a msgid for makemessages, which finds it by this name (no Django here)."""
    return text


_SOURCE = "docs/networks/sandbox.md"
_READ_ON = "2026-11-28"
_YES = Capability(Answer.YES, _SOURCE, _READ_ON, proof=Proof.REAL)


def _no(note: str) -> Capability:
    return Capability(Answer.NO, _SOURCE, _READ_ON, note, Proof.REAL)


DOCUMENT = "application/pdf"
VIDEO = VideoLimits(most_bytes=50_000_000, types=("video/mp4",), least_s=1.0, most_s=600.0)
PLACE_CHARACTERS = 60

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

FORMS = (
    Form("text", gettext_noop("Text"), text_needed=True),
    Form("pictures", gettext_noop("Pictures"), {Kind.PICTURE: (1, 4)}),
    Form("video", gettext_noop("Video"), {Kind.VIDEO: (1, 1)}),
    Form("document", gettext_noop("Document"), {Kind.DOCUMENT: (1, 1)}),
    Form(
        "mixed",
        gettext_noop("Pictures and videos"),
        {Kind.PICTURE: (1, 4), Kind.VIDEO: (1, 2)},
        most=5,
    ),
    Form("story", gettext_noop("Story"), {Kind.PICTURE: (1, 1)}, asked=True, text_shown=False),
)

OPTIONS = (
    Option(
        "audience",
        gettext_noop("Who sees it"),
        Ask.CHOICE,
        gettext_noop("The harbour tells who there is, in the language of the account."),
        of_account=True,
    ),
    Option("place", gettext_noop("Place"), Ask.TEXT, longest=PLACE_CHARACTERS),
    Option("pinned", gettext_noop("Keep it at the top"), Ask.FLAG),
    Option(
        "until",
        gettext_noop("Shown until"),
        Ask.MOMENT,
        gettext_noop("A note for the harbour master: nothing is taken down by itself."),
        forms=("story",),
    ),
)

POLLED = (
    Source.OWN_POSTS, Source.COMMENTS, Source.AD_COMMENTS, Source.MENTIONS, Source.MESSAGES, Source.REVIEWS,
)  # fmt: skip

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
        **dict.fromkeys(Can, _YES),
        Can.LIVE: _no(gettext_noop("Nobody goes live in the harbour.")),
        Can.HOURS: _no(gettext_noop("The harbour never closes.")),
        Can.STREAM: _no(gettext_noop("The harbour has no stream: it is polled, and it pushes.")),
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
        video=VIDEO,
        document_bytes=20_000_000,
    ),
    forms=FORMS,
    options=OPTIONS,
    polls=dict.fromkeys((str(source) for source in POLLED), 60),
    default_origin="http://harbour.internal",
    profile_s=60,
)
