"""What a channel hears, and what it does to comments and people."""

from datetime import timedelta

import pytest

from breakwater.domain.errors import Refused, TryLater, Unsupported
from breakwater.networks.base import Act, Batch, Deed, Figure, Metric, Source, What
from tests.standins.google.standin import error
from tests.standins.youtube import YouTubeStandin
from tests.standins.youtube.calling import Desk, film, words
from tests.standins.youtube.state import OWN, SOMEBODY


def _poll(desk: Desk, source: Source, cursor: str = "") -> Batch:
    return desk.run(lambda c: c.poll(source, cursor))


def test_only_new_comments_come_with_the_next_poll(standin: YouTubeStandin, desk: Desk) -> None:
    video = standin.film("Mussels").id
    head = standin.eve_says("Are they fresh?", video)
    first = _poll(desk, Source.COMMENTS)
    standin.advance(60)
    standin.say(OWN, "Caught today", parent=head.id)
    standin.eve_says("And oysters?", video)

    second = _poll(desk, Source.COMMENTS, first.cursor)
    third = _poll(desk, Source.COMMENTS, second.cursor)

    [one] = first.arrived
    assert (one.what, one.text, one.about, one.thread) == (
        What.COMMENT, "Are they fresh?", video, head.id,
    )  # fmt: skip
    assert one.author.remote_id == SOMEBODY
    assert not one.own
    assert sorted((c.text, c.own, c.parent) for c in second.arrived) == [
        ("And oysters?", False, ""), ("Caught today", True, head.id),
    ]  # fmt: skip
    assert third.arrived == ()
    assert not third.more


def test_a_flood_between_two_polls_is_read_to_its_end(standin: YouTubeStandin, desk: Desk) -> None:
    video = standin.film("Mussels").id
    standin.eve_says("old", video)
    batch = _poll(desk, Source.COMMENTS)
    for number in range(13):
        standin.advance(2)
        standin.eve_says(f"new {number}", video)

    texts: list[str] = []
    for _ in range(5):
        batch = _poll(desk, Source.COMMENTS, batch.cursor)
        texts += [one.text for one in batch.arrived]
        if not batch.more:
            break

    assert sorted(texts) == sorted(f"new {number}" for number in range(13))
    assert _poll(desk, Source.COMMENTS, batch.cursor).arrived == ()


def test_comments_of_the_same_second_come_once(standin: YouTubeStandin, desk: Desk) -> None:
    video = standin.film("Mussels").id
    one = standin.eve_says("first", video)
    first = _poll(desk, Source.COMMENTS)
    standin.eve_says("second", video).at = one.at

    second = _poll(desk, Source.COMMENTS, first.cursor)
    third = _poll(desk, Source.COMMENTS, second.cursor)

    assert [c.text for c in second.arrived] == ["second"]
    assert third.arrived == ()


def test_own_films_come_and_private_ones_do_not(standin: YouTubeStandin, desk: Desk) -> None:
    desk.prepare(film())
    by_hand = standin.film("Fresh oysters")

    batch = _poll(desk, Source.OWN_POSTS)

    assert [(one.what, one.remote_id, one.own) for one in batch.arrived] == [
        (What.POST, by_hand.id, True)
    ]
    assert desk.run(lambda c: c.timeline(5))[0].remote_id == by_hand.id


def test_what_youtube_does_not_have_cannot_be_polled(desk: Desk) -> None:
    for source in (Source.MENTIONS, Source.MESSAGES, Source.REVIEWS, Source.AD_COMMENTS):
        with pytest.raises(Unsupported):
            _poll(desk, source)


def test_a_comment_is_hidden_shown_and_removed(standin: YouTubeStandin, desk: Desk) -> None:
    video = standin.film("Mussels").id
    said = standin.eve_says("You are frauds", video)
    hide, show = Act(Deed.HIDE, said.id, video), Act(Deed.UNHIDE, said.id, video)

    desk.run(lambda c: c.act(hide))
    assert said.status == "heldForReview"
    assert desk.run(lambda c: c.acted(hide))
    desk.run(lambda c: c.act(show))
    assert said.status == "published"
    assert desk.run(lambda c: c.acted(show))
    desk.run(lambda c: c.act(Act(Deed.REMOVE, said.id)))

    assert said.status == "rejected"
    assert desk.run(lambda c: c.acted(Act(Deed.REMOVE, said.id)))


def test_an_own_comment_is_deleted_and_one_that_is_gone_is_fine(
    standin: YouTubeStandin, desk: Desk
) -> None:
    video = standin.film("Mussels").id
    comment = desk.publish(words("Until ten", reply_to=video, root=video))

    desk.run(lambda c: c.act(Act(Deed.REMOVE, comment)))
    desk.run(lambda c: c.act(Act(Deed.REMOVE, comment)))

    assert standin.state.said == {}


def test_a_person_is_shut_out_with_a_comment(standin: YouTubeStandin, desk: Desk) -> None:
    said = standin.eve_says("You are frauds", standin.film("Mussels").id)

    with pytest.raises(Refused) as refused:
        desk.run(lambda c: c.act(Act(Deed.BLOCK, SOMEBODY)))
    assert refused.value.reason == "block_needs_comment"
    assert standin.state.banned == {}
    desk.run(lambda c: c.act(Act(Deed.BLOCK, SOMEBODY, detail={"comment": said.id})))

    assert standin.state.banned == {SOMEBODY: said.id}
    assert said.status == "rejected"
    with pytest.raises(Unsupported):
        desk.run(lambda c: c.act(Act(Deed.UNBLOCK, SOMEBODY)))


def test_a_person_is_shut_out_of_a_chat_for_a_time(standin: YouTubeStandin, desk: Desk) -> None:
    detail = {"chat": "chat-1", "seconds": "300"}

    ban = desk.run(lambda c: c.act(Act(Deed.BLOCK, SOMEBODY, detail=detail)))

    assert standin.state.bans == {
        ban.remote_id: {
            "liveChatId": "chat-1", "type": "temporary", "banDurationSeconds": "300",
            "bannedUserDetails": {"channelId": SOMEBODY},
        }
    }  # fmt: skip
    desk.run(lambda c: c.act(Act(Deed.UNBLOCK, SOMEBODY, detail={"ban": ban.remote_id})))
    assert standin.state.bans == {}


@pytest.mark.parametrize("deed", [Deed.LIKE, Deed.UNLIKE, Deed.MUTE, Deed.REPORT])
def test_what_no_app_can_do_is_said(standin: YouTubeStandin, desk: Desk, deed: Deed) -> None:
    with pytest.raises(Unsupported):
        desk.run(lambda c: c.act(Act(deed, "UgComment00001")))

    assert standin.requests == []


def test_subscriptions_are_read_in_pages_and_end(standin: YouTubeStandin, desk: Desk) -> None:
    standin.state.subscriptions |= {f"sub{n}": f"UCfriend{n}" for n in range(6)}

    first = desk.run(lambda c: c.following())
    second = desk.run(lambda c: c.following(first.cursor))
    unfollow = Act(Deed.UNFOLLOW, "UCfriend3")
    desk.run(lambda c: c.act(unfollow))
    desk.run(lambda c: c.act(unfollow))

    assert [one.remote_id for one in (*first.people, *second.people)] == [
        f"UCfriend{n}" for n in range(6)
    ]
    assert second.cursor == ""
    assert "sub3" not in standin.state.subscriptions
    assert desk.run(lambda c: c.acted(unfollow))


def test_figures_come_since_the_beginning_and_by_day(standin: YouTubeStandin, desk: Desk) -> None:
    today = standin.now().date()

    figures = desk.run(lambda c: c.insights())

    assert Figure(Metric.FOLLOWERS, 678) in figures
    assert Figure(Metric.VIEWS, 12345) in figures
    assert Figure(Metric.VIEWS, 20, today - timedelta(days=2)) in figures
    assert Figure(Metric.WATCHED_S, 14 * 60, today - timedelta(days=1)) in figures
    [request] = standin.calls("GET", "/v2/reports")
    assert request.args["endDate"] == today.isoformat()


def test_figures_of_one_film_are_asked_for_by_its_id(standin: YouTubeStandin, desk: Desk) -> None:
    video = standin.film("Mussels")
    video.views = 42

    figures = desk.run(lambda c: c.insights(video.id))

    assert figures[0] == Figure(Metric.VIEWS, 42)
    assert standin.calls("GET", "/v2/reports")[0].args["filters"] == f"video=={video.id}"


def test_a_read_in_trouble_is_asked_again(standin: YouTubeStandin, desk: Desk) -> None:
    standin.fail_next("GET", "/youtube/v3/commentThreads", error(500, "backendError", "later"))

    with pytest.raises(TryLater):
        _poll(desk, Source.COMMENTS)


def test_a_cursor_that_is_not_ours_begins_anew(standin: YouTubeStandin, desk: Desk) -> None:
    standin.eve_says("Are they fresh?", standin.film("Mussels").id)

    assert len(_poll(desk, Source.COMMENTS, "[1, 2").arrived) == 1


def test_a_comment_that_its_author_deleted_meanwhile_is_removed(
    standin: YouTubeStandin, desk: Desk
) -> None:
    gone = error(403, "forbidden", "The comment is deleted")
    standin.fail_next("POST", "/youtube/v3/comments/setModerationStatus", gone)

    desk.run(lambda c: c.act(Act(Deed.REMOVE, "UgComment00009")))

    assert desk.run(lambda c: c.acted(Act(Deed.REMOVE, "UgComment00009")))


def test_a_comment_that_may_not_be_moderated_is_not_called_removed(
    standin: YouTubeStandin, desk: Desk
) -> None:
    said = standin.eve_says("You are frauds", standin.film("Mussels").id)
    refusal = error(403, "forbidden", "Insufficient permissions")
    standin.fail_next("POST", "/youtube/v3/comments/setModerationStatus", refusal)

    with pytest.raises(Refused) as refused:
        desk.run(lambda c: c.act(Act(Deed.REMOVE, said.id)))

    assert refused.value.reason == "not_allowed"
    assert said.status == "published"


def test_a_message_of_a_chat_is_removed_and_cannot_be_hidden(
    standin: YouTubeStandin, desk: Desk
) -> None:
    said = standin.say(SOMEBODY, "You are frauds", chat="chat-1")

    with pytest.raises(Unsupported):
        desk.run(lambda c: c.act(Act(Deed.HIDE, said.id)))
    assert list(standin.state.said) == [said.id]
    desk.run(lambda c: c.act(Act(Deed.REMOVE, said.id)))

    assert standin.state.said == {}
