"""What must never be done: questions that all other code asks before it acts by itself.

A person in danger is never grouped, never locked out, and never answered by a machine. A threat is
kept before anything makes it go (services.guarding).
"""

from breakwater.domain.scoring.scores import Head
from breakwater.domain.triage import Category
from breakwater.inbox.models import Item, Thread


def may_machine_answer(item: Item) -> bool:
    """Whether a rule may answer it in words. Never where anybody in its conversation may be in
    danger."""
    return not (item.danger or item.category == Category.DANGER or item.thread.danger)


def may_set_aside(thread: Thread) -> bool:
    """Whether the conversation may be put where nobody needs to read it."""
    return not thread.danger


def is_threat(item: Item) -> bool:
    """Of a person in danger's message, too, in which a threat is said."""
    return item.category == Category.THREAT or Head.THREAT.value in item.reasons
