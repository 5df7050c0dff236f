"""Response bodies with an end: at most so many bytes, counted after decompression."""

import zlib
from collections.abc import AsyncIterator

import httpx

MAX_BYTES = 5 * 1024 * 1024
_STEP_BYTES = 64 * 1024
_GZIP = 16 + zlib.MAX_WBITS


class BoundedBody(httpx.AsyncByteStream):
    """The decoded body of a response. Beyond `limit` bytes: httpx.RemoteProtocolError."""

    def __init__(self, raw: httpx.AsyncByteStream, *, gzipped: bool, limit: int) -> None:
        self._raw = raw
        self._gzipped = gzipped
        self._limit = limit
        self._left = limit

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if not self._gzipped:
            async for chunk in self._raw:
                yield self._counted(chunk)
            return
        member = zlib.decompressobj(_GZIP)
        begun = False
        async for chunk in self._raw:
            rest = chunk
            while rest:
                begun = True
                if member.eof:  # gzip may hold several members, one after the other
                    member = zlib.decompressobj(_GZIP)
                yield self._counted(_step(member, rest))
                rest = member.unconsumed_tail or member.unused_data
        if begun and not member.eof:
            raise httpx.RemoteProtocolError("the compressed body ended too early")

    async def aclose(self) -> None:
        await self._raw.aclose()

    def _counted(self, chunk: bytes) -> bytes:
        self._left -= len(chunk)
        if self._left < 0:
            raise httpx.RemoteProtocolError(f"the body is larger than {self._limit} bytes")
        return chunk


def bounded(response: httpx.Response, *, limit: int = MAX_BYTES) -> httpx.Response:
    """`response` with a bounded body that httpx has nothing left to decode in.

    Raises: httpx.RemoteProtocolError for an encoding that we did not ask for.
    """
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise httpx.RemoteProtocolError(f"encoding {encoding[:40]!r} was not asked for")
    gzipped = encoding in ("gzip", "x-gzip")
    headers = response.headers.copy()
    if gzipped:
        for name in ("content-encoding", "content-length"):
            headers.pop(name, None)
    raw = response.stream
    if not isinstance(raw, httpx.AsyncByteStream):
        raise TypeError("a guarded response is asynchronous")
    return httpx.Response(
        response.status_code,
        headers=headers,
        stream=BoundedBody(raw, gzipped=gzipped, limit=limit),
        extensions=response.extensions,
    )


def _step(member: "zlib._Decompress", data: bytes) -> bytes:
    try:
        return member.decompress(data, _STEP_BYTES)
    except zlib.error as error:
        raise httpx.DecodingError(str(error)) from error
