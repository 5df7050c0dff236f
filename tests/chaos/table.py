"""What the scenes came to, as rows of figures like those of `breakwater bench`."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import median
from typing import Any

from breakwater.config.bench.figures import Figure

RECOVERY_S = 30.0
_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_LEAST = {"kills": 300, "freeze": 50, "postgres": 50, "disk": 20, "clock": 20}
_DELIVERIES = 3000
Plain = Mapping[str, Any]


def figures(tallies: Sequence[Plain], *, whole: bool) -> list[Figure]:
    """whole: the full run of all kinds on both databases; the counts have their goals then only."""
    found: list[Figure] = []
    for scene in dict.fromkeys(one["scene"] for one in tallies):
        own = [one for one in tallies if one["scene"] == scene]
        found += _control(own) if scene == "naive" else _scene(scene, own, whole=whole)
    return found


def _scene(scene: str, own: Sequence[Plain], *, whole: bool) -> Iterator[Figure]:
    yield _meted(scene, own, whole=whole)
    if cells := [played for one in own for played in one["cells"].values()]:
        yield Figure(
            "  cells of the matrix played", f"{sum(cells)} of {len(cells)}", "all", all(cells)
        )
    for one in own:
        counts = [one[f"{what}_count"] for what in ("lost", "twice", "wrong")]
        said = f"{counts[0]}, {counts[1]}, {counts[2]} of {one['deliveries']}"
        what = f"  {_NAMES[one['database']]}: lost, twice, wrong records"
        yield Figure(what, said, "0, 0, 0", not any(counts))
    if times := [seconds for one in own for seconds in one["recovery"]]:
        said = f"{median(times):.1f} s, {max(times):.1f} s"
        met = max(times) <= RECOVERY_S
        yield Figure("  recovered after: median, longest", said, f"≤ {RECOVERY_S:.0f} s", met)
    asked = _by_class(own)
    total = sum(one["deliveries"] for one in own)
    said = f"{sum(asked.values())} of {total}" + (f" ({_listed(asked)})" if asked else "")
    yield Figure("  a person is asked", said, "", None)


def _meted(scene: str, own: Sequence[Plain], *, whole: bool) -> Figure:
    """How many faults of each kind; of `kills` the deliveries too."""
    faults = Counter[str]()
    for one in own:
        faults.update(one["faults"])
    said = _listed(faults)
    if scene == "kills":
        said = f"{sum(one['deliveries'] for one in own)} deliveries, {said}"
    if not whole or scene not in _LEAST:
        return Figure(scene, said, "", None)
    enough = faults["kill -9"] if scene == "kills" else sum(faults.values())
    met = enough >= _LEAST[scene]
    goal = f"≥ {_LEAST[scene]}"
    if scene == "kills":
        met = met and sum(one["deliveries"] for one in own) >= _DELIVERIES
        goal = f"≥ {_DELIVERIES:,}, ≥ {_LEAST[scene]}"
    return Figure(scene, said, goal, met)


def _control(own: Sequence[Plain]) -> Iterator[Figure]:
    """A run that is bad on purpose: what it sends twice has to be seen."""
    for one in own:
        seen = one["twice_count"]
        said = f"{seen} twice of {one['deliveries']}"
        yield Figure("control: a queue that resends blindly", said, "some twice", seen > 0)


def _by_class(own: Iterable[Plain]) -> Counter[str]:
    found = Counter[str]()
    for one in own:
        for what, count in one["asked"].items():
            found[what.split(":", 1)[0]] += count
    return found


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
