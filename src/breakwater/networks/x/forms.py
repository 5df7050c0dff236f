"""The shapes that a post takes on X, and what a person decides for one."""

from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Ask, Form, Kind, Option, VideoLimits
from breakwater.networks.x.words import gettext_noop

VIDEO = VideoLimits(
    most_bytes=8 * 1024**3,
    types=("video/mp4", "video/quicktime"),
    least_s=0.5,
    most_s=20 * 60,
)
"""Of an account without Premium: https://docs.x.com/x-api/media/quickstart/best-practices, read
2026-11-28. X Premium: 16 GB and 125 minutes."""

FORMS = (
    Form("text", gettext_noop("Post"), text_needed=True),
    Form(
        "pictures",
        gettext_noop("Post with pictures"),
        takes={Kind.PICTURE: (1, 4)},
        guarantee=Guarantee.NONE,
    ),
    Form(
        "video",
        gettext_noop("Post with a video"),
        takes={Kind.VIDEO: (1, 1)},
        video=VIDEO,
        guarantee=Guarantee.NONE,
    ),
    Form(
        "poll", gettext_noop("Poll"), asked=True, text_needed=True, guarantee=Guarantee.NONE
    ),
)  # fmt: skip
"""That equal words are refused was seen for words alone; with media or a poll nobody says so."""

REPLY_SETTINGS = ("following", "mentionedUsers", "subscribers", "verified")

OPTIONS = (
    Option(
        "reply_settings",
        gettext_noop("Who may answer"),
        Ask.CHOICE,
        choices=(
            ("", gettext_noop("Everybody")),
            ("following", gettext_noop("Accounts that this one follows")),
            ("mentionedUsers", gettext_noop("Only those who are named in the post")),
            ("subscribers", gettext_noop("Subscribers")),
            ("verified", gettext_noop("Verified accounts")),
        ),
    ),
    Option(
        "paid_partnership",
        gettext_noop("Paid partnership"),
        Ask.FLAG,
        gettext_noop("X labels the post as paid promotion."),
    ),
    Option(
        "made_with_ai",
        gettext_noop("Made with AI"),
        Ask.FLAG,
        gettext_noop("Says that the pictures or the video were made with AI."),
        forms=("pictures", "video"),
    ),
    Option(
        "subscribers_only",
        gettext_noop("For subscribers only"),
        Ask.FLAG,
        gettext_noop("Only those who pay for this account's posts see it."),
    ),
    Option(
        "quote",
        gettext_noop("Post to quote"),
        Ask.TEXT,
        gettext_noop("The address of a post. X gives quoting only to apps on its Enterprise plan."),
        forms=("text",),
        longest=200,
    ),
    Option(
        "poll_answers",
        gettext_noop("Answers of the poll"),
        Ask.TEXT,
        gettext_noop("Two to four, one a line, of at most 25 characters each."),
        forms=("poll",),
        needed=True,
        longest=110,
    ),
    Option(
        "poll_minutes",
        gettext_noop("How long the poll lasts"),
        Ask.CHOICE,
        choices=(
            ("60", gettext_noop("1 hour")),
            ("1440", gettext_noop("1 day")),
            ("4320", gettext_noop("3 days")),
            ("10080", gettext_noop("7 days")),
        ),
        forms=("poll",),
        default="1440",
    ),
)
