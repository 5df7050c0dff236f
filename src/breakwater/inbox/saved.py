"""Saved answers that fit a message, and what their places are filled with."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet, Subquery

from breakwater.delivery.models import Delivery
from breakwater.domain.errors import NotFound
from breakwater.domain.variables import fill, order_in
from breakwater.inbox.guard import may_machine_answer
from breakwater.inbox.models import Item, SavedReply, Thread
from breakwater.inbox.reading import Message
from breakwater.people.selectors import Access

OFFERED = 8
UNSAID = ("", "und")


def saved_replies(workspace_id: UUID) -> list[SavedReply]:
    """By name, with who wrote them. One query."""
    rows = SavedReply.objects.filter(workspace_id=workspace_id).select_related("by")
    return list(rows.order_by("name", "language"))


def saved_reply_of(workspace_id: UUID, reply_id: UUID) -> SavedReply:
    """Raises: NotFound for none and for another workspace's alike."""
    row = SavedReply.objects.filter(workspace_id=workspace_id, pk=reply_id).first()
    if row is None:
        raise NotFound(what="saved_reply")
    return row


@dataclass(frozen=True)
class Fitting:
    """Saved answers to choose from. post: address of our post that the conversation is below; ""
    where it is not known, or nothing is offered. said: those that derive from what was said in public
    while this was written."""

    rows: list[SavedReply]
    post: str = ""
    said: Sequence[SavedReply] = ()


def fitting(access: Access, item: Item) -> Fitting:
    """Those in the message's language (where that is not known, the workspace's), its category's
    first. None where somebody may be in danger: whoever answers there writes to them. One query. item: with
    its conversation."""
    if not may_machine_answer(item):
        return Fitting([])
    spoken = access.workspace.language if item.language in UNSAID else item.language
    rows = SavedReply.objects.filter(
        workspace=access.workspace, language=spoken, category__in=("", item.category)
    )
    while_said = Q(since__lte=item.at) & (Q(until=None) | Q(until__gte=item.at))
    rows = rows.filter(Q(source=None) | while_said)
    known = list(rows.annotate(post=Subquery(_addresses(item.thread)[:1])))
    found = sorted(known, key=lambda row: (row.category == "", row.name, row.pk))
    own: list[SavedReply] = [row for row in found if row.source is None]
    said: list[SavedReply] = [row for row in found if row.source is not None]
    return Fitting(own[:OFFERED], str(found[0].post or "") if found else "", said)


def values_for(
    access: Access, thread: Thread, message: Message, *, post: str | None = None
) -> dict[str, str]:
    """What places are filled with, as far as it is known and this reader is shown it: a veiled name,
    and what a veiled text says, stay gaps. post: as `fitting` gave it; without, one query where the
    conversation belongs to a post."""
    name = message.author.name if message.author and not message.author.veiled else ""
    return {
        "name": name, "order": order_in(message.text or ""), "agent": access.person.name,
        "brand": access.workspace.name, "post": _post(thread) if post is None else post,
    }  # fmt: skip


def filled(reply: SavedReply, values: dict[str, str]) -> str:
    return fill(reply.text, values)


def _post(thread: Thread) -> str:
    """Address of our post that the conversation is below; "" where it is not known."""
    if not thread.about:
        return ""
    return str(_addresses(thread).first() or "")


def _addresses(thread: Thread) -> QuerySet[Delivery, str]:
    """None where the conversation is below no post."""
    if not thread.about:
        return Delivery.objects.none().values_list("remote_url", flat=True)
    rows = Delivery.objects.filter(channel_id=thread.channel_id, remote_id=thread.about)
    return rows.exclude(remote_url="").order_by("pk").values_list("remote_url", flat=True)
