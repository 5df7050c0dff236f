"""The form of an answer: for whom and from where it leaves, what is known before anybody types."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from breakwater.core.ids import new_id
from breakwater.core.messages import say
from breakwater.delivery.services import talking
from breakwater.domain.errors import Problem
from breakwater.domain.variables import places, shown
from breakwater.inbox import reading, saved
from breakwater.inbox.answerable import Terms, terms_of
from breakwater.inbox.answers import mark_of
from breakwater.inbox.models import Draft, Item
from breakwater.inbox.reading import Message
from breakwater.inbox.selectors import drafts_of
from breakwater.inbox.services.drafting import Temper, revision_of, temper
from breakwater.networks.base import What
from breakwater.web.inbox_answer_words import calm_words
from breakwater.web.inbox_panels import Sight
from breakwater.web.shown import Counter, network_name

FIELD = "answer-text"


@dataclass(frozen=True)
class Typed:
    """What a sent form had in it, shown again. meanwhile: a colleague was first, so that sending it
    once more is a decision."""

    text: str
    request: str
    keep_open: bool = False
    problem: str = ""
    meanwhile: bool = False


def answered_first(items: Sequence[Item]) -> Item | None:
    """The message that an answer is for unless somebody chooses another: the newest that waits, else
    the newest of theirs."""
    theirs = [one for one in items if not one.own and (not one.gone or one.what == What.MESSAGE)]
    waiting = [one for one in theirs if not one.closed]
    return next(iter(reversed(waiting or theirs)), None)


def form_of(sight: Sight, item: Item, typed: Typed | None = None) -> dict[str, Any]:
    """For `inbox/answer.html`. Two queries, one where somebody is in danger."""
    access, thread = sight.access, sight.thread
    message = reading.message(item, sight.shield)
    terms = terms_of(item, thread.channel, last_at=_last_at(sight, item), now=sight.now)
    drafts = drafts_of(thread.pk)
    own = next((one for one in drafts if one.person_id == access.person.pk), None)
    text = typed.text if typed else _typed_before(own)
    return {
        "thread": thread,
        "message": message,
        "network": network_name(thread.channel.network),
        "terms": terms,
        "why_not": _why_not(sight, terms),
        "text": text,
        "request": typed.request if typed else str(new_id()),
        "keep_open": bool(typed and typed.keep_open),
        "problem": typed.problem if typed else "",
        "meanwhile": bool(typed and typed.meanwhile),
        "seen": mark_of(sight.answers, sight.proposals).text,
        "upto": max(one.pk for one in sight.items),
        "revision": revision_of(own),
        "others": [one.person.name for one in drafts if one is not own and one.text.strip()],
        "approval": sight.approval,
        **_offers(sight, item, message),
        **as_typed(sight, text, terms),
    }


def as_typed(sight: Sight, text: str, terms: Terms | None = None) -> dict[str, Any]:
    """What is said of the words as they stand: gaps, how they may sound, room left."""
    found: Temper = temper(sight.access.workspace, text, now=sight.now)
    said: dict[str, Any] = {
        "gaps": shown(places(text)),
        "calm": calm_words(found),
    }
    if terms is not None:
        said["counter"] = Counter(sight.thread.channel, FIELD, terms.counting, terms.left(text))
    return said


def _typed_before(own: Draft | None) -> str:
    return own.text if own else ""


def _last_at(sight: Sight, item: Item) -> datetime:
    theirs = [one.at for one in sight.items if one.contact_id == item.contact_id and not one.own]
    return max([item.at, *theirs])


def _why_not(sight: Sight, terms: Terms) -> str:
    """Why this account may not answer at all, said as a refusal would say it; "" where it may."""
    if terms.may:
        return ""
    try:
        talking.need(sight.thread.channel, terms.can)
    except Problem as problem:
        return say(problem)
    return ""


def _offers(sight: Sight, item: Item, message: Message) -> dict[str, Any]:
    """The saved answer that is proposed, filled in, the others that fit, and what was said in public."""
    found = saved.fitting(sight.access, item)
    rows = found.rows
    if not rows or rows[0].category != item.category:
        return {"proposed": None, "replies": rows, "said": found.said}
    values = saved.values_for(sight.access, sight.thread, message, post=found.post)
    proposed = {"reply": rows[0], "text": saved.filled(rows[0], values)}
    return {"proposed": proposed, "replies": rows[1:], "said": found.said}
