"""The reading loop: who listens for ever keeps nobody from being read."""

import asyncio
from datetime import timedelta

import pytest

from breakwater.channels.models import Cursor
from breakwater.channels.services import reading
from breakwater.core import clock
from breakwater.domain.guarantees import Guarantee
from breakwater.workers import ingest
from breakwater.workers.tests.conftest import FAST, Bench

pytestmark = pytest.mark.slow


def test_streams_without_end_keep_no_source_from_being_read(bench: Bench) -> None:
    loop = ingest.IngestLoop(timings=FAST)
    channel = bench.channel(Guarantee.NONE)
    now = clock.now()
    Cursor.objects.create(channel=channel, source="reviews", next_at=now, created_at=now)

    async def leased() -> list[Cursor]:
        for_ever = asyncio.Event()
        streams = {asyncio.create_task(_wait(for_ever)) for _ in range(ingest.SLOTS)}
        loop._busy |= dict.fromkeys(streams, Cursor())
        loop._listening |= streams
        found = await loop._desk(loop._leased, now + timedelta(seconds=1))
        for_ever.set()
        await asyncio.gather(*streams)
        await loop._desk.close()
        return found

    assert [row.source for row in asyncio.run(leased())] == ["reviews"]
    assert reading.lease(limit=9, now=now + timedelta(seconds=1)) == []


async def _wait(event: asyncio.Event) -> None:
    await event.wait()
