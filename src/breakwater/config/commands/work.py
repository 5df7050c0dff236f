"""Run the workers: deliveries, notices, mail, credentials. Any number of them on PostgreSQL."""

import argparse

from breakwater.config import checks
from breakwater.core import clock
from breakwater.workers.run import work


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Nothing: what it needs are settings."""


def run(_options: argparse.Namespace) -> int:
    checks.stop_on_trouble(clock.now, watched=True)
    work()
    return 0
