"""Saved answers that fit a message, and what their places are filled with."""

from uuid import UUID

from breakwater.delivery.models import Delivery
from breakwater.domain.errors import NotFound
from breakwater.domain.triage import Category
from breakwater.domain.variables import fill, order_in
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


def fitting(access: Access, item: Item) -> list[SavedReply]:
    """Those in the message's language (where that is not known, the workspace's), its category's
    first. None for somebody in danger: whoever answers them writes to them. One query."""
    if item.danger or item.category == Category.DANGER:
        return []
    spoken = access.workspace.language if item.language in UNSAID else item.language
    rows = SavedReply.objects.filter(
        workspace=access.workspace, language=spoken, category__in=("", item.category)
    )
    found = sorted(rows, key=lambda row: (row.category == "", row.name, row.pk))
    return found[:OFFERED]


def values_for(access: Access, thread: Thread, message: Message) -> dict[str, str]:
    """What places are filled with, as far as it is known and this reader is shown it: a veiled name,
    and what a veiled text says, stay gaps. One query where the conversation belongs to a post."""
    name = message.author.name if message.author and not message.author.veiled else ""
    return {
        "name": name, "order": order_in(message.text or ""), "agent": access.person.name,
        "brand": access.workspace.name, "post": _post(thread),
    }  # fmt: skip


def filled(reply: SavedReply, values: dict[str, str]) -> str:
    return fill(reply.text, values)


def _post(thread: Thread) -> str:
    """Address of our post that the conversation is below; "" where it is not known."""
    if not thread.about:
        return ""
    rows = Delivery.objects.filter(channel_id=thread.channel_id, remote_id=thread.about)
    return str(rows.exclude(remote_url="").values_list("remote_url", flat=True).first() or "")
