"""A pile-on comes in: how fast it is grouped, and what that takes.

Time is that of the processor: a grouping is one core's work, and a busy machine says nothing of it.
"""

import json
import random
from collections.abc import Iterator
from datetime import timedelta
from time import process_time

from breakwater.config.bench.figures import Figure, quantile
from breakwater.domain.grouping.groups import Groups
from breakwater.domain.grouping.messages import Message
from breakwater.domain.grouping.state import restored, saved
from breakwater.domain.grouping.summary import summaries
from breakwater.domain.grouping.tests.piles import BEGUN, piles
from tests.load.places import place

USUAL = 10_000
GOAL_S = 5.0
GOAL_RATE = 2_000
_ALTERED = 0.7
"""Share of messages that are no copies: words put in and left out at random."""


def figures(messages: int, seed: int) -> Iterator[Figure]:
    """The goals stand for 10,000; any other number has none."""
    usual = messages == USUAL
    stream = crowd(messages + messages // 5, seed)
    groups = Groups()
    first = _seconds(groups, [stream[:messages]])
    yield Figure(
        f"{messages:,} messages of a pile-on grouped", f"{first:.1f} s",
        f"≤ {GOAL_S:.0f} s" if usual else "", first <= GOAL_S if usual else None,
    )  # fmt: skip
    more = stream[messages:]
    rate = len(more) / _seconds(groups, [more[at : at + 50] for at in range(0, len(more), 50)])
    yield Figure(
        f"  then added to {messages:,}, 50 at once", f"{rate:,.0f} a second",
        f"≥ {GOAL_RATE:,} a second" if usual else "", rate >= GOAL_RATE if usual else None,
    )  # fmt: skip
    yield from _rest(groups, crowd(200, seed + 1))


def served(database: str, messages: int) -> Iterator[Figure]:
    """The same in the database, by the worker's own service: piles, messages, conversations."""
    usual = messages == USUAL
    with place(database) as where:
        told = json.loads(where.inside("heap", where.quay.origin, messages))
    goal = f"≤ {GOAL_S:.0f} s" if usual else ""
    yield Figure(
        f"{told['items']:,} messages as {told['piles']} piles in {database}: the first {messages:,}",
        f"{told['processor']:.1f} s of a core ({told['first']:.1f} s by the clock)", goal,
        told["processor"] <= GOAL_S if usual else None,
    )  # fmt: skip
    yield Figure("  50 more: p95", f"{1000 * quantile(told['later'], 0.95):.0f} ms", "", None)
    same = bool(told["same"])
    yield Figure("  by another worker", "the same" if same else "others", "the same", same)


def crowd(count: int, seed: int) -> list[Message]:
    """Messages made of the pile-ons written by hand: copies, and altered ones."""
    chance = random.Random(seed)
    texts = [text for pile in piles() for _, _, text in pile.rows]
    loose = [word for text in texts for word in text.split()]
    found = []
    for at in range(count):
        words = chance.choice(texts).split()
        if chance.random() < _ALTERED:
            for _ in range(chance.randint(1, 4)):
                words.insert(chance.randrange(len(words) + 1), chance.choice(loose))
        moment = BEGUN + timedelta(seconds=at)
        author = f"author {chance.randrange(count)}"
        found.append(Message(f"{seed}.{at}", " ".join(words), author, moment))
    return found


def _rest(groups: Groups, single: list[Message]) -> Iterator[Figure]:
    times = [_seconds(groups, [[one]]) for one in single]
    yield Figure("  one by one: p95", f"{1000 * quantile(times, 0.95):.1f} ms", "", None)
    begun = process_time()
    found = summaries(groups, "en", lambda _: False)
    took = process_time() - begun
    yield Figure(f"  all {len(found)} summaries", f"{1000 * took:.0f} ms", "", None)
    kept = json.dumps(saved(groups))
    begun = process_time()
    same = saved(restored(json.loads(kept))) == saved(groups)
    took = process_time() - begun
    size = len(kept) / 2**20
    yield Figure(f"  kept in {size:.1f} MB, put back", f"{took:.1f} s", "the same", same)


def _seconds(groups: Groups, batches: list[list[Message]]) -> float:
    begun = process_time()
    for batch in batches:
        groups.add(batch)
    return process_time() - begun
