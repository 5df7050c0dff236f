"""Database work asked for by async code that has no thread of its own for it."""

from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec, TypeVar

from asgiref.sync import sync_to_async
from django.db import connection

P = ParamSpec("P")
T = TypeVar("T")


def in_database(deed: Callable[P, T]) -> Callable[P, Coroutine[Any, Any, T]]:
    """`deed`, to be awaited: it runs where asgiref lets database work run.

    The connection is left as it was found, open or closed. In a thread that nobody tends
    it is thus new each time: none stays open, and none that broke is used again.
    """

    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        was_open = connection.connection is not None
        try:
            return deed(*args, **kwargs)
        finally:
            if not was_open:
                connection.close()

    return sync_to_async(run)
