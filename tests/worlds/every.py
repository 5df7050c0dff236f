"""All of them, by name."""

from tests.worlds.google import GoogleBusiness, YouTube
from tests.worlds.meta import Facebook, Instagram, Threads
from tests.worlds.others import LinkedIn, Mastodon, Pinterest, TikTok, X
from tests.worlds.own_servers import Bluesky, OwnServer, Sandbox
from tests.worlds.world import World

WORLDS: dict[str, type[World]] = {
    **{
        one.slug: one
        for one in (
            Facebook, Instagram, Threads, X, LinkedIn, Pinterest, YouTube, GoogleBusiness, TikTok,
            Mastodon, Sandbox, Bluesky,
        )
    },
    "bluesky-server": OwnServer,
}  # fmt: skip
"""Bluesky twice: with its app, as a stand-in; and its own server software, without the app."""
