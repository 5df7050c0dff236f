"""What our connector reads from the stand-in, and what it does not believe."""

from datetime import UTC, datetime, timedelta

import pytest

from breakwater.delivery.models import Delivery
from breakwater.domain.errors import TryLater
from breakwater.domain.guarantees import Outcome
from breakwater.domain.text import says
from breakwater.networks.base import Account
from breakwater.workers.calls import verify
from tests.standins.mastodon import MastodonStandin
from tests.standins.mastodon.calling import Calling, connected, parcel
from tests.standins.mastodon.state import STATUSES


def test_a_404_from_something_before_the_api_proves_nothing(
    mastodon_standin: MastodonStandin,
) -> None:
    calling = connected(mastodon_standin)
    remote_id = calling.publish(parcel())
    mastodon_standin.html_404(path=f"{STATUSES}/{remote_id}")

    with pytest.raises(TryLater):
        calling.run(lambda c: c.read(remote_id))


def test_a_404_for_the_token_of_somebody_else_proves_nothing(
    mastodon_standin: MastodonStandin,
) -> None:
    eve = mastodon_standin.person("eve")
    secrets_of_eve = mastodon_standin.connected("eve")
    ours = mastodon_standin.person("harbour")
    calling = Calling(Account(ours.id, "@harbour@x", mastodon_standin.origin, secrets_of_eve))

    with pytest.raises(TryLater) as caught:
        calling.run(lambda c: c.read("1"))

    assert caught.value.detail == f"the token is of account '{eve.id}'"


def test_a_look_reaches_back_to_the_first_send_and_no_further(
    mastodon_standin: MastodonStandin,
) -> None:
    standin, calling = mastodon_standin, connected(mastodon_standin)
    for number in range(50):
        standin.post("harbour", f"old {number}")
    standin.advance(600)
    for number in range(50):
        standin.post("harbour", f"new {number}")
    what = parcel(first_sent_at=datetime.now(UTC) + timedelta(seconds=600))

    look = calling.run(lambda c: c.look(what, {}))

    assert look.complete
    assert [post.text for post in look.posts] == [f"new {n}" for n in reversed(range(50))]


def test_the_timeline_is_newest_first_without_boosts(mastodon_standin: MastodonStandin) -> None:
    for number in range(45):
        mastodon_standin.post("harbour", f"post {number}")
    mastodon_standin.post("harbour", "a boost").is_boost = True
    calling = connected(mastodon_standin)

    posts = calling.run(lambda c: c.timeline(42))

    assert [post.text for post in posts] == [f"post {n}" for n in range(44, 2, -1)]


def test_comments_are_those_below(mastodon_standin: MastodonStandin) -> None:
    standin, calling = mastodon_standin, connected(mastodon_standin)
    remote_id = calling.publish(parcel())
    first = standin.post("eve", "Any left?", in_reply_to=remote_id)
    standin.post("ann", "Plenty!", in_reply_to=first.id)
    standin.post("eve", "elsewhere")

    comments = calling.run(lambda c: c.comments(remote_id))

    assert [(c.author, c.text) for c in comments] == [("@eve", "Any left?"), ("@ann", "Plenty!")]


LINK = "https://www.quay.example/a/very/long/path/to/the/harbour?tide=low"


@pytest.mark.parametrize("mention", ["@ann", "@ann@{host}", "@Ann@{host}", "@Ann@far.example"])
def test_a_mention_written_with_our_own_host_is_read_back_unaltered(
    mastodon_standin: MastodonStandin, mention: str
) -> None:
    mastodon_standin.person("ann")
    calling = connected(mastodon_standin)
    host = mastodon_standin.origin.partition("//")[2]
    text = f"{mention.format(host=host)} opens at nine: {LINK}"
    what = parcel(text, first_sent_at=datetime.now(UTC))
    remote_id = calling.publish(what)
    row = Delivery(kind="publish", remote_id=remote_id, payload={"text": text, "media": []})

    proof = calling.run(lambda c: verify(c, row, timedelta(seconds=5)))
    look = calling.run(lambda c: c.look(what, {}))

    assert proof.outcome is Outcome.FOUND
    assert [says(post.text, text, post.spellings) for post in look.posts] == [True]


def test_a_mention_of_somebody_else_is_altered(mastodon_standin: MastodonStandin) -> None:
    mastodon_standin.person("ann")
    remote_id = connected(mastodon_standin).publish(parcel("@ann opens at nine."))
    typed = {"text": "@ann@far.example opens at nine.", "media": []}
    row = Delivery(kind="publish", remote_id=remote_id, payload=typed)

    proof = connected(mastodon_standin).run(lambda c: verify(c, row, timedelta(seconds=5)))

    assert proof.outcome is Outcome.ALTERED
