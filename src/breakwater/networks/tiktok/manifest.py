"""What is known of TikTok before anybody signs in. Data only; docs/networks/tiktok.md."""

from breakwater.domain.guarantees import Guarantee
from breakwater.domain.text import Counting, Unit
from breakwater.networks.base import (
    AppKeys,
    AuthKind,
    Budget,
    Field,
    Form,
    Kind,
    Limits,
    Manifest,
    Review,
    Source,
    VideoLimits,
)
from breakwater.networks.tiktok.capabilities import CAN, DOCS, READ_ON, SCOPES, gettext_noop
from breakwater.networks.tiktok.options import OPTIONS

_MEDIA = f"{DOCS}/content-posting-api-media-transfer-guide"
_MINUTE = 60

CAPTION = Counting(Unit.UTF16, 2200)
DESCRIPTION = Counting(Unit.UTF16, 4000)
TITLE = 90
"""Of pictures, in UTF-16 code units."""

VIDEO = VideoLimits(
    most_bytes=4_000_000_000,
    types=("video/mp4", "video/quicktime", "video/webm"),
    most_s=600.0,
)
"""4 GB and ten minutes; how long a video of an account may be is told by `creator_info`."""

LIMITS = Limits(
    text=CAPTION,
    pictures=35,
    picture_bytes=20_000_000,
    picture_pixels=1920 * 1080,
    picture_types=("image/jpeg", "image/webp"),
    alt_characters=0,
    source=_MEDIA,
    read_on=READ_ON,
    posts_per_hour=15,
    video=VIDEO,
)
"""posts_per_hour: TikTok itself takes about 15 in 24 hours, of all apps together."""

FORMS = (
    Form("video", gettext_noop("Video"), takes={Kind.VIDEO: (1, 1)}, text=CAPTION, video=VIDEO),
    Form(
        "photos",
        gettext_noop("Pictures"),
        takes={Kind.PICTURE: (1, 35)},
        text=DESCRIPTION,
        guarantee=Guarantee.NONE,
    ),
)

REASONS = {
    "too_many_posts": gettext_noop(
        "TikTok takes no more posts of this account from apps today (about 15 in 24 hours, of all "
        "apps together). It was not published and is kept. Send it tomorrow, or post it in TikTok."
    ),
    "app_not_audited": gettext_noop(
        "TikTok has not audited this installation's app yet, so only five accounts may post with "
        "it in a day. It was not published and is kept. Send it tomorrow, or ask for the audit."
    ),
    "only_private": gettext_noop(
        "TikTok has not audited this installation's app yet, so the account has to be private and "
        "the post visible to “Only me”. It was not published and is kept. Choose that, or ask for "
        "the audit."
    ),
    "privacy_not_offered": gettext_noop(
        "This account does not offer the audience that was chosen (any more). It was not published "
        "and is kept. Choose another one and plan the post again."
    ),
    "consent_missing": gettext_noop(
        "TikTok wants you to agree to its music rules for each post. It was not published and is "
        "kept. Tick that you agree, and plan the post again."
    ),
    "paid_and_private": gettext_noop(
        "A paid partnership cannot be visible to “Only me”. It was not published and is kept. "
        "Choose another audience and plan the post again."
    ),
    "video_too_long": gettext_noop(
        "The video is longer than TikTok takes from this account. It was not published and is "
        "kept. Use a shorter one and plan the post again."
    ),
    "video_unfit": gettext_noop(
        "TikTok cannot use this file (its format, length, frame rate or size). It was not "
        "published and is kept. Use another file: MP4 with H.264, 23 to 60 frames a second."
    ),
    "looks_like_spam": gettext_noop(
        "TikTok takes this post for spam. It was not published and is kept. Change the text "
        "before you plan it again."
    ),
    "banned_from_posting": gettext_noop(
        "TikTok does not let this account post. It was not published and is kept. "
        "Look in TikTok what is wrong with the account."
    ),
    "address_not_verified": gettext_noop(
        "TikTok does not know that the address of this installation is yours, so it fetches no "
        "pictures from it. The post was not published and is kept. Whoever runs the installation "
        "has to verify the address in TikTok’s developer portal, under URL properties."
    ),
    "cancelled_there": gettext_noop(
        "The transfer was cancelled on TikTok. The post was not published and is kept. "
        "Send it again if it should still leave."
    ),
}

APP = AppKeys(
    console="https://developers.tiktok.com/apps/",
    steps=(
        gettext_noop("Sign in with the account of the company, and create an app."),
        gettext_noop(
            "Add the products Login Kit, Content Posting API (switch Direct Post on) and Webhooks."
        ),
        gettext_noop("Under Login Kit for Web, paste the redirect address that is shown here."),
        gettext_noop("Under Webhooks, paste the address for messages that is shown here."),
        gettext_noop(
            "Ask for the scopes user.info.basic, user.info.profile, user.info.stats, video.list "
            "and video.publish."
        ),
        gettext_noop(
            "For posts with pictures: under URL properties, verify the address of this "
            "installation."
        ),
        gettext_noop("Copy the client key and the client secret, and submit the app for review."),
    ),
    fields=(
        Field("client_id", gettext_noop("Client key")),
        Field("client_secret", gettext_noop("Client secret"), secret=True),
    ),
    review=Review(
        weeks=(1, 6),
        needs=(
            gettext_noop("A website with terms of use and a privacy notice, on the same domain."),
            gettext_noop("A recording of the screen that shows signing in and posting, from end to end."),
            gettext_noop(
                "After that, for public posts, an audit: it looks at whether audience, "
                "interactions, disclosure and consent are asked as TikTok wants them."
            ),
        ),
        until=gettext_noop(
            "Before the audit: private accounts only, visible to “Only me”, five accounts a day."
        ),
        source=f"{DOCS}/content-sharing-guidelines",
        read_on=READ_ON,
    ),
)  # fmt: skip


def _budget(name: str, units: int, page: str, *, whole_app: bool = False) -> Budget:
    return Budget(name, units, _MINUTE, f"{DOCS}/{page}", READ_ON, whole_app)


MANIFEST = Manifest(
    slug="tiktok",
    name="TikTok",
    auth=AuthKind.OAUTH,
    fields=(),
    can=CAN,
    guarantee=Guarantee.HANDLE,
    limits=LIMITS,
    scopes=SCOPES,
    default_origin="https://www.tiktok.com",
    hosts={"api": "https://open.tiktokapis.com"},
    one_server=True,
    fetches=(Kind.PICTURE,),
    forms=FORMS,
    options=OPTIONS,
    app=APP,
    polls={Source.OWN_POSTS: 900},
    profile_s=3600,
    budgets=(
        _budget("init", 6, "content-posting-api-reference-direct-post"),
        _budget("creator", 20, "content-posting-api-reference-query-creator-info"),
        _budget("status", 30, "content-posting-api-reference-get-video-status"),
        _budget("user", 600, "tiktok-api-v2-rate-limit", whole_app=True),
        _budget("list", 600, "tiktok-api-v2-rate-limit", whole_app=True),
        _budget("query", 600, "tiktok-api-v2-rate-limit", whole_app=True),
    ),
    costs={name: {name: 1} for name in ("init", "creator", "status", "user", "list", "query")},
    reasons=REASONS,
)
"""Who counts 600 a minute is not said; the whole app is the careful reading."""
