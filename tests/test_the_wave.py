"""A real AT Protocol server carries a rogue post. It is seen, contained with evidence first, and
proved absent; a statement leaves there through the pause that everything else waits behind."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from pytest_django import Settings

from breakwater.channels.models import Channel
from breakwater.channels.services import connect_with_fields
from breakwater.core import blobs, clock
from breakwater.delivery.models import Attempt, Delivery
from breakwater.evidence.models import Absence, Capture
from breakwater.incidents.damage import damage
from breakwater.incidents.models import Incident, Subject
from breakwater.incidents.services import answering
from breakwater.incidents.services.saying import Draft, write
from breakwater.notices.models import Notice
from breakwater.pauses.selectors import open_pause
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import Access, access
from breakwater.publishing.models import Post
from breakwater.publishing.services import decide
from breakwater.strays.models import Alarm, Sighting, Watched
from breakwater.workers.deliver import DeliverLoop
from breakwater.workers.desk import Desk
from breakwater.workers.ingest import IngestLoop
from breakwater.workers.respond import RespondLoop
from breakwater.workers.run import Loop
from breakwater.workers.tests.conftest import FAST, Bench, bench
from breakwater.workers.watch import WatchLoop
from tests.peers.pds import Pds, Person
from tests.people import make_member, make_person

__all__ = ["bench"]
pytestmark = pytest.mark.slow
POST = "app.bsky.feed.post"
OURS = "The harbour fair begins on Saturday at ten."
THEIRS = "We were sold to the other side of the bay. Everything is free today!"
SAID = {
    "what": "For four minutes our account showed a post that nobody here wrote.",
    "next": "We will say more here at noon.",
}
WITHIN_S = 45.0


@pytest.fixture
def channel(bench: Bench, pds: Pds, pier: Person, settings: Settings) -> Channel:
    """An account of the real server, read once and so watched, with a post of ours on it."""
    settings.ALLOWED_ORIGINS = frozenset({pds.origin})
    fields = {"handle": pier.handle, "app_password": pier.app_password}
    made = connect_with_fields(
        workspace_id=bench.workspace.pk, network="bluesky", origin=pds.origin, fields=fields,
        by=bench.person.pk, now=clock.now(),
    )  # fmt: skip
    bench.run_to(bench.order(made, OURS), "verified")
    work_until(bench, lambda: Watched.objects.filter(began_at__isnull=False).exists())
    return made


@pytest.fixture
def pier(pds_account: Callable[[str], Person]) -> Person:
    return pds_account("pier")


@pytest.fixture
def mia(bench: Bench) -> Access:
    make_member(bench.workspace, mia := make_person("mia"), Role.MANAGER)
    return access(mia, bench.workspace.slug, Right.RESPOND)


def work_until(bench: Bench, done: Callable[[], bool], *, within: float = WITHIN_S) -> None:
    """What reads, watches, responds and delivers runs, all at once, until `done()`."""
    asyncio.run(_worked(bench, done, within))


async def _worked(bench: Bench, done: Callable[[], bool], within: float) -> None:
    loops: list[Loop] = [
        IngestLoop(timings=FAST), WatchLoop(timings=FAST), RespondLoop(timings=FAST), deliver(bench),
    ]  # fmt: skip
    running = [asyncio.create_task(loop.run()) for loop in loops]
    desk = Desk("test")
    try:
        async with asyncio.timeout(within):
            while not await desk(done):
                fallen = [task for task in running if task.done()]
                assert not fallen, [task.result() for task in fallen]
                await asyncio.sleep(0.05)
    finally:
        for loop in loops:
            loop.stop()
        await asyncio.gather(*running)
        await desk.close()


def deliver(bench: Bench) -> DeliverLoop:
    """As it runs in the product, with the publishing layer's yes asked at the door."""
    folder = bench.folder
    return DeliverLoop(timings=FAST, slots=8, locks=folder / "locks", spool=folder / "spool")


def intrude(theirs: Person, text: str) -> str:
    """The at:// address of a post that somebody with the account's password makes elsewhere."""
    record = {"$type": POST, "text": text, "createdAt": datetime.now(UTC).isoformat()}
    wish = {"repo": theirs.did, "collection": POST, "record": record}
    made = theirs.pds.post("com.atproto.repo.createRecord", wish, theirs.access_token)
    return str(made.json()["uri"])


def public(pds: Pds, did: str) -> dict[str, str]:
    """What anybody sees of the account's posts: address -> text."""
    wish = {"repo": did, "collection": POST}
    found = httpx.get(f"{pds.origin}/xrpc/com.atproto.repo.listRecords", params=wish)
    records = found.raise_for_status().json()["records"]
    return {str(one["uri"]): str(one["value"]["text"]) for one in records}


def test_a_rogue_post_is_seen_contained_and_proved_absent(
    bench: Bench, channel: Channel, pds: Pds, pier: Person, mia: Access
) -> None:
    uri = intrude(pier, THEIRS)
    posted = clock.now()

    work_until(bench, lambda: Notice.objects.filter(code="alarm").exists())
    alarm = Alarm.objects.get()
    told_after = clock.now() - posted

    incident = answering.not_us(mia, alarm, via="page", now=clock.now())
    work_until(bench, lambda: Absence.objects.filter(looked_at__isnull=False).exists())

    assert told_after < timedelta(seconds=WITHIN_S)
    assert Sighting.objects.get().ref == uri
    assert set(public(pds, channel.remote_id).values()) == {OURS}
    _evidence_came_first(uri)
    _one_incident_says_it(incident, uri)
    assert open_pause(bench.workspace.pk) is not None

    _a_statement_passes_and_nothing_else(bench, channel, pds, mia, incident)
    _the_damage_is_counted(incident)


def _a_statement_passes_and_nothing_else(
    bench: Bench, channel: Channel, pds: Pds, by: Access, incident: Incident
) -> None:
    """With somebody else's yes it leaves through the pause; a post that was due waits behind it."""
    make_member(bench.workspace, leo := make_person("leo"), Role.APPROVER)
    due = bench.order(channel, "Buns are half the price today!", tags=["workspace"])
    draft = Draft("holding", "en", SAID, (channel.pk,))
    row = write(by, incident, draft, now=clock.now())
    version = Post.objects.get(pk=row.post_id).version
    assert version is not None

    decide(version, by=leo.pk, approved=True, digest=version.digest, now=clock.now())
    own = Delivery.objects.filter(source=version.pk)
    work_until(bench, lambda: own.filter(state="verified").exists())

    due.refresh_from_db()
    text = "\n\n".join(SAID.values())
    assert (due.state, due.reason) == ("held", "hold")
    assert set(public(pds, channel.remote_id).values()) == {OURS, text}


def _the_damage_is_counted(incident: Incident) -> None:
    """A day old, the channel has no weeks before to compare with: that is said, and no share."""
    found = damage(incident, 24, now=clock.now())
    at = {one.name: one.at for one in found.phases}
    noticed, contained, said = at["noticed"], at["contained"], at["said"]
    assert (found.volume.expected, found.volume.times, found.followers_lost) == (None, None, None)
    assert noticed is not None
    assert contained is not None
    assert said is not None
    assert noticed <= contained <= said


def _evidence_came_first(uri: str) -> None:
    capture = Capture.objects.get()
    removal = Delivery.objects.get(kind="delete")
    begun = Attempt.objects.filter(delivery=removal, step="commit", outcome="begun").earliest("at")
    assert (capture.remote_id, capture.state, removal.state) == (uri, "sealed", "verified")
    assert removal.needs_blob == capture.blob
    assert blobs.exists(capture.blob)
    assert capture.taken_at is not None
    assert capture.taken_at <= begun.at
    assert THEIRS not in json.dumps(capture.items)


def _one_incident_says_it(incident: Incident, uri: str) -> None:
    assert Incident.objects.count() == 1
    (subject,) = Subject.objects.filter(incident=incident)
    assert (subject.remote_id, subject.cannot) == (uri, "")
    absent = Absence.objects.order_by("round")[0]
    assert (absent.remote_id, absent.outcome) == (uri, "absent")
