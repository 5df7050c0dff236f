"""The scopes that the manifest names for a capability open its calls: no more are needed."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from breakwater.networks.base import Act, Can, Connector, Deed, Source
from tests.standins.base.calling import PICTURE, Calling, parcel
from tests.standins.x import XStandin
from tests.standins.x.calling import NETWORK, connected

Use = Callable[[Connector], Awaitable[Any]]
NOBODY = "1720000000000000000"

READS: dict[Can, Use] = {
    Can.READ_BACK: lambda c: c.read(NOBODY),
    Can.TIMELINE: lambda c: c.timeline(5),
    Can.COMMENTS: lambda c: c.poll(Source.COMMENTS, ""),
    Can.MENTIONS: lambda c: c.poll(Source.MENTIONS, ""),
    Can.MESSAGES: lambda c: c.poll(Source.MESSAGES, ""),
    Can.FOLLOWING: lambda c: c.following(),
    Can.INSIGHTS: lambda c: c.insights(),
    Can.PROFILE: lambda c: c.profile(),
    Can.PUSH: lambda c: c.subscribe("https://desk.example/hooks/x"),
    Can.DELETE: lambda c: c.delete(NOBODY),
    Can.MUTE: lambda c: c.act(Act(Deed.MUTE, NOBODY)),
    Can.UNFOLLOW: lambda c: c.act(Act(Deed.UNFOLLOW, NOBODY)),
}


def _with_scopes_of(can: Can, standin: XStandin) -> Calling:
    return connected(standin, NETWORK.manifest.scopes[can])


@pytest.mark.parametrize("can", READS)
def test_its_scopes_open_it(can: Can, x_standin: XStandin) -> None:
    x_standin.says("harbour", "Fresh mussels")

    _with_scopes_of(can, x_standin).run(READS[can])

    assert x_standin.violations == []


@pytest.mark.parametrize("can", [Can.PUBLISH, Can.THREAD, Can.FIRST_COMMENT, Can.REPLY])
def test_what_publishes_may_carry_a_picture(can: Can, x_standin: XStandin) -> None:
    first = x_standin.says("harbour", "Fresh mussels")

    _with_scopes_of(can, x_standin).publish(parcel(media=(PICTURE,), reply_to=first.id))

    assert len(x_standin.published()) == 2


def test_a_message_is_sent_and_looked_for(x_standin: XStandin) -> None:
    calling = _with_scopes_of(Can.SEND_MESSAGE, x_standin)
    what = parcel("Hello", to=x_standin.person("ann").id, media=(PICTURE,))

    calling.publish(what)

    assert len(calling.run(lambda c: c.look(what, {})).posts) == 1


def test_an_answer_is_hidden_and_a_post_liked(x_standin: XStandin) -> None:
    x_standin.state.enterprise = True
    own = x_standin.says("harbour", "Fresh mussels")
    answer = x_standin.says("ann", "Rotten", reply_to=own.id)

    _with_scopes_of(Can.HIDE, x_standin).run(lambda c: c.act(Act(Deed.HIDE, answer.id)))
    liking = _with_scopes_of(Can.LIKE, x_standin)
    liking.run(lambda c: c.act(Act(Deed.LIKE, answer.id)))

    assert answer.hidden
    assert liking.run(lambda c: c.acted(Act(Deed.LIKE, answer.id)))
