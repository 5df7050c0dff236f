"""Answering a conversation in words: once, for the right brand, and not beside a colleague."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext

from breakwater.audit.services import Fact, record
from breakwater.channels.models import Channel
from breakwater.channels.selectors import manifest
from breakwater.core.ids import new_id
from breakwater.delivery.services import talking
from breakwater.domain.answering import Door
from breakwater.domain.errors import Invalid, NotFound, StaleState
from breakwater.domain.text import count, over
from breakwater.domain.variables import places, shown
from breakwater.inbox.answerable import counting_of, terms_of
from breakwater.inbox.answers import answers_of, mark_of, proposals_of
from breakwater.inbox.models import Answer, Draft, Item, Proposal, Thread
from breakwater.inbox.selectors import asks_approval
from breakwater.inbox.services.rollup import beat
from breakwater.inbox.services.settling import locked, settle
from breakwater.inbox.services.telling import tell_approvers
from breakwater.networks.base import Can, What
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access


@dataclass(frozen=True)
class Wish:
    """An answer as its page sent it. item_id: of the message that is answered. request: of the click.

    workspace_id, channel_id: which brand and account the page named. seen: `answers.mark_of` when it
    was made; despite: somebody has answered since, and this one is to leave all the same. upto: id
    of the newest message that it showed. keep_open: the conversation goes on waiting.
    """

    item_id: int
    text: str
    request: UUID
    workspace_id: UUID
    channel_id: UUID
    seen: str = ""
    upto: int = 0
    keep_open: bool = False
    despite: bool = False
    language: str = ""
    tags: Sequence[str] = ()


def answer(by: Access, thread_id: UUID, wish: Wish, *, now: datetime) -> Answer | Proposal:
    """The answer leaves now, and what it answers waits no longer; where answers need somebody else's
    yes, it waits for that instead. The same request again gives what the first one gave.

    Raises: Forbidden; NotFound; Invalid "answer_other_brand", "answer_gaps", "answer_too_long",
    "post_empty"; StaleState "answered_meanwhile", "answer_gone", "answer_window_shut"; and what
    talking.reply raises. Nothing is written then.
    """
    checks.may(by, Right.ANSWER)
    with transaction.atomic():
        thread = locked(by.workspace.pk, thread_id)
        if thread is None:
            raise NotFound(what="thread")
        if before := _before(by, wish.request):
            return before
        item = _answered(thread, wish)
        check_marks(thread, wish.seen, despite=wish.despite)
        check_words(item, thread.channel, wish.text, now=now)
        if asks_approval(by.workspace.pk):
            made: Answer | Proposal = _propose(by, thread, item, wish, now)
        else:
            made = send(thread, item, _sent(by, wish), now=now)
        Draft.objects.filter(thread=thread, person=by.person).delete()
    return made


@dataclass(frozen=True)
class Sending:
    """An answer that leaves. author: whose words; by: who sends them, which an approver may be.
    tags: of the delivery."""

    text: str
    language: str
    request: UUID
    author: UUID | None
    by: UUID
    upto: int
    keep_open: bool
    tags: Sequence[str] = ()


def send(thread: Thread, item: Item, sending: Sending, *, now: datetime) -> Answer:
    """As an approved one does. Call inside a transaction, the conversation locked."""
    said = talking.Said(
        sending.text, arrival_id=item.pk, language=sending.language, tags=sending.tags
    )
    delivery = talking.reply(thread.channel, said, request=sending.request, by=sending.by, now=now)
    made = Answer.objects.create(
        workspace_id=thread.workspace_id, thread=thread, item=item, delivery=delivery,
        by_id=sending.author, created_at=now,
    )  # fmt: skip
    data = {"item": item.pk, "delivery": str(delivery.pk)}
    fact = Fact(thread.workspace_id, "thread.answered", "thread", thread.pk, data)
    record([fact], by=sending.by, now=now)
    if sending.keep_open:
        beat([thread.workspace_id])
    else:
        settle(thread, upto=max(sending.upto, item.pk), by=sending.by, now=now)
    return made


def check_marks(thread: Thread, seen: str, *, despite: bool) -> None:
    """Raises: StaleState "answered_meanwhile" when somebody has answered, or has proposed to, since
    the page was made."""
    last = mark_of(answers_of(thread.pk), proposals_of(thread.pk))
    if last.text != seen and not despite:
        raise StaleState(code="answered_meanwhile", name=last.by or gettext("A rule"))


def check_words(item: Item, channel: Channel, text: str, *, now: datetime) -> None:
    """Raises, as `answer` does, what can be known before it is queued."""
    if not text.strip():
        raise Invalid(code="post_empty", field="text")
    if gaps := places(text):
        raise Invalid(code="answer_gaps", field="text", names=shown(gaps))
    if item.gone and item.what != What.MESSAGE:
        raise StaleState(code="answer_gone")
    terms = terms_of(item, channel, last_at=last_said_at(item), now=now)
    if terms.standing.door is Door.SHUT:
        raise StaleState(code="answer_window_shut", network=gettext(manifest(channel.network).name))
    _check_length(text, channel, terms.can)


def last_said_at(item: Item) -> datetime:
    """When the writer of this message last said something in its conversation. One query."""
    if item.contact_id is None:
        return item.at
    theirs = Item.objects.filter(thread_id=item.thread_id, contact_id=item.contact_id, own=False)
    found: datetime | None = theirs.aggregate(last=Max("at"))["last"]
    return found or item.at


def _check_length(text: str, channel: Channel, can: Can) -> None:
    counting = counting_of(channel, can)
    if over(text, counting):
        length = count(text, counting)
        raise Invalid(
            code="answer_too_long", field="text", count=length, most=counting.limit,
            over=max(length - counting.limit, 0),
        )  # fmt: skip


def _before(by: Access, request: UUID) -> Answer | Proposal | None:
    """What this very click has made already."""
    own = Answer.objects.filter(workspace=by.workspace, deed="", delivery__source=request).first()
    return own or Proposal.objects.filter(workspace=by.workspace, request=request).first()


def _answered(thread: Thread, wish: Wish) -> Item:
    if (wish.workspace_id, wish.channel_id) != (thread.workspace_id, thread.channel_id):
        raise Invalid(code="answer_other_brand")
    rows = Item.objects.select_related("arrival").filter(thread=thread, own=False)
    item = rows.filter(pk=wish.item_id).first()
    if item is None:
        raise NotFound(what="item")
    return item


def _sent(by: Access, wish: Wish) -> Sending:
    me = by.person.pk
    return Sending(
        wish.text, wish.language, wish.request, author=me, by=me, upto=wish.upto,
        keep_open=wish.keep_open, tags=wish.tags,
    )  # fmt: skip


def _propose(by: Access, thread: Thread, item: Item, wish: Wish, now: datetime) -> Proposal:
    """Whether this account may answer at all is asked now, not when somebody has said yes."""
    talking.need(thread.channel, talking.ability(item.what))
    made = Proposal.objects.create(
        id=new_id(), workspace=by.workspace, thread=thread, item=item, text=wish.text,
        language=wish.language, options={"upto": wish.upto, "keep_open": wish.keep_open},
        request=wish.request, state_at=now, by=by.person, created_at=now,
    )  # fmt: skip
    fact = Fact(
        thread.workspace_id, "proposal.made", "proposal", made.pk, {"thread": str(thread.pk)}
    )
    record([fact], by=by.person.pk, now=now)
    tell_approvers(by, made, thread.channel, now=now)
    beat([thread.workspace_id])
    return made
