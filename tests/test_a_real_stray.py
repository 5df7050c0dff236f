"""A real AT Protocol server: somebody else posts with the account's password, and its stream tells it."""

import asyncio
from collections.abc import Callable

import pytest
from pytest_django import Settings

from breakwater.channels.models import Arrival, Channel
from breakwater.channels.services import connect_with_fields
from breakwater.core import clock
from breakwater.notices.models import Notice
from breakwater.people.roles import Role
from breakwater.strays.models import Sighting, Watched
from breakwater.workers.desk import Desk
from breakwater.workers.ingest import IngestLoop
from breakwater.workers.tests.conftest import FAST, Bench, bench
from breakwater.workers.watch import WatchLoop
from tests.peers.pds import Person as PdsPerson
from tests.people import make_member, make_person

__all__ = ["bench"]
pytestmark = pytest.mark.slow


def both_until(done: Callable[[], bool], *, within: float = 40.0) -> None:
    """The reading loop and the watching loop run until `done()`."""

    async def run() -> None:
        loops = [IngestLoop(timings=FAST), WatchLoop(timings=FAST)]
        running = [asyncio.create_task(loop.run()) for loop in loops]
        desk = Desk("test")
        try:
            async with asyncio.timeout(within):
                while not await desk(done):
                    await asyncio.sleep(0.05)
        finally:
            for loop in loops:
                loop.stop()
            await asyncio.gather(*running)
            await desk.close()

    asyncio.run(run())


def test_a_rogue_post_comes_by_the_stream_and_wakes_who_may_respond(
    bench: Bench, pds_account: Callable[[str], PdsPerson], settings: Settings
) -> None:
    make_member(bench.workspace, make_person("mia"), Role.MANAGER)
    person = pds_account("ann")
    settings.ALLOWED_ORIGINS = frozenset({person.pds.origin})
    channel = _connected(bench, person)
    both_until(lambda: Watched.objects.filter(began_at__isnull=False).exists())
    channel.cursors.exclude(source="stream").update(next_at=None)  # by the stream, or not at all
    ours = bench.run_to(bench.order(channel, "Fog on the pier."), "verified")

    both_until(lambda: Arrival.objects.filter(remote_id=ours.remote_id).exists())
    begun = clock.now()
    theirs = _post(person, "We were sold to the other side")
    both_until(lambda: Notice.objects.filter(code="alarm").exists())

    (stray,) = Sighting.objects.all()
    assert (stray.ref, stray.state, stray.confirmed) == (theirs, "stray", True)
    assert (clock.now() - begun).total_seconds() < 20


def _connected(bench: Bench, person: PdsPerson) -> Channel:
    return connect_with_fields(
        workspace_id=bench.workspace.pk, network="bluesky", origin=person.pds.origin,
        fields={"handle": person.handle, "app_password": person.app_password},
        by=bench.person.pk, now=clock.now(),
    )  # fmt: skip


def _post(person: PdsPerson, text: str) -> str:
    """As an intruder with the password does it."""
    record = {"$type": "app.bsky.feed.post", "text": text, "createdAt": clock.now().isoformat()}
    wish = {"repo": person.did, "collection": "app.bsky.feed.post", "record": record}
    made = person.pds.post("com.atproto.repo.createRecord", wish, person.access_token)
    return str(made.json()["uri"])
