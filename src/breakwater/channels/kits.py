"""What connectors are handed: blobs, streams and the administrator's keys."""

import asyncio
import logging
from functools import partial

from django.conf import settings
from django.db import InterfaceError, OperationalError

from breakwater.channels import meters
from breakwater.core import blobs, clock, http, media_links
from breakwater.core.database import in_database
from breakwater.domain.errors import TryLater
from breakwater.networks.base import Kit, Secrets

log = logging.getLogger(__name__)


def kit_for(app: Secrets, origin: str = "", holder: meters.Holder | None = None) -> Kit:
    """The kit of one opened channel. app: the administrator's keys at its network; origin: of the
    account (one that is let through on this machine fetches media from this machine, too); holder:
    whose budgets and costs its calls are counted in (None: nobody's)."""
    local = origin in settings.ALLOWED_ORIGINS
    return Kit(
        read=_read,
        part=_part,
        address=partial(media_links.address, local=local),
        take=partial(_take, holder),
        paid=partial(_paid, holder),
        app=app,
        listen=http.listen,
        listen_to_all=http.listen_to_all,
    )


async def _read(sha256: str) -> bytes:
    return await asyncio.to_thread(blobs.read, sha256)


async def _part(sha256: str, offset: int, length: int) -> bytes:
    return await asyncio.to_thread(blobs.read_part, sha256, offset, length)


async def _take(holder: meters.Holder | None, call: str) -> None:
    if holder is None or not holder.counts(call):
        return
    try:
        await in_database(meters.take)(holder, call, now=clock.here())
    except (OperationalError, InterfaceError) as error:  # certainly before the call
        raise TryLater("our database did not answer", code="database_away") from error


async def _paid(holder: meters.Holder | None, call: str, pieces: int) -> None:
    """An answer that is here is not lost for its bill: to read it again would be paid again."""
    if holder is None:
        return
    try:
        await in_database(meters.paid)(holder, call, pieces, now=clock.here())
    except (OperationalError, InterfaceError) as error:
        log.warning("costs.not_counted call=%s pieces=%s why=%s", call, pieces, error)
