"""How soon an intruder's posts are sealed and their deletes have left, once a person says "not us"."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from time import monotonic

import httpx

from breakwater.config.bench import processes
from breakwater.config.bench.figures import Figure
from tests.load.places import Place, place, rest
from tests.load.quay import deletes

USUAL = 55
"""As many as at Burger King's in 2013."""
CHANNELS = 3
GOAL_S = 10.0
_PATIENCE_S = 180.0


def figures(database: str, posts: int = USUAL) -> Iterator[Figure]:
    """From the call of the API until the package of each post is on disk and the delete of each has
    reached the harbour; one worker with all its loops, and the server."""
    with place(database) as here:
        here.inside("begin_contain", here.quay.origin, CHANNELS)
        here.hire()
        asked = json.loads(here.inside("hijack", posts))
        with here.served() as origin:
            busy = _processor_s(here)
            begun = datetime.now(UTC)
            answered_s = _contain(origin, asked)
            _until_all_out(here, posts)
            spent = _processor_s(here) - busy
        sealed = {
            post: datetime.fromtimestamp(at, UTC)
            for post, at in json.loads(here.inside("sealed")).items()
        }
        left = deletes(here.quay.home)
    yield from _told(database, begun, answered_s, sealed, left, spent)


def _told(
    database: str,
    begun: datetime,
    answered_s: float,
    sealed: dict[str, datetime],
    left: list[tuple[datetime, str]],
    spent: float,
) -> Iterator[Figure]:
    on_disk_s = (max(sealed.values()) - begun).total_seconds()
    out_s = (max(at for at, _ in left) - begun).total_seconds()
    what = f"{len(sealed)} strays on {CHANNELS} channels contained, {database}"
    took = f"{answered_s:.1f} / {on_disk_s:.1f} / {out_s:.1f} s"
    yield Figure(f"{what}: answer / all sealed / all out", took, "≤ 10 s", out_s <= GOAL_S)
    yield Figure("  processor of the worker meanwhile", f"{spent:.1f} s", "", None)
    early = [post for at, post in left if post not in sealed or at < sealed[post]]
    yield Figure("  deletes before their evidence", str(len(early)), "0", not early)
    twice = [post for post, n in Counter(post for _, post in left).items() if n > 1]
    yield Figure("  deleted twice", str(len(twice)), "0", not twice)


def _contain(origin: str, asked: dict[str, str]) -> float:
    """Seconds until it was answered."""
    begun = monotonic()
    answer = httpx.post(
        f"{origin}/api/v1/w/{asked['slug']}/alarms/{asked['alarm']}/contain", json={},
        headers={"Authorization": f"Bearer {asked['token']}"}, timeout=60,
    )  # fmt: skip
    answer.raise_for_status()
    return monotonic() - begun


def _until_all_out(here: Place, posts: int) -> None:
    """Raises: TimeoutError."""
    end = monotonic() + _PATIENCE_S
    while len({post for _, post in deletes(here.quay.home)}) < posts:
        if monotonic() > end:
            raise TimeoutError(f"{len(deletes(here.quay.home))} of {posts} are out")
        rest(0.05)


def _processor_s(here: Place) -> float:
    return processes.cpu_s([pid for one in here.workers for pid in processes.family(one.pid)])
