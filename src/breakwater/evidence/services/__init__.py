"""What changes captures: the contract of this package for those above."""

from breakwater.evidence.services.absence import expect_absence
from breakwater.evidence.services.asking import ask, ask_again
from breakwater.evidence.services.minors import minor
from breakwater.evidence.services.signing import sign

__all__ = ["ask", "ask_again", "expect_absence", "minor", "sign"]
