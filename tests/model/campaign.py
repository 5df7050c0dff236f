"""Many schedules through the real code, each compared with what the model says of it."""

import os
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from breakwater.audit.selectors import verify
from breakwater.people.models import Person, Workspace
from tests.model import faults
from tests.model.choices import Chooser, Script, told, walk
from tests.model.endings import Count, Ending, count
from tests.model.faults import Net, nets
from tests.model.ours import Ours
from tests.model.replay import Real, real_world

ASKED_MOST = 0.001
"""R3: of schedules with the network's own faults alone, on the classes that have a key."""

_SAY_EVERY = 250
_KEYED = ("hour key", "key ignored", "lasting key", "handle")


@dataclass(frozen=True)
class Plan:
    """One schedule on one network, and what the model says of it. told: its faults in words."""

    net: Net
    script: Script
    told: str
    points: tuple[str, ...]
    ending: Ending
    r3: bool


@dataclass(frozen=True)
class Difference:
    """Where the model and the code do not agree, in words that replay it."""

    plan: Plan
    real: object
    points: tuple[str, ...]

    def __str__(self) -> str:
        one = self.plan
        return (
            f"{one.net.name}: {one.told}\n  script {one.script}\n  model {one.ending}\n"
            f"  code  {self.real}\n  model {' '.join(one.points)}\n  code  {' '.join(self.points)}"
        )


def plans(most: int, points: faults.Points = faults.ALL) -> Iterator[Plan]:
    """Every schedule of at most `most` faults on each network, with the model's word."""
    for net in nets(points):
        for chooser, ending in walk(lambda chosen, net=net: Ours(net, chosen).run(), most):
            taken = tuple(str(choice) for choice in chooser.taken)
            r3 = points is faults.NETWORK_ONLY
            yield Plan(net, chooser.script, told(chooser.taken), taken, ending, r3)


def chosen(number: int, seed: int) -> list[Plan]:
    """`number` schedules: all of R3 and all of at most two faults while there is room, the rest
    of three faults, drawn by `seed`. Fewer: drawn from all of these."""
    dice = random.Random(seed)
    core = [*plans(3, faults.NETWORK_ONLY), *plans(2)]
    if number <= len(core):
        return dice.sample(core, number)
    known = {(one.net.name, one.script) for one in core if not one.r3}
    more = [one for one in plans(3) if (one.net.name, one.script) not in known]
    return core + dice.sample(more, min(number - len(core), len(more)))


def compare(real: Real, plan: Plan) -> tuple[Ending | None, Difference | None]:
    """How the code ended, and the difference if there is one."""
    chooser = Chooser(plan.script)
    try:
        ending = real.run(plan.net, chooser)
    except Exception as error:
        points = tuple(str(choice) for choice in chooser.taken)
        return None, Difference(plan, repr(error), points)
    points = tuple(str(choice) for choice in chooser.taken)
    if (ending, points) == (plan.ending, plan.points):
        return ending, None
    return ending, Difference(plan, ending, points)


@dataclass
class Outcome:
    """What a campaign gave: counts by network (R3 apart), and where code and model differ."""

    counts: dict[str, Count]
    r3: dict[str, Count]
    differences: list[Difference]
    seconds: float
    chain: object

    @property
    def fine(self) -> bool:
        every = [*self.counts.values(), *self.r3.values()]
        kept = [one for name, one in self.r3.items() if name in _KEYED]
        many = sum(one.schedules for one in kept)
        few = sum(one.asked for one in kept) <= ASKED_MOST * many
        return few and not self.differences and not self.chain and all(one.sound for one in every)


def _mute(line: str) -> None:
    """Nobody listens."""


def run(
    real: Real, workspace: Workspace, wanted: list[Plan], say: Callable[[str], None] = _mute
) -> Outcome:
    """All of them, and a proof of the audit chain at the end."""
    started = _cpu()
    endings: dict[tuple[bool, str], list[Ending]] = defaultdict(list)
    differences: list[Difference] = []
    for number, plan in enumerate(wanted):
        if number % _SAY_EVERY == 0 and number:
            say(f"{number} done, {len(differences)} differences")
        ending, difference = compare(real, plan)
        if ending:
            endings[plan.r3, plan.net.name].append(ending)
        if difference:
            differences.append(difference)
            say(f"DIFFERENT {difference}")
    counts = {name: count(some) for (r3, name), some in endings.items() if not r3}
    only = {name: count(some) for (r3, name), some in endings.items() if r3}
    return Outcome(counts, only, differences, _cpu() - started, verify(workspace.pk))


def campaign(wanted: list[Plan], say: Callable[[str], None]) -> int:
    """0 when all holds; the tables and every difference are said. On a database of its own."""
    workspace, person = _stage()
    say(f"{len(wanted)} schedules on the real code")
    began = time.monotonic()
    with real_world(workspace, person, datetime.now(UTC)) as real:
        outcome = run(real, workspace, wanted, say)
    wall = time.monotonic() - began
    names = [net.name for net in nets()]
    say("| | " + " | ".join(names) + " |")
    say("|---" * (len(names) + 1) + "|")
    for name, counts in (("at most 3 faults", outcome.counts), ("network alone", outcome.r3)):
        say(f"| {name} | " + " | ".join(str(counts.get(one, Count())) for one in names) + " |")
    say(
        f"{len(outcome.differences)} differences; audit chain {outcome.chain or 'holds'};"
        f" {wall:.0f} s, {outcome.seconds:.0f} s of processor time;"
        " cells: twice/lost/wrong record of schedules (asked)"
    )
    return 0 if outcome.fine else 1


def _stage() -> tuple[Workspace, Person]:
    """A fresh database (as for tests), a workspace and a person."""
    from django.core.management import call_command

    from tests.people import make_person, make_workspace

    call_command("migrate", verbosity=0)
    return make_workspace("Harbour"), make_person("ann")


def _cpu() -> float:
    spent = os.times()
    return spent.user + spent.system
