"""A stand-in for Google Business Profile's APIs (SOURCE.md)."""

from tests.standins.googlebusiness.standin import BusinessStandin

__all__ = ["BusinessStandin"]
