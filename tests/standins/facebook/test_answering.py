"""First comments, answers, messages, answers to reviews; and what a Page does to others."""

import json

import pytest

from breakwater.domain.errors import Refused, Unsupported
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Act, Connector, Deed, Parcel
from tests.standins.base.calling import PICTURE, VIDEO, Calling, parcel, sent
from tests.standins.facebook import FacebookStandin
from tests.standins.facebook.calling import calling
from tests.standins.facebook.standin import ANN

MESSAGES = "/v25.0/2121008874780932/messages"


def test_a_first_comment_stands_below_its_post(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)
    post = page.publish(parcel())

    comment = page.publish(parcel("Book: harbour.example", reply_to=post, root=post))

    seen = page.run(lambda c: c.read(comment))
    assert seen is not None
    assert seen.text == "Book: harbour.example"
    assert [one.text for one in page.run(lambda c: c.comments(post))] == [seen.text]


def test_a_comment_is_looked_for_below_what_it_answers(
    facebook_in_process: FacebookStandin,
) -> None:
    page, post = calling(facebook_in_process), facebook_in_process.stray("Open?")
    theirs = facebook_in_process.comment(post.id, "Tonight too?")
    what = parcel("Yes!", reply_to=theirs.id, root=post.id)

    ours = page.publish(what)

    look = page.run(lambda c: c.look(sent(what), {}))
    assert (look.exact, look.complete) == (False, True)
    assert [seen.remote_id for seen in look.posts] == [ours]
    assert facebook_in_process.state.things[ours].parent == theirs.id


def test_a_comment_takes_one_picture(facebook_in_process: FacebookStandin) -> None:
    page, post = calling(facebook_in_process), facebook_in_process.stray("Open?")

    ours = page.publish(parcel("Look", reply_to=post.id, media=(PICTURE,)))

    seen = page.run(lambda c: c.read(ours))
    assert seen is not None
    assert len(seen.media) == 1
    for media, reason in (((PICTURE,) * 2, "too_many_pictures"), ((VIDEO,), "media_type")):
        with pytest.raises(Refused) as refused:
            page.prepare(parcel(reply_to=post.id, media=media), {})
        assert refused.value.reason == reason


def test_a_review_is_answered_below_it(facebook_in_process: FacebookStandin) -> None:
    page, review = calling(facebook_in_process), facebook_in_process.review("Best mussels")

    page.publish(parcel("Thank you, Ann", reply_to=review.id))

    assert [one.text for one in facebook_in_process.of("Comment", about=review.id)] == [
        "Thank you, Ann"
    ]


def test_a_message_goes_to_the_person(facebook_in_process: FacebookStandin) -> None:
    page, theirs = calling(facebook_in_process), facebook_in_process.write("A table for two?")
    what = parcel("At eight.", to=ANN.id)

    remote_id = page.publish(what)

    made = facebook_in_process.state.things[remote_id]
    assert (made.text, made.about) == ("At eight.", theirs.about)
    look = page.run(lambda c: c.look(sent(what), page.kept[-1]))
    assert [seen.remote_id for seen in look.posts] == [remote_id]
    with pytest.raises(Unsupported):
        page.run(lambda c: c.delete(remote_id))


def test_a_conversation_names_the_person(facebook_in_process: FacebookStandin) -> None:
    page, theirs = calling(facebook_in_process), facebook_in_process.write("A table for two?")

    remote_id = page.publish(parcel("At eight.", to=theirs.about))

    assert facebook_in_process.state.things[remote_id].facts["to"] == ANN


def test_a_comment_is_answered_in_private(facebook_in_process: FacebookStandin) -> None:
    page, post = calling(facebook_in_process), facebook_in_process.stray("Open?")
    theirs = facebook_in_process.comment(post.id, "My order never came")

    page.publish(parcel("So sorry. Your number?", to=ANN.id, reply_to=theirs.id))

    call = facebook_in_process.calls("POST", MESSAGES)[0]
    assert json.loads(call.fields["recipient"]) == {"comment_id": theirs.id}


def test_after_a_day_only_a_person_may_answer(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)
    facebook_in_process.write("A table for two?")
    facebook_in_process.advance(25 * 3600)

    with pytest.raises(Refused) as refused:
        page.publish(parcel("At eight.", to=ANN.id))

    assert refused.value.reason == "message_window"
    assert len(facebook_in_process.of("UnifiedMessage")) == 1
    page.publish(parcel("At eight.", to=ANN.id, options={"human_agent": True}))
    assert len(facebook_in_process.of("UnifiedMessage")) == 2


def test_a_picture_is_a_message_of_its_own(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)
    facebook_in_process.write("What is it like?")

    with pytest.raises(Refused) as refused:
        page.prepare(parcel("Like this", to=ANN.id, media=(PICTURE,)), {})
    remote_id = page.publish(parcel("", to=ANN.id, media=(PICTURE,)))

    assert refused.value.reason == "message_one_thing"
    seen = page.run(lambda c: c.read(remote_id))
    assert seen is not None
    assert len(seen.media) == 1


def test_answers_are_guarded_by_nothing(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)

    for what in (parcel(reply_to="1_2"), parcel(to="3"), parcel()):
        assert _guards(page, what) is Guarantee.NONE


def _done(page: Calling, act: Act) -> bool:
    page.run(lambda c: c.act(act))
    return page.run(lambda c: c.acted(act))


def _guards(page: Calling, what: Parcel) -> Guarantee:
    async def ask(connector: Connector) -> Guarantee:
        return connector.guards(what)

    return page.run(ask)


@pytest.mark.parametrize(
    ("deed", "undone"),
    [(Deed.LIKE, Deed.UNLIKE), (Deed.HIDE, Deed.UNHIDE), (Deed.BLOCK, Deed.UNBLOCK)],
)
def test_what_is_done_can_be_seen_repeated_and_undone(
    deed: Deed, undone: Deed, facebook_in_process: FacebookStandin
) -> None:
    page, post = calling(facebook_in_process), facebook_in_process.stray("Open?")
    comment = facebook_in_process.comment(post.id, "Awful")
    target = ANN.id if deed is Deed.BLOCK else comment.id

    for which in (deed, deed, undone, undone):
        assert _done(page, Act(which, target, about=post.id))

    assert (comment.likes, comment.hidden) == (set(), False)
    assert facebook_in_process.state.blocked.get(page.account.remote_id, set()) == set()


def test_a_hidden_comment_is_hidden_and_a_removed_one_is_gone(
    facebook_in_process: FacebookStandin,
) -> None:
    page, post = calling(facebook_in_process), facebook_in_process.stray("Open?")
    comment = facebook_in_process.comment(post.id, "Awful")

    page.run(lambda c: c.act(Act(Deed.HIDE, comment.id)))
    assert comment.hidden
    page.run(lambda c: c.act(Act(Deed.REMOVE, comment.id)))
    page.run(lambda c: c.act(Act(Deed.REMOVE, comment.id)))

    assert facebook_in_process.of("Comment") == []
    assert page.run(lambda c: c.acted(Act(Deed.REMOVE, comment.id)))


@pytest.mark.parametrize("deed", [Deed.MUTE, Deed.UNFOLLOW, Deed.REPORT])
def test_what_a_page_cannot_do_is_said(deed: Deed, facebook_in_process: FacebookStandin) -> None:
    with pytest.raises(Unsupported):
        calling(facebook_in_process).run(lambda c: c.act(Act(deed, ANN.id)))

    assert facebook_in_process.requests == []


def test_one_address_is_told_for_all_pushes(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)
    facebook_in_process.state.subscribed[page.account.remote_id] = "feed,leadgen"

    until = page.run(lambda c: c.subscribe("https://desk.example/hooks/facebook"))

    told = facebook_in_process.state.subscription
    assert until is None
    assert told["callback_url"] == "https://desk.example/hooks/facebook"
    assert told["verify_token"] == page.app["verify_token"]
    followed = facebook_in_process.state.subscribed[page.account.remote_id].split(",")
    assert {"messages", "leadgen"} < set(followed), "what was followed before still is"
    assert followed.count("feed") == 1


def test_pushes_need_the_keys(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)
    page.app = {name: value for name, value in page.app.items() if name != "verify_token"}

    with pytest.raises(Refused) as refused:
        page.run(lambda c: c.subscribe("https://desk.example/hooks/facebook"))

    assert refused.value.reason == "app_keys_missing"
    assert facebook_in_process.requests == []
