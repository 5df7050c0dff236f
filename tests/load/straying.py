"""Strays from inside an installation whose worker runs: somebody posts on the account, the network pushes,
and the clock stops when both the mail and the webhook of the alarm are there."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

from django.conf import settings

from breakwater.channels import doors
from breakwater.channels.models import Channel
from breakwater.channels.services import connect_with_fields, hooks
from breakwater.core import clock
from breakwater.core.tests.doorbells import Doorbell, doorbell
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Practice
from breakwater.notices.services.doors import add_webhook
from breakwater.people.roles import Right
from breakwater.people.selectors import access
from breakwater.strays.models import Watched
from breakwater.strays.selectors import open_alarm
from breakwater.strays.services import answer
from tests.load import fill

_PATIENCE_S = 120.0
_rest = Event()


def begin_strays(bell: str) -> str:
    """One workspace with one practice account, which is watched, and a webhook to `bell`."""
    owner = fill.owner()
    workspace = fill.workspace_of(0)
    add_webhook(
        access(owner, workspace.slug, Right.INVITE),
        url=f"{bell}/hook",
        name="Pager",
        now=clock.now(),
    )
    connect_with_fields(
        workspace_id=workspace.pk, network="sandbox", origin="",
        fields={"name": "quay", "class": Guarantee.HOUR_KEY.value}, by=owner.pk, now=clock.now(),
    )  # fmt: skip
    return ""


def strays(times: str, port: str) -> str:
    """JSON: `seconds` from each push until its mail and its webhook were there."""
    until(lambda: Watched.objects.filter(began_at__isnull=False).exists())
    channel = Channel.objects.select_related("workspace").get()
    with doorbell(int(port)) as bell:
        seconds = [_one(channel, number, bell) for number in range(int(times))]
    return json.dumps({"seconds": seconds})


def _one(channel: Channel, number: int, bell: Doorbell) -> float:
    before = (len(_mails()), len(bell.rung))
    ask(channel, lambda harbour: harbour.intrude(f"Nobody here wrote line {number}."))
    begun = monotonic()
    headers, body = ask(channel, lambda harbour: harbour.push())
    hooks.pushed(channel.network, headers, body, now=clock.now())
    until(lambda: len(_mails()) > before[0] and len(bell.rung) > before[1])
    took = monotonic() - begun
    until(lambda: _answered(channel))
    return took


def _answered(channel: Channel) -> bool:
    """The alarm is over, so that the next stray rings anew."""
    alarm = open_alarm(channel.workspace_id)
    if alarm is not None:
        by = fill.workspace_of(0).memberships.get().person_id
        answer(alarm, "fine", by=by, via="page", now=clock.now())
    return open_alarm(channel.workspace_id) is None


def _mails() -> list[Path]:
    return list(Path(settings.MAIL_URL.removeprefix("file://")).glob("*.eml"))


def ask(channel: Channel, call: Callable[[Practice], Awaitable[Any]]) -> Any:
    opened = doors.unlock([channel.pk])[channel.pk]

    async def asked() -> Any:
        async with doors.connector(opened) as connector:
            return await call(connector)  # type: ignore[arg-type]  # the practice harbour's

    return asyncio.run(asked())


def until(there: Callable[[], bool]) -> None:
    ends = monotonic() + _PATIENCE_S
    while not there():
        if monotonic() > ends:
            raise TimeoutError("it did not come")
        _rest.wait(0.01)


PARTS = {"begin_strays": begin_strays, "strays": strays}
