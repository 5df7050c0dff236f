"""No connector keeps a request open past its deadline; and connectors stay small enough to be read."""

import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median

import pytest

import breakwater
from breakwater.channels.selectors import networks
from breakwater.delivery.models import Attempt, Delivery
from tests.worlds.desk import TIMINGS, Desk, run
from tests.worlds.every import WORLDS
from tests.worlds.fixtures import desk, world
from tests.worlds.gate import Fault
from tests.worlds.needs import NEEDS, Needs

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

MEDIAN_LINES = 150
STALLS_S = 8.0
"""Longer than anything here may take."""
SHORT = replace(
    TIMINGS,
    commit_deadline=timedelta(seconds=0.8),
    prepare_deadline=timedelta(seconds=1.2),
    read_deadline=timedelta(seconds=0.6),
)
STALLED = Fault("stalled", False, stalls_s=STALLS_S)
SLACK_S = 1.5
"""What a busy machine may take beside it."""
ROOT = Path(breakwater.__file__).parent / "networks"


__all__ = ["desk", "world"]  # fixtures


@pytest.mark.parametrize("world", sorted(WORLDS), indirect=True)
def test_a_network_that_never_answers_is_not_waited_for(desk: Desk) -> None:
    """At the commit call, and from then on in looking and in preparing."""
    desk = replace(desk, timings=SHORT, approved=set)
    channel = desk.connect()
    row = desk.order(channel, "publish", NEEDS.get(channel.network, Needs()).payload(desk, "Fog."))
    desk.world.gate.plan([STALLED])

    began = time.monotonic()
    desk.run_to([row], "unknown", within=5.0)
    assert time.monotonic() - began < SHORT.commit_deadline.total_seconds() + 2 * SLACK_S
    (ended,) = Attempt.objects.filter(delivery=row, step="commit").exclude(outcome="begun")
    assert (ended.outcome, ended.code) == ("unknown", "deadline")
    assert desk.world.public() == []

    looked = Attempt.objects.filter(delivery=row, step="look")
    other = desk.order(channel, "publish", row.payload)
    began = time.monotonic()
    run(
        [desk.deliver()], lambda: looked.count() > 1 and _tried(other), within=10.0
    )  # fmt: skip
    assert time.monotonic() - began < 10.0
    assert {(one.outcome, one.code) for one in looked} == {("unreadable", "deadline")}


def _tried(row: Delivery) -> bool:
    """Whether it was given up for now: in preparing, or (there was nothing to prepare) at its call."""
    ends = Attempt.objects.filter(delivery=row, code="deadline")
    return ends.exists()


def test_half_of_the_files_of_a_connector_have_150_lines_or_fewer(
    capsys: pytest.CaptureFixture[str],
) -> None:
    sizes = {
        slug: sorted(
            len(file.read_text(encoding="utf-8").splitlines())
            for file in (ROOT / slug).glob("*.py")
        )
        for slug in networks()
    }

    with capsys.disabled():
        for slug, lines in sorted(sizes.items()):
            said = f"{slug}: {len(lines)} files, {median(lines):.0f} lines in the middle"
            sys.stdout.write(f"\n{said}, {lines[-1]} in the longest")
        sys.stdout.write("\n")
    assert {slug for slug, lines in sizes.items() if median(lines) > MEDIAN_LINES} == set()
    assert median([size for lines in sizes.values() for size in lines]) <= MEDIAN_LINES
