"""What a post can be on LinkedIn: forms, limits, options. Data only; docs/networks/linkedin.md."""

from breakwater.domain.guarantees import Guarantee
from breakwater.domain.text import Counting, Unit
from breakwater.networks.base import Ask, Form, Kind, Limits, Option, VideoLimits

_DOCS = "https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares"
READ_ON = "2026-11-28"


def gettext_noop(text: str) -> str:
    """`text`: only marks a msgid for the catalogue (networks know no Django)."""
    return text


PICTURE_TYPES = ("image/jpeg", "image/png", "image/gif")
VIDEO = VideoLimits(
    most_bytes=500 * 1024 * 1024, types=("video/mp4",), least_s=3.0, most_s=30 * 60.0
)
LEAST_VIDEO_BYTES = 75 * 1024
DOCUMENT_BYTES = 100 * 1024 * 1024

LIMITS = Limits(
    text=Counting(Unit.CODE_POINTS, limit=3000),
    pictures=20,
    picture_bytes=8 * 1024 * 1024,
    picture_pixels=36_152_319,
    picture_types=PICTURE_TYPES,
    alt_characters=1000,
    source=f"{_DOCS}/multiimage-post-api",
    read_on=READ_ON,
    posts_per_hour=25,
    video=VIDEO,
    document_bytes=DOCUMENT_BYTES,
)
"""The network takes a longer text and cuts it without a word, so `prepare` refuses it."""

COMMENT = Counting(Unit.CODE_POINTS, limit=1250)

FORMS = (
    Form("text", gettext_noop("Text, with or without a link card"), text_needed=True),
    Form("picture", gettext_noop("One picture"), takes={Kind.PICTURE: (1, 1)}),
    Form("pictures", gettext_noop("Several pictures"), takes={Kind.PICTURE: (2, 20)}),
    Form("video", gettext_noop("Video"), takes={Kind.VIDEO: (1, 1)}, video=VIDEO),
    Form("document", gettext_noop("Document to leaf through"), takes={Kind.DOCUMENT: (1, 1)}),
    Form(
        "poll",
        gettext_noop("Poll"),
        asked=True,
        guarantee=Guarantee.NONE,  # no sign that the check for duplicates covers polls
    ),
)

VISIBILITY, NO_RESHARE, TITLE = "visibility", "no_reshare", "title"
QUESTION, ANSWERS, LASTS = "poll_question", "poll_answers", "poll_lasts"

OPTIONS = (
    Option(
        VISIBILITY,
        gettext_noop("Who sees it"),
        Ask.CHOICE,
        gettext_noop("Posts of an organisation are for anyone or for members."),
        choices=(
            ("PUBLIC", gettext_noop("Anyone")),
            ("LOGGED_IN", gettext_noop("Members who are signed in")),
            ("CONNECTIONS", gettext_noop("Connections only")),
        ),
        default="PUBLIC",
    ),
    Option(NO_RESHARE, gettext_noop("Others cannot repost it"), Ask.FLAG, default=""),
    Option(
        TITLE,
        gettext_noop("Title"),
        Ask.TEXT,
        gettext_noop("Shown with the document or video; without one, the name of the file."),
        forms=("video", "document"),
        longest=200,
    ),
    Option(QUESTION, gettext_noop("Question"), Ask.TEXT, forms=("poll",), needed=True, longest=140),
    Option(
        ANSWERS,
        gettext_noop("Answers"),
        Ask.TEXT,
        gettext_noop("Two to four, one on each line, at most 30 characters each."),
        forms=("poll",),
        needed=True,
        longest=130,
    ),
    Option(
        LASTS,
        gettext_noop("Runs for"),
        Ask.CHOICE,
        choices=(
            ("ONE_DAY", gettext_noop("One day")),
            ("THREE_DAYS", gettext_noop("Three days")),
            ("SEVEN_DAYS", gettext_noop("A week")),
            ("FOURTEEN_DAYS", gettext_noop("Two weeks")),
        ),
        forms=("poll",),
        default="SEVEN_DAYS",
    ),
)
