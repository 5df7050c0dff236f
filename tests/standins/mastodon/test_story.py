"""Our connector against the stand-in on a real socket: what leaves, and what goes wrong."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from breakwater.domain.errors import OutcomeUnknown, Reconnect, Refused, TryLater
from breakwater.networks.base import Account
from tests.standins.mastodon import MastodonStandin
from tests.standins.mastodon.calling import DIGEST, PICTURE, PNG, Calling, connected, parcel, sent
from tests.standins.mastodon.state import STATUSES


def test_a_post_with_a_picture_leaves_is_read_back_and_deleted(
    mastodon_standin: MastodonStandin,
) -> None:
    standin, calling = mastodon_standin, connected(mastodon_standin)
    text = (
        "Fresh mussels & café\nfrom 18:00\n\nhttps://www.example.org/a/very/long/path/to/the/menu"
        " with @bob@far.example #moules"
    )
    what = parcel(text, media=(PICTURE,), options={"visibility": "unlisted"})

    remote_id = calling.publish(what)
    seen = calling.run(lambda c: c.read(remote_id))

    assert seen is not None
    assert seen.text == text
    assert seen.url == f"{standin.origin}/@harbour/{remote_id}"
    assert [picture.alt for picture in seen.media] == ["A grey dot"]
    assert httpx.get(seen.media[0].url).content == PNG
    [public] = standin.statuses
    assert (public.language, public.visibility, public.sensitive) == ("en", "unlisted", False)
    [request] = standin.calls("POST", STATUSES)
    assert request.headers["idempotency-key"] == what.key

    calling.run(lambda c: c.delete(remote_id))

    assert calling.run(lambda c: c.read(remote_id)) is None
    assert standin.statuses == []
    calling.run(lambda c: c.delete(remote_id))


def test_a_content_warning_travels(mastodon_standin: MastodonStandin) -> None:
    calling = connected(mastodon_standin)

    calling.publish(parcel("spoiler", options={"warning": "The end of the film"}))

    [public] = mastodon_standin.statuses
    assert (public.warning, public.sensitive) == ("The end of the film", True)


def test_the_same_key_twice_is_one_status(mastodon_standin: MastodonStandin) -> None:
    calling = connected(mastodon_standin)

    first, second = calling.publish(parcel()), calling.publish(parcel())

    assert first == second
    assert len(mastodon_standin.statuses) == 1


@pytest.mark.parametrize("how", ["ignored", "old"])
def test_a_key_that_is_not_known_makes_another(mastodon_standin: MastodonStandin, how: str) -> None:
    calling = connected(mastodon_standin)
    first = calling.publish(parcel())
    if how == "ignored":
        mastodon_standin.ignore_keys()
    else:
        mastodon_standin.advance(3601)

    second = calling.publish(parcel())

    assert first != second
    assert len(mastodon_standin.statuses) == 2


def test_the_same_parcel_gives_the_same_bytes(mastodon_standin: MastodonStandin) -> None:
    calling, what = connected(mastodon_standin), parcel(media=(PICTURE,))

    calling.publish(what)
    calling.publish(sent(what))

    first, second = mastodon_standin.calls("POST", STATUSES)
    assert first.body == second.body
    assert len(mastodon_standin.calls("POST", "/api/v2/media")) == 1


def test_a_lost_reply_is_unknown_and_then_found(mastodon_standin: MastodonStandin) -> None:
    standin, calling, what = mastodon_standin, connected(mastodon_standin), parcel()
    standin.post("harbour", "an earlier one")
    standin.drop_reply_after_accept()

    with pytest.raises(OutcomeUnknown):
        calling.publish(what)
    look = calling.run(lambda c: c.look(sent(what), {}))

    assert not look.exact
    assert look.complete
    assert [post.text for post in look.posts] == ["Fresh mussels tonight", "an earlier one"]
    assert calling.publish(sent(what)) == look.posts[0].remote_id
    assert len(standin.statuses) == 2


@pytest.mark.parametrize("lie", ["html_200", "no_id_201", "scheduled_answer"])
def test_a_success_that_lies_is_unknown(mastodon_standin: MastodonStandin, lie: str) -> None:
    getattr(mastodon_standin, lie)()

    with pytest.raises(OutcomeUnknown):
        connected(mastodon_standin).publish(parcel())

    assert len(mastodon_standin.statuses) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408])
@pytest.mark.parametrize("accepted", [True, False])
def test_a_server_in_trouble_leaves_it_unknown(
    mastodon_standin: MastodonStandin, status: int, accepted: bool
) -> None:
    mastodon_standin.fail_next(status, accepted=accepted)

    with pytest.raises(OutcomeUnknown):
        connected(mastodon_standin).publish(parcel())

    assert len(mastodon_standin.statuses) == accepted


def test_a_server_that_is_not_there_got_nothing() -> None:
    calling = Calling(Account("1", "@a@b", "http://127.0.0.1:9", {"access_token": "t"}))

    with pytest.raises(TryLater) as caught:
        calling.publish(parcel())

    assert not caught.value.throttled


@pytest.mark.parametrize(
    ("headers", "after_s"),
    [
        ({"retry-after": "290"}, 290.0),
        ({"retry-after": "864000"}, 864_000.0),
        ({"retry-after": "{http:120}"}, 120.0),
        ({"x-ratelimit-reset": "{iso:120}"}, 120.0),
        ({"x-ratelimit-reset": "{posix:120}"}, 120.0),
        ({"x-ratelimit-reset": "45"}, 45.0),
        ({}, None),
    ],
)
def test_a_throttle_says_how_long(
    mastodon_standin: MastodonStandin, headers: dict[str, str], after_s: float | None
) -> None:
    mastodon_standin.throttle(headers={name: _moment(value) for name, value in headers.items()})

    with pytest.raises(TryLater) as caught:
        connected(mastodon_standin).publish(parcel())

    assert caught.value.throttled
    assert caught.value.after_s == (None if after_s is None else pytest.approx(after_s, abs=3))
    assert mastodon_standin.statuses == []


def test_a_revoked_token_asks_for_a_new_connection(mastodon_standin: MastodonStandin) -> None:
    calling = connected(mastodon_standin)
    remote_id = calling.publish(parcel())
    mastodon_standin.revoke_tokens()

    for attempt in (
        lambda c: c.commit(parcel("another"), {}),
        lambda c: c.prepare(parcel(media=(PICTURE,)), {}, calling._keep),
        lambda c: c.look(parcel(), {}),
        lambda c: c.read(remote_id),
        lambda c: c.read("404"),
        lambda c: c.delete(remote_id),
        lambda c: c.timeline(10),
        lambda c: c.comments(remote_id),
    ):
        with pytest.raises(Reconnect):
            calling.run(attempt)

    assert len(mastodon_standin.statuses) == 1


def test_a_picture_that_takes_time_is_not_uploaded_twice(
    mastodon_standin: MastodonStandin,
) -> None:
    standin, calling = mastodon_standin, connected(mastodon_standin)
    what = parcel(media=(PICTURE,))
    standin.process_next_media(polls=2)

    for _ in range(2):
        with pytest.raises(TryLater) as caught:
            calling.prepare(what)
        assert caught.value.after_s == 5
    handle = calling.prepare(what)

    assert handle["media"][0]["ready"] is True
    assert len(standin.calls("POST", "/api/v2/media")) == 1
    calling.run(lambda c: c.commit(what, handle))
    assert len(standin.statuses[0].media) == 1


def test_an_upload_goes_on_where_it_stopped(mastodon_standin: MastodonStandin) -> None:
    standin, calling = mastodon_standin, connected(mastodon_standin)
    what = parcel(media=(PICTURE, PICTURE))
    calling.prepare(parcel(media=(PICTURE,)))
    standin.fail_next(503, path="/api/v2/media")

    with pytest.raises(TryLater):
        calling.prepare(what)
    handle = calling.prepare(what)

    assert [entry["sha256"] for entry in handle["media"]] == [DIGEST, DIGEST]
    assert len(standin.state.media) == 2


def test_a_dropped_upload_is_harmless(mastodon_standin: MastodonStandin) -> None:
    mastodon_standin.drop_reply_after_accept(path="/api/v2/media")
    calling = connected(mastodon_standin)

    with pytest.raises(TryLater):
        calling.prepare(parcel(media=(PICTURE,)))

    assert calling.kept == {}


def test_an_upload_that_was_swept_out_is_made_anew(mastodon_standin: MastodonStandin) -> None:
    standin, calling = mastodon_standin, connected(mastodon_standin)
    what = parcel(media=(PICTURE,))
    old = calling.prepare(what)["media"][0]["id"]
    standin.state.media.clear()

    calling.publish(what)

    assert standin.statuses[0].media[0].id != old


def test_a_picture_that_is_none_is_refused(mastodon_standin: MastodonStandin) -> None:
    calling = connected(mastodon_standin)
    lying = parcel(media=(type(PICTURE)(DIGEST, "image/jpeg", len(PNG), 1, 1),))

    with pytest.raises(Refused):
        calling.prepare(lying)

    assert mastodon_standin.state.media == {}


def test_a_disabled_account_is_refused_and_not_told_to_reconnect(
    mastodon_standin: MastodonStandin,
) -> None:
    calling = connected(mastodon_standin)
    mastodon_standin.person("harbour").disabled = True

    with pytest.raises(Refused) as caught:
        calling.publish(parcel())

    assert caught.value.reason == "not_allowed"


def _moment(text: str) -> str:
    kind, _, seconds = text.strip("{}").partition(":")
    moment = datetime.now(UTC) + timedelta(seconds=int(seconds or 0))
    if kind == "http":
        return moment.strftime("%a, %d %b %Y %H:%M:%S GMT")
    if kind == "iso":
        return moment.isoformat().replace("+00:00", "Z")
    return str(int(moment.timestamp())) if kind == "posix" else text
