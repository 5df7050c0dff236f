"""Replies and mentions: read, polled, hidden; figures; what is not there says so."""

import pytest

from breakwater.domain.errors import Refused, Unsupported
from breakwater.networks.base import Act, Deed, Source, What
from tests.standins.base.calling import parcel
from tests.standins.threads import ThreadsStandin
from tests.standins.threads.calling import connected


def test_replies_are_polled_from_where_the_last_one_ended(threads_standin: ThreadsStandin) -> None:
    standin, calling = threads_standin, connected(threads_standin)
    root = standin.post("Ours")
    standin.post("Without replies")
    first = standin.post("Any left?", by="eve", above=root.id)
    standin.post("Plenty!", above=first.id)
    batch = calling.run(lambda c: c.poll(Source.COMMENTS, ""))
    standin.advance(60)
    last = standin.post("Thanks 👋🏽", by="eve", above=first.id)

    later = calling.run(lambda c: c.poll(Source.COMMENTS, batch.cursor))

    assert [(one.text, one.own, one.about, one.parent) for one in batch.arrived] == [
        ("Any left?", False, root.id, root.id),
        ("Plenty!", True, root.id, first.id),
    ]
    assert [(one.remote_id, one.author.handle) for one in later.arrived] == [(last.id, "@eve")]


def test_mentions_and_quotes_are_polled_and_answered(threads_standin: ThreadsStandin) -> None:
    standin, calling = threads_standin, connected(threads_standin)
    theirs = standin.post("At @harbour.cafe", by="eve")
    quote = standin.post("@harbour.cafe said", by="bob")
    quote.quotes = "17"

    batch = calling.run(lambda c: c.poll(Source.MENTIONS, ""))
    answer = calling.publish(parcel("Thank you!", reply_to=theirs.id))

    assert [(one.what, one.remote_id, one.thread) for one in batch.arrived] == [
        (What.MENTION, theirs.id, theirs.id),
        (What.QUOTE, quote.id, quote.id),
    ]
    assert standin.state.posts[answer].above == theirs.id


def test_own_posts_are_polled_without_reposts(threads_standin: ThreadsStandin) -> None:
    standin, calling = threads_standin, connected(threads_standin)
    ours = standin.post("By hand")
    standin.post("Of somebody else", repost=True)

    batch = calling.run(lambda c: c.poll(Source.OWN_POSTS, ""))

    assert [(one.what, one.remote_id, one.own) for one in batch.arrived] == [
        (What.POST, ours.id, True)
    ]
    assert [one.text for one in calling.run(lambda c: c.timeline(5))] == ["By hand"]
    for source in (Source.MESSAGES, Source.REVIEWS, Source.LIVE_CHAT):
        with pytest.raises(Unsupported):
            calling.run(lambda c, source=source: c.poll(source, ""))


def test_a_long_timeline_is_walked_and_cut(threads_standin: ThreadsStandin) -> None:
    standin, calling = threads_standin, connected(threads_standin)
    for number in range(120):
        standin.post(f"post {number}", repost=20 <= number < 80)
        standin.advance(1)

    posts = calling.run(lambda c: c.timeline(50))

    assert [one.text for one in posts] == [
        f"post {n}" for n in (*range(119, 79, -1), *range(19, 9, -1))
    ]


def test_a_reply_is_hidden_and_shown(threads_standin: ThreadsStandin) -> None:
    standin, calling = threads_standin, connected(threads_standin)
    root = standin.post("Ours")
    reply = standin.post("Buy my pills", by="eve", above=root.id)
    below = standin.post("And mine", by="bob", above=reply.id)
    done = []

    for deed in (Deed.HIDE, Deed.HIDE, Deed.UNHIDE):
        act = Act(deed, reply.id)
        calling.run(lambda c, act=act: c.act(act))
        done.append((calling.run(lambda c, act=act: c.acted(act)), reply.hidden))

    assert done == [(True, True), (True, True), (True, False)]
    with pytest.raises(Refused):
        calling.run(lambda c: c.act(Act(Deed.HIDE, below.id)))
    for deed in (Deed.REMOVE, Deed.LIKE, Deed.BLOCK, Deed.MUTE, Deed.REPORT, Deed.UNFOLLOW):
        with pytest.raises(Unsupported):
            calling.run(lambda c, deed=deed: c.act(Act(deed, reply.id)))


def test_a_post_of_somebody_else_is_not_deleted(threads_standin: ThreadsStandin) -> None:
    theirs = threads_standin.post("Theirs", by="eve")

    with pytest.raises(Refused) as caught:
        connected(threads_standin).run(lambda c: c.delete(theirs.id))

    assert caught.value.reason == "not_allowed"
    assert list(threads_standin.state.posts) == [theirs.id]


def test_figures_of_a_post_and_the_account(threads_standin: ThreadsStandin) -> None:
    post = threads_standin.post("Ours")
    calling = connected(threads_standin)

    told = [
        {one.metric.value: one.value for one in calling.run(lambda c, of=of: c.insights(of))}
        for of in (post.id, "")
    ]

    assert told == [
        {"views": 10, "likes": 20, "comments": 30, "shares": 40 + 50 + 60},
        {
            "views": 10,
            "likes": 20,
            "comments": 30,
            "shares": 40 + 50,
            "clicks": 60,
            "followers": 70,
        },
    ]
