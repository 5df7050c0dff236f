"""Scoring, and what a workspace changes about it; one file per story.

Each function checks that its actor may, owns its transaction and writes the audit chain.
"""

from breakwater.scoring.services.corrections import correct, take_back_consent, withdraw
from breakwater.scoring.services.learning import take_back_learnt, use_learnt
from breakwater.scoring.services.moves import move, move_back
from breakwater.scoring.services.scoring import score
from breakwater.scoring.services.terms import add_term, remove_term

__all__ = [
    "add_term",
    "correct",
    "move",
    "move_back",
    "remove_term",
    "score",
    "take_back_consent",
    "take_back_learnt",
    "use_learnt",
    "withdraw",
]
