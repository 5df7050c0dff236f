"""A deed on a message, as the guard does it: kept first where it is a threat, and one answer of it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from breakwater.delivery.services import talking
from breakwater.inbox.models import Answer, Item
from breakwater.inbox.services.guarding import keep_before
from breakwater.networks.base import Deed
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access


def do(
    item: Item,
    deed: Deed,
    *,
    by: Access,
    request: UUID,
    now: datetime,
    tags: Sequence[str] = (),
) -> Answer:
    """The deed leaves now. The item must come with its arrival and channel. request: of the click;
    the same one again gives the same answer. Raises: Forbidden, and what `talking.act` does."""
    checks.may(by, Right.ANSWER)
    if deed is Deed.REMOVE:
        checks.may(by, Right.TAKE_DOWN)
    talking.need(item.arrival.channel, talking.NEEDS[deed])
    keep_before(deed, item, by=by, now=now)
    delivery = talking.act(
        item.arrival.channel, talking.Done(deed, item.pk, tags=tags), by=by.person.pk, now=now,
        request=uuid5(request, f"{deed.value}:{item.pk}"),
    )  # fmt: skip
    answer, _ = Answer.objects.get_or_create(
        delivery=delivery,
        defaults={
            "workspace_id": item.workspace_id, "thread_id": item.thread_id, "item": item,
            "deed": deed.value, "by": by.person, "created_at": now,
        },
    )  # fmt: skip
    return answer
