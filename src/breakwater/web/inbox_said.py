"""What we said and did in a conversation, in its place among the messages, with what became of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from breakwater.delivery import selectors
from breakwater.delivery.lifecycle import ASKS
from breakwater.inbox.answers import echoes
from breakwater.inbox.models import Answer, Proposal
from breakwater.publishing.settling import may_settle
from breakwater.web import delivery_words
from breakwater.web.inbox_panels import Mark, Sight

_SHOWN = ("waiting", "refused")
"""States of proposals that are part of the talk: what was sent is an answer, and what its author took
back was never said."""


def in_order(messages: Sequence[dict[str, Any]], sight: Sight) -> list[dict[str, Any]]:
    """Messages with answers, deeds and proposals between them, oldest first. An answer that the
    network shows as a message is that message; a deed on one that is here stands at its foot."""
    shown = {one.pk for one in echoes(sight.answers, sight.items).values()}
    below = {item.pk for item in sight.items}
    ours = [
        _answer(one, sight)
        for one in sight.answers
        if one.pk not in shown and not (one.deed and one.item_id in below)
    ]
    ours += [_proposal(one, sight) for one in sight.proposals if one.state in _SHOWN]
    return sorted([*messages, *ours], key=lambda one: one["at"])


def marks(sight: Sight) -> Mapping[int, Mark]:
    """Our own messages that left from here say who wrote them, and what is known of their arrival."""
    found = echoes(sight.answers, sight.items)
    return {item: Mark("inbox/sent-mark.html", _answer(one, sight)) for item, one in found.items()}


def _answer(one: Answer, sight: Sight) -> dict[str, Any]:
    one.delivery.channel = sight.thread.channel
    asks = one.delivery.state in ASKS
    return {
        "template": "inbox/deed-line.html" if one.deed else "inbox/answered.html",
        "at": one.created_at,
        "answer": one,
        "kind": delivery_words.KINDS[one.delivery.kind],
        "deed": delivery_words.DEEDS.get(one.deed, ""),
        "asks": asks,
        "may_settle": asks and may_settle(sight.access, one.delivery),
        "why": selectors.why_of(one.delivery) if asks else "",
    }


def _proposal(one: Proposal, sight: Sight) -> dict[str, Any]:
    own = one.by_id == sight.access.person.pk
    return {
        "template": "inbox/proposed.html",
        "at": one.created_at,
        "proposal": one,
        "may_withdraw": own and one.state == "waiting",
    }
