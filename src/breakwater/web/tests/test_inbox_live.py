"""Whoever looks at an inbox hears that it changed; a lost connection catches up."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from breakwater.channels.models import Channel
from breakwater.inbox.models import Pulse
from breakwater.inbox.services.rollup import beat
from breakwater.inbox.tests.world import PRAISE, QUESTION, arrive, said
from breakwater.people.models import Person, Workspace
from breakwater.people.roles import Role
from breakwater.web.inbox_live import Watch, events
from breakwater.web.tests.quay import at_desk, member

PAGE = "/w/harbour/inbox/live/"


@pytest.mark.django_db
def test_what_arrives_is_a_new_number(quay: Channel, harbour_workspace: Workspace) -> None:
    arrive(quay, said(QUESTION, "a"))
    first = Pulse.objects.get(pk=harbour_workspace.pk).number

    arrive(quay, said(PRAISE, "b"))

    assert Pulse.objects.get(pk=harbour_workspace.pk).number == first + 1


@pytest.mark.django_db
def test_members_alone_may_listen(quay: Channel, eve: Person, harbour_workspace: Workspace) -> None:
    ada = member(harbour_workspace, Role.AGENT, name="ada")

    answer = at_desk(ada).get(PAGE)

    assert answer.streaming
    assert answer["Content-Type"] == "text/event-stream"
    assert at_desk(eve).get(PAGE).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_listener_hears_of_a_change_and_one_who_comes_back_of_what_was_missed(
    harbour_workspace: Workspace,
) -> None:
    here = harbour_workspace.pk
    beat([here])

    async def listen() -> tuple[list[bytes], bool]:
        shared = Watch(round_s=0.02)
        listening = events(here, 1, shared)
        begin = await anext(listening)
        waiting = asyncio.ensure_future(_next(listening))
        await asyncio.sleep(0.2)
        silent = not waiting.done()
        await asyncio.to_thread(beat, [here])
        heard = await waiting
        back = events(here, 0, shared)
        await anext(back)
        missed = await anext(back)
        await listening.aclose()
        await back.aclose()
        return [begin, heard, missed], silent

    heard, silent = asyncio.run(listen())

    assert silent
    assert heard == [b"retry: 2000\n\n", *[b"id: 2\nevent: changed\ndata: 2\n\n"] * 2]


async def _next(listening: AsyncGenerator[bytes, None]) -> bytes:
    return await anext(listening)
