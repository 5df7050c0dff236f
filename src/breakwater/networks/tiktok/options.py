"""What a person decides for one post on TikTok. TikTok wants each of them asked, and none of them
answered beforehand (https://developers.tiktok.com/doc/content-sharing-guidelines, 2026-11-28)."""

from breakwater.networks.base import Ask, Option
from breakwater.networks.tiktok.capabilities import gettext_noop

EVERYONE = "PUBLIC_TO_EVERYONE"
ONLY_ME = "SELF_ONLY"

PRIVACY = (
    (EVERYONE, gettext_noop("Everyone")),
    ("FOLLOWER_OF_CREATOR", gettext_noop("Followers")),
    ("MUTUAL_FOLLOW_FRIENDS", gettext_noop("Friends: who follows you and is followed")),
    (ONLY_ME, gettext_noop("Only me")),
)
INTERACTIONS = ("comment", "duet", "stitch")

_VIDEO = ("video",)
_PHOTOS = ("photos",)

OPTIONS = (
    Option(
        "privacy", gettext_noop("Who can see it"), Ask.CHOICE,
        choices=PRIVACY, of_account=True, needed=True,
    ),
    Option("comment", gettext_noop("Allow comments"), Ask.FLAG, of_account=True),
    Option("duet", gettext_noop("Allow duets"), Ask.FLAG, of_account=True, forms=_VIDEO),
    Option("stitch", gettext_noop("Allow stitches"), Ask.FLAG, of_account=True, forms=_VIDEO),
    Option(
        "own_brand", gettext_noop("It promotes your own brand"), Ask.FLAG,
        gettext_noop("TikTok labels it “Promotional content”."),
    ),
    Option(
        "paid", gettext_noop("It promotes another brand (paid partnership)"), Ask.FLAG,
        gettext_noop("TikTok labels it “Paid partnership”. Not for “Only me”."),
    ),
    Option("ai", gettext_noop("It was made with AI"), Ask.FLAG, forms=_VIDEO),
    Option(
        "cover_at", gettext_noop("Second of the video that is its cover"), Ask.TEXT,
        forms=_VIDEO, longest=8,
    ),
    Option("title", gettext_noop("Title of the pictures"), Ask.TEXT, forms=_PHOTOS, longest=90),
    Option(
        "cover", gettext_noop("Number of the picture that comes first"), Ask.TEXT,
        forms=_PHOTOS, longest=2,
    ),
    Option("music", gettext_noop("Let TikTok add music"), Ask.FLAG, forms=_PHOTOS),
    Option(
        "consent",
        gettext_noop(
            "By posting, you agree to TikTok’s Music Usage Confirmation, and for a paid "
            "partnership to its Branded Content Policy."
        ),
        Ask.FLAG, needed=True,
    ),
)  # fmt: skip
