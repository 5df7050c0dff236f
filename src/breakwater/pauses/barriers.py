"""What a pause holds, and what it leaves open."""

from collections.abc import Collection, Sequence

from breakwater.delivery.services import ACT, EDIT, PUBLISH, REPLY, Barrier
from breakwater.delivery.services.talking import API, AUTOMATIC

WORKSPACE = "workspace"

CLOSABLE = ("replies", "deeds", "rules")
"""What a pause leaves to named persons (replies and corrections; likes, hiding, reports) and to
rules that spare people (hiding, muting), and that can be closed as well. Deletes never are."""

_CLOSED = {
    "replies": (WORKSPACE, (REPLY, EDIT)),
    "deeds": (WORKSPACE, (ACT,)),
    "rules": (AUTOMATIC, (ACT,)),
}


def barriers_for(closed: Collection[str], only: Sequence[str] = ()) -> list[Barrier]:
    """Posts first: that is the one which single posts are let past. closed: of CLOSABLE. only: tags
    that a narrowed pause is about, of its posts: answers carry none of a post's labels, so that what
    rules and programs say stays behind it whole."""
    usual = [(WORKSPACE, (PUBLISH,)), (AUTOMATIC, (REPLY,)), (API, (REPLY, EDIT))]
    more = [_CLOSED[what] for what in CLOSABLE if what in closed]
    return [Barrier(tag, kinds, only if PUBLISH in kinds else ()) for tag, kinds in (*usual, *more)]
