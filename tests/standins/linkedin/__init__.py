"""A stand-in for LinkedIn's versioned API: members, organisations, posts, uploads, comments."""

from tests.standins.linkedin.standin import LinkedInStandin

__all__ = ["LinkedInStandin"]
