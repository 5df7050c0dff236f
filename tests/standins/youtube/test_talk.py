"""Comments, answers and chat messages: how they leave, and how doubt about them is met."""

import pytest

from breakwater.domain.errors import OutcomeUnknown, Refused, Unsupported
from tests.standins.base.calling import PICTURE, sent
from tests.standins.google.standin import error
from tests.standins.youtube import YouTubeStandin
from tests.standins.youtube.calling import Desk, film, words
from tests.standins.youtube.state import OWN

THREADS, COMMENTS = "/youtube/v3/commentThreads", "/youtube/v3/comments"


def test_a_first_comment_goes_below_the_film(standin: YouTubeStandin, desk: Desk) -> None:
    video = desk.publish(film())

    comment = desk.publish(words("The menu — voilà", reply_to=video, root=video))

    [said] = standin.state.said.values()
    assert (said.text, said.video, said.author) == ("The menu — voilà", video, OWN)
    seen = desk.run(lambda c: c.read(comment))
    assert seen is not None
    assert seen.text == "The menu — voilà"
    assert seen.url == f"https://www.youtube.com/watch?v={video}&lc={comment}"

    desk.run(lambda c: c.delete(comment))

    assert desk.run(lambda c: c.read(comment)) is None
    desk.run(lambda c: c.delete(comment))


def test_an_answer_to_an_answer_goes_to_the_head_of_its_thread(
    standin: YouTubeStandin, desk: Desk
) -> None:
    video = standin.film("Mussels").id
    head = standin.eve_says("Are they fresh?", video)
    below = standin.say("UCbob", "I wonder too", parent=head.id)

    answer = desk.publish(words("Caught today", reply_to=below.id, root=video))

    assert standin.state.said[answer].parent == head.id


def test_a_comment_can_be_changed(standin: YouTubeStandin, desk: Desk) -> None:
    video = standin.film("Mussels").id
    comment = desk.publish(words("Til ten", reply_to=video, root=video))

    desk.run(lambda c: c.edit(comment, words("Until ten")))

    assert standin.state.said[comment].text == "Until ten"


def test_a_lost_comment_is_looked_for_among_our_own(standin: YouTubeStandin, desk: Desk) -> None:
    video = standin.film("Mussels").id
    what = words("Until ten", reply_to=video, root=video)
    standin.drop_reply_after_accept("POST", THREADS)

    with pytest.raises(OutcomeUnknown):
        desk.publish(what)
    for number in range(7):
        standin.eve_says(f"Comment {number}", video)
    look = desk.run(lambda c: c.look(sent(what), {}))

    assert not look.exact
    assert look.complete
    assert [post.text for post in look.posts] == ["Until ten"]


def test_a_lost_answer_is_looked_for_in_its_thread(standin: YouTubeStandin, desk: Desk) -> None:
    video = standin.film("Mussels").id
    head = standin.eve_says("Are they fresh?", video)
    what = words("Caught today", reply_to=head.id, root=video)
    standin.server_error("POST", COMMENTS, accepted=True)

    with pytest.raises(OutcomeUnknown):
        desk.publish(what)
    look = desk.run(lambda c: c.look(sent(what), {}))

    assert look.complete
    assert [post.text for post in look.posts] == ["Caught today"]


def test_what_the_comment_call_calls_a_failure_may_be_one_or_not(
    standin: YouTubeStandin, desk: Desk
) -> None:
    video = standin.film("Mussels").id
    standin.fail_next("POST", THREADS, error(400, "processingFailure", "failed to process"))

    with pytest.raises(OutcomeUnknown):
        desk.publish(words("Until ten", reply_to=video, root=video))


@pytest.mark.parametrize("lie", ["html_200", "empty_200"])
def test_a_comment_without_an_id_is_unknown(standin: YouTubeStandin, desk: Desk, lie: str) -> None:
    video = standin.film("Mussels").id
    getattr(standin, lie)("POST", THREADS)

    with pytest.raises(OutcomeUnknown):
        desk.publish(words("Until ten", reply_to=video, root=video))

    assert len(standin.state.said) == 1


def test_a_comment_at_the_limit_is_taken_and_one_over_it_never_leaves(
    standin: YouTubeStandin, desk: Desk
) -> None:
    video = standin.film("Mussels").id
    desk.publish(words("x" * 10_000, reply_to=video, root=video))
    calls = len(standin.requests)

    with pytest.raises(Refused) as refused:
        desk.publish(words("x" * 10_001, reply_to=video, root=video))

    assert refused.value.reason == "text_too_long"
    assert len(standin.requests) == calls


def test_where_comments_are_off_none_is_made(standin: YouTubeStandin, desk: Desk) -> None:
    video = standin.film("Mussels").id
    standin.state.comments_off.add(video)

    with pytest.raises(Refused) as refused:
        desk.publish(words("Until ten", reply_to=video, root=video))

    assert refused.value.reason == "comments_off"
    assert standin.state.said == {}


def test_a_comment_is_text_alone(standin: YouTubeStandin, desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        desk.publish(words("Look", reply_to="hand0000001", media=(PICTURE,)))

    assert refused.value.reason == "media_type"
    assert standin.requests == []


def test_a_chat_message_goes_to_its_chat_and_cannot_be_looked_for(
    standin: YouTubeStandin, desk: Desk
) -> None:
    what = words("Welcome aboard", to="chat-evt00000001")

    message = desk.publish(what)

    assert standin.state.said[message].chat == "chat-evt00000001"
    assert not desk.run(lambda c: c.look(sent(what), {})).complete
    with pytest.raises(Unsupported):
        desk.run(lambda c: c.read(message))
    desk.run(lambda c: c.delete(message))
    assert standin.state.said == {}


def test_all_comments_are_read_answers_too(standin: YouTubeStandin, desk: Desk) -> None:
    video = standin.film("Mussels").id
    for number in range(6):
        standin.eve_says(f"Comment {number}", video)
    head = next(iter(standin.state.said.values()))
    for number in range(7):
        standin.say(OWN, f"Answer {number}", parent=head.id)

    comments = desk.run(lambda c: c.comments(video))

    assert sorted(one.text for one in comments) == [
        *(f"Answer {number}" for number in range(7)),
        *(f"Comment {number}" for number in range(6)),
    ]
    assert {one.author for one in comments} == {"@Eve", "@Harbour Café"}
