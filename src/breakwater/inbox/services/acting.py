"""A deed on the network about one message, or about who wrote it; and taking it back.

Each is a delivery of its own, so that what became of it is read there. Whether the network lets
this account do it is asked before anything is written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from breakwater.audit.services import Fact, record, stand_in_line
from breakwater.channels.models import Channel
from breakwater.delivery.models import Delivery
from breakwater.delivery.services import cancel, talking
from breakwater.domain import deeds
from breakwater.domain.deeds import ON_OWN_POSTS
from breakwater.domain.errors import Invalid, NotFound, Problem, StaleState
from breakwater.domain.kinds import OPPOSITES
from breakwater.inbox.deeds import (
    OFFERED,
    answer_of,
    powers_of,
    ranked,
    reported,
    stands,
    unfit,
)
from breakwater.inbox.models import Answer, Item, Reported
from breakwater.inbox.selectors import item_of
from breakwater.inbox.services.guarding import keep_before
from breakwater.inbox.services.locking import lock_talks
from breakwater.inbox.services.rollup import roll_up
from breakwater.networks.base import Deed
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

REASONS = ("spam", "rude", "sexual", "violation", "misleading", "other")
"""Why something is reported; networks make their own of it."""
LONGEST = 500

_UNLEFT = ("queued", "retry_wait", "held", "missed")


@dataclass(frozen=True)
class Wish:
    """What is to be done. reason: of REASONS, and text: to the network's people, for a report.
    tags: of its delivery."""

    deed: Deed
    reason: str = ""
    text: str = ""
    tags: Sequence[str] = ()


def act(by: Access, item_id: int, wish: Wish, *, request: UUID, now: datetime) -> Answer:
    """The deed is on its way, and what of the message is over by it waits no more. request: of the
    click; the same one again gives the same answer.

    Raises: NotFound; Forbidden; Problem: as `talking.need`, "deed_not_for_this",
    "deed_own_message", "deed_message_gone"; StaleState("reported_already"); Invalid.
    """
    check(by, wish)
    item_of(by.workspace.pk, item_id)
    with transaction.atomic():
        items = taken(by.workspace.pk, [item_id])
        ((answer, fresh),) = act_on_taken(by, items, wish, request=request, now=now)
        if fresh:
            settle(items, wish.deed, now=now)
    return answer


def undo(by: Access, answer_id: UUID, *, request: UUID, now: datetime) -> Answer:
    """The deed is taken back: by its opposite, which comes back; one that had not left does not
    leave, and comes back itself. What it had closed waits again.

    Raises: NotFound; Forbidden; Problem("deed_for_good"); StaleState("deed_never_was").
    """
    deed = answer_of(by.workspace.pk, answer_id)
    may(by, Deed(deed.deed))
    with transaction.atomic():
        list(Delivery.objects.select_for_update().filter(pk=deed.delivery_id))  # as who sends it
        (item,) = taken(by.workspace.pk, [deed.item_id or 0])
        deed = answer_of(by.workspace.pk, answer_id)
        back = getattr(deed, "undone", None)
        if back is None:
            back = _taken_back(by, deed, item, request=request, now=now)
            record([_fact(back)], by=by.person.pk, now=now)
            _open_again(item, deed, now=now)
    return back


def may(by: Access, deed: Deed) -> None:
    """Raises: Forbidden. What a post of our own is put to is for those who plan posts, or take them
    down."""
    checks.may(by, Right.ANSWER)
    if deed in (Deed.REMOVE, Deed.WITHDRAW, Deed.RESTORE):
        checks.may(by, Right.TAKE_DOWN)
    elif deed.value in ON_OWN_POSTS:
        checks.may(by, Right.SCHEDULE)


def check(by: Access, wish: Wish) -> None:
    """Raises: Forbidden; Invalid where the wish is none that a person is offered."""
    if wish.deed not in OFFERED:
        raise Invalid(code="unknown_deed", field="deed")
    may(by, wish.deed)
    if wish.deed is Deed.REPORT and wish.reason not in REASONS:
        raise Invalid(code="report_reason_missing", field="reason")
    if len(wish.text) > LONGEST:
        raise Invalid(code="deed_text_long", field="text", limit=LONGEST)


def taken(workspace_id: UUID, item_ids: Sequence[int]) -> list[Item]:
    """The messages, in the order of their ids, whose conversations are this transaction's until its
    end, and so is the workspace's chain. Raises: StaleState where one was joined meanwhile."""
    wanted = Item.objects.filter(workspace_id=workspace_id, pk__in=item_ids)
    locked = {one.pk for one in lock_talks(wanted.values_list("thread_id", flat=True))}
    items = list(wanted.select_related("arrival__channel", "contact").order_by("pk"))
    if any(item.thread_id not in locked for item in items):
        raise StaleState(subject="thread")
    stand_in_line([workspace_id])
    return items


def act_on_taken(
    by: Access, items: Sequence[Item], wish: Wish, *, request: UUID, now: datetime
) -> list[tuple[Answer, bool]]:
    """The deed is on its way for each of these items of `taken`, and on record, each by itself: the
    answers, and whether they are new. Nothing is closed by it (`settle`). Raises: as `act`."""
    made = [_carry_out(by, item, wish, request=request, now=now) for item in items]
    record([_fact(answer) for answer, fresh in made if fresh], by=by.person.pk, now=now)
    return made


def _carry_out(
    by: Access, item: Item, wish: Wish, *, request: UUID, now: datetime
) -> tuple[Answer, bool]:
    """The deed as an answer of its conversation, and whether it is new. Call it with the item of
    `taken`. Raises: as `act`."""
    if code := unfit(item, wish.deed):
        raise Problem(code=code)
    channel = item.arrival.channel
    source = uuid5(request, f"{wish.deed} {item.pk}")
    there = Answer.objects.filter(delivery__source=source, delivery__channel=channel).first()
    if there is not None:
        return there, False
    if wish.deed is Deed.REPORT and reported([item]):
        raise StaleState(code="reported_already")
    keep_before(wish.deed, item, by=by, now=now)
    done = talking.Done(wish.deed, arrival_id=item.pk, detail=_detail(item, wish), tags=wish.tags)
    made = talking.act(channel, done, request=source, by=by.person.pk, now=now)
    answer = _answer(by, item, wish.deed, made, now=now)
    if wish.deed is Deed.REPORT:
        Reported.objects.create(
            workspace=by.workspace, item=item, answer=answer, reason=wish.reason, created_at=now
        )
    return answer, True


def settle(items: Sequence[Item], deed: Deed, *, now: datetime) -> None:
    """What is over by the deed waits no more. Three or four queries."""
    over = [item.pk for item in items if deeds.closes(deed.value, ranked(item))]
    if over:
        Item.objects.filter(pk__in=over, closed=False).update(closed=True)
        roll_up({item.thread_id for item in items}, now=now)


def unfollow(
    by: Access, channel: Channel, person_id: str, *, request: UUID, now: datetime
) -> Delivery:
    """The channel follows that person (remote id) no more, in a moment. Raises: as `act`."""
    may(by, Deed.UNFOLLOW)
    if channel.workspace_id != by.workspace.pk:
        raise NotFound(what="channel")
    done = talking.Done(Deed.UNFOLLOW, target=person_id)
    return talking.act(channel, done, request=request, by=by.person.pk, now=now)


def _detail(item: Item, wish: Wish) -> Mapping[str, str]:
    if wish.deed is Deed.REPORT:
        return {"reason": wish.reason, "text": wish.text.strip()}
    return {"comment": item.arrival.remote_id} if wish.deed is Deed.BLOCK else {}


def _answer(
    by: Access,
    item: Item,
    deed: Deed,
    made: Delivery,
    *,
    now: datetime,
    undoes: Answer | None = None,
) -> Answer:
    return Answer.objects.create(
        workspace=by.workspace, thread_id=item.thread_id, item=item, delivery=made, deed=deed.value,
        by=by.person, undoes=undoes, created_at=now,
    )  # fmt: skip


def _taken_back(by: Access, deed: Answer, item: Item, *, request: UUID, now: datetime) -> Answer:
    if deed.undoes_id is not None or deed.deed not in OPPOSITES:
        raise Problem(code="deed_for_good")
    if not stands(deed):
        raise StaleState(code="deed_never_was")
    delivery = deed.delivery
    if delivery.state in _UNLEFT and not delivery.doubtful:
        moved = cancel([delivery], by=by.person.pk, now=now)
        if moved:
            deed.delivery = moved[0]
            return deed
    if Deed(deed.deed) in powers_of(delivery.channel).for_good:
        raise Problem(code="deed_for_good")
    opposite = Deed(OPPOSITES[deed.deed])
    done = talking.Done(
        opposite, target=delivery.payload["target"], about=delivery.payload["about"],
        detail={"ban": delivery.remote_id} if delivery.remote_id else {},
    )  # fmt: skip
    made = talking.act(delivery.channel, done, request=request, by=by.person.pk, now=now)
    return _answer(by, item, opposite, made, now=now, undoes=deed)


def _open_again(item: Item, deed: Answer, *, now: datetime) -> None:
    if deeds.closes(deed.deed, ranked(item)) and not item.gone:
        Item.objects.filter(pk=item.pk).update(closed=False)
        roll_up([item.thread_id], now=now)


def _fact(answer: Answer) -> Fact:
    verb = f"message.{answer.deed}"
    if answer.delivery.state == "cancelled":
        verb = "message.not_after_all"
    data = {"item": answer.item_id, "deed": answer.deed, "delivery": str(answer.delivery_id)}
    return Fact(answer.workspace_id, verb, "thread", answer.thread_id, data)
