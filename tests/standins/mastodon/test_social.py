"""What comes to the account, what it does to others, figures."""

import pytest

from breakwater.domain.errors import OutcomeUnknown, Reconnect, Refused, Unsupported
from breakwater.networks.base import Act, Deed, Figure, Metric, Source, What
from tests.standins.mastodon import MastodonStandin
from tests.standins.mastodon.calling import in_process, parcel

PEOPLE = (Deed.MUTE, Deed.UNMUTE, Deed.BLOCK, Deed.UNBLOCK, Deed.UNFOLLOW)


def test_mentions_comments_and_messages_each_come_once(
    mastodon_in_process: MastodonStandin,
) -> None:
    standin, calling = mastodon_in_process, in_process(mastodon_in_process)
    own = calling.publish(parcel("Fresh mussels"))
    standin.post("bob", "@harbour is great")
    comment = standin.post("bob", "@harbour until when?", in_reply_to=own)
    quote = standin.post("eve", "Look at that", quoting=own)
    message = standin.post("eve", "@harbour psst", visibility="direct")

    def poll(source: Source, cursor: str = "") -> tuple[list[tuple[What, str]], str]:
        batch = calling.run(lambda c: c.poll(source, cursor))
        return [(one.what, one.text) for one in batch.arrived], batch.cursor

    mentions, cursor = poll(Source.MENTIONS)
    assert mentions == [
        (What.QUOTE, "Look at that"),
        (What.MENTION, "@harbour is great"),
    ]
    assert poll(Source.MENTIONS, cursor) == ([], cursor)
    assert poll(Source.COMMENTS)[0] == [(What.COMMENT, "@harbour until when?")]
    assert poll(Source.MESSAGES)[0] == [(What.MESSAGE, "@harbour psst")]
    assert poll(Source.OWN_POSTS)[0] == [(What.POST, "Fresh mussels")]
    with pytest.raises(Unsupported):
        poll(Source.REVIEWS)

    arrived = {
        one.remote_id: one
        for source in (Source.MENTIONS, Source.COMMENTS, Source.MESSAGES)
        for one in calling.run(lambda c, source=source: c.poll(source, "")).arrived
    }
    assert (arrived[comment.id].about, arrived[comment.id].parent) == (own, own)
    assert arrived[quote.id].about == own
    assert arrived[message.id].thread == f"7{message.id}"
    assert arrived[comment.id].author.handle == "@bob"
    assert arrived[comment.id].author.remote_id == standin.person("bob").id
    assert not arrived[comment.id].own


def test_a_long_absence_loses_nothing(mastodon_in_process: MastodonStandin) -> None:
    standin, calling = mastodon_in_process, in_process(mastodon_in_process)
    standin.post("bob", "@harbour 0")
    cursor = calling.run(lambda c: c.poll(Source.MENTIONS, "")).cursor
    for number in range(1, 91):
        standin.post("bob", f"@harbour {number}")

    found: set[str] = set()
    for more in (True, True, False):
        batch = calling.run(lambda c, at=cursor: c.poll(Source.MENTIONS, at))
        found |= {one.text for one in batch.arrived}
        cursor = batch.cursor
        assert batch.more is more

    assert found == {f"@harbour {number}" for number in range(1, 91)}


def test_every_message_of_a_conversation_comes_ours_too(
    mastodon_in_process: MastodonStandin,
) -> None:
    standin, calling = mastodon_in_process, in_process(mastodon_in_process)
    first = standin.post("bob", "@harbour hello", visibility="direct")
    cursor = calling.run(lambda c: c.poll(Source.MESSAGES, "")).cursor
    standin.advance(1)
    answer = standin.post("harbour", "@bob hi", visibility="direct", in_reply_to=first.id)
    last = standin.post("bob", "@harbour a table?", visibility="direct", in_reply_to=answer.id)

    batch = calling.run(lambda c: c.poll(Source.MESSAGES, cursor))
    quiet = calling.run(lambda c: c.poll(Source.MESSAGES, batch.cursor))

    assert [(one.remote_id, one.own) for one in batch.arrived] == [
        (answer.id, True),
        (last.id, False),
    ]
    assert {one.thread for one in batch.arrived} == {f"7{first.id}"}
    assert (quiet.arrived, quiet.cursor) == ((), batch.cursor)


def test_a_stream_tells_what_comes_and_ends_well(mastodon_in_process: MastodonStandin) -> None:
    standin, calling = mastodon_in_process, in_process(mastodon_in_process)
    own = calling.publish(parcel("Fresh mussels"))
    standin.post("bob", "Good weather")
    comment = standin.post("bob", "@harbour until when?", in_reply_to=own)
    calling.run(lambda c: c.edit(own, parcel("Fresh mussels!")))
    gone = standin.post("harbour", "oops")
    calling.run(lambda c: c.delete(gone.id))

    async def listen(connector: object) -> list[tuple[What, str, str]]:
        assert hasattr(connector, "stream")
        return [(one.what, one.remote_id, one.text) async for one in connector.stream()]

    assert calling.run(listen) == [
        (What.POST, own, "Fresh mussels!"),
        (What.COMMENT, comment.id, "@harbour until when?"),
        (What.COMMENT, comment.id, "@harbour until when?"),
        (What.POST, own, "Fresh mussels!"),
        (What.GONE, gone.id, ""),
    ]


def test_figures(mastodon_in_process: MastodonStandin) -> None:
    standin, calling = mastodon_in_process, in_process(mastodon_in_process)
    own = calling.publish(parcel("Fresh mussels"))
    standin.post("bob", "@harbour until when?", in_reply_to=own)
    standin.statuses[0].favourites = {"1", "2", "3"}
    standin.person("harbour").followers = 41

    assert calling.run(lambda c: c.insights(own)) == (
        Figure(Metric.LIKES, 3),
        Figure(Metric.SHARES, 0),
        Figure(Metric.COMMENTS, 1),
    )
    assert calling.run(lambda c: c.insights()) == (Figure(Metric.FOLLOWERS, 41),)


def test_a_like_is_given_and_taken_back(mastodon_in_process: MastodonStandin) -> None:
    standin, calling = mastodon_in_process, in_process(mastodon_in_process)
    post = standin.post("bob", "@harbour is great")

    for deed in (Deed.LIKE, Deed.LIKE, Deed.UNLIKE, Deed.UNLIKE):
        act = Act(deed, post.id)
        calling.run(lambda c, act=act: c.act(act))
        assert calling.run(lambda c, act=act: c.acted(act))
        assert len(post.favourites) == (deed is Deed.LIKE)


def test_people_are_muted_blocked_and_no_longer_followed(
    mastodon_in_process: MastodonStandin,
) -> None:
    standin, calling = mastodon_in_process, in_process(mastodon_in_process)
    bob, own = standin.person("bob"), standin.person("harbour")
    standin.state.follows.append((own.id, bob.id))

    for deed in PEOPLE:
        act = Act(deed, bob.id)
        calling.run(lambda c, act=act: c.act(act))
        calling.run(lambda c, act=act: c.act(act))
        assert calling.run(lambda c, act=act: c.acted(act))

    assert standin.state.follows == []
    assert standin.state.blocks == set()


def test_a_mute_can_be_for_some_time(mastodon_in_process: MastodonStandin) -> None:
    standin, calling = mastodon_in_process, in_process(mastodon_in_process)
    act = Act(Deed.MUTE, standin.person("bob").id, detail={"seconds": "3600"})
    calling.run(lambda c: c.act(act))
    assert calling.run(lambda c: c.acted(act))

    standin.advance(3601)

    assert not calling.run(lambda c: c.acted(act))
    with pytest.raises(Refused):
        calling.run(lambda c: c.act(Act(Deed.MUTE, act.target, detail={"seconds": "long"})))


def test_a_report_has_a_reference(mastodon_in_process: MastodonStandin) -> None:
    standin, calling = mastodon_in_process, in_process(mastodon_in_process)
    post = standin.post("spammer", "@harbour buy gold")
    detail = {"reason": "spam", "text": "Again and again", "forward": "yes"}

    of_a_post = calling.run(lambda c: c.act(Act(Deed.REPORT, post.id, detail=detail)))
    of_a_person = calling.run(lambda c: c.act(Act(Deed.REPORT, post.person.id)))

    assert (of_a_post.remote_id, of_a_person.remote_id) == ("1", "2")
    first, second = standin.state.reports
    assert (first.about, first.statuses) == (post.person.id, (post.id,))
    assert (first.comment, first.category, first.forward) == ("Again and again", "spam", True)
    assert (second.about, second.statuses, second.category) == (post.person.id, (), "other")
    with pytest.raises(Unsupported):
        calling.run(lambda c: c.acted(Act(Deed.REPORT, post.id)))


def test_a_report_whose_answer_is_lost_is_unknown(mastodon_in_process: MastodonStandin) -> None:
    standin, calling = mastodon_in_process, in_process(mastodon_in_process)
    post = standin.post("spammer", "@harbour buy gold")
    standin.html_200(path="/api/v1/reports")

    with pytest.raises(OutcomeUnknown):
        calling.run(lambda c: c.act(Act(Deed.REPORT, post.id)))

    assert len(standin.state.reports) == 1


def test_a_quote_of_ours_is_taken_off_and_nothing_else(
    mastodon_in_process: MastodonStandin,
) -> None:
    standin, calling = mastodon_in_process, in_process(mastodon_in_process)
    own = calling.publish(parcel("Fresh mussels"))
    quote = standin.post("eve", "Look at that", quoting=own)
    comment = standin.post("bob", "@harbour no", in_reply_to=own)

    calling.run(lambda c: c.act(Act(Deed.REMOVE, quote.id, about=own)))

    assert quote.quoting is None
    for act in (Act(Deed.REMOVE, comment.id, about=own), Act(Deed.REMOVE, comment.id)):
        with pytest.raises(Refused) as caught:
            calling.run(lambda c, act=act: c.act(act))
        assert caught.value.reason == "only_quotes"
    with pytest.raises(Unsupported):
        calling.run(lambda c: c.act(Act(Deed.HIDE, comment.id, about=own)))
    assert comment in standin.statuses


def test_who_is_followed_comes_page_by_page(mastodon_in_process: MastodonStandin) -> None:
    standin, calling = mastodon_in_process, in_process(mastodon_in_process)
    own = standin.person("harbour")
    for number in range(90):
        standin.state.follows.append((own.id, standin.person(f"friend{number}").id))

    first = calling.run(lambda c: c.following())
    second = calling.run(lambda c: c.following(first.cursor))

    assert (len(first.people), len(second.people)) == (80, 10)
    assert second.cursor == ""
    assert first.people[0].handle == "@friend89"
    assert len({one.remote_id for one in (*first.people, *second.people)}) == 90


def test_a_person_who_is_not_there_is_told(mastodon_in_process: MastodonStandin) -> None:
    calling = in_process(mastodon_in_process)

    with pytest.raises(Refused) as caught:
        calling.run(lambda c: c.act(Act(Deed.BLOCK, "9")))

    assert caught.value.reason == "not_there"


def test_a_scope_that_was_not_given_asks_for_a_new_connection(
    mastodon_in_process: MastodonStandin,
) -> None:
    standin = mastodon_in_process
    calling = in_process(standin, ("read:accounts", "read:statuses"))
    bob = standin.person("bob").id

    for deed in (
        lambda c: c.poll(Source.MENTIONS, ""),
        lambda c: c.act(Act(Deed.BLOCK, bob)),
        lambda c: c.act(Act(Deed.REPORT, bob)),
    ):
        with pytest.raises(Reconnect):
            calling.run(deed)

    assert standin.state.blocks == set()
    assert standin.state.reports == []
