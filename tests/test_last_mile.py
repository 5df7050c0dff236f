"""What a network answers beside yes and no, on real sockets: another id, a duplicate, "wait", "sign in
again"; for posts, answers, changes and deeds alike."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from breakwater.channels.models import Channel
from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.delivery.models import Attempt, Delivery
from breakwater.delivery.places import place_of
from breakwater.delivery.services import Answer, answer, change, do
from breakwater.people.models import Person, Workspace
from breakwater.publishing.services import take_down
from tests.standins.base.exchange import as_json
from tests.standins.base.tricks import DROPPED
from tests.worlds.desk import Desk, ledger, run
from tests.worlds.fixtures import world
from tests.worlds.gate import Fault
from tests.worlds.needs import NEEDS, Needs
from tests.worlds.others import TikTok, X
from tests.worlds.world import World

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

TEXT = "Fresh mussels tonight"
LOST = Fault("reply dropped after accept", True, DROPPED)
REFUSED = as_json({"error": "slow down"}, 429, {"retry-after": "1"})
LATER = Fault("429", False, REFUSED)
MUCH_LATER = Fault("429", False, as_json({"error": "slow down"}, 429, {"retry-after": "7200"}))
ENDS = ("verified", "taken", "failed", "needs_human", "missed")


__all__ = ["world"]  # fixture


@pytest.fixture
def desk(
    world: World, harbour_workspace: Workspace, ann: Person, bob: Person, tmp_path: Path,
    settings: Settings,
) -> Desk:  # fmt: skip
    """Nobody has to approve."""
    return replace(Desk.at(world, harbour_workspace, ann, bob, tmp_path, settings), approved=set)


@pytest.fixture
def channel(desk: Desk) -> Channel:
    return desk.connect()


def on(*slugs: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("world", slugs, indirect=True)


def posted(desk: Desk, channel: Channel, text: str = TEXT) -> Delivery:
    """What is out, and proved."""
    row = ordered(desk, channel, text)
    desk.run_to([row], *ENDS)
    assert row.state == "verified"
    return row


def ordered(desk: Desk, channel: Channel, text: str = TEXT) -> Delivery:
    needs = NEEDS.get(channel.network, Needs())
    return desk.order(channel, "publish", needs.payload(desk, text))


def steps(row: Delivery) -> list[tuple[str, str]]:
    rows = Attempt.objects.filter(delivery=row).exclude(outcome="begun").order_by("id")
    return list(rows.values_list("step", "outcome"))


@on("linkedin")
def test_a_duplicate_is_the_post_that_the_refusal_names(desk: Desk, channel: Channel) -> None:
    """The answer was lost and the look saw nothing yet: sent again, the network names the first."""
    desk.world.gate.plan([LOST])
    row = ordered(desk, channel)
    blind(desk, "GET", "/rest/posts", times=2)

    desk.run_to([row], *ENDS)

    urn = row.handle["duplicate_of"]
    assert (row.state, row.remote_id) == ("verified", urn)
    assert desk.world.public() == [TEXT]
    commits = [one for one in steps(row) if one[0] == "commit"]
    assert commits == [("commit", "unknown"), ("commit", "unknown")]


@on("tiktok")
def test_a_post_is_known_by_the_id_that_its_moderation_gave_it(
    desk: Desk, channel: Channel
) -> None:
    assert isinstance(desk.world, TikTok)
    desk.world.standin.state.moderation_s = 1.0
    row = ordered(desk, channel)

    desk.run_to([row], "accepted")
    publishing = row.remote_id
    desk.run_to([row], *ENDS)

    (video,) = desk.world.standin.videos
    assert row.state == "verified"
    assert (row.remote_id, publishing != video.id) == (video.id, True)


@on("x")
def test_a_change_and_its_delete_go_to_the_id_that_it_gave(desk: Desk, channel: Channel) -> None:
    """Of a post and of an answer; the answer to the second change is lost."""
    post = posted(desk, channel)
    said = Answer("Until ten.", to_post=post.remote_id, root=post.remote_id)
    reply = answer(channel, said, request=new_id(), by=desk.ann.pk, now=clock.now())
    desk.run_to([reply], *ENDS)

    for row in (post, reply):
        first = changed(desk, row, "First change")
        desk.world.gate.plan([LOST])
        second = changed(desk, row, "Second change")

        assert second.payload["remote_id"] == first.remote_id != row.remote_id
        assert place_of(row).remote_id == second.remote_id != first.remote_id
        undoing = take_down(row, by=desk.bob.pk, now=clock.now())
        assert undoing.payload["remote_id"] == second.remote_id
        desk.run_to([undoing], *ENDS)
        assert undoing.state == "verified"
    assert desk.world.public() == []


def changed(desk: Desk, row: Delivery, text: str) -> Delivery:
    words = f"{text} of {row.kind}"
    made = change(row, words, request=new_id(), by=desk.ann.pk, now=clock.now())
    desk.run_to([made], *ENDS)
    assert (made.state, words in desk.world.public()) == ("verified", True)
    return made


@pytest.mark.parametrize("kind", ["publish", "reply", "act", "edit", "delete"])
@on("x")
def test_wait_is_heeded_and_then_it_leaves_once(desk: Desk, channel: Channel, kind: str) -> None:
    post = posted(desk, channel)
    desk.world.gate.plan([LATER])
    asked = clock.now()
    row = thing(desk, channel, post, kind)

    desk.run_to([row], *ENDS)

    channel.refresh_from_db()
    assert row.state in ("verified", "taken"), ledger(row)
    assert channel.quiet_until is not None
    assert row.last_sent_at is not None
    assert row.last_sent_at >= asked + timedelta(seconds=1)
    assert steps(row)[:2] == [("commit", "throttled"), ("commit", "accepted")]


@pytest.mark.parametrize(
    ("kind", "state", "reason"),
    [
        ("publish", "needs_human", "throttled_too_long"),
        ("reply", "needs_human", "throttled_too_long"),
        ("edit", "needs_human", "throttled_too_long"),
        ("act", "retry_wait", "throttled"),
        ("delete", "retry_wait", "throttled"),
    ],
)
@on("x")
def test_a_wait_beyond_its_time_asks_where_it_would_be_late(
    desk: Desk, channel: Channel, kind: str, state: str, reason: str
) -> None:
    """Two hours: too long for a post and an answer; a deed and a delete are late for nobody."""
    post = posted(desk, channel)
    desk.world.gate.plan([MUCH_LATER])
    row = thing(desk, channel, post, kind)

    desk.run_to([row], "needs_human", "retry_wait")

    assert (row.state, row.reason, row.commit_calls) == (state, reason, 1)


@pytest.mark.parametrize("kind", ["publish", "reply", "act", "delete"])
@on("mastodon", "facebook")
def test_a_sign_in_at_its_end_waits_for_a_person_and_then_it_leaves(
    desk: Desk, channel: Channel, kind: str
) -> None:
    post = posted(desk, channel)
    desk.world.gate.plan([Fault("token dead", True, expires=True)])
    row = thing(desk, channel, post, kind)

    def shut() -> bool:
        channel.refresh_from_db()
        return channel.state == "reconnect"

    run([desk.deliver()], shut, within=20.0)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("retry_wait", "reconnect")
    desk.world.sign_in(desk.workspace, desk.ann, channel)
    desk.run_to([row], *ENDS)

    assert row.state in ("verified", "taken")
    assert steps(row)[:2] == [("commit", "token"), ("commit", "accepted")]


def thing(desk: Desk, channel: Channel, post: Delivery, kind: str) -> Delivery:
    """One of each kind, about a post that is out."""
    by, now, request = desk.ann.pk, clock.now(), new_id()
    if kind == "publish":
        return ordered(desk, channel, "Oysters tomorrow")
    if kind == "edit":
        return change(post, "Fresh mussels tomorrow", request=request, by=by, now=now)
    if kind == "delete":
        return take_down(post, by=by, now=now)
    if kind == "act":
        deed, target = "like", post.remote_id
        if isinstance(desk.world, X):  # to like costs a plan there
            deed, target = "mute", desk.world.standin.person("ann").id
        return do(channel, deed, target, about=post.remote_id, request=request, by=by, now=now)
    said = Answer("Until ten.", to_post=post.remote_id, root=post.remote_id)
    return answer(channel, said, request=request, by=by, now=now)


def blind(desk: Desk, method: str, path: str, times: int) -> None:
    """The next own posts that are read are none: the network shows them late."""
    empty = as_json({"elements": [], "paging": {"start": 0, "count": 10, "links": []}})
    desk.world.standin.fail_next(method, path, empty, times=times)  # type: ignore[attr-defined]
