"""One picture at a time: pixels in memory are what could exhaust a small machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from breakwater.domain.errors import Invalid

WAIT_S = 20.0
"""How long a request waits for its turn. Shorter than what proxies give a request."""

_turn = BoundedSemaphore(1)


@contextmanager
def turn(*, wait_s: float | None = None) -> Iterator[None]:
    """Nobody else in this process has the pixels of a picture in memory meanwhile.

    Hold no transaction that others write in, and make none inside.
    Raises: Invalid("pictures_busy") after `wait_s` seconds (None: WAIT_S); nothing was done.
    """
    if not _turn.acquire(timeout=WAIT_S if wait_s is None else wait_s):
        raise Invalid(code="pictures_busy", field="picture")
    try:
        yield
    finally:
        _turn.release()
