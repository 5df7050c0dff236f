"""A transaction for what somebody waits for while every worker writes."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Event
from time import monotonic

from django.db import OperationalError, connection, transaction

_LOOK_S = 0.002
_pause = Event()


@contextmanager
def urgent() -> Iterator[None]:
    """A durable transaction; inside another one, a part of it.

    SQLite has one writer at a time and no queue: who waits looks again after up to a tenth of a
    second, and seldom meets the milliseconds between two transactions of busy workers. Here it is
    looked every two milliseconds, for as long as others would wait.
    """
    inside = connection.in_atomic_block
    own = transaction.atomic(durable=not inside)
    with ExitStack() as stack:
        if inside or connection.vendor != "sqlite":
            stack.enter_context(own)
        else:
            _begin(lambda: stack.enter_context(own))
        yield


def _begin(begin: Callable[[], None]) -> None:
    with connection.cursor() as cursor:
        (longest_ms,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            _again_and_again(begin, longest_ms / 1000)
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {longest_ms:d}")


def _again_and_again(begin: Callable[[], None], longest_s: float) -> None:
    end = monotonic() + longest_s
    while True:
        try:
            return begin()
        except OperationalError as error:
            if "locked" not in str(error) or monotonic() >= end:
                raise
        _pause.wait(_LOOK_S)
