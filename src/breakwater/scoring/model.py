"""The embedded model, loaded once by a process, when it is first asked; and what workspaces made of it."""

from functools import cache, lru_cache

from breakwater.domain.scoring.adapters import Adapters
from breakwater.domain.scoring.banding import Graded
from breakwater.domain.scoring.model import embedded

_MOST_KEPT = 64
"""Adapted models: a kilobyte each, since they share all but two arrays with the one that they are of."""


@cache
def graded() -> Graded:
    return embedded()


@lru_cache(_MOST_KEPT)
def adapted(model: Graded, adapters: Adapters) -> Graded:
    """The model after what a workspace taught it. adapters: known again as the very same object."""
    return model.adapted(adapters)
