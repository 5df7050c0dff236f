"""A pile-on through the inbox itself: arrivals in the database, taken in, scored, made into piles.

Run inside an installation (tests.load.inside), as its worker runs: one process, one database.
"""

import gc
import json
from datetime import timedelta
from time import monotonic, process_time

from breakwater.channels.models import Channel
from breakwater.channels.services.arrivals import record_arrivals
from breakwater.core import clock
from breakwater.inbox.models import Item, Pile
from breakwater.inbox.services import intake, judging, turns
from breakwater.inbox.services.piling import Piling
from breakwater.inbox.services.turns import INBOX
from breakwater.networks.base import Arrived, Author, What
from tests.load import crowds, fill

_BATCH = 50
_BATCHES = 20


def heap(origin: str, messages: str) -> str:
    """JSON: seconds until so many messages were piles (clock, processor), seconds of each later
    batch of 50, messages, piles, and whether another worker made the same of it."""
    gc.freeze()
    gc.set_threshold(20_000)  # as workers do
    owner = fill.owner()
    channel = fill.channels(fill.workspace_of(0), 1, origin, owner.pk)[0]
    turns.take(INBOX, now=clock.now())
    count = int(messages)
    stream = [_arrived(one, n) for n, one in enumerate(crowds.crowd(count + _BATCHES * _BATCH, 7))]
    _take_in(channel, stream[:count])
    worker = Piling()
    begun, used = monotonic(), process_time()
    _turns(worker)
    first, processor = monotonic() - begun, process_time() - used
    later = []
    for at in range(count, len(stream), _BATCH):
        _take_in(channel, stream[at : at + _BATCH])
        begun = monotonic()
        _turns(worker)
        later.append(monotonic() - begun)
    before = _piles()
    worker.stop(now=clock.now())
    _turns(Piling())
    return json.dumps(
        {
            "first": first, "processor": processor, "later": later, "items": Item.objects.count(),
            "piles": Pile.objects.filter(open=True).count(), "same": _piles() == before,
        }
    )  # fmt: skip


def _arrived(one: crowds.Message, n: int) -> Arrived:
    return Arrived(
        What.COMMENT, one.id, clock.now() - timedelta(seconds=3600 - n % 3600),
        Author(one.author, one.author, one.author), one.text, about="p1",
    )  # fmt: skip


def _take_in(channel: Channel, arrived: list[Arrived]) -> None:
    for first in range(0, len(arrived), intake.AT_ONCE):
        now = clock.now()
        record_arrivals(channel, arrived[first : first + intake.AT_ONCE], now=now)
        batch = intake.read(now=now)
        intake.store(batch, judging.judge(batch.arrivals, now=now), now=now)


def _turns(worker: Piling) -> None:
    while worker.turn(now=clock.now()):
        pass


def _piles() -> dict[int, object]:
    return dict(Item.objects.values_list("pk", "pile_id"))


PARTS = {"heap": heap}
