"""A hijack against a served harbour, and a person who says that it was not us."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, TypeVar

from breakwater.channels import doors
from breakwater.channels.models import Channel, Cursor
from breakwater.channels.services import connect_with_fields
from breakwater.core import clock
from breakwater.delivery.models import Delivery
from breakwater.incidents.services import containing
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import access
from breakwater.strays.models import Alarm
from breakwater.strays.tests.world import post, shows, watch
from tests.people import make_member, make_person, make_workspace

T = TypeVar("T")
_GONE = ("verified", "taken")


class Hijack:
    """One workspace with three channels, and what strangers post there."""

    def __init__(self, origin: str) -> None:
        self._workspace = make_workspace("Harbour")
        make_member(self._workspace, person := make_person("bob"), Role.OWNER)
        self._person = person
        self._posted = 0
        self._channels = [self._connected(origin, name) for name in ("one", "two", "three")]

    def begin(self, posts: int, number: int) -> None:
        """They post, it is noticed, and the person presses the button."""
        for channel in self._channels:
            mine = posts // len(self._channels)
            texts = [f"Burgers {number}.{one} on {channel.handle}" for one in range(mine)]
            ids = [self._ask(channel, self._intruding(text)) for text in texts]
            now = clock.now()
            found = [post(text, one, at=now) for text, one in zip(texts, ids, strict=True)]
            shows(channel, *found, now=now)
            self._posted += len(found)
        if not (alarm := Alarm.objects.filter(state="open").first()):
            return  # they joined the one that is contained already
        by = access(self._person, self._workspace.slug, Right.RESPOND)
        containing.begin(by, alarm, via="page", now=clock.now())

    def over(self) -> bool:
        """Each post that was made has its delete, and each delete is proved."""
        deletes = Delivery.objects.filter(kind="delete")
        return deletes.filter(state__in=_GONE).count() >= self._posted

    def _connected(self, origin: str, name: str) -> Channel:
        channel = connect_with_fields(
            workspace_id=self._workspace.pk, network="sandbox", origin=origin,
            fields={"name": name}, by=self._person.pk, now=clock.now(),
        )  # fmt: skip
        before = clock.now() - timedelta(minutes=1)
        Cursor.objects.update_or_create(
            channel=channel, source="own_posts",
            defaults={"read_at": before, "next_at": before + timedelta(days=1), "created_at": before},
        )  # fmt: skip
        watch(clock.now())
        return channel

    @staticmethod
    def _intruding(text: str) -> Callable[[Any], Awaitable[str]]:
        return lambda practice: practice.intrude(text, [])

    def _ask(self, channel: Channel, call: Callable[[Any], Awaitable[T]]) -> T:
        opened = doors.unlock([channel.pk])[channel.pk]

        async def asked() -> T:
            async with doors.connector(opened) as connector:
                return await call(connector)

        return asyncio.run(asked())
