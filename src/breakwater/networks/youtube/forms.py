"""The shapes that a post takes on YouTube, and what a person decides for each."""

from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Ask, Form, Kind, Option, VideoLimits


def gettext_noop(text: str) -> str:
    """`text`: only marks a msgid for the catalogue (networks know no Django)."""
    return text


VIDEO, SHORT, LIVE = "video", "short", "live"
SHORT_MOST_S = 180.0
TITLE_MOST, TAGS_MOST = 100, 500
"""Characters (https://docs.zernio.com/platforms/youtube, read 2026-11-28). That commas count, and
quotes round a tag of two words, is from memory, not checked."""
CATEGORY = "22"
"""People & Blogs, which every country has (from memory, not checked)."""

FORMS = (
    Form(VIDEO, gettext_noop("Video"), takes={Kind.VIDEO: (1, 1)}),
    Form(
        SHORT,
        gettext_noop("Short"),
        takes={Kind.VIDEO: (1, 1)},
        asked=True,
        video=VideoLimits(most_bytes=274_877_906_944, most_s=SHORT_MOST_S),
    ),
    Form(
        LIVE,
        gettext_noop("Live event"),
        takes={Kind.PICTURE: (0, 1)},
        asked=True,
        guarantee=Guarantee.HANDLE,
    ),
)
"""YouTube itself makes a Short of what is upright and short: the form only looks that it is."""

OPTIONS = (
    Option("title", gettext_noop("Title"), Ask.TEXT, needed=True, longest=TITLE_MOST),
    Option(
        "kids",
        gettext_noop("Made for children?"),
        Ask.CHOICE,
        gettext_noop("YouTube and the law ask for an answer; YouTube decides if it is wrong."),
        choices=(
            ("no", gettext_noop("No, not made for children")),
            ("yes", gettext_noop("Yes, made for children")),
        ),
        needed=True,
    ),
    Option(
        "privacy",
        gettext_noop("Who can see it"),
        Ask.CHOICE,
        choices=(
            ("public", gettext_noop("Everybody")),
            ("unlisted", gettext_noop("Everybody who has the link")),
            ("private", gettext_noop("Only the channel")),
        ),
        default="public",
    ),
    Option("category", gettext_noop("Category"), Ask.CHOICE, of_account=True, default=CATEGORY),
    Option(
        "tags",
        gettext_noop("Tags"),
        Ask.TEXT,
        gettext_noop("Separated by commas."),
        longest=TAGS_MOST,
    ),
    Option(
        "playlist",
        gettext_noop("Playlist"),
        Ask.CHOICE,
        gettext_noop("It is put there while it is still private."),
        of_account=True,
        forms=(VIDEO, SHORT),
    ),
    Option(
        "synthetic",
        gettext_noop("Shows altered or synthetic scenes that look real"),
        Ask.FLAG,
        forms=(VIDEO, SHORT),
    ),
    Option(
        "license",
        gettext_noop("Licence"),
        Ask.CHOICE,
        choices=(
            ("youtube", gettext_noop("YouTube’s standard licence")),
            ("creativeCommon", gettext_noop("Creative Commons, by attribution")),
        ),
        default="youtube",
        forms=(VIDEO, SHORT),
    ),
    Option(
        "notify",
        gettext_noop("Tell the subscribers"),
        Ask.FLAG,
        default="yes",
        forms=(VIDEO, SHORT),
    ),
    Option(
        "captions",
        gettext_noop("Captions"),
        Ask.TEXT,
        gettext_noop("The whole text of an SRT or WebVTT file, in the language of the post."),
        longest=200_000,
        forms=(VIDEO, SHORT),
    ),
    Option("starts", gettext_noop("Starts at"), Ask.MOMENT, needed=True, forms=(LIVE,)),
    Option("ends", gettext_noop("Ends at"), Ask.MOMENT, forms=(LIVE,)),
    Option(
        "stream",
        gettext_noop("Stream key"),
        Ask.CHOICE,
        gettext_noop("What your encoder sends to. Without one, bind it in YouTube Studio."),
        of_account=True,
        forms=(LIVE,),
    ),
    Option(
        "starts_itself",
        gettext_noop("Go live as soon as the encoder sends"),
        Ask.FLAG,
        gettext_noop("Breakwater announces the event; it does not start or end the broadcast."),
        forms=(LIVE,),
    ),
)
