"""`python -m tests.model`: the tables. `--real N --seed S`: the code through N schedules."""

import argparse
import sys
import time
from collections.abc import Iterable, Sequence

from tests.model import table


def main() -> int:
    """0 when everything holds."""
    parser = argparse.ArgumentParser(prog="python -m tests.model", description=__doc__)
    parser.add_argument("--faults", type=int, default=3, help="at most so many in a schedule")
    parser.add_argument("--real", type=int, default=0, metavar="N", help="schedules, real code")
    parser.add_argument("--seed", type=int, default=0, help="which schedules of three faults")
    parser.add_argument("--part", default="1/1", help="the i-th of n parts of them, as in 1/2")
    wish = parser.parse_args()
    if wish.real:
        import conftest  # noqa: F401 - Django, on a database of this run's own

        from tests.model.campaign import campaign, chosen

        part, parts = (int(word) for word in wish.part.split("/"))
        return campaign(chosen(wish.real, wish.seed)[part - 1 :: parts], _say)
    started = time.perf_counter()
    for rows in (table.table(wish.faults), table.asked(wish.faults), table.beyond(wish.faults)):
        _print(rows)
    sound = all(table.counted(table.ours, net, wish.faults).sound for net in table.nets())
    _say(f"every schedule of at most {wish.faults} faults, {time.perf_counter() - started:.0f} s;")
    _say("cells: twice/lost/wrong record of schedules (schedules that end in a question)")
    return 0 if sound else 1


def _print(rows: Iterable[Sequence[str]]) -> None:
    for number, row in enumerate(rows):
        _say("| " + " | ".join(row) + " |")
        if number == 0:
            _say("|---" * len(row) + "|")
    _say("")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
