"""Deeds: done, undone, seen; and those that X does not give."""

import pytest

from breakwater.domain.errors import Refused, TryLater, Unsupported
from breakwater.networks.base import Act, Deed
from tests.standins.x import XStandin
from tests.standins.x.calling import connected


def test_a_mute_is_done_seen_and_undone(x_standin: XStandin) -> None:
    calling, ann = connected(x_standin), x_standin.person("ann").id

    calling.run(lambda c: c.act(Act(Deed.MUTE, ann)))
    calling.run(lambda c: c.act(Act(Deed.MUTE, ann)))

    assert calling.run(lambda c: c.acted(Act(Deed.MUTE, ann)))
    calling.run(lambda c: c.act(Act(Deed.UNMUTE, ann)))
    assert calling.run(lambda c: c.acted(Act(Deed.UNMUTE, ann)))
    assert x_standin.state.mutes == set()


def test_an_unfollow_is_done_and_seen(x_standin: XStandin) -> None:
    calling, ann = connected(x_standin), x_standin.person("ann").id
    x_standin.state.follows = [(x_standin.person("harbour").id, ann)]
    assert not calling.run(lambda c: c.acted(Act(Deed.UNFOLLOW, ann)))

    calling.run(lambda c: c.act(Act(Deed.UNFOLLOW, ann)))

    assert calling.run(lambda c: c.acted(Act(Deed.UNFOLLOW, ann)))


def test_an_answer_below_an_own_post_is_hidden_and_shown(x_standin: XStandin) -> None:
    calling, own = connected(x_standin), x_standin.says("harbour", "Fresh mussels")
    answer = x_standin.says("ann", "Rotten!", reply_to=own.id)

    calling.run(lambda c: c.act(Act(Deed.HIDE, answer.id)))
    assert answer.hidden
    calling.run(lambda c: c.act(Act(Deed.UNHIDE, answer.id)))

    assert not answer.hidden
    with pytest.raises(Unsupported):
        calling.run(lambda c: c.acted(Act(Deed.HIDE, answer.id)))


def test_an_answer_elsewhere_cannot_be_hidden(x_standin: XStandin) -> None:
    calling, theirs = connected(x_standin), x_standin.says("ann", "Rotten @harbour")

    with pytest.raises(Refused) as refused:
        calling.run(lambda c: c.act(Act(Deed.HIDE, theirs.id)))

    assert refused.value.reason == "not_allowed"
    assert not theirs.hidden


def test_a_like_needs_another_plan(x_standin: XStandin) -> None:
    calling, theirs = connected(x_standin), x_standin.says("ann", "Good @harbour")

    with pytest.raises(Refused) as refused:
        calling.run(lambda c: c.act(Act(Deed.LIKE, theirs.id)))

    assert refused.value.reason == "plan_needed"
    assert x_standin.state.likes == set()


def test_with_that_plan_a_like_is_done_seen_and_undone(x_standin: XStandin) -> None:
    calling, theirs = connected(x_standin), x_standin.says("ann", "Good @harbour")
    x_standin.state.enterprise = True

    calling.run(lambda c: c.act(Act(Deed.LIKE, theirs.id)))

    assert calling.run(lambda c: c.acted(Act(Deed.LIKE, theirs.id)))
    calling.run(lambda c: c.act(Act(Deed.UNLIKE, theirs.id)))
    assert not calling.run(lambda c: c.acted(Act(Deed.LIKE, theirs.id)))


def test_a_deed_whose_answer_was_lost_is_done_later_again(x_standin: XStandin) -> None:
    calling, ann = connected(x_standin), x_standin.person("ann").id
    x_standin.drop_reply_after_accept("POST", "/2/users/")

    with pytest.raises(TryLater):
        calling.run(lambda c: c.act(Act(Deed.MUTE, ann)))

    assert len(x_standin.state.mutes) == 1


@pytest.mark.parametrize("deed", [Deed.BLOCK, Deed.UNBLOCK, Deed.REPORT, Deed.REMOVE])
def test_what_x_gives_to_nobody_says_so(deed: Deed, x_standin: XStandin) -> None:
    calling = connected(x_standin)

    with pytest.raises(Unsupported):
        calling.run(lambda c: c.act(Act(deed, "1")))

    assert x_standin.requests == []
