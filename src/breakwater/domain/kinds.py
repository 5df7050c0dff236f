"""The kinds of delivery: what leaves, what it needs before, and whether it may be made again.

Their payloads are described in domain/parcels.
"""

PUBLISH = "publish"  # a post, a part of its thread, its first comment: as approved
REPLY = "reply"  # a named person's answer to a comment, a message or a review
EDIT = "edit"  # what is out says something else from now on
DELETE = "delete"  # what is out of ours is gone
ACT = "act"  # a deed on something or somebody: like, hide, mute, block, report …

KINDS = (PUBLISH, REPLY, EDIT, DELETE, ACT)

MAKES = (PUBLISH, REPLY)
"""Something new on the network, which twice would be one too many."""

SHOWN = (*MAKES, EDIT)
"""What a post of ours on the network can be explained by."""

REPORT = "report"
"""The one deed that a network counts each time (networks.base.Deed)."""

_UNDOES = {
    "like": "unlike", "hide": "unhide", "mute": "unmute", "block": "unblock", "pin": "unpin",
    "withdraw": "restore",
}  # fmt: skip
OPPOSITES = {**_UNDOES, **{undone: deed for deed, undone in _UNDOES.items()}}
"""Deed -> the deed that undoes it: of two the later one is what the person wants."""

REPEATABLE = (EDIT, DELETE, ACT)
"""Made twice is as made once, so a lost answer is answered by making it again; see `repeats`."""

MENDS = (DELETE, ACT)
"""Makes things better: passes an open circuit, and no hold stands before it unless it says so."""


def repeats(kind: str, deed: str = "") -> bool:
    """Whether it may be made again at will. deed: of an ACT."""
    return kind in REPEATABLE and deed != REPORT
