"""What pages do to a practice network: look at it, comment, plan faults, choose how it behaves."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from asgiref.sync import async_to_sync
from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.channels import selectors
from breakwater.channels.doors import (
    TALK_DEADLINE,
    Opened,
    client_for,
    connector,
    unlock,
)
from breakwater.channels.installed import network
from breakwater.channels.kits import kit_for
from breakwater.channels.models import Channel
from breakwater.channels.services.asking import put_plainly
from breakwater.channels.services.connecting import replace_secrets
from breakwater.domain.errors import Invalid, NetworkError, NotFound, TryLater
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Account, Comment, Connector, Fault, Practice, Secrets, Seen

TEXT_CHARACTERS = 2000
AUTHOR_CHARACTERS = 60
LOOKING = "look"
CALLS = ("commit", "delete", LOOKING, "prepare", "token")
"""What a fault can wait for (networks.base.Fault.call)."""

T = TypeVar("T")


@dataclass(frozen=True)
class Shown:
    """A post as the practice network shows it to anybody, with what people said."""

    seen: Seen
    comments: tuple[Comment, ...]


@dataclass(frozen=True)
class View:
    """The account as it is now. trouble: why the posts could not be read; "" if they were.

    blind: a fault is planned that waits for a look; then nothing is read, because looking
    at the page would use it up. kinds: kind of fault -> its label (a msgid).
    """

    posts: tuple[Shown, ...]
    faults: tuple[Fault, ...]
    kinds: Mapping[str, str]
    guarantee: Guarantee
    blind: bool = False
    trouble: str = ""


@cache
def is_practice(slug: str) -> bool:
    """Whether the channels of this network can be practised on. Raises: Unsupported."""
    found = network(slug)
    nobody = Account(remote_id="", handle="", origin="")
    return isinstance(found.connector(client_for(found), nobody, kit_for({})), Practice)


def look_round(channel: Channel, *, limit: int) -> View:
    """What the account shows: its latest posts with their comments, and what is planned.

    Raises: NotFound when it is no practice channel or has no secrets; Problem
    ("network_unreachable") when not even its controls answer.
    """

    async def deed(open_: Connector, practice: Practice) -> View:
        faults, kinds = await practice.faults(), practice.kinds()
        if any(fault.call == LOOKING for fault in faults):
            return View((), faults, kinds, open_.guarantee, blind=True)
        try:
            posts = [
                Shown(seen, await open_.comments(seen.remote_id))
                for seen in await open_.timeline(limit)
            ]
        except NetworkError as error:
            return View((), faults, kinds, open_.guarantee, trouble=error.code)
        return View(tuple(posts), faults, kinds, open_.guarantee)

    return talk(channel, deed)


def say(
    channel: Channel, *, remote_id: str, text: str, author: str, by: UUID, now: datetime
) -> Comment:
    """The comment that a stranger now made on a post. author: "" for the network's own stranger.

    Raises: Invalid with `field`; as `look_round`.
    """
    text, author = text.strip(), author.strip()
    if not text:
        raise Invalid(code="field_missing", field="text")
    if len(text) > TEXT_CHARACTERS:
        raise Invalid(code="field_too_long", field="text", most=TEXT_CHARACTERS)
    if len(author) > AUTHOR_CHARACTERS:
        raise Invalid(code="field_too_long", field="author", most=AUTHOR_CHARACTERS)

    async def deed(_open: Connector, practice: Practice) -> Comment:
        return await practice.say(remote_id, text, author)

    said = talk(channel, deed)
    _record(channel, "practice.commented", {"post": remote_id}, by=by, now=now)
    return said


def bad_weekend(channel: Channel, *, by: UUID, now: datetime) -> int:
    """Strangers write what they write on a bad week-end; how many things. Raises: as `look_round`."""

    async def deed(_open: Connector, practice: Practice) -> int:
        return await practice.bad_weekend()

    said = talk(channel, deed)
    _record(channel, "practice.weekend_played", {"said": said}, by=by, now=now)
    return said


def plan_fault(channel: Channel, fault: Fault, *, by: UUID, now: datetime) -> None:
    """The fault waits behind those already planned. Raises: Invalid with `field`; as `look_round`."""
    if fault.call not in ("", *CALLS):
        raise Invalid(code="field_choice", field="call")

    async def deed(_open: Connector, practice: Practice) -> None:
        if fault.kind not in practice.kinds():
            raise Invalid(code="field_choice", field="kind")
        await practice.plan(fault)

    talk(channel, deed)
    data = {"kind": fault.kind, "call": fault.call, "sticky": fault.sticky}
    _record(channel, "practice.fault_planned", data, by=by, now=now)


def clear_faults(channel: Channel, *, by: UUID, now: datetime) -> None:
    """Nothing is planned to go wrong any more. Raises: as `look_round`."""

    async def deed(_open: Connector, practice: Practice) -> None:
        await practice.clear()

    talk(channel, deed)
    _record(channel, "practice.faults_cleared", {}, by=by, now=now)


def as_class(channel: Channel, guarantee: Guarantee, *, by: UUID, now: datetime) -> Channel:
    """The account behaves like this class, and the channel knows it (its secrets and options).

    Raises: StaleState when the secrets were replaced meanwhile; as `look_round`.
    """

    async def deed(_open: Connector, practice: Practice) -> Secrets:
        return await practice.as_class(guarantee)

    secrets = talk(channel, deed)
    changed = replace_secrets(
        workspace_id=channel.workspace_id, channel_id=channel.id, secrets=secrets, by=by, now=now
    )
    _record(channel, "practice.class_chosen", {"guarantee": str(guarantee)}, by=by, now=now)
    return changed


def talk(channel: Channel, deed: Callable[[Connector, Practice], Awaitable[T]]) -> T:
    """What the deed gives, within TALK_DEADLINE; network errors as Problems a person can read."""
    opened = _opened(channel)

    async def talked() -> T:
        try:
            async with (
                asyncio.timeout(TALK_DEADLINE.total_seconds()),
                connector(opened) as open_,
            ):
                if not isinstance(open_, Practice):
                    raise NotFound(what="practice")
                return await deed(open_, open_)
        except TimeoutError as error:
            raise TryLater("the network took too long to answer") from error

    with put_plainly():
        return async_to_sync(talked)()


def _opened(channel: Channel) -> Opened:
    own = selectors.channel_of(channel.workspace_id, channel.id)
    opened = unlock([own.id]).get(own.id)
    if opened is None:
        raise NotFound(what="practice")
    return opened


@transaction.atomic
def _record(
    channel: Channel, verb: str, data: Mapping[str, Any], *, by: UUID, now: datetime
) -> None:
    fact = Fact(channel.workspace_id, verb, "channel", channel.id, data)
    record([fact], by=by, now=now)
