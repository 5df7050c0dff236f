"""A stand-in for the API of X, made from its description 2.167 and its guides."""

from tests.standins.x.standin import XStandin

__all__ = ["XStandin"]
