"""What goes wrong on the way, and that nothing is there twice or without us knowing."""

from dataclasses import replace

import pytest

from breakwater.domain.errors import OutcomeUnknown, Reconnect, Refused, TryLater
from tests.standins.base.calling import sent
from tests.standins.base.exchange import Reply, as_html, as_json
from tests.standins.tiktok import TikTokStandin
from tests.standins.tiktok.calling import AGREED, connected, film
from tests.standins.tiktok.network import bad

INIT, UPLOAD = "/v2/post/publish/video/init/", "/video/"
STATUS, CREATOR = "/v2/post/publish/status/fetch/", "/v2/post/publish/creator_info/query/"


@pytest.mark.parametrize("how", ["lost", "html", "503"])
def test_a_commit_that_was_taken_and_not_told_is_unknown_and_then_found(
    tiktok_in_process: TikTokStandin, how: str
) -> None:
    standin, calling, what = tiktok_in_process, connected(tiktok_in_process), film()
    handle = calling.prepare(what)
    {
        "lost": lambda: standin.drop_reply_after_accept("PUT", UPLOAD),
        "html": lambda: standin.html_200("PUT", UPLOAD),
        "503": lambda: standin.server_error("PUT", UPLOAD, accepted=True),
    }[how]()

    with pytest.raises(OutcomeUnknown):
        calling.run(lambda c: c.commit(what, handle))
    look = calling.run(lambda c: c.look(sent(what), handle))

    assert look.exact
    assert look.complete
    assert [one.remote_id for one in look.posts] == [standin.videos[0].id]
    assert len(standin.videos) == 1


@pytest.mark.parametrize("how", ["reset", "503", "page"])
def test_a_commit_that_did_nothing_is_found_absent_and_goes_again(
    tiktok_in_process: TikTokStandin, how: str
) -> None:
    standin, calling, what = tiktok_in_process, connected(tiktok_in_process), film()
    handle = calling.prepare(what)
    {
        "reset": lambda: standin.drop_before_accept("PUT", UPLOAD),
        "503": lambda: standin.server_error("PUT", UPLOAD),
        "page": lambda: standin.html_200("PUT", UPLOAD, accepted=False),
    }[how]()

    with pytest.raises(OutcomeUnknown):
        calling.run(lambda c: c.commit(what, handle))
    look = calling.run(lambda c: c.look(sent(what), handle))
    again = calling.prepare(sent(what))
    calling.run(lambda c: c.commit(sent(what), again))

    assert (look.exact, look.complete, look.posts) == (True, True, ())
    assert again == handle
    assert len(standin.videos) == 1


@pytest.mark.parametrize("how", ["lost", "html", "empty", "503"])
def test_an_announcement_that_was_not_told_is_made_again(
    tiktok_in_process: TikTokStandin, how: str
) -> None:
    standin, calling, what = tiktok_in_process, connected(tiktok_in_process), film()
    {
        "lost": lambda: standin.drop_reply_after_accept("POST", INIT),
        "html": lambda: standin.html_200("POST", INIT),
        "empty": lambda: standin.empty_200("POST", INIT),
        "503": lambda: standin.server_error("POST", INIT, accepted=True),
    }[how]()

    with pytest.raises(TryLater):
        calling.prepare(what)
    assert calling.kept == []
    calling.publish(what)

    assert len(standin.state.publishings) == 2
    assert len(standin.videos) == 1


def test_an_address_that_is_over_is_renewed_before_anything_was_sent(
    tiktok_in_process: TikTokStandin,
) -> None:
    standin, calling, what = tiktok_in_process, connected(tiktok_in_process), film()
    old = calling.prepare(what)
    standin.advance(51 * 60)

    fresh = calling.prepare(what)
    calling.run(lambda c: c.commit(what, fresh))

    assert fresh["publish_id"] != old["publish_id"]
    assert len(standin.videos) == 1


def test_nothing_is_begun_anew_while_a_last_chunk_could_arrive(
    tiktok_in_process: TikTokStandin,
) -> None:
    standin, calling, what = tiktok_in_process, connected(tiktok_in_process), film()
    old = calling.prepare(what)
    standin.advance(61 * 60)

    with pytest.raises(OutcomeUnknown):
        calling.run(lambda c: c.commit(what, old))
    assert calling.prepare(sent(what)) == old
    standin.advance(5 * 60)
    fresh = calling.prepare(sent(what))

    assert fresh["publish_id"] != old["publish_id"]
    assert standin.videos == []


def test_a_post_that_failed_for_no_reason_of_its_own_is_begun_anew(
    tiktok_in_process: TikTokStandin,
) -> None:
    standin, calling, what = tiktok_in_process, connected(tiktok_in_process), film()
    standin.state.fail_next = "internal"
    remote_id = calling.publish(what)

    assert calling.run(lambda c: c.read(remote_id)) is None
    assert calling.run(lambda c: c.look(sent(what), calling.kept[-1])).posts == ()
    handle = calling.prepare(sent(what))
    calling.run(lambda c: c.commit(sent(what), handle))

    assert len(standin.videos) == 1


@pytest.mark.parametrize(
    ("fail_reason", "reason"),
    [
        ("file_format_check_failed", "video_unfit"),
        ("duration_check_failed", "video_too_long"),
        ("spam_risk_text", "looks_like_spam"),
        ("spam_risk_user_banned_from_posting", "banned_from_posting"),
        ("publish_cancelled", "cancelled_there"),
        ("something_new", "refused"),
    ],
)
def test_a_post_that_tiktok_will_not_have_is_not_sent_again(
    tiktok_in_process: TikTokStandin, fail_reason: str, reason: str
) -> None:
    standin, calling, what = tiktok_in_process, connected(tiktok_in_process), film()
    standin.state.fail_next = fail_reason
    calling.publish(what)

    with pytest.raises(Refused) as caught:
        calling.prepare(sent(what))

    assert caught.value.reason == reason
    assert len(standin.state.publishings) == 1
    assert standin.videos == []


def test_access_that_was_taken_away_meanwhile_asks_for_a_new_connection(
    tiktok_in_process: TikTokStandin,
) -> None:
    calling, what = connected(tiktok_in_process), film()
    tiktok_in_process.state.fail_next = "auth_removed"
    calling.publish(what)

    with pytest.raises(Reconnect):
        calling.prepare(sent(what))


@pytest.mark.parametrize(
    ("code", "status", "reason"),
    [
        ("spam_risk_too_many_posts", 403, "too_many_posts"),
        ("spam_risk_user_banned_from_posting", 403, "banned_from_posting"),
        ("reached_active_user_cap", 403, "app_not_audited"),
        ("unaudited_client_can_only_post_to_private_accounts", 403, "only_private"),
        ("privacy_level_option_mismatch", 403, "privacy_not_offered"),
        ("url_ownership_unverified", 403, "address_not_verified"),
        ("invalid_param", 400, "not_accepted"),
        ("something_new", 200, "refused"),
        ("something_new", 403, "not_allowed"),
    ],
)
def test_a_refusal_says_why(
    tiktok_in_process: TikTokStandin, code: str, status: int, reason: str
) -> None:
    tiktok_in_process.fail_next("POST", INIT, bad(code, status))

    with pytest.raises(Refused) as caught:
        connected(tiktok_in_process).prepare(film())

    assert caught.value.reason == reason
    assert tiktok_in_process.state.publishings == {}


@pytest.mark.parametrize(
    ("reply", "after_s"),
    [
        (bad("rate_limit_exceeded", 429), 60.0),
        (bad("rate_limit_exceeded", 200), 60.0),
        (as_html("<h1>429</h1>", 429), 60.0),
        (as_json({}, 429, {"retry-after": "7"}), 7.0),
    ],
)
@pytest.mark.parametrize("path", [CREATOR, INIT])
def test_a_throttle_says_how_long(
    tiktok_in_process: TikTokStandin, reply: Reply, after_s: float, path: str
) -> None:
    tiktok_in_process.fail_next("POST", path, reply)

    with pytest.raises(TryLater) as caught:
        connected(tiktok_in_process).prepare(film())

    assert caught.value.throttled
    assert caught.value.after_s == after_s
    assert tiktok_in_process.state.publishings == {}


def test_a_throttle_of_the_last_chunk_is_certain(tiktok_in_process: TikTokStandin) -> None:
    calling, what = connected(tiktok_in_process), film()
    handle = calling.prepare(what)
    tiktok_in_process.fail_next("PUT", UPLOAD, Reply(429))

    with pytest.raises(TryLater) as caught:
        calling.run(lambda c: c.commit(what, handle))

    assert caught.value.throttled
    assert tiktok_in_process.videos == []


@pytest.mark.parametrize("status", [400, 413, 415])
def test_a_chunk_that_is_wrong_is_refused(tiktok_in_process: TikTokStandin, status: int) -> None:
    calling, what = connected(tiktok_in_process), film()
    handle = calling.prepare(what)
    tiktok_in_process.fail_next("PUT", UPLOAD, Reply(status))

    with pytest.raises(Refused):
        calling.run(lambda c: c.commit(what, handle))

    assert tiktok_in_process.videos == []


@pytest.mark.parametrize("status", [200, 202, 206, 403, 404, 408, 416, 500, 504])
def test_only_201_says_that_it_was_taken(tiktok_in_process: TikTokStandin, status: int) -> None:
    calling, what = connected(tiktok_in_process), film()
    handle = calling.prepare(what)
    tiktok_in_process.fail_next("PUT", UPLOAD, Reply(status))

    with pytest.raises(OutcomeUnknown):
        calling.run(lambda c: c.commit(what, handle))


def test_the_seventh_announcement_in_a_minute_waits(tiktok_in_process: TikTokStandin) -> None:
    standin, calling = tiktok_in_process, connected(tiktok_in_process)
    for number in range(6):
        calling.publish(film(f"number {number}"))

    with pytest.raises(TryLater) as caught:
        calling.publish(film("number 7"))

    assert caught.value.throttled
    assert len(standin.videos) == 6
    assert calling.taken[:2] == ["creator", "init"]


def test_the_sixteenth_post_of_a_day_is_refused(tiktok_in_process: TikTokStandin) -> None:
    standin, calling = tiktok_in_process, connected(tiktok_in_process)
    for number in range(15):
        calling.publish(film(f"number {number}"))
        standin.advance(61)

    with pytest.raises(Refused) as caught:
        calling.publish(film("number 16"))

    assert caught.value.reason == "too_many_posts"
    assert len(standin.videos) == 15


def test_an_app_without_an_audit_posts_privately_only(tiktok_in_process: TikTokStandin) -> None:
    standin, calling = tiktok_in_process, connected(tiktok_in_process)
    standin.state.audited = False
    with pytest.raises(Refused) as caught:
        calling.publish(film())
    assert caught.value.reason == "only_private"
    assert standin.videos == []
    standin.harbour.options = ("FOLLOWER_OF_CREATOR", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY")

    calling.publish(film(options={**AGREED, "privacy": "SELF_ONLY"}))

    assert [video.privacy for video in standin.videos] == ["SELF_ONLY"]


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"privacy": "PUBLIC_TO_EVERYONE"}, "consent_missing"),
        ({"consent": True}, "privacy_not_offered"),
        ({**AGREED, "privacy": "FOLLOWER_OF_CREATOR"}, "privacy_not_offered"),
        ({**AGREED, "privacy": "SELF_ONLY", "paid": True}, "paid_and_private"),
        ({**AGREED, "cover_at": "soon"}, "option_unknown"),
        ({**AGREED, "cover_at": "-1"}, "option_unknown"),
    ],
)
def test_what_tiktok_wants_decided_is_looked_at_first(
    tiktok_in_process: TikTokStandin, options: dict[str, object], reason: str
) -> None:
    with pytest.raises(Refused) as caught:
        connected(tiktok_in_process).prepare(film(options=options))

    assert caught.value.reason == reason
    assert tiktok_in_process.calls("POST", INIT) == []


def test_a_video_longer_than_the_account_may_is_refused(tiktok_in_process: TikTokStandin) -> None:
    video = replace(film().media[0], length_ms=300_001)

    with pytest.raises(Refused) as caught:
        connected(tiktok_in_process).prepare(film(media=(video,)))

    assert caught.value.reason == "video_too_long"
    assert tiktok_in_process.calls("POST", INIT) == []


def test_a_video_goes_to_nobody_else(tiktok_in_process: TikTokStandin) -> None:
    elsewhere = {"publish_id": "v_pub_file~1", "upload_url": "https://tiktokapis.com.evil.example/"}
    answer = as_json({"data": elsewhere, "error": {"code": "ok"}})
    tiktok_in_process.fail_next("POST", INIT, answer)
    calling = connected(tiktok_in_process)

    with pytest.raises(Refused) as caught:
        calling.prepare(film())

    assert caught.value.reason == "address_refused"
    assert calling.kept == []


def test_a_commit_without_a_preparation_sends_nothing(tiktok_in_process: TikTokStandin) -> None:
    calling = connected(tiktok_in_process)

    with pytest.raises(TryLater):
        calling.run(lambda c: c.commit(film(), {}))

    assert tiktok_in_process.requests == []


@pytest.mark.parametrize("fault", ["html_200", "empty_200", "server_error", "drop_before_accept"])
def test_a_status_that_is_not_told_proves_nothing(
    tiktok_in_process: TikTokStandin, fault: str
) -> None:
    standin, calling, what = tiktok_in_process, connected(tiktok_in_process), film()
    remote_id = calling.publish(what)
    for deed in (
        lambda c: c.read(remote_id),
        lambda c: c.look(sent(what), calling.kept[-1]),
        lambda c: c.prepare(sent(what), calling.kept[-1], calling._keep),
    ):
        getattr(standin, fault)("POST", STATUS)

        with pytest.raises(TryLater):
            calling.run(deed)
