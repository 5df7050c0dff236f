"""What is known of Facebook Pages before anybody signs in. Data only; docs/networks/facebook.md."""

from breakwater.domain.guarantees import Guarantee
from breakwater.domain.text import Counting, Unit
from breakwater.networks.base import (
    AppKeys,
    Ask,
    AuthKind,
    Budget,
    Field,
    Form,
    Kind,
    Limits,
    Manifest,
    Option,
    Review,
    VideoLimits,
)
from breakwater.networks.facebook.abilities import CAN, DOCS, READ_ON, SCOPES, gettext_noop

GRAPH, LOGIN, VIDEO, UPLOAD = "graph", "login", "video", "upload"
"""Roles of the names that Facebook answers under (`manifest.at`)."""

_SPAN = VideoLimits(most_bytes=4_000_000_000, least_s=3, most_s=90)
_REELS = f"{DOCS}/video-api/guides/reels-publishing"

LIMITS = Limits(
    text=Counting(Unit.CODE_POINTS, limit=63_206),
    pictures=10,
    picture_bytes=4_000_000,
    picture_pixels=0,
    picture_types=("image/jpeg", "image/png", "image/gif"),
    alt_characters=1000,
    source=f"{DOCS}/graph-api/photo-uploads",
    read_on=READ_ON,
    posts_per_hour=50,
    video=VideoLimits(most_bytes=10_000_000_000, least_s=1, most_s=4 * 3600),
)
"""text: shared reference of this project (three other products say so); Meta does not write it
down. pictures: ten, from the same. alt_characters and posts_per_hour: our own choice; Meta writes
down neither, but stops who posts too fast (error 1390008)."""

FORMS = (
    Form("text", gettext_noop("Text"), text_needed=True),
    Form("pictures", gettext_noop("Pictures"), takes={Kind.PICTURE: (1, 10)}),
    Form(
        "video",
        gettext_noop("Video"),
        takes={Kind.VIDEO: (1, 1)},
        guarantee=Guarantee.HANDLE,
    ),
    Form(
        "reel",
        gettext_noop("Reel"),
        takes={Kind.VIDEO: (1, 1)},
        asked=True,
        video=_SPAN,
        guarantee=Guarantee.HANDLE,
    ),
    Form(
        "story_picture",
        gettext_noop("Story (picture)"),
        takes={Kind.PICTURE: (1, 1)},
        asked=True,
        text_shown=False,
    ),
    Form(
        "story_video",
        gettext_noop("Story (video)"),
        takes={Kind.VIDEO: (1, 1)},
        asked=True,
        text_shown=False,
        video=VideoLimits(most_bytes=4_000_000_000, least_s=3, most_s=60),
    ),
    Form(
        "live",
        gettext_noop("Live video (announced)"),
        asked=True,
        guarantee=Guarantee.HANDLE,
    ),
)

_CATEGORIES = (
    ("BEAUTY_FASHION", gettext_noop("Beauty and fashion")),
    ("BUSINESS", gettext_noop("Business")),
    ("CARS_TRUCKS", gettext_noop("Cars and trucks")),
    ("COMEDY", gettext_noop("Comedy")),
    ("CUTE_ANIMALS", gettext_noop("Animals")),
    ("ENTERTAINMENT", gettext_noop("Entertainment")),
    ("FAMILY", gettext_noop("Family")),
    ("FOOD_HEALTH", gettext_noop("Food and health")),
    ("HOME", gettext_noop("Home")),
    ("LIFESTYLE", gettext_noop("Lifestyle")),
    ("MUSIC", gettext_noop("Music")),
    ("NEWS", gettext_noop("News")),
    ("POLITICS", gettext_noop("Politics")),
    ("SCIENCE", gettext_noop("Science")),
    ("SPORTS", gettext_noop("Sports")),
    ("TECHNOLOGY", gettext_noop("Technology")),
    ("VIDEO_GAMING", gettext_noop("Video games")),
    ("OTHER", gettext_noop("Something else")),
)

OPTIONS = (
    Option("title", gettext_noop("Title"), Ask.TEXT, forms=("video", "reel", "live"), longest=254),
    Option(
        "category",
        gettext_noop("Category"),
        Ask.CHOICE,
        choices=_CATEGORIES,
        forms=("video",),
    ),
    Option(
        "countries",
        gettext_noop("Countries"),
        Ask.TEXT,
        gettext_noop("Who may see it: codes of two letters, like FR, BE. Empty: everybody."),
        forms=("text", "pictures", "video", "reel"),
        longest=100,
    ),
    Option(
        "place",
        gettext_noop("Place"),
        Ask.TEXT,
        gettext_noop("The number of the place's own Page on Facebook."),
        forms=("text", "pictures", "reel"),
        longest=30,
    ),
    Option(
        "starts",
        gettext_noop("Goes live at"),
        Ask.MOMENT,
        gettext_noop("Up to 7 days ahead."),
        forms=("live",),
        needed=True,
    ),
    Option(
        "human_agent",
        gettext_noop("Answer of a person, up to 7 days later"),
        Ask.FLAG,
        gettext_noop("Only where Meta has granted your app the human agent permission."),
        forms=("message",),
    ),
)

REASONS = {
    "account_limited": gettext_noop(
        "Facebook has limited what this Page or person may do, because it looked like spam to it. "
        "Nothing was published; the text and pictures are kept. Look at the Page on Facebook, "
        "wait a day, then send it again."
    ),
    "link_refused": gettext_noop(
        "Facebook cannot open the link, or does not allow it. Nothing was published; the post is "
        "kept. Open the link yourself, change it and plan the post again."
    ),
    "message_window": gettext_noop(
        "Facebook lets a Page write only within 24 hours of the person's last message. Nothing "
        "was sent; the text is kept. Wait until the person writes again, or answer as a person "
        "where Meta allows your app 7 days."
    ),
    "message_refused": gettext_noop(
        "Facebook does not deliver messages of this Page to this person (they have blocked it, or "
        "left). Nothing was sent; the text is kept."
    ),
    "message_one_thing": gettext_noop(
        "A message on Facebook holds either words or one picture. Nothing was sent; both are "
        "kept. Send them one after the other."
    ),
    "live_without_zone": gettext_noop(
        "It is not clear in which time zone the live video starts. Nothing was announced; the "
        "post is kept. Choose the time again."
    ),
    "live_refused": gettext_noop(
        "Facebook does not let this Page go live: it needs 100 followers, and the account has to "
        "be 60 days old. Nothing was announced; the post is kept."
    ),
}

APP = AppKeys(
    console="https://developers.facebook.com/apps",
    steps=(
        gettext_noop("Make an app of the type Business, and add Facebook Login to it."),
        gettext_noop(
            "In Facebook Login, Settings, add the redirect address shown here to the valid OAuth "
            "redirect URIs."
        ),
        gettext_noop(
            "In App Settings, Basic, copy the app ID and the app secret into the fields below. "
            "In Advanced, switch on “Require App Secret”."
        ),
        gettext_noop(
            "For comments and messages the moment they come: choose a verify token (any long "
            "random text) and enter it below. Breakwater tells Facebook the address itself."
        ),
        gettext_noop(
            "Ask for the review of the permissions that you need, and switch the app to Live."
        ),
    ),
    fields=(
        Field("client_id", gettext_noop("App ID")),
        Field("client_secret", gettext_noop("App secret"), secret=True),
        Field(
            "verify_token",
            gettext_noop("Verify token"),
            gettext_noop("Any long random text. Facebook repeats it when it asks who we are."),
            secret=True,
        ),
        Field(
            "config_id",
            gettext_noop("Configuration ID"),
            gettext_noop("Only with Facebook Login for Business."),
            needed=False,
        ),
    ),
    review=Review(
        weeks=(1, 4),
        needs=(
            gettext_noop("A verified business (Meta asks for its papers)."),
            gettext_noop("A film of each permission in use, from sign-in to what is seen."),
            gettext_noop("A page on the web that says how personal data is kept and deleted."),
        ),
        until=gettext_noop(
            "Until then it works on Pages of people who have a role in your app, and what "
            "strangers write is not pushed."
        ),
        source=f"{DOCS}/app-review",
        read_on=READ_ON,
    ),
)
"""review.weeks: from memory, not checked; Meta promises no time."""

MANIFEST = Manifest(
    slug="facebook",
    name="Facebook",
    auth=AuthKind.OAUTH,
    fields=(),
    can=CAN,
    guarantee=Guarantee.NONE,
    limits=LIMITS,
    scopes=SCOPES,
    default_origin="https://graph.facebook.com",
    hosts={
        LOGIN: "https://www.facebook.com",
        VIDEO: "https://graph-video.facebook.com",
        UPLOAD: "https://rupload.facebook.com",
    },
    cards=True,
    one_server=True,
    profile_s=3600,
    forms=FORMS,
    options=OPTIONS,
    app=APP,
    polls={
        "own_posts": 600,
        "comments": 300,
        "ad_comments": 600,
        "mentions": 600,
        "messages": 120,
        "reviews": 1800,
        "live_chat": 30,
    },
    budgets=(Budget("reels", 30, 24 * 3600, _REELS, READ_ON),),
    costs={"reel": {"reels": 1}},
    reasons=REASONS,
)
