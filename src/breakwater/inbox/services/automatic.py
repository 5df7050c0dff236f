"""What a rule does to one message, deed by deed, and what it leaves to people."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import QuerySet

from breakwater.delivery.services.talking import AUTOMATIC
from breakwater.delivery.services.walls import shut
from breakwater.domain.automation import NEEDLESS
from breakwater.domain.automation_deeds import Action
from breakwater.domain.errors import Problem
from breakwater.domain.kinds import ACT, REPLY
from breakwater.domain.shield import Shield
from breakwater.domain.variables import fill
from breakwater.inbox import reading
from breakwater.inbox.answers import answers_of, mark_of, proposals_of
from breakwater.inbox.automation import spared
from breakwater.inbox.models import Answer, Item, Proposal, SavedReply, Thread
from breakwater.inbox.rotas import able_person
from breakwater.inbox.saved import values_for
from breakwater.inbox.selectors import asks_approval
from breakwater.inbox.services import acting, answering, labels, working
from breakwater.inbox.services.aside import set_aside
from breakwater.inbox.services.assigning import give, in_turn
from breakwater.inbox.services.guarding import keep_before
from breakwater.networks.base import Deed
from breakwater.people.selectors import Access

FRESH = timedelta(days=1)
"""An older message, as of an account that was just connected, is answered by no machine; and no
conversation is answered by one more often."""
TAGS = (AUTOMATIC,)
_KINDS = {"answer": REPLY, "hide": ACT, "mute": ACT, "aside": ACT}


@dataclass(frozen=True)
class Work:
    """item: locked with its conversation (acting.taken). by: in whose name. of: what the
    action that is being done names."""

    by: Access
    rule_id: UUID
    item: Item
    now: datetime
    of: UUID | None = None

    @property
    def request(self) -> UUID:
        """The same however often it is tried."""
        return uuid5(self.rule_id, str(self.item.pk))


def carry_out(work: Work, actions: Sequence[Action]) -> list[str]:
    """What was done, in codes: "hide", or "hide:danger" for what was left to people and why. Call it
    inside the transaction that writes this down."""
    return [_said(action, _tried(work, action)) for action in actions]


def _said(action: Action, why: str) -> str:
    return f"{action.do}:{why}" if why else action.do


def _tried(work: Work, action: Action) -> str:
    """ "" where it is done, else the code of why not. What is refused has written nothing."""
    work.item.thread = Thread.objects.select_related("channel", "workspace").get(
        pk=work.item.thread_id
    )
    why = spared(action.do, work.item) or _paused(work, action)
    if why:
        return why
    try:
        with transaction.atomic():
            return _DO[action.do](replace(work, of=action.of))
    except Problem as error:
        return error.code


def _paused(work: Work, action: Action) -> str:
    """A pause leaves it to people: nothing piles up behind it that would be too late afterwards."""
    kind = _KINDS.get(action.do)
    if kind is None:
        return ""
    thread = work.item.thread
    tags = (*TAGS, f"channel:{thread.channel_id}")
    return "paused" if shut(thread.workspace_id, kind, tags, now=work.now) else ""


def _label(work: Work) -> str:
    if work.of is None:
        return "gone"
    labels.put_on(work.by, work.of, [work.item.thread_id], now=work.now)
    return ""


def _assign(work: Work) -> str:
    """Somebody who looks after it already goes on doing so, unless it just began and nobody chose."""
    thread = work.item.thread
    begun = thread.items == 1 and work.of is not None
    if thread.assignee_id is not None and not begun:
        return "taken"
    if work.of is None:
        person_id = in_turn(thread, now=work.now)
    else:
        person_id = able_person(thread.workspace_id, work.of).pk
    if person_id is None:
        return "nobody"
    if person_id != thread.assignee_id:
        give([thread], person_id, "thread.assigned", by=work.by.person.pk, now=work.now)
    return ""


def _hide(work: Work) -> str:
    return _act(work, Deed.HIDE)


def _mute(work: Work) -> str:
    return _act(work, Deed.MUTE)


def _act(work: Work, deed: Deed) -> str:
    same = Answer.objects.filter(item=work.item, deed=deed.value, undone__isnull=True)
    if same.exists():
        return "already"
    keep_before(deed, work.item, by=None, now=work.now)
    wish = acting.Wish(deed, tags=TAGS)
    acting.act(work.by, work.item.pk, wish, request=work.request, now=work.now)
    return ""


def _answer(work: Work) -> str:
    """In words that the team wrote: never a second time a day in one conversation, never beside a
    colleague's, and not where a yes is asked for without one."""
    item, thread = work.item, work.item.thread
    if work.now - item.at > FRESH:
        return "old"
    if item.closed or _answered(work):
        return "answered"
    replies = SavedReply.objects.filter(workspace=work.by.workspace)
    reply = replies.filter(pk=work.of).first() if work.of else None
    if reply is None:
        return "gone"
    text = _filled(work, reply)
    if asks_approval(thread.workspace_id):
        seen = mark_of(answers_of(thread.pk), proposals_of(thread.pk)).text
        wish = answering.Wish(
            item.pk, text, work.request, thread.workspace_id, thread.channel_id, seen=seen,
            upto=item.pk, keep_open=True, language=reply.language,
        )  # fmt: skip
        answering.answer(work.by, thread.pk, wish, now=work.now)
        return "proposed"
    answering.check_words(item, thread.channel, text, now=work.now)
    sending = answering.Sending(
        text, reply.language, work.request, author=None, by=work.by.person.pk, upto=item.pk,
        keep_open=True, tags=TAGS,
    )  # fmt: skip
    answering.send(thread, item, sending, now=work.now)
    return ""


def _filled(work: Work, reply: SavedReply) -> str:
    """With what every reader is shown. A machine signs as the brand, not as a person."""
    message = reading.message(work.item, Shield())
    values = values_for(work.by, work.item.thread, message)
    return fill(reply.text, {**values, "agent": work.by.workspace.name})


def _answered(work: Work) -> bool:
    """By anybody since it was written, or by a rule lately; or somebody's answer waits for a yes."""
    said = Answer.objects.filter(thread_id=work.item.thread_id, deed="")
    lately = said.filter(by=None, created_at__gt=work.now - FRESH)
    waiting = Proposal.objects.filter(thread_id=work.item.thread_id, state="waiting")
    since = said.filter(created_at__gte=work.item.at)
    return lately.exists() or since.exists() or waiting.exists()


def _aside(work: Work) -> str:
    """Never with what somebody else asks in the same conversation."""
    if work.item.closed:
        return "answered"
    if _others(work).exclude(category__in=NEEDLESS).exists():
        return "others"
    set_aside(work.by, [work.item.thread_id], now=work.now, tags=TAGS)
    return ""


def _done(work: Work) -> str:
    if _others(work).exists():
        return "others"
    working.finish(work.by, [work.item.thread_id], upto=work.item.pk, now=work.now)
    return ""


def _others(work: Work) -> QuerySet[Item]:
    rows = Item.objects.filter(thread_id=work.item.thread_id, own=False, closed=False, gone=False)
    return rows.exclude(pk=work.item.pk)


_DO: Mapping[str, Callable[[Work], str]] = {
    "label": _label, "assign": _assign, "hide": _hide, "mute": _mute, "answer": _answer,
    "aside": _aside, "done": _done,
}  # fmt: skip
