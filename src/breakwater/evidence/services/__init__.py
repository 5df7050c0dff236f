"""What changes captures: the contract of this package for those above."""

from breakwater.evidence.services.absence import expect_absence
from breakwater.evidence.services.asking import ask, ask_again
from breakwater.evidence.services.minors import keep_it, minor
from breakwater.evidence.services.signing import sign

__all__ = ["ask", "ask_again", "expect_absence", "keep_it", "minor", "sign"]
