"""What changes captures: the contract of this package for those above."""

from breakwater.evidence.services.absence import expect_absence
from breakwater.evidence.services.asking import Wanted, ask, ask_again, ask_all
from breakwater.evidence.services.minors import keep_it, minor
from breakwater.evidence.services.signing import sign

__all__ = [
    "Wanted",
    "ask",
    "ask_again",
    "ask_all",
    "expect_absence",
    "keep_it",
    "minor",
    "sign",
]
