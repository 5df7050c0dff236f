"""Check settings, data folder, database, keys, clock and networks. Exit 78 when one is wrong."""

import argparse

from breakwater.config import checks
from breakwater.config.cli import EX_CONFIG
from breakwater.config.terminal import say, table
from breakwater.core import clock


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Nothing: it checks everything."""


def run(_options: argparse.Namespace) -> int:
    findings = checks.everything(clock.now)
    say(table([("wrong" if f.mend else "ok", f.what, f.mend or f.seen) for f in findings]))
    return EX_CONFIG if any(finding.mend for finding in findings) else 0
