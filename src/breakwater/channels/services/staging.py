"""What a drill lets happen on a practice account, and carries here as a network would push it.

None of it is a call of the desk: nobody here did it, and no delivery knows of it.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from breakwater.channels.models import Channel
from breakwater.channels.services.hooks import pushed
from breakwater.channels.services.practice import talk
from breakwater.networks.base import Connector, Practice, What

Deed = Callable[[Practice], Awaitable[str]]


def intrude(channel: Channel, text: str, *, key: str, now: datetime) -> str:
    """Somebody else posts on the account; the post's remote id. The same key again: the same post.

    Raises: NotFound when it is no practice channel, or not connected any more; Problem
    ("network_unreachable").
    """

    async def deed(practice: Practice) -> str:
        return await practice.intrude(text, key=key)

    return _staged(channel, deed, now)


def rename(channel: Channel, name: str, *, now: datetime) -> str:
    """Somebody else gives the account another name. Raises: as `intrude`."""

    async def deed(practice: Practice) -> str:
        await practice.set_profile(name=name)
        return ""

    return _staged(channel, deed, now)


def arrive(
    channel: Channel, what: What, text: str, *, author: str, about: str = "", key: str,
    now: datetime,
) -> str:  # fmt: skip
    """A stranger says something to, about or below the account (`about`: a post's remote id); its
    remote id. The same key again: the same thing. Raises: as `intrude`."""

    async def deed(practice: Practice) -> str:
        return await practice.arrive(what, text, author, about, key=key)

    return _staged(channel, deed, now)


def _staged(channel: Channel, deed: Deed, now: datetime) -> str:
    """What the deed gives; what came of it is carried to our own door, signed, as a push."""

    async def both(_open: Connector, practice: Practice) -> tuple[str, Mapping[str, str], bytes]:
        made = await deed(practice)
        headers, body = await practice.push()
        return made, headers, body

    made, headers, body = talk(channel, both)
    pushed(channel.network, headers, body, now=now)
    return made
