"""Comments, likes, mentions, figures: what is below a post, and what is answered."""

import dataclasses
from typing import Any

import pytest

from breakwater.domain.errors import OutcomeUnknown, Reconnect, Refused, TryLater, Unsupported
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Act, Deed, Figure, Metric, Source, What
from tests.standins.base.calling import PICTURE, Calling, parcel, sent
from tests.standins.base.exchange import as_json
from tests.standins.linkedin import LinkedInStandin
from tests.standins.linkedin.calling import ann, harbour
from tests.standins.linkedin.state import HARBOUR

BEN = "urn:li:person:Ben_1"


def _posted(standin: LinkedInStandin) -> tuple[Calling, str]:
    calls = harbour(standin)
    return calls, calls.publish(parcel())


def test_the_first_comment_and_a_reply_to_a_guest(linkedin_standin: LinkedInStandin) -> None:
    calls, post = _posted(linkedin_standin)
    first = parcel("The menu (all of it): https://x.example", reply_to=post, root=post)

    urn = calls.publish(first)
    guest = linkedin_standin.comments.says(post, BEN, "Is there fish?")
    answer = calls.publish(parcel("There is.", reply_to=guest.urn, root=post))

    seen = calls.run(lambda c: c.read(urn))
    assert seen is not None
    assert seen.text == "The menu (all of it): https://x.example"
    written = linkedin_standin.world.comments[answer.rpartition(",")[2][:-1]]
    activity = linkedin_standin.world.posts[post].activity
    assert (written.actor, written.parent, written.about) == (HARBOUR, guest.urn, activity)


def test_a_comment_takes_a_picture_and_no_more(linkedin_standin: LinkedInStandin) -> None:
    calls, post = _posted(linkedin_standin)

    urn = calls.publish(parcel("Look", media=(PICTURE,), reply_to=post))

    number = urn.rpartition(",")[2][:-1]
    assert linkedin_standin.world.comments[number].image.startswith("urn:li:image:")
    with pytest.raises(Refused) as refused:
        calls.prepare(parcel("Look", media=(PICTURE, PICTURE), reply_to=post), {})
    assert refused.value.reason == "too_many_pictures"
    with pytest.raises(Refused) as long:
        calls.prepare(parcel("x" * 1251, reply_to=post), {})
    assert long.value.reason == "text_too_long"
    assert len(linkedin_standin.world.comments) == 1


def test_a_comment_whose_answer_got_lost_is_found_among_our_own(
    linkedin_standin: LinkedInStandin,
) -> None:
    calls, post = _posted(linkedin_standin)
    linkedin_standin.comments.says(post, BEN, "Once")
    what = sent(parcel("Once", reply_to=post))
    linkedin_standin.drop_reply_after_accept("POST", f"/rest/socialActions/{post}/comments")
    with pytest.raises(OutcomeUnknown):
        calls.publish(what)

    look = calls.run(lambda c: c.look(what, {}))

    assert (look.exact, look.complete, [s.text for s in look.posts]) == (False, True, ["Once"])
    assert calls.run(_guards(what)) is Guarantee.NONE


def test_comments_are_read_page_by_page(linkedin_standin: LinkedInStandin) -> None:
    calls, post = _posted(linkedin_standin)
    for number in range(120):
        linkedin_standin.comments.says(post, BEN, f"{number}")

    comments = calls.run(lambda c: c.comments(post))

    assert [c.text for c in comments] == [str(n) for n in range(120)]
    assert comments[0].author == BEN


def test_a_comment_is_edited_and_removed(linkedin_standin: LinkedInStandin) -> None:
    calls, post = _posted(linkedin_standin)
    urn = calls.publish(parcel("Fsh", reply_to=post))

    calls.run(lambda c: c.edit(urn, parcel("Fish", reply_to=post)))
    seen = calls.run(lambda c: c.read(urn))
    calls.run(lambda c: c.delete(urn))
    calls.run(lambda c: c.delete(urn))

    assert seen is not None
    assert seen.text == "Fish"
    assert linkedin_standin.world.comments == {}


def test_a_guests_comment_is_liked_once_and_taken_away(linkedin_standin: LinkedInStandin) -> None:
    calls, post = _posted(linkedin_standin)
    guest = linkedin_standin.comments.says(post, BEN, "Nice")
    like, unlike = Act(Deed.LIKE, guest.urn, post), Act(Deed.UNLIKE, guest.urn, post)
    remove = Act(Deed.REMOVE, guest.urn, post)

    for deed in (like, like):
        calls.run(lambda c, deed=deed: c.act(deed))  # type: ignore[misc]

    assert calls.run(lambda c: c.acted(like)) is True
    assert linkedin_standin.world.reactions == {(HARBOUR, guest.urn)}
    for deed in (unlike, unlike, remove, remove):
        calls.run(lambda c, deed=deed: c.act(deed))  # type: ignore[misc]
    assert calls.run(lambda c: c.acted(unlike)) is True
    assert calls.run(lambda c: c.acted(remove)) is True
    assert (linkedin_standin.world.reactions, linkedin_standin.world.comments) == (set(), {})


@pytest.mark.parametrize("deed", [Deed.HIDE, Deed.BLOCK, Deed.MUTE, Deed.REPORT])
def test_what_the_network_lacks_is_unsupported(
    linkedin_standin: LinkedInStandin, deed: Deed
) -> None:
    calls = harbour(linkedin_standin)

    with pytest.raises(Unsupported):
        calls.run(lambda c: c.act(Act(deed, BEN)))

    assert linkedin_standin.requests == []


def test_polls_give_what_is_new_and_go_on_from_there(linkedin_standin: LinkedInStandin) -> None:
    calls, post = _posted(linkedin_standin)
    linkedin_standin.advance(1)
    linkedin_standin.comments.says(post, BEN, "First")
    linkedin_standin.comments.says(post, HARBOUR, "Ours")

    posts = calls.run(lambda c: c.poll(Source.OWN_POSTS, ""))
    first = calls.run(lambda c: c.poll(Source.COMMENTS, ""))
    linkedin_standin.advance(1)
    linkedin_standin.comments.says(post, BEN, "Second")
    second = calls.run(lambda c: c.poll(Source.COMMENTS, first.cursor))

    assert [(a.what, a.remote_id) for a in posts.arrived] == [(What.POST, post)]
    assert {(a.text, a.own, a.about, a.parent) for a in first.arrived} == {
        ("First", False, post, post), ("Ours", True, post, post),
    }  # fmt: skip
    assert [a.text for a in second.arrived] == ["Second"]
    assert calls.run(lambda c: c.poll(Source.COMMENTS, second.cursor)).arrived == ()


def test_a_comment_of_the_same_millisecond_is_not_lost(linkedin_standin: LinkedInStandin) -> None:
    calls, post = _posted(linkedin_standin)
    first = linkedin_standin.comments.says(post, BEN, "First")
    cursor = calls.run(lambda c: c.poll(Source.COMMENTS, "")).cursor
    linkedin_standin.comments.says(post, BEN, "Second").created_ms = first.created_ms

    came = calls.run(lambda c: c.poll(Source.COMMENTS, cursor)).arrived
    by_an_older_cursor = calls.run(lambda c: c.poll(Source.COMMENTS, str(first.created_ms - 1)))

    assert [a.text for a in came] == ["Second"]
    assert {a.text for a in by_an_older_cursor.arrived} == {"First", "Second"}


def test_mentions_are_polled_and_their_words_asked_for(linkedin_standin: LinkedInStandin) -> None:
    calls, standin = harbour(linkedin_standin), linkedin_standin
    own = calls.publish(parcel("With @[Harbour](urn:li:organization:2414183)"))
    row = {
        "notificationId": 7, "organizationalEntity": HARBOUR, "action": "SHARE_MENTION",
        "sourcePost": own, "generatedActivity": own, "lastModifiedAt": standin.now_ms(),
        "subscriber": BEN,
    }  # fmt: skip
    elsewhere = {**row, "generatedActivity": "urn:li:share:9", "action": "SHARE_MENTION"}
    standin.world.notifications += [row, elsewhere, {**row, "action": "LIKE"}]

    batch = calls.run(lambda c: c.poll(Source.MENTIONS, ""))

    assert [(a.what, a.remote_id, a.text) for a in batch.arrived] == [
        (What.MENTION, own, "With @[Harbour](urn:li:organization:2414183)"),
        (What.MENTION, "urn:li:share:9", ""),
    ]


def test_members_are_not_polled(linkedin_standin: LinkedInStandin) -> None:
    for source in (Source.OWN_POSTS, Source.COMMENTS, Source.MENTIONS):
        with pytest.raises(Unsupported):
            ann(linkedin_standin).run(lambda c, source=source: c.poll(source, ""))  # type: ignore[misc]

    assert linkedin_standin.requests == []


def test_figures_of_the_organisation_and_of_a_post(linkedin_standin: LinkedInStandin) -> None:
    calls, post = _posted(linkedin_standin)

    whole = calls.run(lambda c: c.insights())
    one = calls.run(lambda c: c.insights(post))

    assert whole[:2] == (Figure(Metric.FOLLOWERS, 219_145), Figure(Metric.VIEWS, 4_620))
    assert Figure(Metric.LIKES, 1_523) in whole
    assert Figure(Metric.LIKES, 7) in one
    assert Figure(Metric.COMMENTS, 0) in one  # the network says -1
    with pytest.raises(Unsupported):
        ann(linkedin_standin).run(lambda c: c.insights())


def test_pushes_are_asked_for_by_organisation(linkedin_standin: LinkedInStandin) -> None:
    calls = harbour(linkedin_standin)

    until = calls.run(lambda c: c.subscribe("https://desk.example/hooks/linkedin"))

    assert until is None
    ((key, address),) = linkedin_standin.world.subscriptions.items()
    assert address == "https://desk.example/hooks/linkedin"
    assert "developerApplication:urn:li:developerApplication:221195903" in key
    assert f"entity:{HARBOUR}" in key
    calls.run(lambda c: c.unsubscribe(address))
    assert linkedin_standin.world.subscriptions == {}
    without = dataclasses.replace(calls, app={})
    with pytest.raises(Unsupported):
        without.run(lambda c: c.subscribe("https://desk.example/hooks/linkedin"))


def test_reading_says_what_is_wrong(linkedin_standin: LinkedInStandin) -> None:
    calls, post = _posted(linkedin_standin)
    linkedin_standin.html_200("GET", f"/rest/posts/{post}")
    with pytest.raises(TryLater):
        calls.run(lambda c: c.read(post))
    linkedin_standin.fail_next("GET", "/rest/posts", as_json({"elements": [{"id": post}]}))
    with pytest.raises(TryLater):
        calls.run(lambda c: c.timeline(3))
    linkedin_standin.door.revoke_all()
    with pytest.raises(Reconnect):
        calls.run(lambda c: c.timeline(3))


def _guards(what: Any) -> Any:
    async def ask(connector: Any) -> Guarantee:
        guarantee: Guarantee = connector.guards(what)
        return guarantee

    return ask
