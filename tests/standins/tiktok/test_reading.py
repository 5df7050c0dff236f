"""What is read of an account: videos, news, figures, choices."""

import pytest

from breakwater.domain.errors import Reconnect, TryLater, Unsupported
from breakwater.networks.base import Act, Deed, Figure, Metric, Source, What
from breakwater.networks.tiktok.manifest import MANIFEST
from tests.standins.base.exchange import as_json
from tests.standins.tiktok import TikTokStandin
from tests.standins.tiktok.calling import AGREED, connected, film

LIST, QUERY = "/v2/video/list/", "/v2/video/query/"


def test_the_timeline_goes_through_the_pages(tiktok_in_process: TikTokStandin) -> None:
    standin, calling = tiktok_in_process, connected(tiktok_in_process)
    for number in range(45):
        standin.post(f"number {number}")
        standin.advance(60)

    videos = calling.run(lambda c: c.timeline(41))

    assert [one.text for one in videos] == [f"number {n}" for n in range(44, 3, -1)]
    assert len(standin.calls("POST", LIST)) == 3
    assert len(calling.run(lambda c: c.timeline(1000))) == 45


def test_news_come_once(tiktok_in_process: TikTokStandin) -> None:
    standin, calling = tiktok_in_process, connected(tiktok_in_process)
    standin.post("old")
    standin.advance(60)
    first = calling.run(lambda c: c.poll(Source.OWN_POSTS, ""))
    standin.post("new")

    second = calling.run(lambda c: c.poll(Source.OWN_POSTS, first.cursor))
    third = calling.run(lambda c: c.poll(Source.OWN_POSTS, second.cursor))

    assert [one.text for one in first.arrived] == ["old"]
    assert [(one.what, one.text, one.own) for one in second.arrived] == [(What.POST, "new", True)]
    assert second.arrived[0].author.handle == "@harbour"
    assert (third.arrived, third.cursor) == ((), second.cursor)


def test_an_account_without_videos_has_no_news(tiktok_in_process: TikTokStandin) -> None:
    batch = connected(tiktok_in_process).run(lambda c: c.poll(Source.OWN_POSTS, ""))

    assert (batch.arrived, batch.cursor, batch.more) == ((), "", False)


def test_figures_of_a_video_and_of_the_account(tiktok_in_process: TikTokStandin) -> None:
    standin, calling = tiktok_in_process, connected(tiktok_in_process)
    remote_id = calling.publish(film())
    standin.videos[0].counts |= {"view_count": 900, "like_count": 30, "comment_count": 4}

    of_the_post = calling.run(lambda c: c.insights(remote_id))
    of_the_account = calling.run(lambda c: c.insights())

    assert of_the_post == (
        Figure(Metric.VIEWS, 900),
        Figure(Metric.LIKES, 30),
        Figure(Metric.COMMENTS, 4),
        Figure(Metric.SHARES, 0),
    )
    assert of_the_account == (Figure(Metric.FOLLOWERS, 41), Figure(Metric.LIKES, 7))


def test_a_video_that_is_not_shown_has_no_figures(tiktok_in_process: TikTokStandin) -> None:
    calling = connected(tiktok_in_process)
    remote_id = calling.publish(film(options={**AGREED, "privacy": "SELF_ONLY"}))

    assert calling.run(lambda c: c.insights(remote_id)) == ()
    assert calling.run(lambda c: c.insights("7000000000000000000")) == ()


def test_an_account_says_what_it_offers(tiktok_in_process: TikTokStandin) -> None:
    standin, calling = tiktok_in_process, connected(tiktok_in_process)
    standin.harbour.options = ("FOLLOWER_OF_CREATOR", "SELF_ONLY")
    standin.harbour.off = frozenset({"duet"})

    privacy = calling.run(lambda c: c.choices("privacy"))

    assert [(one.value, one.label) for one in privacy] == [
        ("FOLLOWER_OF_CREATOR", "Followers"),
        ("SELF_ONLY", "Only me"),
    ]
    assert [one.value for one in calling.run(lambda c: c.choices("comment"))] == ["on"]
    assert calling.run(lambda c: c.choices("duet")) == ()
    with pytest.raises(Unsupported):
        calling.run(lambda c: c.choices("title"))
    of_account = {option.name for option in MANIFEST.options if option.of_account}
    assert of_account == {"privacy", "comment", "duet", "stitch"}


def test_what_tiktok_does_not_have_says_so(tiktok_in_process: TikTokStandin) -> None:
    calling = connected(tiktok_in_process)

    for deed in (
        lambda c: c.edit("1", film()),
        lambda c: c.delete("1"),
        lambda c: c.comments("1"),
        lambda c: c.following(),
        lambda c: c.act(Act(Deed.HIDE, "1")),
        lambda c: c.poll(Source.COMMENTS, ""),
    ):
        with pytest.raises(Unsupported):
            calling.run(deed)

    assert tiktok_in_process.requests == []


@pytest.mark.parametrize(
    "video", [{}, {"id": "1"}, {"id": "1", "create_time": "soon"}, {"id": "1", "create_time": None}]
)
def test_a_video_that_is_none_is_asked_for_again(
    tiktok_in_process: TikTokStandin, video: dict[str, object]
) -> None:
    data = {"videos": [video], "cursor": 0, "has_more": False}
    tiktok_in_process.fail_next("POST", LIST, as_json({"data": data, "error": {"code": "ok"}}))

    with pytest.raises(TryLater):
        connected(tiktok_in_process).run(lambda c: c.timeline(1))


def test_a_scope_that_was_not_given_asks_for_a_new_connection(
    tiktok_in_process: TikTokStandin,
) -> None:
    calling = connected(tiktok_in_process, ("user.info.basic",))

    for deed in (
        lambda c: c.timeline(1),
        lambda c: c.prepare(film(), {}, calling._keep),
    ):
        with pytest.raises(Reconnect):
            calling.run(deed)

    assert tiktok_in_process.videos == []
