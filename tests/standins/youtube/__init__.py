"""A stand-in for YouTube's APIs, made from their discovery documents (discovery.SOURCE.md)."""

from tests.standins.youtube.standin import YouTubeStandin

__all__ = ["YouTubeStandin"]
