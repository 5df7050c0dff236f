"""Files of any size as answers: piece by piece, as the other side takes them."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

PIECE = 1024 * 1024
"""The most bytes of a file that one answer has in memory: a video may have a gigabyte, and a network
may fetch it in several copies at once."""


def in_pieces(
    request: HttpRequest, path: Path, first: int = 0, last: int | None = None, *, mime: str
) -> HttpResponseBase:
    """The bytes from `first` to `last` (None: the end), both of them there. What is small is
    answered at once; for HEAD, how long it would be."""
    last = path.stat().st_size - 1 if last is None else last
    length = last - first + 1
    if request.method == "HEAD":
        return HttpResponse(content_type=mime, headers={"Content-Length": str(length)})
    if length <= PIECE:
        return HttpResponse(_bytes(path, first, length), content_type=mime)
    pieces = _later if isinstance(request, ASGIRequest) else _now
    return StreamingHttpResponse(
        pieces(path, first, last), content_type=mime, headers={"Content-Length": str(length)}
    )


async def _later(path: Path, first: int, last: int) -> AsyncIterator[bytes]:
    """Read as the other side takes it, and never in the event loop."""
    for offset in range(first, last + 1, PIECE):
        yield await asyncio.to_thread(_bytes, path, offset, min(PIECE, last - offset + 1))


def _now(path: Path, first: int, last: int) -> Iterator[bytes]:
    for offset in range(first, last + 1, PIECE):
        yield _bytes(path, offset, min(PIECE, last - offset + 1))


def _bytes(path: Path, offset: int, length: int) -> bytes:
    with path.open("rb") as file:
        file.seek(offset)
        return file.read(length)
