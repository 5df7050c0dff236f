"""A stand-in for the Threads API, held against the official collection where that is at hand."""

from tests.standins.threads.standin import ThreadsStandin

__all__ = ["ThreadsStandin"]
