"""The shapes of a post here, and what a person decides for one. Data only."""

from breakwater.networks.base import Ask, Form, Kind, Option, VideoLimits

CAROUSEL = 20
LINKS = 5
TOPIC = 50
ANSWERS = ("poll_1", "poll_2", "poll_3", "poll_4")
ANSWER = 25
"""Characters of one answer of a poll: from memory, not checked."""


def gettext_noop(text: str) -> str:
    """`text`: only marks a msgid for the catalogue (networks know no Django)."""
    return text


VIDEO = VideoLimits(1024**3, ("video/mp4", "video/quicktime"), most_s=300)
"""https://developers.facebook.com/docs/threads/overview (video specifications), read 2026-11-28."""

FORMS = (
    Form("text", gettext_noop("Text"), text_needed=True),
    Form("picture", gettext_noop("Picture"), {Kind.PICTURE: (1, 1)}),
    Form("video", gettext_noop("Video"), {Kind.VIDEO: (1, 1)}, video=VIDEO),
    Form(
        "carousel",
        gettext_noop("Carousel"),
        {Kind.PICTURE: (1, CAROUSEL), Kind.VIDEO: (0, CAROUSEL - 1)},
        most=CAROUSEL,
        video=VIDEO,
    ),
    Form("videos", gettext_noop("Carousel of videos"), {Kind.VIDEO: (2, CAROUSEL)}, video=VIDEO),
)

_WORDS = ("text",)

OPTIONS = (
    Option(
        "reply_control",
        gettext_noop("Who can reply"),
        Ask.CHOICE,
        choices=(
            ("everyone", gettext_noop("Everyone")),
            ("accounts_you_follow", gettext_noop("Accounts that this one follows")),
            ("followers_only", gettext_noop("Followers")),
            ("mentioned_only", gettext_noop("Those who are mentioned")),
            ("parent_post_author_only", gettext_noop("The author of the post above")),
        ),
        default="everyone",
    ),
    Option(
        "topic_tag",
        gettext_noop("Topic"),
        Ask.TEXT,
        gettext_noop("One topic of up to 50 characters, without . and &."),
        longest=TOPIC,
    ),
    Option(
        "quote_post_id",
        gettext_noop("Post to quote"),
        Ask.TEXT,
        gettext_noop("The number of the post, as Threads gives it."),
        longest=40,
    ),
    Option(
        "spoiler",
        gettext_noop("Hide pictures until somebody taps"),
        Ask.CHOICE,
        choices=(("true", gettext_noop("Yes")),),
        forms=("picture", "video", "carousel", "videos"),
    ),
    Option(
        "ghost",
        gettext_noop("Gone after a day"),
        Ask.CHOICE,
        gettext_noop("Threads takes the post away after 24 hours."),
        choices=(("true", gettext_noop("Yes")),),
        forms=_WORDS,
    ),
    *(
        Option(name, label, Ask.TEXT, forms=_WORDS, longest=ANSWER)
        for name, label in zip(
            ANSWERS,
            (
                gettext_noop("Poll: first answer"),
                gettext_noop("Poll: second answer"),
                gettext_noop("Poll: third answer"),
                gettext_noop("Poll: fourth answer"),
            ),
            strict=True,
        )
    ),
)
