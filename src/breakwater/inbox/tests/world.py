"""Messages that arrive, and the inbox that takes them in as its worker does."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from breakwater.channels.models import Channel
from breakwater.channels.services.arrivals import record_arrivals
from breakwater.inbox.services import intake, judging, turns
from breakwater.inbox.services.turns import INBOX
from breakwater.networks.base import Arrived, Author, What
from breakwater.people.models import Workspace

NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
KIM = Author("k", "@kim", "Kim Holloway")
LEO = Author("l", "@leo", "Leo Marsh")
OURS = Author("1", "@quay", "Quay")

QUESTION = "When does the shop in Lyon open on Sunday?"
PRAISE = "Thank you so much, you were wonderful, I love it!"
ABUSE = "You are a fucking disgusting bitch, you stupid whore"
COMPLAINT = "My order 48213 still has not arrived after three weeks, this is unacceptable."
DANGER = "I cannot go on any more, I want to kill myself tonight"


def channel_of(workspace: Workspace, remote_id: str = "1", network: str = "sandbox") -> Channel:
    return Channel.objects.create(
        workspace=workspace, network=network, origin="http://harbour.internal",
        remote_id=remote_id, handle="@quay", state="connected", state_at=NOW, created_at=NOW,
    )  # fmt: skip


def said(
    text: str, remote_id: str, *, by: Author = KIM, minutes: int = 0, **facts: object
) -> Arrived:
    """A comment below our post p1, `minutes` after nine; facts: others of `Arrived`."""
    made = Arrived(What.COMMENT, remote_id, NOW + timedelta(minutes=minutes), by, text, about="p1")
    return replace(made, **facts)  # type: ignore[arg-type]


def arrive(channel: Channel, *messages: Arrived, now: datetime = NOW, scored: bool = True) -> int:
    """They arrive and are taken in; how many were new. scored: whether the scorer is up."""
    record_arrivals(channel, messages, now=now)
    return take_in(now=now, scored=scored)


def take_in(*, now: datetime = NOW, scored: bool = True, limit: int = intake.AT_ONCE) -> int:
    """Until nothing is left, as the worker does it."""
    new = 0
    mine = turns.take(INBOX, now=now)
    assert mine is not None
    while True:
        batch = intake.read(now=now, limit=limit)
        rows = [*batch.arrivals, *batch.altered]
        new += intake.store(
            batch, judging.judge(rows, now=now) if scored else judging.NOTHING, now=now
        )
        if max(len(batch.arrivals), len(batch.altered)) < limit:
            break
    turns.let_go(INBOX, mine)
    return new


def in_order(channel: Channel, orders: Sequence[Sequence[Arrived]]) -> None:
    for some in orders:
        arrive(channel, *some)
