"""Our own files as answers: whole or in parts, never in memory whole, never more than bytes."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from breakwater.core.media_links import ENDINGS

PIECE = 4 * 1024 * 1024
"""The most bytes in memory at once, and of an answer to a range: a browser asks for the next."""

_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")


def served(request: HttpRequest, path: Path, mime: str, name: str) -> HttpResponseBase:
    """Only files that we drew or packed ourselves come here, and PDFs; the headers hold all the
    same. A part, where one is asked for."""
    size = path.stat().st_size
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    first = int(asked[1]) if asked else 0
    if asked and first >= size:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    last = _last(asked, first, size) if asked else size - 1
    answer = _body(request, path, first, last)
    answer["Content-Type"] = mime
    answer["Content-Length"] = str(last - first + 1)
    if asked:
        answer.status_code = 206
        answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    kind = "inline" if mime.startswith(("image/", "video/")) else "attachment"
    answer["Content-Disposition"] = f'{kind}; filename="{name}.{ENDINGS.get(mime, "bin")}"'
    answer["Accept-Ranges"] = "bytes"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, max-age=3600, immutable"
    return answer


def _last(asked: re.Match[str], first: int, size: int) -> int:
    wanted = int(asked[2]) if asked[2] else size - 1
    return min(max(wanted, first), size - 1, first + PIECE - 1)


def _body(request: HttpRequest, path: Path, first: int, last: int) -> HttpResponseBase:
    """Bytes `first` to `last`; what is large goes out piece by piece, so that none is in memory
    whole, and nothing is read for HEAD. Django wants an asynchronous iterator from an asynchronous server."""
    if request.method == "HEAD":
        return HttpResponse()
    if last - first < PIECE:
        return HttpResponse(_bytes(path, first, last))
    if isinstance(request, ASGIRequest):
        return StreamingHttpResponse(_apieces(path, first, last))
    return StreamingHttpResponse(_pieces(path, first, last))


def _pieces(path: Path, first: int, last: int) -> Iterator[bytes]:
    for begin in range(first, last + 1, PIECE):
        yield _bytes(path, begin, min(last, begin + PIECE - 1))


async def _apieces(path: Path, first: int, last: int) -> AsyncIterator[bytes]:
    for begin in range(first, last + 1, PIECE):
        yield await asyncio.to_thread(_bytes, path, begin, min(last, begin + PIECE - 1))


def _bytes(path: Path, first: int, last: int) -> bytes:
    with path.open("rb") as file:
        file.seek(first)
        return file.read(last - first + 1)
