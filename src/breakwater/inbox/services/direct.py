"""Answers and deeds by a network's own ids, past a conversation: for programs (API) and operators.

They leave as they are told. What stands before them stands before a conversation's, too: who may
remove, who must say yes, and that a threat is kept before it goes.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from breakwater.channels.models import Channel
from breakwater.channels.selectors import allows
from breakwater.delivery.models import Delivery
from breakwater.delivery.services import talking
from breakwater.delivery.services.talking import NEEDS, Done, Said
from breakwater.domain.deeds import ON_PEOPLE
from breakwater.domain.errors import NotFound, Problem
from breakwater.inbox.models import Item
from breakwater.inbox.selectors import asks_approval
from breakwater.inbox.services import acting
from breakwater.inbox.services.guarding import MAKES_GO, keep_before
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

_MOST_KEPT = 100
"""Of one person's threats, before that person is blocked; of one thing, which a network may bring as a
comment, a mention, a tag …, a few."""


def answer(by: Access, channel: Channel, said: Said, *, request: UUID, now: datetime) -> Delivery:
    """The answer leaves now. Raises: as `talking.reply`; Forbidden; NotFound (another workspace's
    channel); Problem("answer_needs_yes")."""
    _need_no_yes(by)
    _need_own(by, channel.workspace_id)
    return talking.reply(channel, said, request=request, by=by.person.pk, now=now)


def change(
    by: Access,
    row: Delivery,
    text: str,
    *,
    tags: Sequence[str] = (),
    request: UUID,
    now: datetime,
) -> Delivery:
    """An answer that is out says something else. Raises: as `talking.change`, and as `answer`."""
    _need_no_yes(by)
    _need_own(by, row.workspace_id)
    return talking.change(row, text, tags=tags, request=request, by=by.person.pk, now=now)


def deed(by: Access, channel: Channel, done: Done, *, request: UUID, now: datetime) -> Delivery:
    """The deed is done now. Raises: as `talking.act`; Forbidden (`acting.may`); NotFound."""
    acting.may(by, done.deed)
    _need_own(by, channel.workspace_id)
    _keep_first(by, channel, done, now=now)
    return talking.act(channel, done, request=request, by=by.person.pk, now=now)


def _need_no_yes(by: Access) -> None:
    checks.may(by, Right.ANSWER)
    if asks_approval(by.workspace.pk):
        raise Problem(code="answer_needs_yes")


def _need_own(by: Access, workspace_id: UUID) -> None:
    if workspace_id != by.workspace.pk:
        raise NotFound(what="channel")


def _keep_first(by: Access, channel: Channel, done: Done, *, now: datetime) -> None:
    """Where the account may not do it, or the message was not taken in, nothing is kept."""
    if done.deed not in MAKES_GO or not allows(channel, NEEDS[done.deed]).yes:
        return
    items = Item.objects.select_related("arrival__channel").filter(arrival__channel=channel)
    if done.arrival_id is not None:
        items = items.filter(pk=done.arrival_id)
    elif done.deed in ON_PEOPLE:
        items = items.filter(arrival__author_id=done.target)
    else:
        items = items.filter(arrival__remote_id=done.target)
    for item in items.order_by("-pk")[:_MOST_KEPT]:
        keep_before(done.deed, item, by=by, now=now)
