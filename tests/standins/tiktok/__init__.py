"""A stand-in for TikTok, written by hand from the public guide (SOURCE.md): nothing here was seen
on TikTok itself."""

from tests.standins.tiktok.standin import TikTokStandin

__all__ = ["TikTokStandin"]
