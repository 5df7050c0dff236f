"""The loop that groups: round after round, stopped cleanly, and not stopped by what breaks."""

import asyncio
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError
from tests.people import make_member, make_person, make_workspace

from breakwater.channels.services.arrivals import record_arrivals
from breakwater.core.ids import new_id
from breakwater.domain.timings import Timings
from breakwater.inbox.models import Item, Pile, PileState
from breakwater.inbox.services.intake import MANY
from breakwater.inbox.services.pile_deeds import Wish, begin
from breakwater.inbox.services.piling import Piling
from breakwater.inbox.tests.pile_ons import LATE, crowd, grouped
from breakwater.inbox.tests.world import NOW, arrive, channel_of, said, take_in
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import access
from breakwater.workers.clockwatch import ClockWatch
from breakwater.workers.piles import PileLoop

pytestmark = pytest.mark.django_db(transaction=True)
_SOON_S = 20.0


def _come_in() -> datetime:
    """The loop has a clock of its own: what it is to group came five minutes ago by that."""
    arrive(channel_of(make_workspace("Harbour")), *crowd(LATE, "late"))
    now = ClockWatch(Timings()).now()
    Item.objects.update(at=now - timedelta(minutes=5))
    return now


async def _until_grouped(loop: PileLoop) -> None:
    running = asyncio.create_task(loop.run())
    async with asyncio.timeout(_SOON_S):
        while not await asyncio.to_thread(Pile.objects.exists):
            await asyncio.wait({running}, timeout=0.05)
    loop.stop()
    await running


def _loop() -> PileLoop:
    timings = Timings()
    return PileLoop(timings=timings, watch=ClockWatch(timings))


def test_it_groups_what_came_and_leaves_its_groups_to_the_next_when_it_stops() -> None:
    now = _come_in()

    asyncio.run(_until_grouped(_loop()))

    assert Item.objects.exclude(pile=None).count() == 6
    assert len(bytes(PileState.objects.get().packed)) > 100
    assert Piling().turn(now=now) is True  # nobody holds them any more


def test_a_database_that_is_away_for_a_round_stops_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _come_in()
    failures = iter([OperationalError("away"), RuntimeError("broken")])
    real = Piling.turn

    def turn(self: Piling, **said: object) -> bool:
        for failure in failures:
            raise failure
        return real(self, **said)  # type: ignore[arg-type]

    monkeypatch.setattr(Piling, "turn", turn)

    asyncio.run(_until_grouped(_loop()))

    assert Pile.objects.get().labels["en"] == "delivery late"


def test_what_breaks_in_grouping_keeps_no_deed_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    quay = channel_of(make_workspace("Harbour"))
    arrive(quay, *crowd(LATE, "late"))
    grouped()
    make_member(quay.workspace, ada := make_person("ada"), Role.AGENT)
    by = access(ada, quay.workspace.slug, Right.ANSWER)
    deed = begin(by, Pile.objects.get().pk, Wish("dismiss"), request=new_id(), now=NOW)

    def broken(self: Piling, **_: object) -> bool:
        raise RuntimeError("broken")

    monkeypatch.setattr(Piling, "turn", broken)

    assert _loop().turn_now() is True

    deed.refresh_from_db()
    assert deed.done == 5


def test_grouping_gives_way_to_messages_that_nobody_sees_yet_but_not_for_ever() -> None:
    loop, moment = _behind()

    found = [_grouped_at(moment, at, loop) for at in (100.0, 104.9, 105.0)]

    assert found == [0, 0, 6]


def test_grouping_goes_on_as_soon_as_what_came_is_taken_in() -> None:
    loop, moment = _behind()
    waited = _grouped_at(moment, 100.0, loop)

    take_in()

    assert (waited, _grouped_at(moment, 101.0, loop)) == (0, 6)


def _behind() -> tuple[PileLoop, list[float]]:
    """A pile to make, and more messages behind it than are read in a second."""
    quay, moment, timings = channel_of(make_workspace("Harbour")), [0.0], Timings()
    arrive(quay, *crowd(LATE, "late"))
    Item.objects.update(at=ClockWatch(timings).now() - timedelta(minutes=5))
    record_arrivals(quay, [said(f"Hello {n}", f"new{n}") for n in range(MANY)], now=NOW)
    return PileLoop(
        timings=timings, watch=ClockWatch(timings), elapsed=lambda: moment[0]
    ), moment  # fmt: skip


def _grouped_at(moment: list[float], at: float, loop: PileLoop) -> int:
    """How many messages are in a pile after the round of that moment."""
    moment[0] = at
    loop.turn_now()
    return Item.objects.exclude(pile=None).count()
