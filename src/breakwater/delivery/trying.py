"""Trying an account, call by call: what only reads, and what can be taken back.

Each try ends in one outcome and never stops the others. What was published is deleted at the end,
whatever happened in between.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from breakwater.channels.doors import TALK_DEADLINE
from breakwater.channels.selectors import Outcome
from breakwater.domain.errors import (
    NetworkError,
    OutcomeUnknown,
    Refused,
    Unsupported,
)
from breakwater.domain.text import says
from breakwater.networks.base import (
    Act,
    Can,
    Connector,
    Deed,
    Handle,
    Manifest,
    Parcel,
    Seen,
    Sent,
    Source,
)

T = TypeVar("T")
log = logging.getLogger(__name__)

SOURCES: Mapping[Source, Can] = {
    Source.COMMENTS: Can.COMMENTS,
    Source.AD_COMMENTS: Can.AD_COMMENTS,
    Source.MENTIONS: Can.MENTIONS,
    Source.MESSAGES: Can.MESSAGES,
    Source.REVIEWS: Can.REVIEWS,
}
_FEW = 5


@dataclass
class Tries:
    """What was found so far. may: the abilities that the manifest and the grant allow, to be tried.

    skipped: ability -> why it was not tried (a code of config/probe_report). choices: option ->
    how many values the account offers, or the network's word. left: addresses of test posts that
    could not be deleted.
    """

    manifest: Manifest
    may: frozenset[Can]
    found: dict[Can, tuple[Outcome, str]] = field(default_factory=dict)
    skipped: dict[Can, str] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    async def one(self, can: Can, call: Callable[[], Awaitable[T]]) -> T | None:
        """What the call gave; None when it failed, which is noted. Not called where it may not."""
        if can not in self.may:
            return None
        try:
            async with asyncio.timeout(TALK_DEADLINE.total_seconds()):
                given = await call()
        except Exception as error:  # every end of a try is an outcome
            self.note(can, *ended(error))
            return None
        self.note(can, Outcome.SHOWN, "")
        return given

    def note(self, can: Can, outcome: Outcome, detail: str) -> None:
        """The worse of two tries counts: an ability is what all its calls are."""
        before = self.found.get(can)
        if before is None or before[0] is Outcome.SHOWN:
            self.found[can] = (outcome, detail)


def ended(error: Exception) -> tuple[Outcome, str]:
    """A definite no proves something; a bad day of the network's, or of ours, proves nothing."""
    if isinstance(error, Refused):
        return Outcome.REFUSED, f"{error.reason}: {error.detail}"
    if isinstance(error, Unsupported):
        return Outcome.REFUSED, error.detail
    if isinstance(error, TimeoutError):
        return Outcome.UNCLEAR, "no answer within our deadline"
    if isinstance(error, NetworkError):
        return Outcome.UNCLEAR, f"{error.code}: {error.detail}"
    log.error("probe.broke", exc_info=error)
    return Outcome.UNCLEAR, type(error).__name__


async def read_only(connector: Connector, tries: Tries) -> None:
    """Everything that changes nothing over there."""
    newest = await tries.one(Can.TIMELINE, lambda: connector.timeline(_FEW))
    if newest:
        await _of_post(connector, tries, newest[0])
    for source, can in SOURCES.items():
        if source in tries.manifest.polls:
            await tries.one(can, lambda source=source: connector.poll(source, ""))  # type: ignore[misc]
    await tries.one(Can.FOLLOWING, connector.following)
    await tries.one(Can.INSIGHTS, connector.insights)
    await tries.one(Can.PROFILE, connector.profile)
    for option in tries.manifest.options:
        if option.of_account:
            tries.choices[option.name] = await _choices(connector, option.name)


async def take_back(connector: Connector, tries: Tries, parcel: Parcel) -> None:
    """A marked post is published, read, changed, liked, commented and deleted again."""
    out: list[Sent] = []
    try:
        sent = await tries.one(Can.PUBLISH, lambda: _published(connector, parcel, out))
        if sent is not None:
            await _with(connector, tries, parcel, sent, out)
    finally:
        for one in reversed(out):
            await tries.one(Can.DELETE, lambda one=one: _deleted(connector, tries, one))  # type: ignore[misc]


async def _of_post(connector: Connector, tries: Tries, post: Seen) -> None:
    await tries.one(Can.READ_BACK, lambda: _there(connector, post.remote_id, post.text))
    await tries.one(Can.COMMENTS, lambda: connector.comments(post.remote_id))
    await tries.one(Can.INSIGHTS, lambda: connector.insights(post.remote_id))


async def _with(
    connector: Connector, tries: Tries, parcel: Parcel, sent: Sent, out: list[Sent]
) -> None:
    """What can be done with a post of our own that is out."""
    await tries.one(Can.READ_BACK, lambda: _there(connector, sent.remote_id, parcel.text))
    await tries.one(Can.COMMENTS, lambda: connector.comments(sent.remote_id))
    await tries.one(Can.LIKE, lambda: _liked(connector, sent.remote_id))
    below = replace(
        parcel, key=f"{parcel.key}1", record_key=f"{parcel.record_key[:-1]}z",
        reply_to=sent.remote_id, root=sent.remote_id,
    )  # fmt: skip
    for can in (Can.FIRST_COMMENT, Can.THREAD):
        if can in tries.may:
            await tries.one(can, lambda: _published(connector, below, out))
            break
    changed = replace(parcel, text=f"{parcel.text} (2)")
    edited = await tries.one(Can.EDIT, lambda: connector.edit(sent.remote_id, changed))
    if edited is not None and edited.remote_id != sent.remote_id:
        out.append(edited)


async def _published(connector: Connector, parcel: Parcel, out: list[Sent]) -> Sent:
    """It is out, and on the list of what has to go. In doubt it is looked for, by its words: no
    other post has them."""

    async def keep(made: Handle) -> None:
        handle.update(made)

    handle: dict[str, Any] = {}
    ready = await connector.prepare(parcel, {}, keep)
    try:
        sent = await connector.commit(parcel, ready)
    except OutcomeUnknown:
        found = await connector.look(parcel, ready)
        out += [
            Sent(one.remote_id, one.url)
            for one in found.posts
            if says(one.text, parcel.text, one.spellings)
        ]
        raise
    out.append(sent)
    return sent


async def _there(connector: Connector, remote_id: str, text: str) -> Seen:
    seen = await connector.read(remote_id)
    if seen is None:
        raise Refused("not_there", "it is not shown")
    if not says(seen.text, text, seen.spellings):
        raise Refused("altered", "it is shown with other words")
    return seen


async def _liked(connector: Connector, remote_id: str) -> None:
    await connector.act(Act(Deed.LIKE, remote_id, about=remote_id))
    await connector.act(Act(Deed.UNLIKE, remote_id, about=remote_id))


async def _deleted(connector: Connector, tries: Tries, sent: Sent) -> None:
    """Gone, and seen to be gone. What stays is named, so that a person can take it away."""
    try:
        await connector.delete(sent.remote_id)
        if Can.READ_BACK in tries.may and await connector.read(sent.remote_id) is not None:
            raise OutcomeUnknown("it is still shown")
    except Exception:
        tries.left.append(sent.url or sent.remote_id)
        raise


async def _choices(connector: Connector, option: str) -> str:
    try:
        async with asyncio.timeout(TALK_DEADLINE.total_seconds()):
            return str(len(await connector.choices(option)))
    except Exception as error:  # every end of a try is an outcome
        return ended(error)[1]
