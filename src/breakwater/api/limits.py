"""How much one token may ask: calls a minute, and bytes a request."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from breakwater.domain.errors import Problem

WINDOW_S = 60


class TooMany(Problem):
    """The token has used up its calls of this minute; again after `after_s` seconds."""

    code = "too_many_requests"

    def __init__(self, after_s: int) -> None:
        self.after_s = after_s
        super().__init__(after_s=after_s)


class TooLarge(Problem):
    """The request has more bytes than this route takes."""

    code = "request_too_large"


def count_call(token_id: UUID, now: datetime) -> None:
    """One more call of this token in this minute. Raises: TooMany.

    Counted in the database's cache, which all processes share. Two calls at the very same
    moment may count as one: this keeps a runaway script in bounds, it is no lock.
    """
    passed = int(now.timestamp())
    key = f"api:{token_id}:{passed // WINDOW_S}"
    used = cache.get(key, 0)
    if used >= settings.API_RATE:
        raise TooMany(WINDOW_S - passed % WINDOW_S)
    cache.set(key, used + 1, timeout=2 * WINDOW_S)


def check_size(request: HttpRequest, most: int) -> None:
    """Nothing, or TooLarge: before any of the body is looked at. most: bytes."""
    stated = request.headers.get("Content-Length", "")
    if stated.isdecimal() and int(stated) > most:
        raise TooLarge(limit=most)
