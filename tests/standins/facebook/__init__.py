"""A stand-in for Facebook Pages, made from Meta's published description and manual."""

from tests.standins.facebook.standin import FacebookStandin

__all__ = ["FacebookStandin"]
