"""Who is told of answers that need a yes. Nobody's words are in a notice, as notices are mailed."""

from datetime import datetime

from breakwater.channels.models import Channel
from breakwater.inbox.models import PileDeed, Proposal
from breakwater.notices.services import tell
from breakwater.people.models import Person
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, with_right


def tell_approvers(by: Access, made: Proposal, channel: Channel, *, now: datetime) -> None:
    """All who may say yes to it; not its author."""
    tell(
        _approvers(by), "answer_to_approve", key=f"answer_to_approve:{made.pk}",
        data={"who": str(by.person), "channel": str(channel)},
        path=f"/w/{by.workspace.slug}/inbox/proposals/",
        workspace_id=by.workspace.pk, now=now,
    )  # fmt: skip


def tell_approvers_of_many(by: Access, made: PileDeed, *, now: datetime) -> None:
    """All who may say yes to an answer to all of a pile; not its author."""
    tell(
        _approvers(by), "pile_answer_to_approve", key=f"pile_answer_to_approve:{made.pk}",
        data={"who": str(by.person)}, path=f"/w/{by.workspace.slug}/inbox/proposals/",
        workspace_id=by.workspace.pk, now=now,
    )  # fmt: skip


def tell_author(by: Access, decided: Proposal, *, now: datetime) -> None:
    """The author knows the no, and why."""
    _tell_no(by, decided, f"{decided.thread_id}/", now)


def tell_author_of_many(by: Access, decided: PileDeed, *, now: datetime) -> None:
    """As `tell_author`, of an answer to all of a pile."""
    _tell_no(by, decided, f"piles/{decided.pile_id}/", now)


def _approvers(by: Access) -> list[Person]:
    return [one for one in with_right(by.workspace.pk, Right.APPROVE) if one.pk != by.person.pk]


def _tell_no(by: Access, decided: Proposal | PileDeed, place: str, now: datetime) -> None:
    if decided.by is None:
        return
    tell(
        [decided.by], "answer_refused", key=f"answer_refused:{decided.pk}",
        data={"who": str(by.person), "note": decided.why},
        path=f"/w/{by.workspace.slug}/inbox/{place}", workspace_id=by.workspace.pk, now=now,
    )  # fmt: skip
