"""A bad day: what each answer of Facebook means for what was about to leave."""

from typing import Any

import pytest

from breakwater.domain.errors import (
    NetworkError,
    OutcomeUnknown,
    Reconnect,
    Refused,
    TryLater,
)
from breakwater.networks.base import Purpose
from breakwater.networks.facebook.manifest import MANIFEST
from tests.standins.base.calling import PICTURE, VIDEO, Calling, parcel, sent
from tests.standins.facebook import FacebookStandin
from tests.standins.facebook.calling import calling
from tests.standins.facebook.state import error

PAGE = "/v25.0/2121008874780932"
FEED = f"{PAGE}/feed"


def _committed(page: Calling, what: Any = None) -> NetworkError:
    what = what or parcel()
    handle = page.prepare(what, {})
    with pytest.raises(NetworkError) as caught:
        page.run(lambda c: c.commit(what, handle))
    return caught.value


@pytest.mark.parametrize("trick", ["drop_reply_after_accept", "html_200", "empty_200"])
def test_an_answer_that_is_lost_is_doubt(trick: str, facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)
    getattr(facebook_in_process, trick)("POST", FEED)

    caught = _committed(page)

    assert isinstance(caught, OutcomeUnknown)
    look = page.run(lambda c: c.look(sent(parcel()), {}))
    assert [seen.remote_id for seen in look.posts] == [facebook_in_process.posts[0].id]


@pytest.mark.parametrize("accepted", [True, False])
def test_an_error_of_the_server_is_doubt(
    accepted: bool, facebook_in_process: FacebookStandin
) -> None:
    facebook_in_process.server_error("POST", FEED, accepted=accepted)

    caught = _committed(calling(facebook_in_process))

    assert isinstance(caught, OutcomeUnknown)
    assert len(facebook_in_process.posts) == accepted


@pytest.mark.parametrize(("code", "subcode"), [(1, 0), (1, 99), (2, 0)])
def test_an_unknown_error_is_doubt_because_posts_come_out_with_it(
    code: int, subcode: int, facebook_in_process: FacebookStandin
) -> None:
    reply = error(code, "An unknown error has occurred.", subcode)
    facebook_in_process.fail_next("POST", FEED, reply, accepted=True)

    assert isinstance(_committed(calling(facebook_in_process)), OutcomeUnknown)


def test_a_call_that_never_left_is_none(facebook_in_process: FacebookStandin) -> None:
    facebook_in_process.drop_before_accept("POST", f"{PAGE}/photos")
    page = calling(facebook_in_process)

    with pytest.raises(TryLater):
        page.prepare(parcel(media=(PICTURE,)), {})

    assert facebook_in_process.of("Photo") == []


@pytest.mark.parametrize(
    ("code", "subcode", "whole_app"),
    [(4, 0, True), (17, 0, False), (32, 0, False), (341, 0, False), (613, 0, False),
     (80001, 0, False), (368, 1390008, False), (1390008, 0, False)],
)  # fmt: skip
def test_to_slow_down_is_no_refusal(
    code: int, subcode: int, whole_app: bool, facebook_in_process: FacebookStandin
) -> None:
    facebook_in_process.fail_next("POST", FEED, error(code, "Slow down", subcode))

    caught = _committed(calling(facebook_in_process))

    assert isinstance(caught, TryLater)
    assert (caught.throttled, caught.whole_app, caught.after_s) == (True, whole_app, None)
    assert facebook_in_process.posts == []


def test_facebook_says_for_how_many_minutes(facebook_in_process: FacebookStandin) -> None:
    usage = '{"2121008874780932":[{"type":"pages","estimated_time_to_regain_access":19}]}'
    reply = error(80001, headers={"x-business-use-case-usage": usage})
    facebook_in_process.fail_next("POST", FEED, reply)

    caught = _committed(calling(facebook_in_process))

    assert isinstance(caught, TryLater)
    assert caught.after_s == 19 * 60


@pytest.mark.parametrize(
    ("code", "subcode", "reason"),
    [
        (100, 0, "not_accepted"), (100, 33, "not_there"), (200, 0, "not_allowed"),
        (283, 0, "not_allowed"), (3, 0, "not_allowed"), (10, 0, "not_allowed"),
        (368, 0, "account_limited"), (506, 0, "duplicate"), (100, 1366046, "too_large"),
        (1500, 0, "link_refused"), (100, 1609005, "link_refused"), (551, 0, "message_refused"),
        (10, 2018278, "message_window"), (100, 1363023, "too_large"), (324, 0, "media_gone"),
        (200, 1363144, "live_refused"), (100, 1363120, "live_refused"),
    ],
)  # fmt: skip
def test_a_no_says_why(
    code: int, subcode: int, reason: str, facebook_in_process: FacebookStandin
) -> None:
    facebook_in_process.fail_next("POST", FEED, error(code, "No", subcode))

    caught = _committed(calling(facebook_in_process))

    assert isinstance(caught, Refused)
    assert caught.reason == reason
    assert facebook_in_process.posts == []


@pytest.mark.parametrize("subcode", [0, 458, 459, 460, 463, 464, 467, 492])
def test_a_token_that_ended_needs_the_person(
    subcode: int, facebook_in_process: FacebookStandin
) -> None:
    facebook_in_process.fail_next("POST", FEED, error(190, "Session has expired", subcode, 401))

    assert isinstance(_committed(calling(facebook_in_process)), Reconnect)


def test_a_token_that_ends_before_the_commit_costs_no_upload(
    facebook_in_process: FacebookStandin,
) -> None:
    page, what = calling(facebook_in_process), parcel(media=(PICTURE,))
    handle = page.prepare(what, {})
    facebook_in_process.revoke_tokens()
    with pytest.raises(Reconnect):
        page.run(lambda c: c.commit(what, handle))

    fresh = calling(facebook_in_process)
    remote_id = fresh.run(lambda c: c.commit(what, handle)).remote_id

    assert [one.id for one in facebook_in_process.posts] == [remote_id]
    assert len(facebook_in_process.of("Photo")) == 1


def test_an_equal_text_that_is_refused_is_looked_for(
    facebook_in_process: FacebookStandin,
) -> None:
    facebook_in_process.refuses_equal = True
    page = calling(facebook_in_process)
    page.publish(parcel())

    caught = _committed(page)

    assert isinstance(caught, Refused)
    assert caught.reason == "duplicate"
    assert len(facebook_in_process.posts) == 1


def test_the_longest_text_passes_and_one_more_does_not(
    facebook_in_process: FacebookStandin,
) -> None:
    page, longest = calling(facebook_in_process), MANIFEST.limits.text.limit

    page.publish(parcel("é" * longest))
    caught = _committed(page, parcel("é" * (longest + 1)))

    assert isinstance(caught, Refused)
    assert len(facebook_in_process.posts) == 1


def test_a_page_of_html_proves_no_absence(facebook_in_process: FacebookStandin) -> None:
    page = calling(facebook_in_process)
    remote_id = page.publish(parcel())
    facebook_in_process.html_200("GET", f"/v25.0/{remote_id}")

    with pytest.raises(TryLater):
        page.run(lambda c: c.read(remote_id))


def test_absence_is_proved_by_a_living_token_of_the_page(
    facebook_in_process: FacebookStandin,
) -> None:
    page = calling(facebook_in_process)
    remote_id = page.publish(parcel())
    page.run(lambda c: c.delete(remote_id))
    assert page.run(lambda c: c.read(remote_id)) is None

    facebook_in_process.revoke_tokens()

    with pytest.raises(Reconnect):
        page.run(lambda c: c.read(remote_id))


def test_a_video_that_failed_in_the_works_is_absent(
    facebook_in_process: FacebookStandin,
) -> None:
    page, what = calling(facebook_in_process), parcel(media=(VIDEO,), form="reel")
    remote_id = page.publish(what)
    facebook_in_process.of("AdVideo")[0].facts["failed"] = "error"

    assert page.run(lambda c: c.read(remote_id)) is None


def test_a_finish_whose_answer_is_lost_is_found_by_its_video(
    facebook_in_process: FacebookStandin,
) -> None:
    page, what = calling(facebook_in_process), parcel(media=(VIDEO,), form="reel")
    handle = page.prepare(what, {})
    facebook_in_process.drop_reply_after_accept("POST", f"{PAGE}/video_reels")
    with pytest.raises(OutcomeUnknown):
        page.run(lambda c: c.commit(what, handle))

    look = page.run(lambda c: c.look(sent(what), handle))

    assert look.exact
    assert [seen.remote_id for seen in look.posts] == [facebook_in_process.posts[0].id]


@pytest.mark.parametrize("trick", ["server_error", "drop_reply_after_accept", "html_200"])
def test_an_upload_in_doubt_is_made_again(trick: str, facebook_in_process: FacebookStandin) -> None:
    page, what = calling(facebook_in_process), parcel(media=(PICTURE,))
    getattr(facebook_in_process, trick)("POST", f"{PAGE}/photos")
    with pytest.raises(TryLater):
        page.prepare(what, {})

    handle = page.prepare(what)
    page.run(lambda c: c.commit(what, handle))

    assert len(facebook_in_process.posts) == 1


def test_each_purpose_has_the_permissions_that_it_needs(
    facebook_in_process: FacebookStandin,
) -> None:
    listening = facebook_in_process.connected(MANIFEST.scopes_for(Purpose.LISTEN))
    publishing = facebook_in_process.connected(MANIFEST.scopes_for(Purpose.PUBLISH))

    caught = _committed(calling(facebook_in_process, secrets=listening))

    assert isinstance(caught, Refused)
    assert caught.reason == "not_allowed"
    calling(facebook_in_process, secrets=listening).run(lambda c: c.timeline(1))
    calling(facebook_in_process, secrets=publishing).publish(parcel())
