"""Our connector and our door against the stand-in on a real socket."""

import secrets
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from breakwater.domain.errors import OutcomeUnknown, Reconnect, Refused, TryLater
from breakwater.networks.base import Account, Parcel
from tests.standins.mastodon import MastodonStandin
from tests.standins.mastodon.calling import DIGEST, PICTURE, PNG, Calling, parcel
from tests.standins.mastodon.oauth import challenge
from tests.standins.mastodon.state import STATUSES

BACK = "https://desk.example/channels/back"


def connected(standin: MastodonStandin) -> Calling:
    person = standin.person("harbour")
    return Calling(Account(person.id, "@harbour@x", standin.origin, standin.connected()))


def _click(standin: MastodonStandin, url: str, answer: str = "authorize") -> dict[str, str]:
    """What comes back to the redirect address after a click on the page."""
    page = httpx.get(url)
    assert "Authorize</button>" in page.text
    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    went = httpx.post(f"{standin.origin}/oauth/authorize", data={**asked, "answer": answer})
    assert went.status_code == 302
    back = urlsplit(went.headers["location"])
    assert f"{back.scheme}://{back.netloc}{back.path}" == BACK
    return {name: values[0] for name, values in parse_qs(back.query).items()}


@pytest.mark.slow
def test_the_walk_through_the_door(mastodon_standin: MastodonStandin) -> None:
    standin, verifier = mastodon_standin, secrets.token_urlsafe(48)
    outside = Calling(Account("", "", standin.origin))
    app = outside.door(lambda d: d.register(standin.origin, BACK))
    url = outside.door(
        lambda d: _async(
            d.authorise_url(
                standin.origin,
                app,
                redirect_uri=BACK,
                state="one use",
                challenge=challenge(verifier),
            )
        )
    )

    came = _click(standin, url)
    tokens = outside.door(
        lambda d: d.exchange(
            standin.origin, app, code=came["code"], verifier=verifier, redirect_uri=BACK
        )
    )
    inside = Calling(Account("", "", standin.origin, tokens))
    who = inside.door(lambda d: d.who(inside.account))

    assert came["state"] == "one use"
    assert tokens["scope"] == "read:accounts read:statuses write:media write:statuses"
    assert who.remote_id == standin.person("harbour").id
    assert who.handle == f"@harbour@{urlsplit(standin.origin).netloc}"
    assert who.name == "Harbour Café"
    assert who.limits is not None
    assert who.limits.alt_characters == 1500
    assert inside.door(lambda d: d.refresh(inside.account)) == tokens

    inside.door(lambda d: d.revoke(inside.account))
    with pytest.raises(Reconnect):
        inside.door(lambda d: d.who(inside.account))
    with pytest.raises(Reconnect):
        inside.door(lambda d: d.refresh(inside.account))
    inside.door(lambda d: d.revoke(inside.account))


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["verifier", "code", "redirect", "late", "twice"])
def test_a_code_opens_once_and_only_for_us(mastodon_standin: MastodonStandin, fault: str) -> None:
    standin, outside = mastodon_standin, Calling(Account("", "", mastodon_standin.origin))
    app = outside.door(lambda d: d.register(standin.origin, BACK))
    url = outside.door(
        lambda d: _async(
            d.authorise_url(
                standin.origin, app, redirect_uri=BACK, state="s", challenge=challenge("right")
            )
        )
    )
    code = _click(standin, url)["code"]
    given = {"code": code, "verifier": "right", "redirect_uri": BACK}
    if fault == "late":
        standin.advance(601)
    elif fault == "twice":
        outside.door(lambda d: d.exchange(standin.origin, app, **given))
    else:
        key = {"verifier": "verifier", "code": "code", "redirect": "redirect_uri"}[fault]
        given[key] = "https://other.example/"

    with pytest.raises(Reconnect):
        outside.door(lambda d: d.exchange(standin.origin, app, **given))


def test_a_person_may_say_no(mastodon_standin: MastodonStandin) -> None:
    standin, outside = mastodon_standin, Calling(Account("", "", mastodon_standin.origin))
    app = outside.door(lambda d: d.register(standin.origin, BACK))
    url = outside.door(
        lambda d: _async(
            d.authorise_url(standin.origin, app, redirect_uri=BACK, state="s", challenge="c" * 43)
        )
    )

    assert _click(standin, url, "deny")["error"] == "access_denied"


def test_an_app_that_the_instance_forgot(mastodon_standin: MastodonStandin) -> None:
    outside = Calling(Account("", "", mastodon_standin.origin))

    with pytest.raises(Refused) as caught:
        outside.door(
            lambda d: d.exchange(
                mastodon_standin.origin,
                {"client_id": "gone", "client_secret": "x"},
                code="c",
                verifier="v",
                redirect_uri=BACK,
            )
        )

    assert caught.value.reason == "app_forgotten"


def test_a_post_with_a_picture_leaves_is_read_back_and_deleted(
    mastodon_standin: MastodonStandin,
) -> None:
    standin, calling = mastodon_standin, connected(mastodon_standin)
    text = (
        "Fresh mussels & café\nfrom 18:00\n\nhttps://www.example.org/a/very/long/path/to/the/menu"
        " with @bob@far.example #moules"
    )
    what = parcel(text, pictures=(PICTURE,), options={"visibility": "unlisted"})

    remote_id = calling.publish(what)
    seen = calling.run(lambda c: c.read(remote_id))

    assert seen is not None
    assert seen.text == text
    assert seen.url == f"{standin.origin}/@harbour/{remote_id}"
    assert [picture.alt for picture in seen.pictures] == ["A grey dot"]
    assert httpx.get(seen.pictures[0].url).content == PNG
    [public] = standin.statuses
    assert (public.language, public.visibility, public.sensitive) == ("en", "unlisted", False)
    [sent] = standin.calls("POST", STATUSES)
    assert sent.headers["idempotency-key"] == what.key

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
    calling, what = connected(mastodon_standin), parcel(pictures=(PICTURE,))

    calling.publish(what)
    calling.publish(_sent(what))

    first, second = mastodon_standin.calls("POST", STATUSES)
    assert first.body == second.body
    assert len(mastodon_standin.calls("POST", "/api/v2/media")) == 1


def test_a_lost_reply_is_unknown_and_then_found(mastodon_standin: MastodonStandin) -> None:
    standin, calling, what = mastodon_standin, connected(mastodon_standin), parcel()
    standin.post("harbour", "an earlier one")
    standin.drop_reply_after_accept()

    with pytest.raises(OutcomeUnknown):
        calling.publish(what)
    look = calling.run(lambda c: c.look(_sent(what), {}))

    assert not look.exact
    assert look.complete
    assert [post.text for post in look.posts] == ["Fresh mussels tonight", "an earlier one"]
    assert calling.publish(_sent(what)) == look.posts[0].remote_id
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
        lambda c: c.prepare(parcel(pictures=(PICTURE,)), {}, calling._keep),
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


def test_a_picture_that_takes_time_is_not_uploaded_twice(
    mastodon_standin: MastodonStandin,
) -> None:
    standin, calling = mastodon_standin, connected(mastodon_standin)
    what = parcel(pictures=(PICTURE,))
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
    what = parcel(pictures=(PICTURE, PICTURE))
    calling.prepare(parcel(pictures=(PICTURE,)))
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
        calling.prepare(parcel(pictures=(PICTURE,)))

    assert calling.kept == {}


def test_an_upload_that_was_swept_out_is_made_anew(mastodon_standin: MastodonStandin) -> None:
    standin, calling = mastodon_standin, connected(mastodon_standin)
    what = parcel(pictures=(PICTURE,))
    old = calling.prepare(what)["media"][0]["id"]
    standin.state.media.clear()

    calling.publish(what)

    assert standin.statuses[0].media[0].id != old


def test_a_picture_that_is_none_is_refused(mastodon_standin: MastodonStandin) -> None:
    calling = connected(mastodon_standin)
    lying = parcel(pictures=(type(PICTURE)(DIGEST, "image/jpeg", len(PNG), 1, 1),))

    with pytest.raises(Refused):
        calling.prepare(lying)

    assert mastodon_standin.state.media == {}


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


def test_a_disabled_account_is_refused_and_not_told_to_reconnect(
    mastodon_standin: MastodonStandin,
) -> None:
    calling = connected(mastodon_standin)
    mastodon_standin.person("harbour").disabled = True

    with pytest.raises(Refused) as caught:
        calling.publish(parcel())

    assert caught.value.reason == "not_allowed"


def _sent(what: Parcel) -> Parcel:
    """The same parcel after a first commit call."""
    return Parcel(**{**vars(what), "first_sent_at": what.created_at})


def _moment(text: str) -> str:
    kind, _, seconds = text.strip("{}").partition(":")
    moment = datetime.now(UTC) + timedelta(seconds=int(seconds or 0))
    if kind == "http":
        return moment.strftime("%a, %d %b %Y %H:%M:%S GMT")
    if kind == "iso":
        return moment.isoformat().replace("+00:00", "Z")
    return str(int(moment.timestamp())) if kind == "posix" else text


async def _async(value: str) -> str:
    return value
