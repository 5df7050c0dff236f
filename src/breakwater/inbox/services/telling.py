"""Who is told of answers that need a yes. Nobody's words are in a notice, as notices are mailed."""

from datetime import datetime

from breakwater.channels.models import Channel
from breakwater.inbox.models import Proposal
from breakwater.notices.services import tell
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, with_right


def tell_approvers(by: Access, made: Proposal, channel: Channel, *, now: datetime) -> None:
    """All who may say yes to it; not its author."""
    able = [one for one in with_right(by.workspace.pk, Right.APPROVE) if one.pk != by.person.pk]
    tell(
        able, "answer_to_approve", key=f"answer_to_approve:{made.pk}",
        data={"who": str(by.person), "channel": str(channel)},
        path=f"/w/{by.workspace.slug}/inbox/proposals/",
        workspace_id=by.workspace.pk, now=now,
    )  # fmt: skip


def tell_author(by: Access, decided: Proposal, *, now: datetime) -> None:
    """The author knows the no, and why."""
    if decided.by is None:
        return
    tell(
        [decided.by], "answer_refused", key=f"answer_refused:{decided.pk}",
        data={"who": str(by.person), "note": decided.why},
        path=f"/w/{by.workspace.slug}/inbox/{decided.thread_id}/",
        workspace_id=by.workspace.pk, now=now,
    )  # fmt: skip
