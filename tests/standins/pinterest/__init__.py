"""A stand-in for Pinterest's v5 API, held against its official description both ways."""

from tests.standins.pinterest.standin import PinterestStandin

__all__ = ["PinterestStandin"]
