"""What conformance does not ask: the shapes of records, the roads of videos, what is dated back."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from breakwater.domain.errors import OutcomeUnknown, Refused, TryLater, Unsupported
from breakwater.domain.guarantees import Guarantee
from breakwater.networks import bluesky
from breakwater.networks.base import Account, Act, Batch, Card, Deed, Metric, Source, What
from tests.standins.base.calling import DOCUMENT, PICTURE, VIDEO, Calling, parcel, sent
from tests.standins.bluesky import BlueskyStandin
from tests.standins.bluesky.standin import PUT

POST = "app.bsky.feed.post"


@pytest.fixture
def net() -> Iterator[BlueskyStandin]:
    standin = BlueskyStandin()
    yield standin
    assert standin.violations == []


@pytest.fixture
def desk(net: BlueskyStandin, tmp_path: Path) -> Calling:
    account = Account(net.ann.did, "ann.test", net.origin, net.connected())
    return Calling(bluesky.build(tmp_path), account, net.transport())


def value(net: BlueskyStandin, uri: str) -> Any:
    return net.state.records[uri].value


def test_a_reply_names_the_words_it_answers_and_where_the_thread_began(
    net: BlueskyStandin, desk: Calling
) -> None:
    root = net.writes(net.person("sam"), "Who sells mussels?")
    middle = net.replies(net.person("kim"), root.uri, "They do.")

    uri = desk.publish(parcel("We do.", reply_to=middle.uri, root=root.uri))

    assert value(net, uri)["reply"] == {
        "root": {"uri": root.uri, "cid": root.cid},
        "parent": {"uri": middle.uri, "cid": middle.cid},
    }
    assert [one.path for one in net.requests].count(PUT) == 1


def test_what_is_answered_and_gone_is_refused(net: BlueskyStandin, desk: Calling) -> None:
    root = net.writes(net.person("sam"), "Never mind.")
    del net.state.records[root.uri]

    with pytest.raises(Refused) as no:
        desk.prepare(parcel("We do.", reply_to=root.uri))

    assert no.value.reason == "not_there"
    assert net.calls("POST", PUT) == []


def test_options_become_labels_languages_gates_and_a_quote(
    net: BlueskyStandin, desk: Calling
) -> None:
    seen = net.writes(net.person("sam"), "The old quay burns.")
    rkey = seen.uri.rsplit("/", 1)[1]
    options = {
        "labels": "graphic-media", "languages": "fr, de, nl", "replies": "mentioned",
        "no_quotes": "true", "quote": f"https://bsky.app/profile/sam.test/post/{rkey}",
    }  # fmt: skip

    uri = desk.publish(parcel("Keep away.", options=options, media=(PICTURE,)))

    post, key = value(net, uri), uri.rsplit("/", 1)[1]
    assert post["langs"] == ["en", "fr", "de"]
    assert post["labels"]["values"] == [{"val": "graphic-media"}]
    assert post["embed"]["$type"] == "app.bsky.embed.recordWithMedia"
    assert post["embed"]["record"]["record"] == {"uri": seen.uri, "cid": seen.cid}
    gate = value(net, f"at://{net.ann.did}/app.bsky.feed.threadgate/{key}")
    assert gate["allow"] == [{"$type": "app.bsky.feed.threadgate#mentionRule"}]
    assert gate["post"] == uri
    postgate = value(net, f"at://{net.ann.did}/app.bsky.feed.postgate/{key}")
    assert postgate["embeddingRules"] == [{"$type": "app.bsky.feed.postgate#disableRule"}]
    written = [one.fields["collection"] for one in net.calls("POST", PUT)]
    assert written[-1] == POST, "the gates are there before the post is"


def test_a_quote_that_is_not_there_is_refused(net: BlueskyStandin, desk: Calling) -> None:
    for address in ("https://bsky.app/profile/nobody.test/post/3l", "not an address"):
        with pytest.raises(Refused) as no:
            desk.prepare(parcel(options={"quote": address}), {})
        assert no.value.reason == "quote_not_found"
    assert net.calls("POST", PUT) == []


def test_a_card_has_its_picture_and_gives_way_to_media(net: BlueskyStandin, desk: Calling) -> None:
    card = Card("https://quay.example/menu", "Menu", "Mussels", PICTURE.sha256)

    with_card = value(net, desk.publish(parcel(card=card)))
    both = value(net, desk.publish(parcel(card=card, media=(PICTURE,), record_key="3lbq2xnh5zc2b")))

    external = with_card["embed"]["external"]
    assert (external["uri"], external["title"]) == ("https://quay.example/menu", "Menu")
    assert external["thumb"]["mimeType"] == "image/jpeg"
    assert both["embed"]["$type"] == "app.bsky.embed.images"


def test_a_video_is_processed_before_the_post(net: BlueskyStandin, desk: Calling) -> None:
    net.videos.polls = 1
    film = parcel(media=(VIDEO,), form="video")

    with pytest.raises(TryLater) as wait:
        desk.prepare(film)
    made = desk.prepare(film)
    sent_ = desk.run(lambda c: c.commit(film, made))

    assert wait.value.code == "not_ready"
    embed = value(net, sent_.remote_id)["embed"]
    assert embed["video"]["ref"] == net.videos.jobs[made["jobs"][VIDEO.sha256]]["blob"]["ref"]
    assert embed["aspectRatio"] == {"width": 720, "height": 1280}
    assert len(net.calls("POST", "/xrpc/app.bsky.video.uploadVideo")) == 1


@pytest.mark.parametrize(
    ("can_upload", "spoils", "reason"),
    [(False, False, "daily_videos"), (True, True, "video_refused")],
)
def test_a_video_that_cannot_be_is_known_in_time(
    net: BlueskyStandin, desk: Calling, can_upload: bool, spoils: bool, reason: str
) -> None:
    net.videos.can_upload, net.videos.spoils = can_upload, spoils

    with pytest.raises(Refused) as no:
        desk.prepare(parcel(media=(VIDEO,)))

    assert no.value.reason == reason
    assert net.calls("POST", PUT) == []


def test_a_server_that_stands_alone_keeps_the_video_itself(
    net: BlueskyStandin, desk: Calling
) -> None:
    net.state.joined = False

    uri = desk.publish(parcel(media=(VIDEO,)))

    (shown,) = desk.run(lambda c: c.read(uri)).media
    assert shown.sha256 == VIDEO.sha256
    assert len(net.calls("POST", "/xrpc/com.atproto.repo.uploadBlob")) == 1


def test_ten_pictures_are_a_gallery_and_a_document_is_none(
    net: BlueskyStandin, desk: Calling
) -> None:
    uri = desk.publish(parcel(media=(PICTURE,) * 10, form="gallery"))

    embed = value(net, uri)["embed"]
    assert (embed["$type"], len(embed["items"])) == ("app.bsky.embed.gallery", 10)
    with pytest.raises(Refused) as no:
        desk.prepare(parcel(media=(DOCUMENT,)), {})
    assert no.value.reason == "media_type"


def _poll(desk: Calling, source: Source, cursor: str = "") -> Batch:
    return desk.run(lambda c: c.poll(source, cursor))


def test_a_reply_that_is_dated_back_is_not_lost(net: BlueskyStandin, desk: Calling) -> None:
    uri, sam = desk.publish(parcel()), net.person("sam")
    for number in range(5):
        net.replies(sam, uri, f"{number}")
    before = _poll(desk, Source.COMMENTS)

    late = net.replies(sam, uri, "My clock is slow", made_at="2026-01-01T00:00:00Z")
    after = _poll(desk, Source.COMMENTS, before.cursor)

    assert len(before.arrived) == 5
    assert [one.remote_id for one in after.arrived] == [late.uri]


def test_a_deleted_reply_brings_no_old_one_again(net: BlueskyStandin, desk: Calling) -> None:
    uri, sam = desk.publish(parcel()), net.person("sam")
    made = [net.replies(sam, uri, f"{number}").uri for number in range(60)]
    batch = _poll(desk, Source.COMMENTS)
    del net.state.records[made[-1]]

    assert _poll(desk, Source.COMMENTS, batch.cursor).arrived == ()


def test_what_arrives_says_where_it_belongs(net: BlueskyStandin, desk: Calling) -> None:
    uri = desk.publish(parcel())
    reply = net.replies(net.person("sam"), uri, "Is there parking?")
    embed = {"$type": "app.bsky.embed.record", "record": {"uri": uri, "cid": reply.cid}}
    quote = net.writes(net.person("kim"), "Look at this", embed=embed)

    (comment,) = _poll(desk, Source.COMMENTS).arrived
    (quoted,) = _poll(desk, Source.MENTIONS).arrived

    assert (comment.what, comment.about, comment.parent) == (What.COMMENT, uri, uri)
    assert (comment.author.handle, comment.text) == ("sam.test", "Is there parking?")
    assert comment.at - net.now() < timedelta(minutes=1)
    assert (quoted.what, quoted.remote_id) == (What.QUOTE, quote.uri)


def test_a_hidden_reply_stands_in_the_gate_beside_what_was_there(
    net: BlueskyStandin, desk: Calling
) -> None:
    uri = desk.publish(parcel(options={"replies": "followers"}))
    nasty = net.replies(net.person("sam"), uri, "Nasty words")
    act = Act(Deed.HIDE, nasty.uri)

    desk.run(lambda c: c.act(act))

    gate = value(net, uri.replace(POST, "app.bsky.feed.threadgate"))
    assert gate["hiddenReplies"] == [nasty.uri]
    assert gate["allow"] == [{"$type": "app.bsky.feed.threadgate#followerRule"}]
    assert desk.run(lambda c: c.acted(act))


def test_a_thread_of_somebody_else_cannot_be_hidden_in(net: BlueskyStandin, desk: Calling) -> None:
    root = net.writes(net.person("sam"), "Ours")
    reply = net.replies(net.person("kim"), root.uri, "Nasty words")

    with pytest.raises(Refused) as no:
        desk.run(lambda c: c.act(Act(Deed.HIDE, reply.uri)))

    assert no.value.reason == "not_our_thread"
    assert net.calls("POST", PUT) == []


def test_a_like_that_was_given_by_hand_is_found_and_taken_back(
    net: BlueskyStandin, desk: Calling
) -> None:
    post = net.writes(net.person("sam"), "Sun!")
    subject = {"uri": post.uri, "cid": post.cid}
    like = {"$type": "app.bsky.feed.like", "subject": subject, "createdAt": "2026-01-01T00:00:00Z"}
    by_hand = net.state.put(net.ann.did, "app.bsky.feed.like", net.state.key(), like, net.now())

    desk.run(lambda c: c.act(Act(Deed.LIKE, post.uri)))
    assert list(net.state.of("app.bsky.feed.like")) == [by_hand]
    desk.run(lambda c: c.act(Act(Deed.UNLIKE, post.uri)))

    assert list(net.state.of("app.bsky.feed.like")) == []


def test_a_report_has_its_number(net: BlueskyStandin, desk: Calling) -> None:
    post, sam = net.writes(net.person("sam"), "Cheap watches"), net.person("sam")

    of_post = desk.run(lambda c: c.act(Act(Deed.REPORT, post.uri, detail={"reason": "spam"})))
    of_sam = desk.run(lambda c: c.act(Act(Deed.REPORT, sam.did, detail={"text": "Rude to all"})))

    assert (of_post.remote_id, of_sam.remote_id) == ("42", "43")
    assert [one["reasonType"].partition("#")[2] for one in net.state.reports] == [
        "reasonSpam",
        "reasonOther",
    ]
    with pytest.raises(Unsupported):
        desk.run(lambda c: c.acted(Act(Deed.REPORT, post.uri)))


def test_a_lost_message_is_looked_for_in_its_conversation(
    net: BlueskyStandin, desk: Calling
) -> None:
    sam = net.person("sam")
    answer = sent(parcel("Until ten.", to=sam.did, created_at=net.now()))
    made = desk.prepare(answer)
    net.drop_reply_after_accept("POST", "/xrpc/chat.bsky.convo.sendMessage")

    with pytest.raises(OutcomeUnknown):
        desk.run(lambda c: c.commit(answer, made))
    look = desk.run(lambda c: c.look(answer, made))

    assert desk.run(_guards(answer)) is Guarantee.NONE
    assert (look.exact, look.complete) == (False, True)
    assert [one.text for one in look.posts] == ["Until ten."]
    read = desk.run(lambda c: c.read(look.posts[0].remote_id))
    assert read == look.posts[0]


def _guards(what: Any) -> Any:
    async def ask(connector: Any) -> Guarantee:
        return connector.guards(what)

    return ask


def test_figures_are_what_the_app_counts(net: BlueskyStandin, desk: Calling) -> None:
    uri = desk.publish(parcel())
    net.replies(net.person("sam"), uri, "One")

    figures = desk.run(lambda c: c.insights(uri))

    assert {one.metric: one.value for one in figures} == {
        Metric.LIKES: 0,
        Metric.COMMENTS: 1,
        Metric.SHARES: 0,
    }


def test_comments_of_a_whole_thread_come_oldest_first(net: BlueskyStandin, desk: Calling) -> None:
    uri, sam = desk.publish(parcel()), net.person("sam")
    start = datetime(2026, 11, 28, tzinfo=UTC)
    first = net.replies(sam, uri, "One", made_at=start.isoformat())
    deep = net.replies(sam, first.uri, "Three", made_at=(start + timedelta(hours=2)).isoformat())
    other = net.replies(sam, uri, "Two", made_at=(start + timedelta(hours=1)).isoformat())

    comments = desk.run(lambda c: c.comments(uri))

    assert [one.remote_id for one in comments] == [first.uri, other.uri, deep.uri]
    assert {one.author for one in comments} == {"sam.test"}


PROFILE = "app.bsky.actor.profile"


def test_pinning_writes_over_nothing_of_the_profile(net: BlueskyStandin, desk: Calling) -> None:
    shown = {"$type": PROFILE, "displayName": "Ann", "description": "At sea"}
    made = net.state.put(net.ann.did, PROFILE, "self", shown, datetime.now(UTC))
    first, second = (desk.publish(parcel(text, record_key=key)) for text, key in _TWO)

    desk.run(lambda c: c.act(Act(Deed.PIN, first)))
    desk.run(lambda c: c.act(Act(Deed.PIN, second)))
    desk.run(lambda c: c.act(Act(Deed.UNPIN, first)))

    assert value(net, made.uri)["displayName"] == "Ann"
    assert value(net, made.uri)["pinnedPost"]["uri"] == second
    assert desk.run(lambda c: c.acted(Act(Deed.PIN, second)))
    desk.run(lambda c: c.act(Act(Deed.UNPIN, second)))
    assert value(net, made.uri) == shown


def test_a_profile_that_changed_meanwhile_is_read_again_before_it_is_written(
    net: BlueskyStandin, desk: Calling
) -> None:
    post = desk.publish(parcel("We are sorry."))
    other = {"$type": PROFILE, "displayName": "Somebody else’s words"}
    door = net.transport()

    async def between(request: httpx.Request) -> httpx.Response:
        """Right after our look somebody writes the profile in an app."""
        answer = await door.handle_async_request(request)
        if "collection=app.bsky.actor.profile" in str(request.url):
            net.state.put(net.ann.did, PROFILE, "self", other, datetime.now(UTC))
        return answer

    raced = Calling(desk.network, desk.account, httpx.MockTransport(between))

    with pytest.raises(TryLater):
        raced.run(lambda c: c.act(Act(Deed.PIN, post)))

    assert value(net, f"at://{net.ann.did}/{PROFILE}/self") == other


_TWO = (("We look into it.", "3lbq2xnh5zc2a"), ("We are sorry.", "3lbq2xnh5zc2b"))
