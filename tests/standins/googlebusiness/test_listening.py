"""What comes to a place: reviews, its own posts, figures; and whose places a sign-in opens."""

from datetime import timedelta

import pytest

from breakwater.domain.errors import Reconnect, Refused, Unsupported
from breakwater.networks.base import Account, Figure, Metric, Source, What
from tests.standins.base.calling import Calling
from tests.standins.googlebusiness import BusinessStandin
from tests.standins.googlebusiness.calling import post
from tests.standins.googlebusiness.standin import PLACE


def test_new_and_changed_reviews_come_with_their_stars(
    standin: BusinessStandin, desk: Calling
) -> None:
    old = standin.review("FIVE", "Lovely")
    first = desk.run(lambda c: c.poll(Source.REVIEWS, ""))
    for number in range(7):
        standin.advance(1)
        standin.review("TWO", f"Cold, {number}")
    standin.advance(1)
    standin.reviews[old] |= {"starRating": "ONE", "updateTime": standin.stamp()}

    batch, found = first, []
    for _ in range(6):
        batch = desk.run(lambda c, at=batch.cursor: c.poll(Source.REVIEWS, at))  # type: ignore[misc]
        found += batch.arrived
        if not batch.more:
            break

    [one] = first.arrived
    assert (one.what, one.rating, one.text, one.author.name) == (What.REVIEW, 5, "Lovely", "Eve")
    assert sorted((r.text, r.rating) for r in found) == [
        *((f"Cold, {number}", 2) for number in range(7)), ("Lovely", 1),
    ]  # fmt: skip
    assert desk.run(lambda c: c.poll(Source.REVIEWS, batch.cursor)).arrived == ()


def test_a_review_without_words_comes_too(standin: BusinessStandin, desk: Calling) -> None:
    standin.review("FOUR")

    [one] = desk.run(lambda c: c.poll(Source.REVIEWS, "")).arrived

    assert (one.text, one.rating) == ("", 4)


def test_own_posts_come_and_comments_do_not(standin: BusinessStandin, desk: Calling) -> None:
    name = desk.publish(post())

    batch = desk.run(lambda c: c.poll(Source.OWN_POSTS, ""))

    assert [(one.remote_id, one.own) for one in batch.arrived] == [(name, True)]
    assert desk.run(lambda c: c.poll(Source.OWN_POSTS, batch.cursor)).arrived == ()
    with pytest.raises(Unsupported):
        desk.run(lambda c: c.poll(Source.COMMENTS, ""))


def test_figures_are_added_up_by_day_and_an_unknown_day_is_left_out(
    standin: BusinessStandin, desk: Calling
) -> None:
    yesterday = standin.now().date() - timedelta(days=1)

    figures = desk.run(lambda c: c.insights())

    assert sorted(figures, key=lambda one: one.metric) == [
        Figure(Metric.CLICKS, 15, yesterday), Figure(Metric.VIEWS, 20, yesterday),
    ]  # fmt: skip
    with pytest.raises(Unsupported):
        desk.run(lambda c: c.insights(f"{PLACE}/localPosts/p1"))


def test_one_sign_in_opens_all_places(standin: BusinessStandin, desk: Calling) -> None:
    found = desk.door(lambda auth: auth.accounts(standin.origin, desk.account.secrets))

    assert [(one.who.remote_id, one.who.handle, one.kind) for one in found] == [
        ("accounts/1/locations/2", "Harbour Café, Lorient", "Place on Google"),
        ("accounts/1/locations/3", "Harbour Market, Lorient", "Place on Google"),
    ]


def test_a_place_says_who_it_is(standin: BusinessStandin, desk: Calling) -> None:
    who = desk.door(lambda auth: auth.who(desk.account))

    assert (who.name, who.url) == ("Harbour Café", "https://maps.google.com/?cid=2")
    nowhere = Account("accounts/1", "x", standin.origin, desk.account.secrets)
    with pytest.raises(Refused):
        desk.door(lambda auth: auth.who(nowhere))


def test_a_grant_that_was_taken_back_is_a_reason_to_connect_again(
    standin: BusinessStandin, desk: Calling
) -> None:
    standin.door.revoke_all()

    with pytest.raises(Reconnect):
        desk.door(lambda auth: auth.refresh(desk.account))
    with pytest.raises(Reconnect):
        desk.run(lambda c: c.timeline(1))
