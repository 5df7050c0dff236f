"""What the token's person was told, and the audit trail."""

from ninja import Router

from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.base import Limit, Number
from breakwater.api.schemas.people import (
    EntriesOut,
    EntryOut,
    NoticeOut,
    NoticesOut,
    ReadOut,
    ReadWish,
    VerifiedOut,
)
from breakwater.audit import selectors as audit
from breakwater.notices.selectors import recent
from breakwater.notices.services import mark_read
from breakwater.people.roles import Right

router = Router(tags=["records"])


@route(router, "GET", "/w/{slug}/notices", right=Right.SEE, answer=NoticesOut)
def notices(call: Call, *, limit: Limit = 50) -> NoticesOut:
    """What the token's person was told about this workspace, newest first."""
    rows = recent(call.access.person, limit, workspace_id=call.workspace_id)
    return NoticesOut(
        items=[
            NoticeOut(
                id=one.id,
                code=one.code,
                title=one.title,
                body=one.body,
                path=one.path,
                at=one.at,
                read=one.read,
                mail=one.mail,
            )
            for one in rows
        ]
    )


@route(router, "POST", "/w/{slug}/notices/read", right=Right.SEE, answer=ReadOut)
def read_notices(call: Call, wish: ReadWish) -> ReadOut:
    """These notices are read; how many were not yet."""
    return ReadOut(
        read=mark_read(call.access.person, wish.ids, now=call.now, workspace_id=call.workspace_id)
    )


@route(router, "GET", "/w/{slug}/audit", right=Right.AUDIT, answer=EntriesOut)
def entries(call: Call, *, before: Number | None = None, limit: Limit = 50) -> EntriesOut:
    """The chain of what happened here, newest first. before: only entries with lower numbers."""
    rows = audit.entries(call.workspace_id, before=before, limit=limit)
    items = [
        EntryOut(
            number=row.number,
            at=row.at,
            actor_id=row.actor_id,
            verb=row.verb,
            subject=row.subject,
            subject_id=row.subject_id,
            data=row.data,
            seal=row.seal,
        )
        for row in rows
    ]
    return EntriesOut(
        items=items, next=items[-1].number if items[-1:] and items[-1].number > 1 else None
    )


@route(router, "GET", "/w/{slug}/audit/verify", right=Right.AUDIT, answer=VerifiedOut)
def verify(call: Call) -> VerifiedOut:
    """Whether the chain holds from its first entry to its head; it is read whole."""
    fault = audit.verify(call.workspace_id)
    if fault is None:
        return VerifiedOut(holds=True, number=None, what=None)
    return VerifiedOut.model_validate({"holds": False, "number": fault.number, "what": fault.what})
