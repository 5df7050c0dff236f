"""Our connector over the recorded answers of a real 4.6.4."""

from datetime import UTC, datetime

import httpx
import pytest

from breakwater.domain.errors import OutcomeUnknown, Reconnect, Refused
from breakwater.networks.base import Account
from tests.standins.mastodon.calling import PICTURE, Calling, parcel
from tests.standins.mastodon.recorded import ORIGIN, recorded, replay

SECRETS = {"access_token": "t", "client_id": "i", "client_secret": "s"}


def _calling(*names: str, remote_id: str = "117020565966271181") -> Calling:
    account = Account(remote_id, "@mastodonpy_test@localhost:3000", ORIGIN, SECRETS)
    return Calling(account, replay(*names))


def test_who_am_i_and_what_the_instance_takes() -> None:
    who = _calling("verify_credentials", "instance_v2").door(lambda d: d.who(_calling().account))

    assert who.remote_id == "117020457910412882"
    assert who.handle == "@mastodonpy_test@localhost:3000"
    assert who.limits is not None
    assert who.limits.text.limit == 500
    assert who.limits.text.url_cost == 23
    assert who.limits.pictures == 4
    assert who.limits.picture_bytes == 16_777_216
    assert who.limits.picture_pixels == 33_177_600
    assert who.limits.alt_characters == 10_000
    assert who.limits.picture_types[:2] == ("image/jpeg", "image/png")
    assert "video/mp4" not in who.limits.picture_types


def test_an_app_is_registered() -> None:
    secrets = _calling("app_create").door(lambda d: d.register(ORIGIN, "https://us.example/back"))

    assert secrets == {
        "client_id": "dSqEHsXYueL3gn3LbghhdtDXqqa9es7Ydchk8qWmIA0",
        "client_secret": "nUEMHt2lM0OT2tPILQfrX10Wn9NAsH86FdIHwJmqCyg",
    }


def test_a_code_becomes_a_token_that_does_not_end() -> None:
    secrets = _calling("token").door(
        lambda d: d.exchange(ORIGIN, SECRETS, code="c", verifier="v", redirect_uri="https://us/")
    )

    assert secrets["access_token"] == "qLFk5fQZHZfAWvjsVWMJZRH2K9coa_1JOCpbMwOlPbM"
    assert (secrets["client_id"], secrets["client_secret"]) == ("i", "s")
    assert "expires_at" not in secrets
    assert "refresh_token" not in secrets


def test_a_status_is_published() -> None:
    sent = _calling("status_post").run(lambda c: c.commit(parcel("Toot!"), {}))

    assert sent.remote_id == "117020585924712638"
    assert sent.url == "http://localhost:3000/@mastodonpy_test/117020585924712638"


def test_a_picture_goes_up_first() -> None:
    calling = _calling("media_image", "status_post")
    handle = calling.prepare(parcel(media=(PICTURE,)))

    assert handle == {
        "media": [{"sha256": PICTURE.sha256, "id": "117020576894251992", "ready": True}]
    }
    assert calling.kept == handle


def test_one_that_takes_time_is_asked_about() -> None:
    handle = _calling("media_processing", "media_ready").prepare(parcel(media=(PICTURE,)))

    assert handle["media"][0] == {
        "sha256": PICTURE.sha256,
        "id": "117020575776246986",
        "ready": True,
    }


def test_own_posts_are_seen() -> None:
    since = datetime(2026, 8, 1, 13, 49, tzinfo=UTC)
    # The recording is one page, given again and again: a server that does not turn pages.
    what = parcel("Toot!", first_sent_at=since)
    look = _calling("account_statuses").run(lambda c: c.look(what, {}))

    assert not look.exact
    assert not look.complete
    assert {post.text for post in look.posts} == {"Toot!"}


def test_a_missing_post_is_proved_absent() -> None:
    calling = _calling("status_missing", "verify_credentials", remote_id="117020457910412882")

    assert calling.run(lambda c: c.read("0")) is None


def test_a_post_is_deleted_and_deleted_again() -> None:
    _calling("status_delete").run(lambda c: c.delete("117020585924712638"))
    _calling("status_delete_missing").run(lambda c: c.delete("117020606379845323"))


def test_comments_of_a_post_without_any() -> None:
    assert _calling("context").run(lambda c: c.comments("117020585487094447")) == ()


@pytest.mark.parametrize("name", ["status_empty", "status_too_long", "status_media_gone"])
def test_a_refusal_in_any_language_is_a_refusal(name: str) -> None:
    with pytest.raises(Refused) as caught:
        _calling(name).run(lambda c: c.commit(parcel("x"), {}))

    assert caught.value.reason == "not_accepted"


def test_a_dead_token_says_so() -> None:
    answer = recorded("unauthorized")["response"]
    calling = Calling(Account("1", "@a@b", ORIGIN, SECRETS), _always(401, answer["body"]))

    with pytest.raises(Reconnect):
        calling.run(lambda c: c.commit(parcel("x"), {}))
    with pytest.raises(Reconnect):
        calling.run(lambda c: c.read("1"))


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"id": ""},
        {"id": None},
        {"id": 5},
        [],
        "x",
        {"id": "3", "scheduled_at": "2027-01-01T00:00:00.000Z", "params": {}},
    ],
)
def test_a_success_that_names_no_status_is_unknown(body: object) -> None:
    calling = Calling(Account("1", "@a@b", ORIGIN, SECRETS), _always(200, body))

    with pytest.raises(OutcomeUnknown):
        calling.run(lambda c: c.commit(parcel("x"), {}))


def _always(status: int, body: object) -> httpx.MockTransport:
    return httpx.MockTransport(lambda _: httpx.Response(status, json=body))
