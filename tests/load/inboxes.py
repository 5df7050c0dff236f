"""An inbox under load, and a large one. Run inside an installation (tests.load.inside)."""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from threading import Event
from time import monotonic, perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from breakwater.channels.models import Arrival, Channel
from breakwater.channels.services.arrivals import record_arrivals
from breakwater.core import clock
from breakwater.delivery.models import Attempt, Delivery
from breakwater.domain.grouping.tests.piles import piles
from breakwater.inbox.models import Item, Thread
from breakwater.networks.base import Arrived, Author, What
from breakwater.people.models import Person
from tests.load.fill import approved, channels, owner, workspace_of
from tests.load.growing import RARE, WORDS, grow

REPEATED = 0.2
_BELOW = "p"
"""Remote id of the post below which a storm is."""
_SAMPLE = 200
_pause = Event()


def open_inbox(origin: str, posts: str) -> str:
    """A workspace with two channels, and so many approved posts for one of them."""
    person = owner()
    own = channels(workspace_of(0), 2, origin, person.pk)
    for number in range(int(posts)):
        approved(f"Buoy {number} is lit.", own[:1], workspace_of(0), person.pk)
    return str(Channel.objects.count())


def plan(seconds: str) -> str:
    """The posts are due one after the other within that time."""
    rows, now = list(Delivery.objects.order_by("pk")), clock.now()
    for number, row in enumerate(rows):
        at = now + timedelta(seconds=5 + number * float(seconds) / max(1, len(rows)))
        Delivery.objects.filter(pk=row.pk).update(
            due_at=at, not_before=at, missed_at=at + timedelta(minutes=30)
        )
    return now.isoformat()


def storm(count: str, seconds: str, seed: str) -> str:
    """`count` different messages within that time, 20 % repeated, out of order. JSON: seconds from
    the moment when a sampled message was stored until it was in the inbox, each."""
    found = list(Channel.objects.order_by("pk"))
    stream = _disordered(int(count), int(seed))
    begun, waits = monotonic(), _Waits()
    size = max(1, len(stream) // max(1, round(4 * float(seconds))))
    batches = [stream[at : at + size] for at in range(0, len(stream), size)]
    for number, batch in enumerate(batches):
        for part, channel in enumerate(found):
            some = [one for one in batch if int(one.remote_id[1:]) % len(found) == part]
            waits.note(record_arrivals(channel, some, now=clock.now()))
        waits.look()
        ahead = begun + (number + 1) * float(seconds) / len(batches) - monotonic()
        _pause.wait(max(0.0, ahead))
    end = monotonic() + 300
    while waits.waiting and monotonic() < end:
        waits.look()
        _pause.wait(0.05)
    return json.dumps({"seen": waits.seen, "left": len(waits.waiting), "took": monotonic() - begun})


def look(seconds: str) -> str:
    """JSON: how long the list took, each time, asked for again and again for that time."""
    client, slug = _client(), workspace_of(0).slug
    times, end = [], monotonic() + float(seconds)
    while monotonic() < end:
        begun = perf_counter()
        answer = client.get(f"/w/{slug}/inbox/all/")
        times.append(perf_counter() - begun)
        if answer.status_code != 200:
            raise RuntimeError(f"the list answered {answer.status_code}")
        _pause.wait(1.0)
    return json.dumps(times)


def counted() -> str:
    """JSON: arrivals of the storm, and messages in the inbox of them; how late posts were, each. What
    strangers wrote below those posts is not of the storm."""
    late = [
        (row.at - row.delivery.due_at).total_seconds()
        for row in Attempt.objects.filter(step="commit", outcome="begun").select_related("delivery")
    ]
    arrived = Arrival.objects.filter(about=_BELOW).count()
    items = Item.objects.filter(arrival__about=_BELOW).count()
    return json.dumps({"arrived": arrived, "items": items, "late": late})


def open_pages(times: str) -> str:
    """JSON: page -> seconds of each opening, and the most queries that one took."""
    client, slug = _client(), workspace_of(0).slug
    talks = list(Thread.objects.order_by("pk").values_list("pk", flat=True)[: 50 * 40 : 40])
    base = f"/w/{slug}/inbox"
    pages: dict[str, Callable[[int], str]] = {
        "home": lambda n: f"{base}/",
        "list": lambda n: f"{base}/all/",
        "done": lambda n: f"{base}/all/?state=done",
        "filter": lambda n: f"{base}/all/?category={('question', 'complaint', 'praise')[n % 3]}",
        "search": lambda n: f"{base}/search/?q=word{n * 37 % RARE}",
        "search of a common word": lambda n: f"{base}/search/?q={WORDS[n % len(WORDS)]}",
        "search of two words": lambda n: f"{base}/search/?q=parcel+word{n % 50}",
        "conversation": lambda n: f"{base}/{talks[n % len(talks)]}/",
    }
    found = {}
    for name, address in pages.items():
        client.get(address(0))
        spent, queries = [], 0
        for n in range(int(times)):
            with CaptureQueriesContext(connection) as used:
                begun = perf_counter()
                answer = client.get(address(n))
                spent.append(perf_counter() - begun)
            queries = max(queries, len(used))
            if answer.status_code != 200:
                raise RuntimeError(f"{name} answered {answer.status_code}")
        found[name] = {"times": spent, "queries": queries}
    return json.dumps(found)


class _Waits:
    """Sampled arrivals that are not in the inbox yet: id -> since when; and how long others were."""

    def __init__(self) -> None:
        self.waiting: dict[int, float] = {}
        self.seen: list[float] = []
        self._met = 0

    def note(self, fresh: Sequence[Arrival]) -> None:
        for row in fresh:
            self._met += 1
            if self._met % _SAMPLE == 0:
                self.waiting[row.pk] = perf_counter()

    def look(self) -> None:
        there = Item.objects.filter(pk__in=list(self.waiting)).values_list("pk", flat=True)
        for pk in list(there):
            self.seen.append(perf_counter() - self.waiting.pop(pk))


def _disordered(count: int, seed: int) -> list[Arrived]:
    """Answers may come before what they answer, and a fifth of all comes twice."""
    chance = random.Random(seed)
    texts = [text for pile in piles() for _, _, text in pile.rows]
    now = clock.now()
    made = []
    for n in range(count):
        who = Author(f"a{chance.randrange(count // 3 + 1)}", f"@a{n % 977}", f"Person {n % 977}")
        parent = f"m{chance.randrange(count)}" if chance.random() < 0.2 else ""
        at = now + timedelta(milliseconds=n)
        made.append(
            Arrived(What.COMMENT, f"m{n}", at, who, f"{chance.choice(texts)} {n}", about=_BELOW,
                    parent="" if parent == f"m{n}" else parent)
        )  # fmt: skip
    made += chance.choices(made, k=round(count * REPEATED))
    keyed = sorted((at + chance.gauss(0, 200), at) for at in range(len(made)))
    return [made[at] for _, at in keyed]


def _client() -> Client:
    client = Client(headers={"host": "127.0.0.1:8000"})
    client.force_login(Person.objects.order_by("created_at")[0])
    return client


def _steps() -> Iterator[tuple[str, Callable[..., str]]]:
    yield from (
        ("open_inbox", open_inbox), ("plan", plan), ("storm", storm), ("look", look),
        ("counted", counted), ("grow", grow), ("open_pages", open_pages),
    )  # fmt: skip


PARTS = dict(_steps())
