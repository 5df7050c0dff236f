"""What somebody does on each network's pages: keys, an account, a post. Read by the walk in a browser."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.standins.base.door import Door
from tests.standins.base.tricks import Tricky
from tests.standins.facebook import FacebookStandin
from tests.standins.google.standin import KEYS as GOOGLE_KEYS
from tests.standins.googlebusiness import BusinessStandin
from tests.standins.instagram import InstagramStandin
from tests.standins.instagram.calling import APP as INSTAGRAM_KEYS
from tests.standins.linkedin import LinkedInStandin
from tests.standins.linkedin.calling import APP as LINKEDIN_KEYS
from tests.standins.mastodon import MastodonStandin
from tests.standins.pinterest import PinterestStandin
from tests.standins.pinterest.calling import APP as PINTEREST_KEYS
from tests.standins.threads import ThreadsStandin
from tests.standins.threads.calling import APP as THREADS_KEYS
from tests.standins.tiktok import TikTokStandin
from tests.standins.tiktok.standin import APP as TIKTOK_KEYS
from tests.standins.x import XStandin
from tests.standins.x.standin import APP as X_KEYS
from tests.standins.youtube import YouTubeStandin

ENGLISH, FRENCH = "en", "fr"
PICTURE, VIDEO, DOCUMENT = "picture", "video", "document"


@dataclass(frozen=True)
class Walk:
    """One network. keys: field -> what the administrator copies; purpose: what the channel is for;
    account: the label of the one to choose, "" where a sign-in opens just one; file: PICTURE, VIDEO
    or DOCUMENT; chosen: option -> value; thread, comment: what follows the post by itself.

    out: the texts that stand on the network now, posts and comments, in any order.
    """

    slug: str
    language: str
    made: Callable[[], Tricky]
    out: Callable[..., Sequence[str]]
    keys: Mapping[str, str] = field(default_factory=dict)
    purpose: str = "publish"
    account: str = ""
    file: str = PICTURE
    chosen: Mapping[str, str] = field(default_factory=dict)
    thread: str = ""
    comment: str = ""


def lead_back(standin: Tricky, address: str) -> None:
    """The app at the network knows the redirect address that the keys page shows."""
    door = getattr(standin, "door", None)
    if isinstance(door, Door):
        door.redirects = (address,)


WALKS = (
    Walk(
        "facebook", ENGLISH, FacebookStandin, lambda s: [one.text for one in s.posts],
        keys=FacebookStandin().keys(), account="Harbour Café",
    ),
    Walk(
        "instagram", FRENCH, InstagramStandin,
        lambda s: [one.caption for one in s.state.posts.values()],
        keys=INSTAGRAM_KEYS,
    ),
    Walk(
        "threads", ENGLISH, ThreadsStandin, lambda s: [one.text for one in s.state.posts.values()],
        keys=THREADS_KEYS, thread="And back at five.",
    ),
    Walk(
        "x", FRENCH, XStandin, lambda s: [one.text for one in s.published()], keys=X_KEYS,
    ),
    Walk(
        "linkedin", ENGLISH, LinkedInStandin,
        lambda s: [
            *(one.commentary for one in s.world.posts.values()),
            *(one.text for one in s.world.comments.values()),
        ],
        keys=LINKEDIN_KEYS, account="Harbour", file=DOCUMENT, chosen={"title": "Tides"},
        comment="The whole year is in it.",
    ),
    Walk(
        "pinterest", FRENCH, PinterestStandin,
        lambda s: [one.body["description"] for one in s.pins.values()],
        keys=PINTEREST_KEYS, chosen={"board": "549755885175"},
    ),
    Walk(
        "youtube", ENGLISH, YouTubeStandin,
        lambda s: [one.snippet["description"] for one in s.state.videos.values()],
        keys=GOOGLE_KEYS, file=VIDEO, chosen={"title": "Low tide", "kids": "no"},
    ),
    Walk(
        "googlebusiness", FRENCH, BusinessStandin,
        lambda s: [one["summary"] for one in s.posts.values()],
        keys=GOOGLE_KEYS, account="Harbour Café",
    ),
    Walk(
        "tiktok", ENGLISH, TikTokStandin, lambda s: [one.text for one in s.videos],
        keys=TIKTOK_KEYS, file=VIDEO,
        chosen={"privacy": "PUBLIC_TO_EVERYONE", "consent": "1"},
    ),
    Walk("mastodon", FRENCH, MastodonStandin, lambda s: [one.text for one in s.statuses]),
)  # fmt: skip
