"""A stand-in for Bluesky: an AT Protocol server joined to the app, the chat and the videos."""

from tests.standins.bluesky.standin import BlueskyStandin

__all__ = ["BlueskyStandin"]
