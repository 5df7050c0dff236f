"""What is known of Pinterest before anybody signs in. Data only; docs/networks/pinterest.md."""

from breakwater.domain.guarantees import Guarantee
from breakwater.domain.text import Counting, Unit
from breakwater.networks.base import (
    Answer,
    AppKeys,
    Ask,
    AuthKind,
    Budget,
    Can,
    Capability,
    Field,
    Form,
    Kind,
    Limits,
    Manifest,
    Option,
    Review,
    VideoLimits,
)

READ_ON = "2026-11-28"
_SPEC = "https://github.com/pinterest/api-description/blob/c05b189/v5/openapi.json"
_DOCS = "https://developers.pinterest.com/docs"
_RATES = f"{_DOCS}/reference/rate-limits/"


def gettext_noop(text: str) -> str:
    """`text`: only marks a msgid for the catalogue (networks know no Django)."""
    return text


PICTURE_TYPES = ("image/jpeg", "image/png")
TITLE_LENGTH, LINK_LENGTH = 100, 2048
VIDEO = VideoLimits(
    most_bytes=2 * 1024**3, types=("video/mp4", "video/quicktime"), least_s=4.0, most_s=900.0
)
LIMITS = Limits(
    text=Counting(Unit.CODE_POINTS, limit=800),
    pictures=5,
    picture_bytes=20 * 1024 * 1024,
    picture_pixels=0,
    picture_types=PICTURE_TYPES,
    alt_characters=500,
    source=_SPEC,
    read_on=READ_ON,
    posts_per_hour=50,
    video=VIDEO,
)
"""The text is the pin's description."""

FORMS = (
    Form("picture", gettext_noop("One picture"), takes={Kind.PICTURE: (1, 1)}),
    Form("pictures", gettext_noop("Pictures to leaf through"), takes={Kind.PICTURE: (2, 5)}),
    Form("video", gettext_noop("Video"), takes={Kind.VIDEO: (1, 1)}, video=VIDEO),
)

BOARD, SECTION, TITLE, LINK, MARK = "board", "section", "title", "link", "mark_link"

OPTIONS = (
    Option(BOARD, gettext_noop("Board"), Ask.CHOICE, of_account=True, needed=True),
    Option(
        SECTION,
        gettext_noop("Section of the board"),
        Ask.CHOICE,
        gettext_noop("It has to be one of the chosen board."),
        of_account=True,
    ),
    Option(TITLE, gettext_noop("Title"), Ask.TEXT, longest=TITLE_LENGTH),
    Option(
        LINK,
        gettext_noop("Link"),
        Ask.TEXT,
        gettext_noop("Where a click on the pin leads."),
        longest=LINK_LENGTH,
    ),
    Option(
        MARK,
        gettext_noop("Add a mark to the link"),
        Ask.CHOICE,
        gettext_noop(
            "Adds utm_id to the link. When Pinterest's answer gets lost, the pin is then found "
            "for certain."
        ),
        choices=(("yes", gettext_noop("Yes")), ("no", gettext_noop("No"))),
        default="yes",
    ),
)

_ELSEWHERE = gettext_noop("Pinterest does not offer this to other software. Do it on its own page.")


def _yes(source: str, note: str = "") -> Capability:
    return Capability(Answer.YES, source, READ_ON, note)


_NO = Capability(Answer.NO, _SPEC, READ_ON, _ELSEWHERE)
_NO_COMMENTS = Capability(
    Answer.NO,
    _SPEC,
    READ_ON,
    gettext_noop("Pinterest lets no other software read or write comments; only their number."),
)
_CAN = {
    **dict.fromkeys(Can, _NO),
    Can.PUBLISH: _yes(
        f"{_DOCS}/key-concepts/access-tiers/",
        gettext_noop(
            "While the app has Trial access, only you see what it publishes. Standard access "
            "comes after a review."
        ),
    ),
    Can.FIRST_COMMENT: _NO_COMMENTS,
    Can.COMMENTS: _NO_COMMENTS,
    Can.REPLY: _NO_COMMENTS,
    Can.HIDE: _NO_COMMENTS,
    Can.REMOVE: _NO_COMMENTS,
    Can.EDIT: Capability(
        Answer.PROBE,
        _SPEC,
        READ_ON,
        gettext_noop("Title, description and alt text. Pinterest lets only some apps do it yet."),
    ),
    Can.DELETE: _yes(_SPEC),
    Can.WITHDRAW: Capability(
        Answer.NO, _SPEC, READ_ON, gettext_noop("Pinterest lets apps delete a pin, not hide it.")
    ),
    Can.PIN: Capability(
        Answer.NO,
        _SPEC,
        READ_ON,
        gettext_noop("Pinterest has no way for apps to keep a pin at the top."),
    ),
    Can.READ_BACK: _yes(_SPEC),
    Can.TIMELINE: _yes(_SPEC),
    Can.FOLLOWING: _yes(_SPEC),
    Can.INSIGHTS: _yes(_SPEC, gettext_noop("Figures of days are for business accounts.")),
    Can.PROFILE: _yes(_SPEC),
}

_PINS = ("boards:read", "pins:read")
_WRITES = ("boards:read", "boards:write", "pins:read", "pins:write")

_APP = AppKeys(
    console="https://developers.pinterest.com/apps/",
    steps=(
        gettext_noop("Sign in with a Pinterest business account, and choose “Connect app”."),
        gettext_noop("Say what it is for, and wait for the e-mail that grants Trial access."),
        gettext_noop("Open the app and add the redirect address shown here."),
        gettext_noop("Copy the app id and the app secret key."),
        gettext_noop("Ask for Standard access before others are to see what you publish."),
    ),
    fields=(
        Field("client_id", gettext_noop("App id")),
        Field("client_secret", gettext_noop("App secret key"), secret=True),
        Field(
            "tier",
            gettext_noop("Access of the app"),
            default="standard",
            choices=(
                ("trial", gettext_noop("Trial: 1,000 calls a day, pins only you see")),
                ("standard", gettext_noop("Standard")),
            ),
        ),
    ),
    review=Review(
        weeks=(1, 4),
        needs=(
            gettext_noop("A business account with a web site and a privacy policy"),
            gettext_noop("A video that shows the sign-in and a pin being published with the app"),
        ),
        until=gettext_noop(
            "With Trial access everything can be tried; pins and boards made with it are seen by "
            "their creator only."
        ),
        source=f"{_DOCS}/key-concepts/access-tiers/",
        read_on=READ_ON,
    ),
)

READ, WRITE, ANALYTICS, TRIAL = "org_read", "org_write", "org_analytics", "trial"
"""Pinterest's own names of its rate limit categories; what a call costs one unit of."""


def _minute(name: str, units: int) -> Budget:
    return Budget(name, units=units, window_s=60, source=_RATES, read_on=READ_ON)


MANIFEST = Manifest(
    slug="pinterest",
    name="Pinterest",
    auth=AuthKind.OAUTH,
    fields=(),
    can=_CAN,
    guarantee=Guarantee.NONE,
    limits=LIMITS,
    scopes={
        Can.PUBLISH: (*_WRITES, "user_accounts:read"),
        Can.EDIT: _WRITES,
        Can.DELETE: _WRITES,
        Can.READ_BACK: (*_PINS, "user_accounts:read"),
        Can.TIMELINE: _PINS,
        Can.FOLLOWING: ("user_accounts:read",),
        Can.INSIGHTS: (*_PINS, "user_accounts:read"),
        Can.PROFILE: ("user_accounts:read",),
    },
    default_origin="https://api.pinterest.com",
    hosts={"api": "https://api.pinterest.com", "www": "https://www.pinterest.com"},
    one_server=True,
    forms=FORMS,
    options=OPTIONS,
    app=_APP,
    polls={"own_posts": 3600},
    profile_s=3600,
    budgets=(
        _minute(READ, 1000),
        _minute(WRITE, 100),
        _minute(ANALYTICS, 300),
        Budget(TRIAL, units=1000, window_s=86_400, source=_RATES, read_on=READ_ON, whole_app=True),
    ),
    costs={name: {name: 1} for name in (READ, WRITE, ANALYTICS, TRIAL)},
    reasons={
        "board_missing": gettext_noop(
            "A pin needs a board. Nothing was published; the post is kept. Choose a board and plan "
            "it again."
        ),
        "board_gone": gettext_noop(
            "The board or its section is not there (any more). Nothing was published; the post is "
            "kept. Choose another one and plan it again."
        ),
        "picture_missing": gettext_noop(
            "A pin needs a picture or a video. Nothing was published; the post is kept. Add one "
            "and plan it again."
        ),
        "title_too_long": gettext_noop(
            "The title is longer than the 100 characters that Pinterest takes. Nothing was "
            "published; the post is kept. Shorten it and plan it again."
        ),
        "link_wrong": gettext_noop(
            "The link is not an address that begins with https:// or http://, or it is too long. "
            "Nothing was published; the post is kept. Mend it and plan it again."
        ),
        "alts_too_long": gettext_noop(
            "A pin has one alt text of 500 characters, and those of its pictures together are "
            "longer. Nothing was published; the post is kept. Shorten them and plan it again."
        ),
        "trial_access": gettext_noop(
            "Pinterest does not let this app publish yet (Trial access). Nothing was published; "
            "the post is kept. Whoever runs this installation has to ask for Standard access."
        ),
    },
)
"""Numbers a minute are from memory, not checked; the 1,000 a day of Trial access are not."""
