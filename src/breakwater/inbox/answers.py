"""What was said and done in conversations, with what became of it: read from its deliveries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from breakwater.delivery.lifecycle import ASKS
from breakwater.domain.deeds import ON_PEOPLE
from breakwater.inbox.models import Answer, Item, PileDeed, Proposal, Thread

AT_ONCE = 30


@dataclass(frozen=True)
class Mark:
    """How far the answers of a conversation were when its page was made. by: whose the last is."""

    text: str = ""
    by: str = ""


def answers_of(thread_id: UUID) -> list[Answer]:
    """Answers and deeds, oldest first, with their deliveries and who did them. One query."""
    rows = Answer.objects.filter(thread_id=thread_id)
    return list(rows.select_related("delivery", "by").order_by("created_at", "pk"))


def around(thread: Thread, items: Sequence[Item]) -> list[Answer]:
    """Answers and deeds of a conversation, and deeds on those who wrote these messages of it by way
    of other ones (deeds.by_item), oldest first. One query, along two indexes."""
    people = {item.contact_id for item in items if item.contact_id}
    related = ("delivery__channel", "item__contact", "by", "undone")
    rows = Answer.objects.filter(workspace_id=thread.workspace_id).select_related(*related)
    here = rows.filter(thread=thread)
    elsewhere = rows.filter(item__contact_id__in=people, deed__in=ON_PEOPLE).exclude(thread=thread)
    found = here.union(elsewhere, all=True) if people else here
    return sorted(found, key=lambda row: (row.created_at, row.pk))


def proposals_of(thread_id: UUID) -> list[Proposal]:
    """All that were ever made in a conversation, oldest first. One query."""
    rows = Proposal.objects.filter(thread_id=thread_id).select_related("by", "decided_by")
    return list(rows.order_by("created_at", "pk"))


def mark_of(answers: Sequence[Answer], proposals: Sequence[Proposal]) -> Mark:
    """Of the last thing that was said, or waits to be said; a later page has another one."""
    said: list[Answer | Proposal] = [one for one in answers if not one.deed]
    said += [one for one in proposals if one.state == "waiting"]
    if not said:
        return Mark()
    last = max(said, key=lambda one: (one.created_at, one.pk))
    return Mark(str(last.pk), str(last.by) if last.by else "")


def echoes(answers: Sequence[Answer], items: Sequence[Item]) -> dict[int, Answer]:
    """Item id -> the answer that the network shows as this message. Items with their arrivals."""
    ours = {
        one.delivery.remote_id: one for one in answers if not one.deed and one.delivery.remote_id
    }
    return {
        item.pk: ours[item.arrival.remote_id]
        for item in items
        if item.own and item.arrival.remote_id in ours
    }


def _troubled(workspace_ids: Collection[UUID]) -> QuerySet[Answer]:
    return Answer.objects.filter(workspace_id__in=workspace_ids, delivery__state__in=ASKS)


def troubled(workspace_ids: Collection[UUID], *, limit: int = AT_ONCE) -> list[Answer]:
    """Answers and deeds of which a person has to say what becomes of them: not sent, missed, or
    perhaps out. Since when is the delivery's to say; the longest first. One query."""
    rows = _troubled(workspace_ids).select_related(
        "delivery", "by", "thread__channel", "thread__contact", "thread__workspace"
    )
    return list(rows.order_by("delivery__state_at", "pk")[:limit])


def troubled_count(workspace_ids: Collection[UUID]) -> int:
    return _troubled(workspace_ids).count()


def proposals_waiting(workspace_ids: Collection[UUID], *, limit: int = AT_ONCE) -> list[Proposal]:
    """Answers that wait for a yes, the longest first, with what they answer. One query."""
    rows = Proposal.objects.filter(workspace_id__in=workspace_ids, state="waiting")
    related = ("by", "thread__channel", "thread__workspace", "item__arrival", "item__contact")
    return list(rows.select_related(*related).order_by("created_at", "pk")[:limit])


def proposals_count(workspace_ids: Collection[UUID]) -> int:
    """Answers to one, and to all of a pile, that wait for a yes. One query."""
    rows = Proposal.objects.filter(workspace_id__in=workspace_ids, state="waiting")
    to_many = PileDeed.objects.filter(workspace_id__in=workspace_ids, state="proposed")
    return rows.values("pk").union(to_many.values("pk"), all=True).count()
