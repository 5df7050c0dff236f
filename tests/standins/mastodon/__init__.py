"""A stand-in for a Mastodon server, checked both ways: every exchange against the published
description, its answers against recorded ones of a real 4.6.4."""

from tests.standins.base.server import serving
from tests.standins.mastodon.standin import MastodonStandin

__all__ = ["MastodonStandin", "serving"]
