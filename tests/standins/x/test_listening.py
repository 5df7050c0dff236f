"""What comes in: mentions, answers, messages; who is followed; figures."""

from dataclasses import replace
from datetime import timedelta

import pytest

from breakwater.domain.errors import Reconnect, TryLater, Unsupported
from breakwater.networks.base import Figure, Metric, Source, What
from tests.standins.base.calling import Calling, parcel, sent
from tests.standins.x import XStandin
from tests.standins.x.calling import connected


def _all(calling: Calling, source: Source, cursor: str) -> tuple[list[str], str, int]:
    """The texts of as many polls as it says there are more, the last cursor, how many."""
    texts: list[str] = []
    for polls in range(1, 9):
        start = cursor
        batch = calling.run(lambda c, start=start: c.poll(source, start))
        texts += [one.text for one in batch.arrived]
        cursor = batch.cursor
        if not batch.more:
            return texts, cursor, polls
    raise AssertionError("no end")


def test_mentions_answers_and_quotes_are_told_apart(x_standin: XStandin) -> None:
    calling = connected(x_standin)
    own = x_standin.says("harbour", "Fresh mussels")
    x_standin.says("ann", "Ask @harbour")
    x_standin.says("ann", "Are they?", reply_to=own.id)
    x_standin.says("bob", "@harbour look", quotes=own.id)

    batch = calling.run(lambda c: c.poll(Source.MENTIONS, ""))

    newest_first = [(one.what, one.text, one.about, one.author.handle) for one in batch.arrived]
    assert newest_first == [
        (What.QUOTE, "@harbour look", own.id, "@bob"),
        (What.COMMENT, "Are they?", own.id, "@ann"),
        (What.MENTION, "Ask @harbour", "", "@ann"),
    ]
    assert batch.arrived[1].parent == batch.arrived[1].thread == own.id
    assert calling.taken == ["mentions", "read_own", "read_own", "read_own"]


def test_a_poll_goes_on_where_the_last_one_ended(x_standin: XStandin) -> None:
    calling = connected(x_standin)
    x_standin.says("ann", "@harbour one")
    first, cursor, _ = _all(calling, Source.MENTIONS, "")
    nothing, same, _ = _all(calling, Source.MENTIONS, cursor)
    x_standin.says("ann", "@harbour two")

    second, _, _ = _all(calling, Source.MENTIONS, cursor)

    assert (first, nothing, second) == (["@harbour one"], [], ["@harbour two"])
    assert same == cursor


def test_a_busy_hour_takes_several_polls_and_loses_nothing(x_standin: XStandin) -> None:
    calling = connected(x_standin)
    x_standin.says("ann", "@harbour before")
    _, cursor, _ = _all(calling, Source.MENTIONS, "")
    for number in range(120):
        x_standin.says("ann", f"@harbour {number}")

    texts, cursor, polls = _all(calling, Source.MENTIONS, cursor)

    assert sorted(texts) == sorted(f"@harbour {number}" for number in range(120))
    assert polls == 3
    assert _all(calling, Source.MENTIONS, cursor)[0] == []


def test_a_beginning_takes_the_newest_page_only(x_standin: XStandin) -> None:
    calling = connected(x_standin)
    for number in range(60):
        x_standin.says("ann", f"@harbour {number}")

    texts, _, polls = _all(calling, Source.MENTIONS, "")

    assert (len(texts), polls) == (50, 1)


def test_answers_below_own_posts_are_searched_by_their_conversations(x_standin: XStandin) -> None:
    calling = connected(x_standin)
    own = [x_standin.says("harbour", f"Post {number}") for number in range(20)]
    deep = x_standin.says("ann", "Nice", reply_to=own[-1].id)
    x_standin.says("bob", "I agree", reply_to=deep.id)
    x_standin.says("harbour", "Thanks", reply_to=deep.id)
    x_standin.says("ann", "Elsewhere")

    batch = calling.run(lambda c: c.poll(Source.COMMENTS, ""))

    assert [one.text for one in batch.arrived] == ["I agree", "Nice"]
    assert [one.thread for one in batch.arrived] == [own[-1].id] * 2
    assert len(x_standin.calls("GET", "/2/tweets/search/recent")[0].args["query"]) <= 512


def test_own_posts_are_paid_once_though_each_poll_names_them(x_standin: XStandin) -> None:
    calling, own = connected(x_standin), x_standin.says("harbour", "Fresh mussels")
    x_standin.says("ann", "Nice", reply_to=own.id)
    _, cursor, _ = _all(calling, Source.COMMENTS, "")

    _all(calling, Source.COMMENTS, cursor)

    assert calling.taken.count("read_own") == 1
    assert calling.taken.count("read_post") == 1


def test_an_account_without_posts_costs_no_search(x_standin: XStandin) -> None:
    calling = connected(x_standin)

    batch = calling.run(lambda c: c.poll(Source.COMMENTS, "12"))

    assert (batch.arrived, batch.cursor, batch.more) == ((), "12", False)
    assert x_standin.calls("GET", "/2/tweets/search/recent") == []


def test_a_cursor_older_than_a_search_reaches_begins_anew(x_standin: XStandin) -> None:
    calling = connected(x_standin)
    old = x_standin.says("harbour", "Old")
    x_standin.advance(timedelta(days=8).total_seconds())
    calling.account = replace(calling.account, secrets=x_standin.connected())
    own = x_standin.says("harbour", "New")
    x_standin.says("ann", "Nice", reply_to=own.id)

    batch = calling.run(lambda c: c.poll(Source.COMMENTS, old.id))

    assert [one.text for one in batch.arrived] == ["Nice"]


def test_own_posts_by_whomever_are_seen(x_standin: XStandin) -> None:
    calling = connected(x_standin)
    x_standin.says("harbour", "By hand & foot")

    batch = calling.run(lambda c: c.poll(Source.OWN_POSTS, ""))

    assert [(one.what, one.own, one.text) for one in batch.arrived] == [
        (What.POST, True, "By hand & foot")
    ]


def test_comments_of_one_post(x_standin: XStandin) -> None:
    calling, own = connected(x_standin), x_standin.says("harbour", "Fresh mussels")
    x_standin.says("ann", "Are they & how?", reply_to=own.id)

    comments = calling.run(lambda c: c.comments(own.id))

    assert [(one.author, one.text) for one in comments] == [("@ann", "Are they & how?")]


def test_messages_come_newest_first_until_the_known_one(x_standin: XStandin) -> None:
    calling = connected(x_standin)
    x_standin.writes("ann", "Hello?")
    first, cursor, _ = _all(calling, Source.MESSAGES, "")
    for number in range(70):
        x_standin.writes("ann", f"Message {number}")

    second, cursor, polls = _all(calling, Source.MESSAGES, cursor)

    assert first == ["Hello?"]
    assert sorted(second) == sorted(f"Message {number}" for number in range(70))
    assert polls == 2
    assert _all(calling, Source.MESSAGES, cursor) == ([], cursor, 1)
    assert calling.taken.count("read_message") == 71


def test_a_message_is_answered_where_it_came_from(x_standin: XStandin) -> None:
    calling, ann = connected(x_standin), x_standin.person("ann")
    x_standin.writes("ann", "Open today?")
    batch = calling.run(lambda c: c.poll(Source.MESSAGES, ""))
    [question] = batch.arrived

    remote_id = calling.publish(parcel("Until nine.", to=question.thread))

    assert (question.author.remote_id, question.own) == (ann.id, False)
    answer = x_standin.state.messages[remote_id.removeprefix("dm:")]
    assert (answer.text, answer.conversation) == ("Until nine.", question.thread)
    echo = calling.run(lambda c: c.poll(Source.MESSAGES, batch.cursor)).arrived[0]
    assert (echo.own, echo.remote_id) == (True, remote_id)


def test_a_message_is_read_back_looked_for_and_deleted(x_standin: XStandin) -> None:
    calling, ann = connected(x_standin), x_standin.person("ann")
    what = sent(parcel("For you & me", to=ann.id))
    x_standin.writes("ann", "For you & me")

    remote_id = calling.publish(what)

    look = calling.run(lambda c: c.look(what, {}))
    seen = calling.run(lambda c: c.read(remote_id))
    assert [one.remote_id for one in look.posts] == [remote_id]
    assert (look.exact, look.complete) == (False, True)
    assert seen is not None
    assert seen.text == "For you & me"
    calling.run(lambda c: c.delete(remote_id))
    calling.run(lambda c: c.delete(remote_id))
    assert calling.run(lambda c: c.read(remote_id)) is None
    with pytest.raises(Unsupported):
        calling.run(lambda c: c.edit(remote_id, parcel("Other")))


def test_a_group_is_known_by_its_number(x_standin: XStandin) -> None:
    calling = connected(x_standin)
    with x_standin.lock:
        x_standin.mail.add(x_standin.person("ann"), "1720000000000000001", "Hi all")

    calling.publish(parcel("Hello", to="group:1720000000000000001"))

    assert [one.text for one in x_standin.state.messages.values()] == ["Hi all", "Hello"]


def test_who_is_followed_comes_in_pages(x_standin: XStandin) -> None:
    calling, me = connected(x_standin), x_standin.person("harbour").id
    ann = x_standin.person("ann").id
    x_standin.state.follows = [(me, ann)] * 101

    first = calling.run(lambda c: c.following())
    second = calling.run(lambda c: c.following(first.cursor))

    assert (len(first.people), len(second.people), second.cursor) == (100, 1, "")
    assert second.people[0].handle == "@ann"


def test_figures_of_a_post_and_of_the_account(x_standin: XStandin) -> None:
    calling, own = connected(x_standin), x_standin.says("harbour", "Fresh mussels")

    of_post = calling.run(lambda c: c.insights(own.id))
    of_account = calling.run(lambda c: c.insights())

    assert of_account == (Figure(Metric.FOLLOWERS, 7),)
    assert {one.metric: one.value for one in of_post} == {
        Metric.VIEWS: 900,
        Metric.LIKES: 5,
        Metric.COMMENTS: 3,
        Metric.SHARES: 3,
        Metric.SAVES: 4,
        Metric.CLICKS: 6,
    }


def test_reading_says_later_when_x_is_in_trouble(x_standin: XStandin) -> None:
    calling = connected(x_standin)
    x_standin.html_200("GET", "/2/users/")

    with pytest.raises(TryLater):
        calling.run(lambda c: c.poll(Source.MENTIONS, ""))


def test_what_x_does_not_have_says_so(x_standin: XStandin) -> None:
    calling = connected(x_standin)

    with pytest.raises(Unsupported):
        calling.run(lambda c: c.poll(Source.REVIEWS, ""))
    with pytest.raises(Unsupported):
        calling.run(lambda c: c.choices("reply_settings"))

    assert x_standin.requests == []


def test_a_sign_in_without_the_scope_has_to_be_made_again() -> None:
    standin = XStandin()
    calling = connected(standin, scopes=("tweet.read", "users.read", "offline.access"))

    with pytest.raises(Reconnect):
        calling.run(lambda c: c.poll(Source.MESSAGES, ""))

    assert "lacks ['dm.read']" in standin.violations[0]
