"""What a real AT Protocol server tells of the account itself: its own posts, its profile."""

import pytest

from breakwater.networks.base import Act, Deed, Profile, Source, What
from breakwater.networks.bluesky.tests.test_real_server import Desk, desk, parcel

__all__ = ["desk"]
pytestmark = pytest.mark.slow


def test_own_posts_come_by_the_list_of_records_once_each(desk: Desk) -> None:
    first = desk.send(parcel("one"))
    page = desk.connected(lambda to: to.poll(Source.OWN_POSTS, ""))
    again = desk.connected(lambda to: to.poll(Source.OWN_POSTS, page.cursor))
    second = desk.send(parcel("two"))

    more = desk.connected(lambda to: to.poll(Source.OWN_POSTS, again.cursor))

    assert [(one.what, one.remote_id, one.own) for one in page.arrived] == [
        (What.POST, first.remote_id, True)
    ]
    assert again.arrived == ()
    assert [(one.remote_id, one.text) for one in more.arrived] == [(second.remote_id, "two")]


def test_the_profile_is_read_from_its_own_record(desk: Desk) -> None:
    before = desk.connected(lambda to: to.profile())
    record = {"$type": "app.bsky.actor.profile", "displayName": "Ann", "description": "At sea"}
    wish = {"repo": desk.person.did, "collection": record["$type"], "rkey": "self"}
    desk.person.pds.post(
        "com.atproto.repo.putRecord", {**wish, "record": record}, desk.person.access_token
    )

    after = desk.connected(lambda to: to.profile())

    assert before == Profile(desk.person.handle, desk.person.handle, bio="", link="", picture="")
    assert (after.name, after.bio) == ("Ann", "At sea")


def test_a_pinned_post_is_on_the_profile_and_the_rest_of_it_stays(desk: Desk) -> None:
    record = {"$type": "app.bsky.actor.profile", "displayName": "Ann"}
    wish = {"repo": desk.person.did, "collection": record["$type"], "rkey": "self"}
    desk.person.pds.post(
        "com.atproto.repo.putRecord", {**wish, "record": record}, desk.person.access_token
    )
    post = desk.send(parcel("We are sorry.")).remote_id

    desk.connected(lambda to: to.act(Act(Deed.PIN, post)))
    desk.connected(lambda to: to.act(Act(Deed.PIN, post)))

    seen = desk.connected(lambda to: to.profile())
    assert (seen.name, seen.pinned) == ("Ann", (post,))
    assert desk.connected(lambda to: to.acted(Act(Deed.PIN, post)))
    desk.connected(lambda to: to.act(Act(Deed.UNPIN, post)))
    assert desk.connected(lambda to: to.profile()).pinned == ()
