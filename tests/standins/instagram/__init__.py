"""A stand-in for Instagram's API, held against Meta's own description where that is at hand."""

from tests.standins.instagram.standin import InstagramStandin

__all__ = ["InstagramStandin"]
