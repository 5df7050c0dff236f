"""Checks that cannot be asked of a network, by name: why, and which test shows it another way.

`conforming.conforms` fails on any other skip, and on an exception that is none any more.
`tests/test_capability_lines.py` holds that each line of each manifest is shown by a test.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Elsewhere:
    """why: a sentence. test: `path::name`; "" where the check shows no line of a manifest alone."""

    why: str
    test: str = ""


ELSEWHERE: Mapping[str, Mapping[str, Elsewhere]] = {}
