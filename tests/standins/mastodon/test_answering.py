"""Threads, answers and messages: whom they reach, who sees them, and what is read back."""

import pytest

from breakwater.domain.errors import Refused, TryLater
from breakwater.domain.text import says
from tests.standins.mastodon import MastodonStandin
from tests.standins.mastodon.calling import in_process, parcel, sent
from tests.standins.mastodon.state import STATUSES


def test_a_thread_hangs_together_and_names_nobody(mastodon_in_process: MastodonStandin) -> None:
    standin, calling = mastodon_in_process, in_process(mastodon_in_process)
    first = calling.publish(parcel("1/2 Low water at noon", key="one"))
    calling.kept = {}

    second = calling.publish(parcel("2/2 High water at six", key="two", reply_to=first, root=first))

    assert [one.text for one in standin.statuses] == [
        "1/2 Low water at noon",
        "2/2 High water at six",
    ]
    assert standin.statuses[1].in_reply_to == first
    assert [one.remote_id for one in calling.run(lambda c: c.comments(first))] == [second]


def test_an_answer_names_whom_it_answers(mastodon_in_process: MastodonStandin) -> None:
    standin, calling = mastodon_in_process, in_process(mastodon_in_process)
    own = calling.publish(parcel("Fresh mussels"))
    calling.kept = {}
    asked = standin.post("bob", "@harbour until when?", in_reply_to=own)
    what = parcel("Until ten.", key="answer", reply_to=asked.id, root=own)

    remote_id = calling.publish(what)
    seen = calling.run(lambda c: c.read(remote_id))

    assert standin.statuses[-1].text == "@bob Until ten."
    assert [one.to for one in standin.state.notifications] == [
        standin.person("harbour").id,
        standin.person("bob").id,
    ]
    assert seen is not None
    assert seen.text == "Until ten."
    look = calling.run(lambda c: c.look(sent(what), calling.kept))
    assert [one.text for one in look.posts] == ["Until ten.", "Fresh mussels"]


@pytest.mark.parametrize("text", ["@bob until ten", "Until ten, @Bob!"])
def test_who_is_named_already_is_not_named_twice(
    mastodon_in_process: MastodonStandin, text: str
) -> None:
    standin, calling = mastodon_in_process, in_process(mastodon_in_process)
    asked = standin.post("bob", "@harbour until when?")

    remote_id = calling.publish(parcel(text, reply_to=asked.id))
    seen = calling.run(lambda c: c.read(remote_id))

    assert standin.statuses[-1].text == text
    assert seen is not None
    assert says(seen.text, text, seen.spellings)


def test_whom_an_answer_goes_to_is_kept_and_not_asked_again(
    mastodon_in_process: MastodonStandin,
) -> None:
    standin, calling = mastodon_in_process, in_process(mastodon_in_process)
    asked = standin.post("bob", "@harbour until when?", visibility="unlisted")
    what = parcel("Until ten.", reply_to=asked.id)

    handle = calling.prepare(what)
    again = calling.prepare(what, handle)

    assert handle == {"media": [], "to": ["bob"], "visibility": "unlisted"} == again
    assert calling.kept == {"to": ["bob"], "visibility": "unlisted"}
    assert len(standin.calls("GET", f"{STATUSES}/{asked.id}")) == 1
    with pytest.raises(TryLater):
        calling.run(lambda c: c.commit(what, {}))
    assert standin.calls("POST", STATUSES) == []


def test_an_answer_to_a_message_never_becomes_public(
    mastodon_in_process: MastodonStandin,
) -> None:
    standin, calling = mastodon_in_process, in_process(mastodon_in_process)
    standin.person("eve")
    asked = standin.post("bob", "@harbour @eve where is my parcel?", visibility="direct")

    calling.publish(parcel("On its way.", reply_to=asked.id, options={"visibility": "public"}))

    answer = standin.statuses[-1]
    assert (answer.visibility, answer.text) == ("direct", "@bob @eve On its way.")


def test_a_message_goes_to_one_person(mastodon_in_process: MastodonStandin) -> None:
    standin, calling = mastodon_in_process, in_process(mastodon_in_process)
    bob = standin.person("bob")

    remote_id = calling.publish(parcel("Your table is free.", to=bob.id))
    seen = calling.run(lambda c: c.read(remote_id))

    [message] = standin.statuses
    assert (message.visibility, message.text) == ("direct", "@bob Your table is free.")
    assert message.in_reply_to is None
    assert seen is not None
    assert seen.text == "Your table is free."


@pytest.mark.parametrize("where", [{"reply_to": "9"}, {"to": "9"}])
def test_what_is_answered_has_to_be_there(
    mastodon_in_process: MastodonStandin, where: dict[str, str]
) -> None:
    calling = in_process(mastodon_in_process)

    with pytest.raises(Refused) as caught:
        calling.prepare(parcel("Hello?", **where))

    assert caught.value.reason == "not_there"
    assert calling.kept == {}
    assert mastodon_in_process.statuses == []


def test_options_travel(mastodon_in_process: MastodonStandin) -> None:
    standin, calling = mastodon_in_process, in_process(mastodon_in_process)

    calling.publish(parcel(options={"visibility": "private", "quotes": "nobody"}))
    with pytest.raises(Refused) as caught:
        calling.publish(parcel(key="2", options={"quotes": "friends"}))

    assert caught.value.reason == "option_unknown"
    [post] = standin.statuses
    assert (post.visibility, post.quotes) == ("private", "nobody")
