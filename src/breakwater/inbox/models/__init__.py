"""The rows of the inbox: talk (who said what), work (what the team does), piles, rules, guard."""

from breakwater.inbox.models.guard import Grant, Helpline, Kept, Reported
from breakwater.inbox.models.piles import Pile, PileState
from breakwater.inbox.models.rules import Rule, RuleRun
from breakwater.inbox.models.talk import Answer, Contact, Intake, Item, Pulse, Thread
from breakwater.inbox.models.work import (
    Draft,
    Label,
    Labelled,
    Note,
    Proposal,
    Rota,
    SavedReply,
    SavedView,
    Seat,
    Setup,
    Survey,
)

__all__ = [
    "Answer", "Contact", "Draft", "Grant", "Helpline", "Intake", "Item", "Kept", "Label",
    "Labelled", "Note", "Pile", "PileState", "Proposal", "Pulse", "Reported", "Rota", "Rule", "RuleRun",
    "SavedReply", "SavedView", "Seat", "Setup", "Survey", "Thread",
]  # fmt: skip
