"""The delivery loop against the practice harbour, with minutes that last a fraction of a second."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from pytest_django import Settings

from breakwater.channels import doors
from breakwater.channels.models import Channel
from breakwater.channels.services import connect_with_fields
from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.delivery.services import Order, enqueue
from breakwater.domain.guarantees import Guarantee
from breakwater.domain.parcels import digest_of
from breakwater.domain.timings import Timings
from breakwater.networks.base import Fault, Seen
from breakwater.people.models import Person, Workspace
from breakwater.workers.deliver import DeliverLoop
from breakwater.workers.desk import Desk
from breakwater.workers.ingest import IngestLoop
from breakwater.workers.run import Loop

T = TypeVar("T")
SCALE = 600  # ten minutes last a second
FAST = replace(
    Timings().scaled(SCALE),
    commit_deadline=timedelta(seconds=2),
    read_deadline=timedelta(seconds=2),
    prepare_deadline=timedelta(seconds=5),
    verify_within=timedelta(seconds=1),
    missed_window=timedelta(minutes=15),
    poll=timedelta(milliseconds=20),
)


@dataclass
class Bench:
    """One workspace, one loop, and channels of the practice harbour on demand."""

    workspace: Workspace
    person: Person
    folder: Path
    timings: Timings = FAST

    def channel(self, guarantee: Guarantee, name: str = "quay") -> Channel:
        return connect_with_fields(
            workspace_id=self.workspace.pk,
            network="sandbox",
            origin="",
            fields={"name": f"{name}-{guarantee.value}", "class": guarantee.value},
            by=self.person.pk,
            now=clock.now(),
        )

    def order(self, channel: Channel, text: str = "Fog on the pier.", **changes: Any) -> Delivery:
        payload = {"text": text, "language": "en", "media": [], "options": {}}
        values: dict[str, Any] = {
            "workspace_id": self.workspace.pk,
            "channel_id": channel.pk,
            "kind": "publish",
            "source": new_id(),
            "payload": payload,
            "tags": [],
            "due_at": clock.now(),
            "missed_after": self.timings.missed_window,
            **changes,
        }
        values["digest"] = digest_of(values["kind"], channel.pk, values["payload"])
        return enqueue([Order(**values)], by=self.person.pk, now=clock.now())[0]

    def loop(self) -> DeliverLoop:
        return DeliverLoop(
            timings=self.timings,
            slots=8,
            locks=self.folder / "locks",
            spool=self.folder / "spool",
            approved=set,
        )

    def run_until(self, done: Callable[[], bool], *, within: float = 20.0) -> None:
        """The loop runs until `done()`; TimeoutError (with every row's state) if it never is."""
        asyncio.run(_run(self.loop(), done, within))

    def read_until(self, done: Callable[[], bool], *, within: float = 20.0) -> None:
        """The reading loop runs until `done()`."""
        asyncio.run(_run(IngestLoop(timings=self.timings), done, within))

    def run_to(self, row: Delivery, *states: str, within: float = 20.0) -> Delivery:
        def arrived() -> bool:
            row.refresh_from_db()
            return row.state in states

        try:
            self.run_until(arrived, within=within)
        except TimeoutError as error:
            raise AssertionError(f"{row.state} {row.reason} {row.detail}") from error
        return row

    def plan(self, channel: Channel, kind: str, **fault: Any) -> None:
        self.ask(channel, lambda practice: practice.plan(Fault(kind, **fault)))

    def live(self, channel: Channel) -> tuple[Seen, ...]:
        """What the harbour's public sees now, newest first."""
        return self.ask(channel, lambda connector: connector.timeline(100))

    def ask(self, channel: Channel, call: Callable[[Any], Awaitable[T]]) -> T:
        opened = doors.unlock([channel.pk])[channel.pk]

        async def asked() -> T:
            async with doors.connector(opened) as connector:
                return await call(connector)

        return asyncio.run(asked())


async def _run(loop: Loop, done: Callable[[], bool], within: float) -> None:
    running = asyncio.create_task(loop.run())
    desk = Desk("test")
    try:
        async with asyncio.timeout(within):
            while not await desk(done):
                if running.done():
                    running.result()
                    raise AssertionError("the loop ended")
                await asyncio.sleep(0.02)
    finally:
        loop.stop()
        await running
        await desk.close()


@pytest.fixture
def bench(
    transactional_db: None,
    harbour_workspace: Workspace,
    ann: Person,
    tmp_path: Path,
    settings: Settings,
) -> Bench:
    settings.NETWORKS_HOME = tmp_path / "networks"
    return Bench(harbour_workspace, ann, tmp_path)
