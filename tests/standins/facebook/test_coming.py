"""What comes from a Page when it is asked: source by source, from where the last look ended."""

import json
from datetime import UTC, datetime

import pytest

from breakwater.networks.base import Arrived, Batch, Figure, Metric, Source, What
from tests.standins.base.calling import PICTURE, Calling, parcel
from tests.standins.facebook import FacebookStandin
from tests.standins.facebook.calling import calling
from tests.standins.facebook.reading import METRICS
from tests.standins.facebook.standin import ANN


def _poll(page: Calling, source: Source, cursor: str = "") -> Batch:
    return page.run(lambda c: c.poll(source, cursor))


def _texts(batch: Batch) -> list[str]:
    return [one.text for one in batch.arrived]


def _one(batch: Batch) -> Arrived:
    assert len(batch.arrived) == 1
    return batch.arrived[0]


def test_a_comment_comes_with_its_post_and_its_author(
    facebook_in_process: FacebookStandin,
) -> None:
    page, post = calling(facebook_in_process), facebook_in_process.stray("Open?")
    comment = facebook_in_process.comment(post.id, "Awful 😡")

    came = _one(_poll(page, Source.COMMENTS))

    assert (came.what, came.remote_id, came.text) == (What.COMMENT, comment.id, "Awful 😡")
    assert (came.about, came.parent, came.thread) == (post.id, post.id, comment.id)
    assert (came.author.remote_id, came.author.name) == (ANN.id, "Ann Pilot")
    assert (came.own, came.ad) == (False, False)


def test_an_answer_belongs_to_the_comment_above_it(facebook_in_process: FacebookStandin) -> None:
    page, post = calling(facebook_in_process), facebook_in_process.stray("Open?")
    theirs = facebook_in_process.comment(post.id, "Tonight too?")
    ours = page.publish(parcel("Yes!", reply_to=theirs.id))

    came = {one.remote_id: one for one in _poll(page, Source.COMMENTS).arrived}

    assert (came[ours].parent, came[ours].thread, came[ours].own) == (theirs.id, theirs.id, True)


def test_the_next_look_gives_what_is_new(facebook_in_process: FacebookStandin) -> None:
    page, post = calling(facebook_in_process), facebook_in_process.stray("Open?")
    facebook_in_process.comment(post.id, "First")
    before = _poll(page, Source.COMMENTS)
    facebook_in_process.advance(60)
    facebook_in_process.comment(post.id, "Second")

    batch = _poll(page, Source.COMMENTS, before.cursor)

    assert (_texts(before), _texts(batch)) == (["First"], ["Second"])
    assert _poll(page, Source.COMMENTS, batch.cursor).arrived == ()


def test_what_comes_in_the_same_second_is_not_lost(
    facebook_in_process: FacebookStandin,
) -> None:
    page, post = calling(facebook_in_process), facebook_in_process.stray("Open?")
    facebook_in_process.comment(post.id, "First")
    before = _poll(page, Source.COMMENTS)
    facebook_in_process.comment(post.id, "Second").at = facebook_in_process.of("Comment")[0].at

    batch = _poll(page, Source.COMMENTS, before.cursor)

    assert _texts(batch) == ["Second"]
    assert _poll(page, Source.COMMENTS, batch.cursor).arrived == ()


def test_a_storm_of_comments_is_walked_through(facebook_in_process: FacebookStandin) -> None:
    page, post = calling(facebook_in_process), facebook_in_process.stray("Open?")
    facebook_in_process.comment(post.id, "Before")
    cursor = _poll(page, Source.COMMENTS).cursor
    facebook_in_process.advance(60)
    for number in range(120):
        facebook_in_process.comment(post.id, f"Storm {number}")

    batch = _poll(page, Source.COMMENTS, cursor)

    assert sorted(_texts(batch)) == sorted(f"Storm {number}" for number in range(120))


def test_comments_below_ads_are_their_own_source(facebook_in_process: FacebookStandin) -> None:
    page, ad = calling(facebook_in_process), facebook_in_process.stray("Buy!", "ads_posts")
    facebook_in_process.comment(ad.id, "Spam")

    assert _poll(page, Source.COMMENTS).arrived == ()
    came = _one(_poll(page, Source.AD_COMMENTS))

    assert (came.text, came.ad, came.about) == ("Spam", True, ad.id)


def test_those_who_tag_the_page_and_those_who_write_on_it(
    facebook_in_process: FacebookStandin,
) -> None:
    page = calling(facebook_in_process)
    facebook_in_process.stray("At the Harbour Café", "tagged")
    facebook_in_process.stray("Found a scarf", "visitor_posts")
    page.publish(parcel("Ours"))

    mention = _one(_poll(page, Source.MENTIONS))
    posts = _poll(page, Source.OWN_POSTS)

    assert (mention.what, mention.text) == (What.MENTION, "At the Harbour Café")
    assert {(one.text, one.own) for one in posts.arrived} == {
        ("Found a scarf", False),
        ("Ours", True),
    }


def test_messages_come_with_the_person_to_answer(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)
    facebook_in_process.write("A table for two?")
    page.publish(parcel("At eight.", to=ANN.id))

    batch = _poll(page, Source.MESSAGES)

    assert [(one.text, one.own, one.thread) for one in batch.arrived] == [
        ("A table for two?", False, ANN.id),
        ("At eight.", True, ANN.id),
    ]


def test_reviews_come_with_stars_where_there_are_some(
    facebook_in_process: FacebookStandin,
) -> None:
    page = calling(facebook_in_process)
    old = facebook_in_process.review("Good", stars=4)
    new = facebook_in_process.review("Never again", "negative")

    came = {one.remote_id: one for one in _poll(page, Source.REVIEWS).arrived}

    assert (came[old.id].rating, came[new.id].rating) == (4, None)
    assert came[new.id].raw["recommendation_type"] == "negative"
    assert came[new.id].author.name == "Ann Pilot"


def test_a_live_video_has_its_chat(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)
    starts = facebook_in_process.now().timestamp() + 3600
    page.run(
        lambda c: c.prepare(parcel(form="live", options={"starts": _iso(starts)}), {}, page._keep)
    )
    live = facebook_in_process.of("LiveVideo")[0]
    facebook_in_process.comment(live.id, "Hello from Brest")
    assert _poll(page, Source.LIVE_CHAT).arrived == ()

    facebook_in_process.goes_live(live.id)

    came = _one(_poll(page, Source.LIVE_CHAT))
    assert (came.text, came.about) == ("Hello from Brest", f"live:{live.id}")
    assert page.run(lambda c: c.comments(f"live:{live.id}"))[0].text == "Hello from Brest"


def test_a_long_walk_is_gone_on_with(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)
    facebook_in_process.stray("Before")
    cursor = _poll(page, Source.OWN_POSTS).cursor
    facebook_in_process.advance(60)
    for number in range(130):
        facebook_in_process.stray(f"Storm {number}")

    first = _poll(page, Source.OWN_POSTS, cursor)
    second = _poll(page, Source.OWN_POSTS, first.cursor)

    assert (first.more, second.more) == (True, False)
    found = [*_texts(first), *_texts(second)]
    assert sorted(found) == sorted(f"Storm {number}" for number in range(130))
    assert len(first.cursor) < 1000


@pytest.mark.parametrize("cursor", ["nonsense", "[]", '{"since": "x"}'])
def test_a_cursor_that_is_none_begins_anew(
    cursor: str, facebook_in_process: FacebookStandin
) -> None:
    page = calling(facebook_in_process)
    page.publish(parcel("Ours"))

    assert _texts(_poll(page, Source.OWN_POSTS, cursor)) == ["Ours"]


def test_a_timeline_goes_through_pages(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)
    for number in range(120):
        facebook_in_process.advance(1)
        facebook_in_process.stray(f"Post {number}")

    timeline = page.run(lambda c: c.timeline(110))

    assert [seen.text for seen in timeline] == [f"Post {n}" for n in range(119, 9, -1)]


def test_figures_of_a_page_a_post_and_a_video(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)
    post = page.publish(parcel())
    facebook_in_process.comment(post, "Nice")

    of_page = page.run(lambda c: c.insights())
    of_post = page.run(lambda c: c.insights(post))

    assert of_page[0] == Figure(Metric.FOLLOWERS, 1200)
    assert [(one.metric, one.value, str(one.day)) for one in of_page[1:]] == [
        (Metric.VIEWS, 812, "2026-11-26"),
        (Metric.REACH, 540, "2026-11-26"),
    ]
    assert {one.metric: one.value for one in of_post} == {
        Metric.LIKES: 0,
        Metric.COMMENTS: 1,
        Metric.VIEWS: 64,
        Metric.REACH: 51,
        Metric.CLICKS: 7,
    }


def test_a_figure_that_facebook_no_longer_knows_costs_no_other(
    facebook_in_process: FacebookStandin, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = calling(facebook_in_process)
    monkeypatch.delitem(METRICS, "page_media_view")

    figures = page.run(lambda c: c.insights())

    assert [one.metric for one in figures] == [Metric.FOLLOWERS, Metric.REACH]


def test_what_is_kept_holds_no_token(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)
    facebook_in_process.write("What is it like?")
    page.publish(parcel("", to=ANN.id, media=(PICTURE,)))

    batch = _poll(page, Source.MESSAGES)

    kept = json.dumps([one.raw for one in batch.arrived])
    assert "image_data" in kept
    assert "SECRET" not in kept


def test_a_storm_of_messages_is_walked_through(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)
    facebook_in_process.write("Before")
    cursor = _poll(page, Source.MESSAGES).cursor
    facebook_in_process.advance(60)
    for number in range(120):
        facebook_in_process.write(f"Storm {number}")

    batch = _poll(page, Source.MESSAGES, cursor)

    assert sorted(_texts(batch)) == sorted(f"Storm {number}" for number in range(120))
    assert len(batch.cursor) < 1000


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def test_the_page_is_read_as_it_shows_itself(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)

    seen = page.run(lambda c: c.profile())

    assert (seen.bio, seen.link, seen.picture) == ("At the quay", "https://harbour.example/", None)
    assert seen.name
    assert facebook_in_process.violations == []
