"""All of them, by name."""

from tests.worlds.google import GoogleBusiness, YouTube
from tests.worlds.meta import Facebook, Instagram, Threads
from tests.worlds.others import LinkedIn, Mastodon, Pinterest, TikTok, X
from tests.worlds.world import World

WORLDS: dict[str, type[World]] = {
    one.slug: one
    for one in (
        Facebook, Instagram, Threads, X, LinkedIn, Pinterest, YouTube, GoogleBusiness, TikTok,
        Mastodon,
    )
}  # fmt: skip
