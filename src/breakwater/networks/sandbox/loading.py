"""Media on their way to the harbour: pictures whole, videos and documents piece by piece."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from breakwater.domain.errors import Refused, TryLater
from breakwater.networks import wire
from breakwater.networks.base import KeepHandle, Kind, Kit, Medium
from breakwater.networks.sandbox.errors import error_of

PIECE_BYTES = 4_000_000
_INCOMPLETE = 308

Call = Callable[..., Awaitable[httpx.Response]]


async def loaded(
    media: tuple[Medium, ...], made: dict[str, Any], call: Call, kit: Kit, keep: KeepHandle
) -> dict[str, Any]:
    """The handle once all are there: {"media": [sha256 …], "sessions": {sha256: session}}.

    It goes on where an earlier try ended, within a video too.
    """
    for medium in media:
        if medium.sha256 in made.get("media", []):
            continue
        if medium.kind is Kind.PICTURE:
            await _whole(medium, call, kit)
        else:
            made = await _begun(medium, made, call, keep)
            await _in_pieces(medium, made["sessions"][medium.sha256], call, kit)
        made = {**made, "media": [*made.get("media", []), medium.sha256]}
        await keep(made)
    return made


def received(response: httpx.Response) -> int:
    """How many bytes the harbour has, by its Range header (bytes=0-LAST; none without one)."""
    _, _, last = response.headers.get("range", "").partition("bytes=0-")
    return int(last) + 1 if last.isdecimal() else 0


async def _whole(medium: Medium, call: Call, kit: Kit) -> None:
    content, headers = await kit.read(medium.sha256), {"content-type": medium.mime}
    response = await call("POST", "/api/media", content=content, headers=headers, safe=True)
    if not response.is_success:
        raise error_of(response, safe=True)


async def _begun(
    medium: Medium, made: dict[str, Any], call: Call, keep: KeepHandle
) -> dict[str, Any]:
    """The handle with a session for this medium."""
    sessions = made.get("sessions", {})
    if medium.sha256 in sessions:
        return made
    wish = {"mime": medium.mime, "size": medium.size}
    response = await call("POST", "/api/media/sessions", json=wish, safe=True)
    if not response.is_success:
        raise error_of(response, safe=True)
    session = wire.body(response, safe=True).get("id")
    if not isinstance(session, str) or not session:
        raise TryLater(f"made without an id: {wire.excerpt(response)}")
    made = {**made, "sessions": {**sessions, medium.sha256: session}}
    await keep(dict(made))
    return made


async def _in_pieces(medium: Medium, session: str, call: Call, kit: Kit) -> None:
    """All its bytes are there. The first question is how many already are."""
    at, response = 0, await _piece(call, session, b"", f"*/{medium.size}")
    while response.status_code == _INCOMPLETE:
        at = received(response)
        piece = await kit.piece(medium.sha256, at, PIECE_BYTES)
        where = f"{at}-{at + len(piece) - 1}/{medium.size}"
        response = await _piece(call, session, piece, where)
        if response.status_code == _INCOMPLETE and received(response) <= at:
            raise TryLater(f"no byte more was taken: {wire.excerpt(response)}")
    if not response.is_success:
        raise error_of(response, safe=True)
    if wire.body(response, safe=True).get("sha256") != medium.sha256:
        raise Refused("media_altered", wire.excerpt(response))


async def _piece(call: Call, session: str, piece: bytes, where: str) -> httpx.Response:
    headers = {"content-range": f"bytes {where}", "content-type": "application/octet-stream"}
    path = f"/api/media/sessions/{session}"
    return await call("PUT", path, content=piece, headers=headers, safe=True)
