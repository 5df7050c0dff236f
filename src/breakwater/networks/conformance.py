"""What each connector must pass, for our networks and for third parties'.

Each check is a plain async function of a `Subject`; it raises AssertionError with a
sentence. They publish: give them an account of a test server or of the practice network.
Run all of them, for instance with `@pytest.mark.parametrize("check", CHECKS)`.
"""

import asyncio
import hashlib
import secrets
import struct
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from breakwater.domain.errors import NetworkError, OutcomeUnknown, Refused, Unsupported
from breakwater.domain.guarantees import Guarantee
from breakwater.domain.text import folded
from breakwater.networks.base import (
    Can,
    Connector,
    Handle,
    Kit,
    Limits,
    Manifest,
    Medium,
    Parcel,
    Seen,
    Sent,
)

_TID = "234567abcdefghijklmnopqrstuvwxyz"
_ALT = "A small square, all one colour. Ein “Quadrat” — 四角."


@dataclass(frozen=True)
class Subject:
    """A live account to try. connect: builds its connector over a blob reader.

    now: the present as the network's server sees it. limits: the account's own, if the
    network told them. settle_s: how long to go on looking for what was just published,
    for a network that shows it late. renames: `commit` gives an id that only stands for the
    post (it is moderated first); `read` of it gives the post under its own.
    """

    manifest: Manifest
    connect: Callable[[Kit], Connector]
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))  # noqa: TID251 - a test's edge
    limits: Limits | None = None
    settle_s: float = 0.0
    renames: bool = False


Check = Callable[[Subject], Awaitable[None]]


async def publishes_and_reads_back_equal(subject: Subject) -> None:
    connector, parcel = _open(subject), _parcel(subject, "Hello — ça va? 👋🏽 第一.\n\nTwo lines.")

    sent = await _publish(connector, parcel)

    seen = await _read(subject, connector, sent.remote_id)
    assert seen is not None, "what was just published cannot be read"
    if subject.renames:
        assert await connector.read(seen.remote_id) == seen, "not the same by its own id"
    else:
        assert seen.remote_id == sent.remote_id
    assert folded(seen.text) == folded(parcel.text)
    assert seen.created_at.tzinfo is not None, "created_at must be aware"


async def shows_alt_texts_and_pictures(subject: Subject) -> None:
    if not (subject.limits or subject.manifest.limits).pictures:
        return
    connector, parcel = _open(subject), _parcel(subject, "With a picture.", media=2)

    sent = await _publish(connector, parcel)

    seen = await _read(subject, connector, sent.remote_id)
    assert seen is not None
    assert [picture.alt for picture in seen.media] == [p.alt for p in parcel.media]


async def keeps_what_preparing_makes(subject: Subject) -> None:
    connector, parcel = _open(subject), _parcel(subject, "Prepared twice.", media=1)
    keep = _Keep()

    made = await connector.prepare(parcel, {}, keep)
    again = await connector.prepare(parcel, made, keep)
    await connector.commit(parcel, again)

    assert dict(keep.last) == dict(again), "prepare returned what it never gave to `keep`"
    assert dict(made) == dict(again), "prepare did not go on from what it was given"


async def finds_nothing_before_the_first_commit(subject: Subject) -> None:
    connector, parcel = _open(subject), _parcel(subject, "Never sent.")
    handle = await connector.prepare(parcel, {}, _Keep())

    look = await connector.look(parcel, handle)

    assert look.complete
    assert _copies(look.posts, parcel) == 0


async def look_finds_what_was_published(subject: Subject) -> None:
    connector, parcel = _open(subject), _parcel(subject, "Look for me.")
    handle = await connector.prepare(parcel, {}, _Keep())
    sent = await connector.commit(parcel, handle)

    found = await _found(subject, connector, parcel, handle)

    assert [seen.remote_id for seen in found] == [await _own_id(subject, connector, sent)]


async def same_parcel_twice_behaves_as_its_guarantee_says(subject: Subject) -> None:
    connector, parcel = _open(subject), _parcel(subject, "Once, please.")
    handle = await connector.prepare(parcel, {}, _Keep())
    first = await connector.commit(parcel, handle)

    second = await _outcome(connector, parcel, handle)

    copies = _copies(await _found(subject, connector, parcel, handle), parcel)
    if connector.guarantee is Guarantee.NONE:
        assert copies in (1, 2)
        return
    assert copies == 1, f"{copies} copies of one parcel"
    if isinstance(second, Sent):
        assert second.remote_id == first.remote_id, "a second id for the same parcel"
    else:
        assert isinstance(second, OutcomeUnknown), f"not a refusal: the post is out ({second!r})"


async def deletes_and_proves_absence(subject: Subject) -> None:
    if not subject.manifest.allows(Can.DELETE):
        return
    connector, parcel = _open(subject), _parcel(subject, "Gone soon.")
    handle = await connector.prepare(parcel, {}, _Keep())
    sent = await connector.commit(parcel, handle)
    assert await _read(subject, connector, sent.remote_id) is not None

    await connector.delete(sent.remote_id)
    await connector.delete(sent.remote_id)

    assert await connector.read(sent.remote_id) is None, "deleted, yet readable"
    assert _copies((await connector.look(parcel, handle)).posts, parcel) == 0


async def refuses_what_is_over_the_limit(subject: Subject) -> None:
    limit = (subject.limits or subject.manifest.limits).text.limit
    connector = _open(subject)
    parcel = replace(_parcel(subject, ""), text=secrets.token_hex(limit)[: limit + 1])

    handle: Handle = {}
    try:
        handle = await connector.prepare(parcel, {}, _Keep())
        await connector.commit(parcel, handle)
    except Refused:
        look = await connector.look(parcel, handle)
        assert _copies(look.posts, parcel) == 0, "refused, yet there"
    else:
        raise AssertionError("a text over the limit was accepted")


async def timeline_is_newest_first_and_keeps_to_its_limit(subject: Subject) -> None:
    if not subject.manifest.allows(Can.TIMELINE):
        return
    connector = _open(subject)
    older, newer = _parcel(subject, "Older."), _parcel(subject, "Newer.")
    first = await _publish(connector, older)
    await asyncio.sleep(0.005)  # timelines sort by milliseconds
    second = await _publish(connector, replace(newer, created_at=subject.now()))
    await _read(subject, connector, second.remote_id)

    timeline = await connector.timeline(2)

    newest_first = [await _own_id(subject, connector, sent) for sent in (second, first)]
    assert [seen.remote_id for seen in timeline] == newest_first
    assert len(await connector.timeline(1)) == 1


async def says_unsupported_for_what_the_manifest_denies(subject: Subject) -> None:
    connector = _open(subject)
    deeds: dict[Can, Callable[[], Awaitable[Any]]] = {
        Can.DELETE: lambda: connector.delete("1"),
        Can.READ_BACK: lambda: connector.read("1"),
        Can.TIMELINE: lambda: connector.timeline(1),
        Can.COMMENTS: lambda: connector.comments("1"),
    }

    for can, deed in deeds.items():
        if subject.manifest.allows(can):
            continue
        try:
            await deed()
        except Unsupported:
            continue
        raise AssertionError(f"{can} is denied by the manifest, yet the call did not say so")


async def manifest_says_where_it_knows_things_from(subject: Subject) -> None:
    manifest = subject.manifest

    assert set(manifest.can) == set(Can), "each capability has an answer"
    for can, capability in manifest.can.items():
        assert capability.source, f"{can} has no source"
        datetime.fromisoformat(capability.read_on)
    assert manifest.limits.source
    datetime.fromisoformat(manifest.limits.read_on)


CHECKS: tuple[Check, ...] = (
    publishes_and_reads_back_equal,
    shows_alt_texts_and_pictures,
    keeps_what_preparing_makes,
    finds_nothing_before_the_first_commit,
    look_finds_what_was_published,
    same_parcel_twice_behaves_as_its_guarantee_says,
    deletes_and_proves_absence,
    refuses_what_is_over_the_limit,
    timeline_is_newest_first_and_keeps_to_its_limit,
    says_unsupported_for_what_the_manifest_denies,
    manifest_says_where_it_knows_things_from,
)


class _Keep:
    """Remembers the last handle that was given to it."""

    def __init__(self) -> None:
        self.last: Handle = {}

    async def __call__(self, handle: Handle) -> None:
        self.last = handle


def png(grey: int) -> bytes:
    """A valid 8 x 8 picture of one grey (0-255)."""
    rows = b"".join(b"\0" + bytes([grey]) * 8 for _ in range(8))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


_BLOBS = {hashlib.sha256(content).hexdigest(): content for content in (png(60), png(180))}


async def _read_blob(sha256: str) -> bytes:
    return _BLOBS[sha256]


def _open(subject: Subject) -> Connector:
    return subject.connect(Kit(_read_blob))


def _parcel(subject: Subject, text: str, *, media: int = 0) -> Parcel:
    now = subject.now()
    return Parcel(
        key=secrets.token_hex(16),
        record_key=secrets.choice(_TID[:16]) + "".join(secrets.choice(_TID) for _ in range(12)),
        created_at=now,
        text=f"{text} {secrets.token_hex(6)}",
        media=tuple(
            Medium(sha256, "image/png", len(content), 8, 8, f"{number}: {_ALT}")
            for number, (sha256, content) in enumerate(list(_BLOBS.items())[:media])
        ),
        language="en",
        first_sent_at=now,
    )


async def _publish(connector: Connector, parcel: Parcel) -> Sent:
    return await connector.commit(parcel, await connector.prepare(parcel, {}, _Keep()))


async def _outcome(connector: Connector, parcel: Parcel, handle: Handle) -> Sent | NetworkError:
    try:
        return await connector.commit(parcel, handle)
    except NetworkError as error:
        return error


async def _read(subject: Subject, connector: Connector, remote_id: str) -> Seen | None:
    waited = 0.0
    while (seen := await connector.read(remote_id)) is None and waited < subject.settle_s:
        await asyncio.sleep(0.2)
        waited += 0.2
    return seen


async def _own_id(subject: Subject, connector: Connector, sent: Sent) -> str:
    """What the post is called for good."""
    seen = await _read(subject, connector, sent.remote_id) if subject.renames else None
    return seen.remote_id if seen else sent.remote_id


async def _found(
    subject: Subject, connector: Connector, parcel: Parcel, handle: Handle
) -> tuple[Seen, ...]:
    """The copies of `parcel` that a look finds."""
    waited = 0.0
    while True:
        look = await connector.look(parcel, handle)
        assert look.complete, "the look did not reach back to the first send"
        found = tuple(seen for seen in look.posts if folded(seen.text) == folded(parcel.text))
        if found or waited >= subject.settle_s:
            return found
        await asyncio.sleep(0.2)
        waited += 0.2


def _copies(posts: tuple[Seen, ...], parcel: Parcel) -> int:
    return sum(folded(seen.text) == folded(parcel.text) for seen in posts)
