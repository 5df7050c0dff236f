"""Every form of a post, and what becomes of it when the network has a bad day."""

import dataclasses
from typing import Any

import pytest

from breakwater.domain.errors import NetworkError, OutcomeUnknown, Reconnect, Refused, TryLater
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Card, Medium
from tests.standins.base import calling
from tests.standins.base.calling import DOCUMENT, PICTURE, PNG, VIDEO, parcel, sent
from tests.standins.base.exchange import Reply, as_json
from tests.standins.linkedin import LinkedInStandin
from tests.standins.linkedin.calling import ann, harbour
from tests.standins.linkedin.state import HARBOUR, MEMBER

FILM = dataclasses.replace(VIDEO, size=100_000)


@pytest.fixture
def film(monkeypatch: pytest.MonkeyPatch) -> Medium:
    """A video of 100,000 bytes with a cover; the harbour's blobs know it."""
    data = bytes(range(250)) * 400
    blobs = {**calling.BLOBS, "f" * 64: data}
    monkeypatch.setattr(calling, "BLOBS", blobs)
    return Medium(
        "f" * 64, "video/mp4", len(data), 720, 1280, length_ms=9_000, cover=PICTURE.sha256
    )


def _posts(standin: LinkedInStandin) -> list[dict[str, Any]]:
    return [post.body for post in standin.world.posts.values()]


def test_a_text_is_shown_as_it_was_typed(linkedin_standin: LinkedInStandin) -> None:
    calls = harbour(linkedin_standin)
    text = "Fresh (today!) #moules *at* 5_pm, @[Ann](urn:li:person:AnnB_7x) → 第一 👋🏽"

    urn = calls.publish(parcel(text))

    seen = calls.run(lambda c: c.read(urn))
    assert seen is not None
    assert seen.text == text
    assert seen.url == f"https://www.linkedin.com/feed/update/{urn}/"
    assert calls.taken == ["post"]


def test_a_member_publishes_too_and_nobody_may_read_it(linkedin_standin: LinkedInStandin) -> None:
    calls = ann(linkedin_standin)

    urn = calls.publish(parcel(options={"visibility": "CONNECTIONS", "no_reshare": True}))

    body = linkedin_standin.world.posts[urn].body
    assert (body["author"], body["visibility"]) == (MEMBER, "CONNECTIONS")
    assert body["isReshareDisabledByAuthor"] is True
    with pytest.raises(NetworkError) as caught:
        calls.run(lambda c: c.read(urn))
    assert caught.value.code == "unsupported"
    assert linkedin_standin.calls("GET", f"/rest/posts/{urn}") == []


def test_pictures_have_their_alt_texts_in_order(linkedin_standin: LinkedInStandin) -> None:
    calls = harbour(linkedin_standin)
    second = dataclasses.replace(PICTURE, alt="")

    one = calls.publish(parcel("One", media=(PICTURE,)))
    many = calls.publish(parcel("Many", media=(PICTURE, second)))

    first, album = (linkedin_standin.world.posts[u].body["content"] for u in (one, many))
    assert first["media"]["altText"] == "A grey dot"
    assert [i.get("altText") for i in album["multiImage"]["images"]] == ["A grey dot", None]
    uploaded = linkedin_standin.world.assets[first["media"]["id"]]
    assert (uploaded.owner, uploaded.data) == (HARBOUR, PNG)


def test_a_video_goes_up_in_parts_and_waits_until_it_is_ready(
    linkedin_standin: LinkedInStandin, film: Medium
) -> None:
    calls, standin = harbour(linkedin_standin), linkedin_standin
    standin.uploads.part, standin.uploads.slow_s = 40_000, {"video": 60.0}
    what = parcel("Film", media=(film,), options={"title": "The quay"})

    with pytest.raises(TryLater) as waits:
        calls.prepare(what)

    assert waits.value.code == "not_ready"
    standin.advance(61)
    handle = calls.prepare(what)
    urn = calls.run(lambda c: c.commit(what, handle)).remote_id
    content = standin.world.posts[urn].body["content"]
    asset = standin.world.assets[content["media"]["id"]]
    assert (len(asset.parts), asset.data) == (3, bytes(range(250)) * 400)
    assert asset.thumbnail == PNG
    assert content["media"]["title"] == "The quay"
    assert len(standin.calls("POST", "/rest/videos")) == 2


def test_an_upload_that_broke_goes_on_where_it_was(
    linkedin_standin: LinkedInStandin, film: Medium
) -> None:
    calls, standin = harbour(linkedin_standin), linkedin_standin
    standin.uploads.part = 40_000
    what = parcel("Film", media=(film,))
    standin.drop_before_accept("POST", "/rest/videos", times=1)
    with pytest.raises(TryLater):
        calls.prepare(what)
    standin.drop_before_accept("PUT", "/dms-uploads/")
    with pytest.raises(TryLater):
        calls.prepare(what)
    parts = sum(r.method == "PUT" for r in standin.requests)

    handle = calls.prepare(what)

    assert handle["media"][0]["ready"] is True
    assert len(standin.world.assets) == 1
    assert sum(r.method == "PUT" for r in standin.requests) - parts == 4  # three parts, the cover


def test_an_upload_address_that_ran_out_is_asked_for_anew(
    linkedin_standin: LinkedInStandin,
) -> None:
    calls, standin = harbour(linkedin_standin), linkedin_standin
    what = parcel("One", media=(PICTURE,))
    standin.drop_before_accept("PUT", "/dms-uploads/")
    with pytest.raises(TryLater):
        calls.prepare(what)
    standin.world.uploads.clear()

    calls.prepare(what)

    assert [a.finished for a in standin.world.assets.values()] == [False, True]


def test_a_document_carries_its_name(linkedin_standin: LinkedInStandin) -> None:
    urn = harbour(linkedin_standin).publish(parcel("Tides", media=(DOCUMENT,)))

    media = linkedin_standin.world.posts[urn].body["content"]["media"]
    assert media["title"] == "Tides.pdf"
    assert media["id"].startswith("urn:li:document:")


def test_a_link_card_has_its_picture(linkedin_standin: LinkedInStandin) -> None:
    card = Card("https://cafe.example/menu", "The menu", "What we cook", PICTURE.sha256)
    calls = harbour(linkedin_standin)

    urn = calls.publish(parcel("Menu", card=card))

    article = linkedin_standin.world.posts[urn].body["content"]["article"]
    assert {k: v for k, v in article.items() if k != "thumbnail"} == {
        "source": "https://cafe.example/menu", "title": "The menu", "description": "What we cook",
    }  # fmt: skip
    assert linkedin_standin.world.assets[article["thumbnail"]].data == PNG
    seen = calls.run(lambda c: c.read(urn))
    assert seen is not None
    assert seen.media == ()  # the card's picture is not one of the post's


def test_a_poll_asks_its_question(linkedin_standin: LinkedInStandin) -> None:
    calls = harbour(linkedin_standin)
    options = {"poll_question": "Soup?", "poll_answers": "Yes\nNo\n", "poll_lasts": "THREE_DAYS"}

    urn = calls.publish(parcel("Say", form="poll", options=options))

    assert linkedin_standin.world.posts[urn].body["content"]["poll"] == {
        "question": "Soup?",
        "options": [{"text": "Yes"}, {"text": "No"}],
        "settings": {"duration": "THREE_DAYS"},
    }
    asked = parcel("Say", form="poll", options=options)
    assert calls.run(_guards(asked)) is Guarantee.NONE


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"text": "x" * 3001}, "text_too_long"),
        ({"media": (PICTURE,) * 21}, "not_accepted"),
        ({"media": (PICTURE, VIDEO)}, "not_accepted"),
        ({"options": {"visibility": "FRIENDS"}}, "option_unknown"),
        ({"form": "poll", "options": {"poll_question": "?", "poll_answers": "one"}}, "poll_wrong"),
        ({"media": (VIDEO,)}, "video_too_small"),
    ],
)
def test_what_it_would_spoil_is_refused_before_any_call(
    linkedin_standin: LinkedInStandin, changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        harbour(linkedin_standin).prepare(parcel(**changes))

    assert refused.value.reason == reason
    assert linkedin_standin.requests == []


def test_a_text_at_the_limit_is_whole(linkedin_standin: LinkedInStandin) -> None:
    calls, text = harbour(linkedin_standin), "é" * 3000

    urn = calls.publish(parcel(text))

    seen = calls.run(lambda c: c.read(urn))
    assert seen is not None
    assert seen.text == text


@pytest.mark.parametrize("accepted", [True, False])
def test_an_answer_that_got_lost_is_unknown(
    linkedin_standin: LinkedInStandin, accepted: bool
) -> None:
    calls, standin = harbour(linkedin_standin), linkedin_standin
    for break_it in (
        standin.server_error,
        standin.html_200,
        standin.empty_200,
    ):
        break_it("POST", "/rest/posts", accepted=accepted)
        with pytest.raises(OutcomeUnknown):
            calls.publish(parcel(f"{break_it.__name__}"))

    assert len(standin.world.posts) == (3 if accepted else 0)


def test_a_lost_answer_is_looked_for_and_found(linkedin_standin: LinkedInStandin) -> None:
    calls, standin = harbour(linkedin_standin), linkedin_standin
    what = sent(parcel("Lost", media=(PICTURE,)))
    handle = calls.prepare(what)
    standin.drop_reply_after_accept("POST", "/rest/posts")
    with pytest.raises(OutcomeUnknown):
        calls.run(lambda c: c.commit(what, handle))

    look = calls.run(lambda c: c.look(what, handle))

    (urn,) = standin.world.posts
    assert (look.exact, look.complete) == (False, True)
    assert [(s.remote_id, s.text) for s in look.posts] == [(urn, "Lost")]
    assert look.posts[0].media[0].url.startswith("https://linkedin.test/media/")


def test_a_duplicate_names_the_first_and_is_found(linkedin_standin: LinkedInStandin) -> None:
    calls = harbour(linkedin_standin)
    what = sent(parcel("Once"))
    first = calls.publish(what)

    with pytest.raises(OutcomeUnknown) as again:
        calls.publish(what)

    assert again.value.code == "duplicate"
    assert again.value.data["remote_id"] == first
    assert first in again.value.detail
    look = calls.run(lambda c: c.look(what, {"duplicate_of": first}))
    assert (look.exact, [s.remote_id for s in look.posts]) == (True, [first])
    assert len(linkedin_standin.world.posts) == 1


def test_a_ghost_is_not_ours(linkedin_standin: LinkedInStandin) -> None:
    calls, what = harbour(linkedin_standin), sent(parcel("Ghost"))
    linkedin_standin.posts.ghosts = 1
    with pytest.raises(OutcomeUnknown) as refused:
        calls.publish(what)
    ghost = str(refused.value.data["remote_id"])

    look = calls.run(lambda c: c.look(what, {"duplicate_of": ghost}))

    assert ghost.startswith("urn:li:share:")
    assert (look.exact, look.complete, look.posts) == (False, True, ())
    assert calls.publish(what) != ghost


def test_an_older_post_with_the_same_words_is_not_ours(linkedin_standin: LinkedInStandin) -> None:
    calls = harbour(linkedin_standin)
    older = calls.publish(parcel("Every Friday"))
    linkedin_standin.world.posts[older].created_ms -= 3_600_000
    what = sent(parcel("Every Friday"))

    look = calls.run(lambda c: c.look(what, {"duplicate_of": older}))

    assert (look.exact, look.complete, look.posts) == (False, True, ())


_LIMIT = {"message": "Resource level throttle MEMBER DAY limit for calls to this resource is reached."}  # fmt: skip
_APP_LIMIT = {"message": "Resource level throttle APPLICATION DAY limit is reached."}


@pytest.mark.parametrize(
    ("reply", "meaning"),
    [
        (as_json(_LIMIT, 429), TryLater),
        (as_json(_APP_LIMIT, 429, {"retry-after": "60"}), TryLater),
        (as_json({"status": 401, "serviceErrorCode": 65602}, 401), Reconnect),
        (as_json({"status": 403, "code": "ACCESS_DENIED"}, 403), Refused),
        (as_json({"status": 426, "code": "VERSION_DEPRECATED"}, 426), Refused),
        (as_json({"status": 400, "message": "bad"}, 400), Refused),
    ],
)
def test_a_definite_no_published_nothing(
    linkedin_standin: LinkedInStandin, reply: Reply, meaning: type[NetworkError]
) -> None:
    linkedin_standin.fail_next("POST", "/rest/posts", reply)

    with pytest.raises(meaning) as caught:
        harbour(linkedin_standin).publish(parcel())

    if isinstance(caught.value, TryLater):
        assert caught.value.throttled
        assert caught.value.whole_app is (b"APPLICATION" in reply.body)
    if reply.status == 426:
        assert isinstance(caught.value, Refused)
        assert caught.value.reason == "version_ended"
    assert linkedin_standin.world.posts == {}


def test_a_token_that_ends_between_the_steps_asks_to_reconnect(
    linkedin_standin: LinkedInStandin,
) -> None:
    calls, what = harbour(linkedin_standin), parcel("Late", media=(PICTURE,))
    handle = calls.prepare(what)
    linkedin_standin.door.expire_all()

    with pytest.raises(Reconnect):
        calls.run(lambda c: c.commit(what, handle))

    assert linkedin_standin.world.posts == {}


def test_edit_changes_the_text_and_delete_may_be_repeated(
    linkedin_standin: LinkedInStandin,
) -> None:
    calls = harbour(linkedin_standin)
    urn = calls.publish(parcel("Old (text)"))

    calls.run(lambda c: c.edit(urn, parcel("New (text) #soup")))

    seen = calls.run(lambda c: c.read(urn))
    assert seen is not None
    assert seen.text == "New (text) #soup"
    calls.run(lambda c: c.delete(urn))
    calls.run(lambda c: c.delete(urn))
    assert calls.run(lambda c: c.read(urn)) is None


def test_urns_are_encoded_on_the_wire(linkedin_standin: LinkedInStandin) -> None:
    calls = harbour(linkedin_standin)
    calls.run(lambda c: c.timeline(1))

    query = linkedin_standin.requests[-1].query

    assert "author=urn%3Ali%3Aorganization%3A2414183" in query


def _guards(what: Any) -> Any:
    async def ask(connector: Any) -> Guarantee:
        guarantee: Guarantee = connector.guards(what)
        return guarantee

    return ask


def test_an_edit_needs_the_words_alone(linkedin_standin: LinkedInStandin) -> None:
    calls = harbour(linkedin_standin)
    urn = calls.publish(parcel("With a picture", media=(PICTURE,)))

    calls.run(lambda c: c.edit(urn, parcel("Mended", form="picture")))

    assert linkedin_standin.world.posts[urn].commentary == "Mended"
    with pytest.raises(Refused) as refused:
        calls.run(lambda c: c.edit(urn, parcel("x" * 3001)))
    assert refused.value.reason == "text_too_long"
    assert linkedin_standin.world.posts[urn].commentary == "Mended"
