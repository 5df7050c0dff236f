"""Changing what is already submitted: any change voids the approval, and its author is told."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import move as move_state
from breakwater.domain.errors import IllegalMove, Invalid, StaleState
from breakwater.publishing.content import parse
from breakwater.publishing.lifecycle import EDITABLE, POST, SUBMITTED
from breakwater.publishing.models import Post
from breakwater.publishing.services.drafts import check_hands, check_revision, locked, same, write
from breakwater.publishing.services.scheduling import refuse_if_begun, stop, void_approvals
from breakwater.publishing.services.telling import tell_of_change


def reopen(post: Post, *, by: UUID, now: datetime) -> Post:
    """The post is a draft again: its approvals are void and its deliveries are cancelled.

    Raises: as `check_hands`; StaleState "already_out" or "being_sent" when something of it has
    begun, or when the post is no longer in the state that the caller saw. Nothing is changed then.
    """
    with transaction.atomic():
        own = _as_seen(post)
        check_hands(own, by)
        return _to(own, "draft", "reopened", by=by, now=now)


def move(post: Post, wall: str, zone: str, *, by: UUID, now: datetime) -> Post:
    """A draft planned for another time. What was approved was its old time, so it has to be
    submitted again. The same time changes nothing.

    wall: "YYYY-MM-DDTHH:MM" in `zone`. Raises: Invalid for a bad time or "time_past" (nothing
    is changed, no approval voided); StaleState as `reopen`, and "edited_elsewhere".
    """
    with transaction.atomic():
        own = _as_seen(post)
        check_hands(own, by)
        check_revision(own, post.revision)
        content = parse(own.draft).at(wall, zone)
        if same(own, content):
            return own
        planned = content.planned()
        if planned is not None and planned.instant <= now:
            raise Invalid(code="time_past", field="wall", wall=wall, zone=zone)
        if own.state not in EDITABLE:
            time = {"when": planned.instant.isoformat(), "zone": zone} if planned else {}
            own = _to(own, "draft", "moved", by=by, now=now, **time)
        return write(own, content, by=by, now=now)


def cancel(post: Post, *, by: UUID, now: datetime) -> Post:
    """Nothing of the post will leave; it can be opened again. Raises: StaleState as `reopen`."""
    with transaction.atomic():
        own = _as_seen(post)
        return _to(own, "cancelled", "cancelled", by=by, now=now)


def _as_seen(post: Post) -> Post:
    own = locked(post.workspace_id, post.pk)
    if own.state != post.state or own.version_id != post.version_id:
        raise StaleState(subject="post", id=str(own.pk), state=own.state)
    return own


def _to(own: Post, state: str, because: str, *, by: UUID, now: datetime, **time: str) -> Post:
    """because: also the code of what those are told whose post it is. time: of a move."""
    if not POST.allows(own.state, state):
        raise IllegalMove(graph=POST.name, current=own.state, to=state)
    if own.version_id:
        refuse_if_begun(stop(own.version_id, by=by, now=now).left)
        void_approvals(own.version_id, now=now)
    if own.state in SUBMITTED:
        code = "reopened" if because == "moved" and not time else because
        tell_of_change(own, code, by=by, now=now, **time)
    return move_state(own, POST, state, by=by, now=now, why={"because": because})
