"""The product around one network: a workspace with people, channels, media, and the real loops."""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.test import Client
from pytest_django import Settings

from breakwater.channels import doors
from breakwater.channels.models import Arrival, Channel
from breakwater.channels.services import save_keys
from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.delivery.models import Attempt, Delivery
from breakwater.delivery.services import Order, enqueue
from breakwater.delivery.services.claims import Approved
from breakwater.domain.parcels import digest_of
from breakwater.domain.timings import Timings
from breakwater.media.models import Asset
from breakwater.media.services import upload
from breakwater.networks.base import Connector, Seen
from breakwater.people.models import Person, Workspace
from breakwater.publishing import services as publishing
from breakwater.publishing.content import Content, MediumOf, TargetOf
from breakwater.publishing.models import Post
from breakwater.publishing.selectors import approved_now
from breakwater.workers.deliver import DeliverLoop
from breakwater.workers.desk import Desk as Thread
from breakwater.workers.ingest import IngestLoop
from breakwater.workers.tend import TendLoop
from tests.worlds.world import World

ZONE = "Europe/Paris"
TIMINGS = replace(
    Timings().scaled(600),
    commit_deadline=timedelta(seconds=3),
    read_deadline=timedelta(seconds=3),
    prepare_deadline=timedelta(seconds=10),
    verify_within=timedelta(seconds=2),
    missed_window=timedelta(minutes=15),
    poll=timedelta(milliseconds=20),
)
Loop = DeliverLoop | IngestLoop | TendLoop


@dataclass
class Desk:
    """ann writes, bob approves. folder: of this test alone. approved: which posts may leave."""

    world: World
    workspace: Workspace
    ann: Person
    bob: Person
    folder: Path
    timings: Timings = TIMINGS
    approved: Approved = approved_now

    @classmethod
    def at(
        cls, world: World, workspace: Workspace, ann: Person, bob: Person, folder: Path,
        settings: Settings,
    ) -> "Desk":  # fmt: skip
        """The installation calls `world` for its network and nobody else."""
        settings.NETWORKS_HOME = folder / "networks"
        settings.SPOOL = folder / "spool"
        settings.BLOBS = folder / "blobs"
        settings.PUBLIC_URL = "https://desk.example"
        settings.NETWORK_ORIGINS = {} if world.typed() else {world.slug: world.gate.origin}
        settings.ALLOWED_ORIGINS = frozenset({world.gate.origin})
        return cls(world, workspace, ann, bob, folder)

    def connect(self) -> Channel:
        """The administrator's keys are kept, and the account is a channel."""
        if keys := self.world.keys():
            save_keys(network=self.world.slug, typed=keys, by=self.ann.pk, now=clock.now())
        return self.world.sign_in(self.workspace, self.ann)

    def asset(self, data: bytes, name: str) -> Asset:
        return upload(self.workspace.pk, data, file_name=name, by=self.ann.pk, now=clock.now())

    def publish(
        self, channel: Channel, text: str, *, assets: Sequence[Asset] = (), alt: str = "",
        thread: Sequence[str] = (), comment: str = "", **options: Any,
    ) -> Post:  # fmt: skip
        """Written and submitted by ann, approved and let go at once by bob."""
        soon = clock.now().astimezone(ZoneInfo(ZONE)) + timedelta(hours=1)
        content = Content(
            text=text, language="en",
            media=tuple(MediumOf(asset.pk, alt) for asset in assets),
            targets={channel.pk: TargetOf(options=options)},
            wall=soon.strftime("%Y-%m-%dT%H:%M"), zone=ZONE,
            thread=tuple(thread), comment=comment,
        )  # fmt: skip
        post = publishing.new_post(
            self.workspace.pk, by=self.ann.pk, now=clock.now(), content=content
        )
        version = publishing.submit(post, by=self.ann.pk, now=clock.now())
        post = publishing.decide(
            version, by=self.bob.pk, approved=True, digest=version.digest, now=clock.now()
        )
        publishing.send_now(post, by=self.bob.pk, now=clock.now())
        return post

    def order(
        self, channel: Channel, kind: str, payload: Mapping[str, Any], **more: Any
    ) -> Delivery:
        """Ordered by no service of a person's: as an older version, or a fault of ours, might."""
        made = Order(
            **{
                "workspace_id": self.workspace.pk, "channel_id": channel.pk, "kind": kind,
                "source": new_id(), "payload": payload, "tags": [], "due_at": clock.now(),
                "digest": digest_of(kind, channel.pk, payload),
                "missed_after": self.timings.missed_window, **more,
            }
        )  # fmt: skip
        return enqueue([made], by=self.ann.pk, now=clock.now())[0]

    # The real loops

    def deliver(self) -> DeliverLoop:
        return DeliverLoop(
            timings=self.timings, slots=8, locks=self.folder / "locks",
            spool=self.folder / "spool", approved=self.approved,
        )  # fmt: skip

    def ingest(self) -> IngestLoop:
        return IngestLoop(timings=self.timings)

    def tend(self) -> TendLoop:
        return TendLoop(
            timings=self.timings, locks=self.folder / "locks", spool=self.folder / "spool"
        )

    def run_to(self, rows: Sequence[Delivery], *states: str, within: float = 20.0) -> None:
        """The delivery loop runs until each row is in one of the states."""

        def arrived() -> bool:
            for row in rows:
                row.refresh_from_db()
            return all(row.state in states for row in rows)

        try:
            run([self.deliver()], arrived, within)
        except TimeoutError as error:
            raise AssertionError("\n".join(ledger(row) for row in rows)) from error

    def listen(self, there: Callable[[Arrival], bool], within: float = 20.0) -> Arrival:
        """The reading loop runs until such a thing has arrived."""
        try:
            run([self.ingest()], lambda: any(map(there, Arrival.objects.all())), within)
        except TimeoutError as error:
            came = list(Arrival.objects.values_list("what", "remote_id", "text"))
            read = list(
                Channel.objects.values_list(
                    "cursors__source", "cursors__trouble", "cursors__read_at"
                )
            )
            raise AssertionError(f"came: {came}\nread: {read}") from error
        return next(one for one in Arrival.objects.all() if there(one))

    def hook(self, headers: Any, body: bytes) -> int:
        """The status that the network's push is answered with."""
        given = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
        kind = given.pop("HTTP_CONTENT_TYPE", "application/json")
        path = f"/hooks/{self.world.slug}/"
        return Client().post(path, body, content_type=kind, **given).status_code

    def read(self, channel: Channel, remote_id: str) -> Seen | None:
        """What the network shows of it now."""
        opened = doors.unlock([channel.pk])[channel.pk]

        async def asked() -> Seen | None:
            async with doors.connector(opened) as connector:
                found: Connector = connector
                return await found.read(remote_id)

        return asyncio.run(asked())


def run(loops: Sequence[Loop], done: Callable[[], bool], within: float) -> None:
    """The loops run until `done()`. Raises: TimeoutError."""
    asyncio.run(_run(loops, done, within))


async def _run(loops: Sequence[Loop], done: Callable[[], bool], within: float) -> None:
    running = [asyncio.create_task(loop.run()) for loop in loops]
    thread = Thread("test")
    try:
        async with asyncio.timeout(within):
            while not await thread(done):
                for task in running:
                    if task.done():
                        task.result()
                        raise AssertionError("a loop ended")
                await asyncio.sleep(0.02)
    finally:
        for loop in loops:
            loop.stop()
        await asyncio.gather(*running)
        await thread.close()


def ledger(row: Delivery) -> str:
    """All that is known of a delivery, for a test that failed."""
    facts = Attempt.objects.filter(delivery=row).order_by("id")
    lines = [f"  {one.step} {one.outcome} {one.code} {one.detail[:300]}" for one in facts]
    head = f"{row.kind} {row.part} {row.state} {row.reason} {row.remote_id} {row.detail[:300]}"
    return "\n".join([head, *lines, f"  {json.dumps(row.seen)[:500]}"])
