"""What people write comes in a storm, or has come for years: what is lost, and how long pages take."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from breakwater.config.bench.figures import Figure, quantile
from tests.load.places import Place, place

STORM = 100_000
MINUTES = 10.0
LARGE = 1_000_000
_OPENINGS = 60
_POSTS = 200


@dataclass(frozen=True)
class Goals:
    """Seconds and queries."""

    list_s: float = 0.3
    visible_s: float = 2.0
    late_s: float = 15.0
    page_s: float = 0.1
    queries: int = 12


GOALS = Goals()


def storms(database: str, count: int, minutes: float, seed: int) -> Iterator[Figure]:
    """The goals stand for 100,000 in ten minutes; smaller storms have only the truth."""
    usual = (count, minutes) == (STORM, MINUTES)
    seconds = 60 * minutes
    with place(database) as here:
        here.inside("open_inbox", here.quay.origin, _POSTS if usual else 5)
        here.hire()
        here.inside("plan", seconds)
        with ThreadPoolExecutor(2) as both:
            looking = both.submit(here.inside, "look", seconds)
            storm = json.loads(here.inside("storm", count, seconds, seed))
            times = json.loads(looking.result())
        found = json.loads(here.inside("counted"))
    lost, twice = count - found["arrived"], found["items"] - found["arrived"]
    yield Figure(
        f"{count:,} messages and 20 % again in {minutes:g} min, {database}: lost / not taken in",
        f"{lost} / {-twice}", "0 / 0", (lost, twice) == (0, 0),
    )  # fmt: skip
    yield _timed("  stored until in the inbox: p95", storm["seen"], GOALS.visible_s, usual=usual)
    yield _timed("  the list meanwhile: p95", times, GOALS.list_s, usual=usual)
    if found["late"]:
        yield _timed(
            "  planned posts meanwhile, late: p99", found["late"], GOALS.late_s, 0.99, usual=usual
        )


def large(database: str, count: int) -> Iterator[Figure]:
    """The goals stand for a million."""
    usual = count == LARGE
    with place(database) as here:
        here.inside("open_inbox", here.quay.origin, 0)
        _filled(here, count)
        found = json.loads(here.inside("open_pages", _OPENINGS))
    yield Figure(f"an inbox of {count:,} messages, {database}", "", "", None)
    for page, one in found.items():
        p95 = quantile(one["times"], 0.95)
        yield Figure(
            f"  {page}: p95, queries", f"{1000 * p95:.0f} ms, {one['queries']}",
            f"≤ {1000 * GOALS.page_s:.0f} ms, {GOALS.queries}" if usual else "",
            p95 <= GOALS.page_s and one["queries"] <= GOALS.queries if usual else None,
        )  # fmt: skip


def _filled(here: Place, count: int) -> None:
    there = int(here.inside("grow", count, 7))
    if there != count:
        raise RuntimeError(f"{there} messages are there, not {count}")


def _timed(
    what: str, seconds: list[float], goal: float, part: float = 0.95, *, usual: bool
) -> Figure:
    value = quantile(seconds, part)
    return Figure(what, f"{value:.2f} s", f"≤ {goal:g} s" if usual else "", value <= goal if usual else None)  # fmt: skip
