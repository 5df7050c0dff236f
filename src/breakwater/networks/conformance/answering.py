"""Threads, comments, messages, and what is done to what others wrote."""

import secrets

from breakwater.domain.errors import Unsupported
from breakwater.domain.text import folded
from breakwater.networks.base import Act, Can, Connector, Deed, Parcel, Sent
from breakwater.networks.conformance.making import answer, open_, parcel
from breakwater.networks.conformance.subject import Check, Said, Subject, needs, skip
from breakwater.networks.conformance.trying import (
    own_id,
    publish,
    read,
    until,
    where_offered,
)


async def publishes_a_thread_of_two(subject: Subject) -> None:
    needs(subject, Can.THREAD)
    connector = open_(subject)
    first = await _own_post(subject, connector)
    second = await answer(subject, "Second part.", reply_to=first, root=first)

    sent = await where_offered(publish(connector, second))
    third = await answer(subject, "Third part.", reply_to=sent.remote_id, root=first)
    last = await publish(connector, third)

    await _is_there(subject, connector, second, sent)
    await _is_there(subject, connector, third, last)
    assert len({first, sent.remote_id, last.remote_id}) == 3, "parts of a thread share an id"


async def writes_the_first_comment(subject: Subject) -> None:
    needs(subject, Can.FIRST_COMMENT)
    connector = open_(subject)
    post = await _own_post(subject, connector)
    comment = await answer(subject, "The link is here.", reply_to=post, root=post)

    sent = await where_offered(publish(connector, comment))

    await _is_there(subject, connector, comment, sent)
    assert sent.remote_id != post, "the comment has the post's id"


async def replies_to_a_comment(subject: Subject) -> None:
    needs(subject, Can.REPLY)
    connector = open_(subject)
    post = await _own_post(subject, connector)
    said: Said = await subject.server.told("stranger_comments", post, "Is there parking?")
    reply = await answer(subject, "Behind the quay.", reply_to=said.remote_id, root=post)

    sent = await where_offered(publish(connector, reply))

    await _is_there(subject, connector, reply, sent)
    assert sent.remote_id not in (post, said.remote_id), "the reply has another's id"


async def answers_a_message(subject: Subject) -> None:
    needs(subject, Can.SEND_MESSAGE)
    connector = open_(subject)
    said: Said = await subject.server.told("stranger_writes", "Are you open?")
    message = await answer(subject, "Until ten.", to=said.to or said.author)

    sent = await where_offered(publish(connector, message))

    assert sent.remote_id, "the message has no id"
    assert sent.remote_id != said.remote_id, "the answer has the question's id"


async def answers_a_review(subject: Subject) -> None:
    needs(subject, Can.ANSWER_REVIEW)
    connector = open_(subject)
    said: Said = await subject.server.told("stranger_reviews", "Cold soup.", 2)
    words = await answer(subject, "We are sorry.", reply_to=said.remote_id)

    sent = await where_offered(publish(connector, words))

    assert sent.remote_id, "the answer has no id"


async def likes_twice_without_harm(subject: Subject) -> None:
    await _to_a_comment(subject, Can.LIKE, Deed.LIKE, Deed.UNLIKE)


async def hides_twice_without_harm(subject: Subject) -> None:
    await _to_a_comment(subject, Can.HIDE, Deed.HIDE, Deed.UNHIDE)


async def removes_twice_without_harm(subject: Subject) -> None:
    order = "stranger_quotes" if subject.server.can("stranger_quotes") else "stranger_comments"
    needs(subject, Can.REMOVE)
    connector, post, said = await _commented(subject, order)
    await _done_twice(subject, connector, Act(Deed.REMOVE, said.remote_id, post))


async def mutes_twice_without_harm(subject: Subject) -> None:
    await _to_a_person(subject, Can.MUTE, Deed.MUTE)


async def hears_again_twice_without_harm(subject: Subject) -> None:
    await _to_a_person(subject, Can.MUTE, Deed.MUTE, Deed.UNMUTE)


async def blocks_twice_without_harm(subject: Subject) -> None:
    await _to_a_person(subject, Can.BLOCK, Deed.BLOCK)


async def lets_in_again_twice_without_harm(subject: Subject) -> None:
    await _to_a_person(subject, Can.BLOCK, Deed.BLOCK, Deed.UNBLOCK)


async def reports_what_a_stranger_wrote(subject: Subject) -> None:
    needs(subject, Can.REPORT)
    connector, post, said = await _commented(subject)
    why = {"reason": "spam", "text": "Sells watches."}

    await where_offered(connector.act(Act(Deed.REPORT, said.remote_id, post, why)))

    assert await connector.read(post) is not None, "our own post went with the report"


async def unfollows_twice_without_harm(subject: Subject) -> None:
    needs(subject, Can.UNFOLLOW)
    connector = open_(subject)
    people = (await where_offered(connector.following())).people
    if not people:
        skip("the subject's account follows nobody")
    act = Act(Deed.UNFOLLOW, people[0].remote_id)

    await where_offered(connector.act(act))
    await connector.act(act)

    left = await connector.following()
    assert people[0] not in left.people, "unfollowed, and still followed"


async def pins_twice_without_harm(subject: Subject) -> None:
    await _to_an_own_post(subject, Can.PIN, Deed.PIN, Deed.UNPIN)


async def withdraws_twice_without_harm(subject: Subject) -> None:
    await _to_an_own_post(subject, Can.WITHDRAW, Deed.WITHDRAW, Deed.RESTORE)


async def _to_an_own_post(subject: Subject, can: Can, deed: Deed, back: Deed) -> None:
    needs(subject, can)
    connector = open_(subject)
    post = await _own_post(subject, connector)
    await _done_twice(subject, connector, Act(deed, post))
    await _done_twice(subject, connector, Act(back, post), Act(deed, post))


async def _to_a_comment(subject: Subject, can: Can, deed: Deed, back: Deed) -> None:
    needs(subject, can)
    connector, post, said = await _commented(subject)
    await _done_twice(subject, connector, Act(deed, said.remote_id, post))
    await _done_twice(
        subject, connector, Act(back, said.remote_id, post), Act(deed, said.remote_id, post)
    )


async def _to_a_person(subject: Subject, can: Can, deed: Deed, back: Deed | None = None) -> None:
    needs(subject, can)
    connector, _, said = await _commented(subject)
    if not said.author:
        skip("the subject's server does not say who its strangers are")
    by = {"comment": said.remote_id}
    act = Act(deed, said.author, detail=by)
    await _done_twice(subject, connector, act)
    if back:
        await _done_twice(subject, connector, Act(back, said.author, detail=by), act)


async def _done_twice(
    subject: Subject, connector: Connector, act: Act, undone: Act | None = None
) -> None:
    """It can be repeated, and is so afterwards, where that can be seen."""
    await where_offered(connector.act(act))
    await connector.act(act)

    seen, wanted = undone or act, undone is None
    try:
        now = await until(subject, lambda: connector.acted(seen), lambda so: so is wanted)
    except Unsupported:
        return
    assert now is wanted, f"{act.deed.value} was done twice, yet it is not so"


async def _commented(
    subject: Subject, order: str = "stranger_comments"
) -> tuple[Connector, str, Said]:
    """Our post and what a stranger wrote below it."""
    connector = open_(subject)
    post = await _own_post(subject, connector)
    said = await subject.server.told(order, post, f"Buy. {secrets.token_hex(4)}")
    return connector, post, said


async def _own_post(subject: Subject, connector: Connector) -> str:
    sent = await publish(connector, await parcel(subject, "What we say."))
    return await own_id(subject, connector, sent)


async def _is_there(subject: Subject, connector: Connector, said: Parcel, sent: Sent) -> None:
    assert sent.remote_id, "published without an id"
    if not subject.manifest.allows(Can.READ_BACK):
        return
    seen = await read(subject, connector, sent.remote_id)
    assert seen is not None, "answered, and the answer cannot be read"
    assert folded(said.text) in folded(seen.text), f"it shows {seen.text!r}, not {said.text!r}"


ANSWERING: tuple[Check, ...] = (
    publishes_a_thread_of_two,
    writes_the_first_comment,
    replies_to_a_comment,
    answers_a_message,
    answers_a_review,
    likes_twice_without_harm,
    hides_twice_without_harm,
    removes_twice_without_harm,
    mutes_twice_without_harm,
    hears_again_twice_without_harm,
    blocks_twice_without_harm,
    lets_in_again_twice_without_harm,
    reports_what_a_stranger_wrote,
    unfollows_twice_without_harm,
    pins_twice_without_harm,
    withdraws_twice_without_harm,
)
