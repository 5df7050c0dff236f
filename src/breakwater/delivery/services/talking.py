"""What a person does about something that arrived: answered, acted upon; as far as it is possible.

Whether this very account may is asked first, so that nothing is queued that cannot leave.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from breakwater.channels.models import Arrival, Channel
from breakwater.channels.selectors import Allowed, Why, allows, manifest
from breakwater.delivery.models import Delivery
from breakwater.delivery.services import deeds
from breakwater.domain.deeds import ON_PEOPLE
from breakwater.domain.errors import Invalid, NotFound, Problem, StaleState
from breakwater.domain.kinds import MAKES
from breakwater.networks.base import Can, Deed, What

NEEDS: Mapping[Deed, Can] = {
    Deed.LIKE: Can.LIKE,
    Deed.UNLIKE: Can.LIKE,
    Deed.HIDE: Can.HIDE,
    Deed.UNHIDE: Can.HIDE,
    Deed.REMOVE: Can.REMOVE,
    Deed.MUTE: Can.MUTE,
    Deed.UNMUTE: Can.MUTE,
    Deed.BLOCK: Can.BLOCK,
    Deed.UNBLOCK: Can.BLOCK,
    Deed.UNFOLLOW: Can.UNFOLLOW,
    Deed.REPORT: Can.REPORT,
    Deed.WITHDRAW: Can.WITHDRAW,
    Deed.RESTORE: Can.WITHDRAW,
    Deed.PIN: Can.PIN,
    Deed.UNPIN: Can.PIN,
}
"""What an account must be able to for each deed."""

AUTOMATIC = "automatic"
"""Tag of what a rule does by itself, so that a hold can stop all of that and nothing else."""

API = "api"
"""Tag of what a program says or changes with a token, likewise."""

_ANSWERED: Mapping[str, Can] = {What.MESSAGE: Can.SEND_MESSAGE, What.REVIEW: Can.ANSWER_REVIEW}

_CODES = {
    Why.NO: "cannot_there", Why.NOT_GRANTED: "cannot_not_granted", Why.REFUSED: "cannot_refused",
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """An answer. arrival_id: of what is answered; without it the remote ids say so: to_post of a
    comment, mention or review, root of the post above, to of a conversation."""

    text: str
    arrival_id: int | None = None
    to_post: str = ""
    root: str = ""
    to: str = ""
    language: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    tags: Sequence[str] = ()


@dataclass(frozen=True)
class Done:
    """A deed. arrival_id: of what it is done to (or whose author); without it, the remote ids."""

    deed: Deed
    arrival_id: int | None = None
    target: str = ""
    about: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)
    tags: Sequence[str] = ()


def reply(channel: Channel, said: Said, *, request: UUID, by: UUID, now: datetime) -> Delivery:
    """The answer leaves now. request: of the click; the same one again gives the same delivery.

    Raises: NotFound (no such arrival here); Invalid; StaleState("channel_disconnected"); Problem:
    "cannot_there", "cannot_not_granted", "cannot_refused".
    """
    arrival = _arrival(channel, said.arrival_id)
    wish = _answer(said, arrival)
    need(channel, _can(channel, wish, arrival))
    return deeds.answer(channel, wish, request=request, by=by, now=now)


def act(channel: Channel, done: Done, *, request: UUID, by: UUID, now: datetime) -> Delivery:
    """The deed is done now. request, and what it raises: as in `reply`."""
    arrival = _arrival(channel, done.arrival_id)
    target, about = done.target, done.about
    if arrival is not None:
        target = arrival.author_id if done.deed in ON_PEOPLE else arrival.remote_id
        about = arrival.about
    need(channel, NEEDS[done.deed])
    return deeds.do(
        channel, done.deed.value, target, about=about, detail=done.detail, tags=done.tags,
        request=request, by=by, now=now,
    )  # fmt: skip


def change(
    delivery: Delivery,
    text: str,
    *,
    tags: Sequence[str] = (),
    request: UUID,
    by: UUID,
    now: datetime,
) -> Delivery:
    """What is out says `text` from now on. request, and what it raises: as in `reply`; and
    StaleState("nothing_to_change")."""
    if delivery.kind not in MAKES:
        raise StaleState(code="nothing_to_change", state=delivery.state)
    need(delivery.channel, Can.EDIT)
    return deeds.change(delivery, text, tags=tags, request=request, by=by, now=now)


def need(channel: Channel, can: Can) -> None:
    """Nothing, or why this account may not (as `reply` raises)."""
    if channel.state == "disconnected":
        raise StaleState(code="channel_disconnected")
    problem = refusal(channel, can, allows(channel, can))
    if problem is not None:
        raise problem


def refusal(channel: Channel, can: Can, may: Allowed) -> Problem | None:
    """Why this account may not, in words for its network; None where it may. may: of `allows`."""
    if may.yes:
        return None
    known = manifest(channel.network)
    capability = known.can.get(can)
    note = gettext(capability.note) if capability and capability.note else ""
    return Problem(
        code=_CODES[may.why], network=gettext(known.name), note=note, can=can.value,
        missing=list(may.missing),
    )  # fmt: skip


def _arrival(channel: Channel, arrival_id: int | None) -> Arrival | None:
    if arrival_id is None:
        return None
    found = Arrival.objects.filter(channel=channel, pk=arrival_id).first()
    if found is None:
        raise NotFound(what="arrival")
    return found


def _answer(said: Said, arrival: Arrival | None) -> deeds.Answer:
    to_post, root, to = said.to_post, said.root, said.to
    if arrival is not None:
        message = arrival.what == What.MESSAGE
        to_post, root = arrival.remote_id, arrival.about or arrival.thread
        to = (arrival.thread or arrival.author_id) if message else ""
    elif not (to_post or to):
        raise Invalid(code="field_missing", field="arrival_id")
    return deeds.Answer(
        said.text, to_post=to_post, root=root, to=to, language=said.language, options=said.options,
        tags=said.tags,
    )  # fmt: skip


def ability(what: str) -> Can:
    """What an account must be able to, to answer such an arrival (`What`)."""
    return _ANSWERED.get(what, Can.REPLY)


def _can(channel: Channel, wish: deeds.Answer, arrival: Arrival | None) -> Can:
    """A message, a review or a comment: each is an ability of its own."""
    if wish.to:
        return Can.SEND_MESSAGE
    known = arrival or Arrival.objects.filter(channel=channel, remote_id=wish.to_post).first()
    return ability(known.what if known else "")
