"""What networks push: who asks is answered, what is signed is stored, all else is refused."""

from collections.abc import Mapping
from datetime import datetime

from breakwater.channels.appkeys import app_of
from breakwater.channels.installed import network
from breakwater.channels.services.arrivals import take_push
from breakwater.channels.services.pushing import asked
from breakwater.domain.errors import NotFound, Refused, Unsupported
from breakwater.networks.base import Echo, Hooks

LONGEST = 1024 * 1024
"""Bytes of one push."""


def challenged(slug: str, query: Mapping[str, str], *, now: datetime) -> Echo:
    """The answer to a network that asks whether this address is ours. Raises: NotFound; Refused, for
    an account's pushes too that no channel of ours has just asked for."""
    echo = _hooks(slug).challenge(query, app_of(slug))
    if echo.about and not asked(slug, echo.about, now):
        raise Refused("hook_refused", "nobody here has just asked for it")
    return echo


def pushed(slug: str, headers: Mapping[str, str], body: bytes, *, now: datetime) -> int:
    """How many new things the push brought. headers: names in lower case.

    The same push again brings nothing: what is stored is stored once.
    Raises: NotFound; Refused("hook_refused") for anything but the network's own.
    """
    hooks = _hooks(slug)
    if len(body) > LONGEST:
        raise Refused("hook_refused", "longer than any push")
    hooks.verify(headers, body, app_of(slug), now)
    try:
        pushes = hooks.parse(headers, body)
    except RecursionError as error:
        raise Refused("hook_refused", "nested without end") from error
    return take_push(slug, pushes, now=now)


def _hooks(slug: str) -> Hooks:
    try:
        found = network(slug)
    except Unsupported as error:
        raise NotFound(what="network") from error
    if found.hooks is None:
        raise NotFound(what="network")
    return found.hooks
