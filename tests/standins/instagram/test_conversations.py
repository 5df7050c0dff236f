"""Comments, mentions, tags and messages: read, answered, hidden, removed, and never twice unseen."""

import pytest

from breakwater.domain.errors import OutcomeUnknown, Refused, Unsupported
from breakwater.networks.base import Act, Deed, Source, What
from tests.standins.base.calling import PICTURE, parcel, sent
from tests.standins.instagram import InstagramStandin
from tests.standins.instagram.calling import connected


def test_a_first_comment_and_an_answer(instagram_standin: InstagramStandin) -> None:
    standin, calling = instagram_standin, connected(instagram_standin)
    post = calling.publish(parcel(media=(PICTURE,)))
    theirs = standin.write("Any left?", by="eve")
    standin.advance(1)

    first = calling.publish(parcel("Open until ten", reply_to=post, root=post))
    standin.advance(1)
    answer = calling.publish(parcel("Plenty!", reply_to=f"comment:{theirs}", root=post))

    told = calling.run(lambda c: c.comments(post))
    assert [(one.remote_id, one.author, one.text) for one in told] == [
        (f"comment:{theirs}", "@eve", "Any left?"),
        (first, "@harbour_cafe", "Open until ten"),
        (answer, "@harbour_cafe", "Plenty!"),
    ]
    assert standin.state.comments[answer.removeprefix("comment:")].parent == theirs
    assert calling.taken == ["publish", "comment", "comment"]
    seen = calling.run(lambda c: c.read(first))
    assert seen is not None
    assert seen.text == "Open until ten"


def test_a_comment_whose_answer_was_lost_is_found(instagram_standin: InstagramStandin) -> None:
    standin, calling = instagram_standin, connected(instagram_standin)
    post = standin.post("Ours")
    theirs = standin.write("Any left?", by="eve", post=post)
    for target in (post.id, f"comment:{theirs}"):
        what = parcel(f"To {target}", reply_to=target)
        standin.drop_reply_after_accept("POST", f"/v25.0/{target.removeprefix('comment:')}/")

        with pytest.raises(OutcomeUnknown):
            calling.run(lambda c, what=what: c.commit(what, {}))
        look = calling.run(lambda c, what=what: c.look(sent(what), {}))

        assert (look.exact, look.complete) == (False, True)
        assert look.posts[-1].text == what.text


def test_a_mention_is_read_and_answered(instagram_standin: InstagramStandin) -> None:
    standin, calling = instagram_standin, connected(instagram_standin)
    post = standin.post("At @harbour_cafe", owner="eve")
    comment = standin.write("@harbour_cafe look", by="bob", post=post)
    in_post, in_comment = f"mention:{post.id}:", f"mention:{post.id}:{comment}"

    texts = [calling.run(lambda c, one=one: c.read(one)) for one in (in_post, in_comment)]
    answer = calling.publish(parcel("Thank you!", reply_to=in_comment))

    assert [seen.text if seen else None for seen in texts] == [
        "At @harbour_cafe",
        "@harbour_cafe look",
    ]
    made = standin.state.comments[answer.removeprefix("comment:")]
    assert (made.post_id, made.parent, made.text) == (post.id, comment, "Thank you!")
    look = calling.run(lambda c: c.look(sent(parcel("Thank you!", reply_to=in_comment)), {}))
    assert (look.posts, look.complete) == ((), False)


def test_a_comment_is_hidden_shown_and_removed(instagram_standin: InstagramStandin) -> None:
    standin, calling = instagram_standin, connected(instagram_standin)
    theirs = standin.write("Buy my pills", by="eve", post=standin.post("Ours"))
    done = []

    for deed in (Deed.HIDE, Deed.UNHIDE, Deed.REMOVE, Deed.REMOVE):
        act = Act(deed, f"comment:{theirs}")
        calling.run(lambda c, act=act: c.act(act))
        done.append(calling.run(lambda c, act=act: c.acted(act)))

    assert done == [True, True, True, True]
    assert standin.state.comments == {}


def test_a_person_is_blocked_and_let_in_again(instagram_standin: InstagramStandin) -> None:
    standin, calling = instagram_standin, connected(instagram_standin)

    calling.run(lambda c: c.act(Act(Deed.BLOCK, "4242")))
    blocked = set(standin.state.blocked)
    calling.run(lambda c: c.act(Act(Deed.UNBLOCK, "4242")))

    assert (blocked, standin.state.blocked) == ({"4242"}, set())
    with pytest.raises(Unsupported):
        calling.run(lambda c: c.acted(Act(Deed.BLOCK, "4242")))
    for deed in (Deed.LIKE, Deed.MUTE, Deed.REPORT, Deed.UNFOLLOW):
        with pytest.raises(Unsupported):
            calling.run(lambda c, deed=deed: c.act(Act(deed, "comment:1")))


def test_a_message_is_answered_within_a_day(instagram_standin: InstagramStandin) -> None:
    standin, calling = instagram_standin, connected(instagram_standin)
    theirs = standin.message("Are you open?")

    words = calling.publish(parcel("Until ten", to="4242"))
    picture = calling.publish(parcel("", to="4242", media=(PICTURE,)))

    batch = calling.run(lambda c: c.poll(Source.MESSAGES, ""))
    assert [(one.remote_id, one.own, one.text, one.thread) for one in batch.arrived] == [
        (f"message:{theirs}", False, "Are you open?", "4242"),
        (words, True, "Until ten", "4242"),
        (picture, True, "", "4242"),
    ]
    seen = calling.run(lambda c: c.read(words))
    assert seen is not None
    assert seen.text == "Until ten"
    with pytest.raises(Unsupported):
        calling.run(lambda c: c.delete(words))


def test_a_day_later_the_answer_is_refused(instagram_standin: InstagramStandin) -> None:
    standin, calling = instagram_standin, connected(instagram_standin)
    standin.message("Are you open?")
    standin.advance(24 * 3600 + 1)

    with pytest.raises(Refused) as caught:
        calling.publish(parcel("Until ten", to="4242"))

    assert caught.value.reason == "window_closed"
    assert len(standin.state.messages) == 1


def test_a_message_whose_answer_was_lost_is_found(instagram_standin: InstagramStandin) -> None:
    standin, calling = instagram_standin, connected(instagram_standin)
    standin.message("Are you open?")
    what = parcel("Until ten", to="4242")
    standin.drop_reply_after_accept("POST", f"/v25.0/{standin.state.page}/messages")

    with pytest.raises(OutcomeUnknown):
        calling.run(lambda c: c.commit(what, {}))
    look = calling.run(lambda c: c.look(sent(what), {}))

    assert [one.text for one in look.posts] == ["Until ten"]


def test_what_came_is_polled_from_where_the_last_one_ended(
    instagram_standin: InstagramStandin,
) -> None:
    standin, calling = instagram_standin, connected(instagram_standin)
    post = standin.post("Ours")
    first = standin.write("One", by="eve", post=post)
    standin.write("Ours, below", post=post, parent=first)
    batch = calling.run(lambda c: c.poll(Source.COMMENTS, ""))
    standin.advance(60)
    last = standin.write("Two 👋🏽", by="eve", post=post)

    later = calling.run(lambda c: c.poll(Source.COMMENTS, batch.cursor))

    assert [(one.text, one.own, one.about) for one in batch.arrived] == [
        ("One", False, post.id),
        ("Ours, below", True, post.id),
    ]
    assert batch.arrived[1].parent == f"comment:{first}"
    assert [one.remote_id for one in later.arrived] == [f"comment:{last}"]


def test_tags_and_own_posts_are_polled(instagram_standin: InstagramStandin) -> None:
    standin, calling = instagram_standin, connected(instagram_standin)
    ours = standin.post("By hand")
    theirs = standin.post("With them", owner="eve", tagged=("harbour_cafe",))

    own = calling.run(lambda c: c.poll(Source.OWN_POSTS, ""))
    tags = calling.run(lambda c: c.poll(Source.MENTIONS, ""))

    assert [(one.what, one.remote_id, one.own) for one in own.arrived] == [
        (What.POST, ours.id, True)
    ]
    assert [(one.what, one.remote_id, one.author.handle) for one in tags.arrived] == [
        (What.TAG, f"mention:{theirs.id}:", "@eve")
    ]
    with pytest.raises(Unsupported):
        calling.run(lambda c: c.poll(Source.REVIEWS, ""))


def test_figures_of_a_post_a_story_and_the_account(instagram_standin: InstagramStandin) -> None:
    standin, calling = instagram_standin, connected(instagram_standin)
    post = calling.publish(parcel(media=(PICTURE,)))
    story = calling.publish(parcel("", media=(PICTURE,), form="story"))

    told = [
        {one.metric.value: one.value for one in calling.run(lambda c, of=of: c.insights(of))}
        for of in (post, story, "")
    ]

    assert told[0] == {
        "views": 1000, "reach": 2000, "likes": 3000, "comments": 4000, "shares": 5000, "saves": 6000,
    }  # fmt: skip
    assert told[1] == {"views": 1000, "reach": 2000, "comments": 3000, "shares": 4000}
    assert told[2] == {
        "followers": 1204, "views": 10, "reach": 20, "likes": 30, "comments": 40, "shares": 50,
        "saves": 60, "clicks": 70,
    }  # fmt: skip
    assert standin.violations == []


def test_a_long_timeline_is_walked_and_cut(instagram_standin: InstagramStandin) -> None:
    standin, calling = instagram_standin, connected(instagram_standin)
    for number in range(120):
        standin.post(f"post {number}")
        standin.advance(1)

    posts = calling.run(lambda c: c.timeline(110))

    assert [one.text for one in posts] == [f"post {n}" for n in range(119, 9, -1)]


def test_a_delete_that_the_account_may_not_do_says_so(instagram_standin: InstagramStandin) -> None:
    standin, calling = instagram_standin, connected(instagram_standin)
    post = standin.post("By hand")
    standin.state.can_delete = False

    with pytest.raises(Refused) as caught:
        calling.run(lambda c: c.delete(post.id))

    assert caught.value.reason == "not_allowed"
    assert list(standin.state.posts) == [post.id]
