"""The embedded model, loaded once by a process, when it is first asked."""

from functools import cache

from breakwater.domain.scoring.banding import Graded
from breakwater.domain.scoring.model import embedded


@cache
def graded() -> Graded:
    return embedded()
