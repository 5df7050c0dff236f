"""Conversations are answered, colleagues' answers agreed to, and answers kept to be used again."""

from uuid import UUID

from ninja import Router

from breakwater.api.auth import Call
from breakwater.api.piles import pile_proposals_out
from breakwater.api.route import request_id, route
from breakwater.api.schemas.answers import (
    AnsweredOut,
    AnswerOut,
    AnswersOut,
    AnswerWish,
    ProposalOut,
    ProposalsOut,
    RefusalWish,
    SavedRepliesOut,
    SavedReplyOut,
    SavedReplyWish,
)
from breakwater.delivery.selectors import why_of
from breakwater.delivery.services.talking import API
from breakwater.inbox import answers as said
from breakwater.inbox import pile_selectors, saved
from breakwater.inbox.models import Answer, Proposal, SavedReply
from breakwater.inbox.selectors import thread_of
from breakwater.inbox.services import proposals as deciding
from breakwater.inbox.services import saved_replies
from breakwater.inbox.services.answering import Wish
from breakwater.inbox.services.answering import answer as answer_it
from breakwater.people.roles import Right

router = Router(tags=["inbox"])
_THREAD = "/w/{slug}/inbox/conversations/{thread_id}"
_PROPOSAL = "/w/{slug}/inbox/proposals/{proposal_id}"
_REPLIES = "/w/{slug}/inbox/saved-replies"


@route(router, "GET", _THREAD + "/answers", right=Right.SEE, answer=AnswersOut)
def answers(call: Call, thread_id: UUID) -> AnswersOut:
    """What was answered and done in a conversation, and what became of it."""
    thread = thread_of(call.workspace_id, thread_id)
    rows = said.answers_of(thread.pk)
    for row in rows:
        row.delivery.channel = thread.channel
    mark = said.mark_of(rows, said.proposals_of(thread.pk))
    return AnswersOut(items=[_answer(row) for row in rows], seen=mark.text)


@route(router, "POST", _THREAD + "/answers", right=Right.ANSWER, answer=AnsweredOut, status=201)
def answer(call: Call, thread_id: UUID, wish: AnswerWish) -> AnsweredOut:
    """The answer leaves now and the conversation is done; where answers need a yes, it waits for it.
    Refused where somebody has answered since `seen`."""
    thread = thread_of(call.workspace_id, thread_id)
    asked = Wish(
        item_id=wish.item_id, text=wish.text, request=request_id(call),
        workspace_id=call.workspace_id, channel_id=wish.channel_id or thread.channel_id,
        seen=wish.seen, upto=wish.upto, keep_open=wish.keep_open, despite=wish.despite,
        tags=(API,),
    )  # fmt: skip
    made = answer_it(call.access, thread_id, asked, now=call.now)
    if isinstance(made, Proposal):
        return AnsweredOut(delivery_id=None, proposal_id=made.pk)
    return AnsweredOut(delivery_id=made.delivery_id, proposal_id=None)


@route(router, "GET", "/w/{slug}/inbox/proposals", right=Right.SEE, answer=ProposalsOut)
def proposals(call: Call) -> ProposalsOut:
    """Answers that wait for a yes, the longest first; at most 30 to one, and 30 to all of a pile
    (`…/inbox/pile-deeds/{deed_id}/approve`, `/refuse`, `/withdraw`)."""
    rows = said.proposals_waiting([call.workspace_id])
    to_many = pile_selectors.proposed([call.workspace_id])
    return ProposalsOut(items=[_proposal(row) for row in rows], piles=pile_proposals_out(to_many))


@route(router, "POST", _PROPOSAL + "/approve", right=Right.APPROVE, answer=AnsweredOut)
def approve(call: Call, proposal_id: UUID) -> AnsweredOut:
    """The answer leaves now, once. Not for whoever wrote it."""
    made = deciding.approve(call.access, proposal_id, tags=(API,), now=call.now)
    return AnsweredOut(delivery_id=made.delivery_id, proposal_id=None)


@route(router, "POST", _PROPOSAL + "/refuse", right=Right.APPROVE, answer=ProposalOut)
def refuse(call: Call, proposal_id: UUID, wish: RefusalWish) -> ProposalOut:
    """It does not leave, and its author is told why."""
    return _proposal(deciding.refuse(call.access, proposal_id, wish.why, now=call.now))


@route(router, "POST", _PROPOSAL + "/withdraw", right=Right.ANSWER, answer=ProposalOut)
def withdraw(call: Call, proposal_id: UUID) -> ProposalOut:
    """Its author takes it back."""
    return _proposal(deciding.withdraw(call.access, proposal_id, now=call.now))


@route(router, "GET", _REPLIES, right=Right.SEE, answer=SavedRepliesOut)
def replies(call: Call) -> SavedRepliesOut:
    """Answers to be used again, by name."""
    return SavedRepliesOut(items=[_reply(row) for row in saved.saved_replies(call.workspace_id)])


@route(router, "POST", _REPLIES, right=Right.ANSWER, answer=SavedReplyOut, status=201)
def add_reply(call: Call, wish: SavedReplyWish) -> SavedReplyOut:
    """It is offered from now on."""
    wording = saved_replies.Wording(wish.name, wish.language, wish.text, wish.category)
    return _reply(saved_replies.add_reply(call.access, wording, now=call.now))


@route(router, "DELETE", _REPLIES + "/{reply_id}", right=Right.ANSWER, status=204)
def remove_reply(call: Call, reply_id: UUID) -> None:
    """It is not offered any more."""
    saved_replies.remove_reply(call.access, reply_id, now=call.now)


def _answer(row: Answer) -> AnswerOut:
    return AnswerOut(
        id=row.pk, item_id=row.item_id, deed=row.deed, text=row.delivery.payload.get("text", ""),
        at=row.created_at, by=row.by_id, delivery_id=row.delivery_id, state=row.delivery.state,
        message=why_of(row.delivery),
    )  # fmt: skip


def _proposal(row: Proposal) -> ProposalOut:
    return ProposalOut(
        id=row.pk, thread_id=row.thread_id, item_id=row.item_id, text=row.text, at=row.created_at,
        by=row.by_id, state=row.state, why=row.why,
    )  # fmt: skip


def _reply(row: SavedReply) -> SavedReplyOut:
    return SavedReplyOut(
        id=row.pk, name=row.name, language=row.language, category=row.category, text=row.text
    )
