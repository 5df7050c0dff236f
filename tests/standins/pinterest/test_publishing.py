"""Every form of a pin, and what becomes of it when the network has a bad day."""

import base64
import dataclasses
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from breakwater.domain.errors import NetworkError, OutcomeUnknown, Reconnect, Refused, TryLater
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Card
from tests.standins.base.calling import DOCUMENT, MP4, PICTURE, PNG, VIDEO, parcel, sent
from tests.standins.base.exchange import Reply, as_html, as_json
from tests.standins.pinterest import PinterestStandin
from tests.standins.pinterest.calling import APP, ann
from tests.standins.pinterest.standin import MAINS, MENUS

LINK = "https://cafe.example/menu?utm_source=pinterest"
MARK = "bw5f0c2c1e9d7b4c3a8e6f"


def _pin(text: str = "Fresh mussels tonight", **changes: Any) -> Any:
    options = {"board": MENUS, "link": LINK, **changes.pop("options", {})}
    return parcel(text, **{"media": (PICTURE,), "options": options, **changes})


def test_a_pin_has_all_that_was_chosen(pinterest_standin: PinterestStandin) -> None:
    calls = ann(pinterest_standin)

    number = calls.publish(_pin(options={"section": MAINS, "title": "Moules – été"}))

    body = dict(pinterest_standin.pins[number].body)
    source = body.pop("media_source")
    assert body == {
        "board_id": MENUS, "board_section_id": MAINS, "title": "Moules – été",
        "description": "Fresh mussels tonight", "alt_text": "A grey dot",
        "link": f"{LINK}&utm_id={MARK}",
    }  # fmt: skip
    assert source == {
        "source_type": "image_base64", "content_type": "image/png",
        "data": base64.b64encode(PNG).decode(),
    }  # fmt: skip
    seen = calls.run(lambda c: c.read(number))
    assert seen is not None
    assert (seen.text, seen.media[0].alt) == ("Fresh mussels tonight", "A grey dot")
    assert seen.url == f"https://www.pinterest.com/pin/{number}/"
    assert seen.created_at.tzinfo is not None
    assert calls.taken == ["org_write", "org_read"]


def test_pictures_to_leaf_through_share_one_alt_text(pinterest_standin: PinterestStandin) -> None:
    calls, second = ann(pinterest_standin), dataclasses.replace(PICTURE, alt="")

    number = calls.publish(_pin(media=(PICTURE, second, PICTURE)))

    body = pinterest_standin.pins[number].body
    assert body["media_source"]["source_type"] == "multiple_image_base64"
    assert body["alt_text"] == "A grey dot\n\nA grey dot"
    seen = calls.run(lambda c: c.read(number))
    assert seen is not None
    assert [one.alt for one in seen.media] == ["A grey dot", "", "A grey dot"]


def test_large_pictures_are_fetched_by_the_network(pinterest_standin: PinterestStandin) -> None:
    calls, large = ann(pinterest_standin), dataclasses.replace(PICTURE, size=11 * 1024 * 1024)

    one = calls.publish(_pin(media=(large,)))
    two = calls.publish(_pin(media=(large, large)))

    first, second = (pinterest_standin.pins[n].body["media_source"] for n in (one, two))
    assert first["source_type"] == "image_url"
    assert first["url"].startswith("https://desk.example/m/")
    assert [item["url"] for item in second["items"]] == [first["url"]] * 2


def test_a_video_is_sent_as_a_form_and_waited_for(pinterest_standin: PinterestStandin) -> None:
    calls, standin = ann(pinterest_standin), pinterest_standin
    standin.slow_s = 30.0
    what = _pin(media=(dataclasses.replace(VIDEO, cover=PICTURE.sha256),))
    with pytest.raises(TryLater) as waits:
        calls.prepare(what)
    assert waits.value.code == "not_ready"
    standin.advance(31)

    handle = calls.prepare(what)
    number = calls.run(lambda c: c.commit(what, handle)).remote_id

    (upload,) = standin.uploads.values()
    source = standin.pins[number].body["media_source"]
    assert upload.data == MP4
    assert (source["media_id"], source["cover_image_content_type"]) == (upload.number, "image/jpeg")
    (form,) = standin.calls("POST", "/bucket/")
    assert int(form.headers["content-length"]) == len(form.body)


def test_without_a_cover_the_first_frame_stands_for_it(
    pinterest_standin: PinterestStandin,
) -> None:
    number = ann(pinterest_standin).publish(_pin(media=(VIDEO,)))

    source = pinterest_standin.pins[number].body["media_source"]
    assert source["cover_image_key_frame_time"] == 0


def test_an_upload_whose_signature_ran_out_begins_anew(pinterest_standin: PinterestStandin) -> None:
    calls, standin, what = ann(pinterest_standin), pinterest_standin, _pin(media=(VIDEO,))
    standin.drop_before_accept("POST", "/bucket/")
    with pytest.raises(TryLater):
        calls.prepare(what)
    standin.uploads.clear()

    handle = calls.prepare(what)

    assert handle["video"]["ready"] is True
    assert len(standin.calls("POST", "/v5/media")) == 2


def test_a_video_that_the_network_cannot_use_is_refused(
    pinterest_standin: PinterestStandin,
) -> None:
    pinterest_standin.fails = True

    with pytest.raises(Refused) as refused:
        ann(pinterest_standin).prepare(_pin(media=(VIDEO,)))

    assert refused.value.reason == "media_type"
    assert pinterest_standin.pins == {}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"text": "x" * 801}, "text_too_long"),
        ({"media": ()}, "picture_missing"),
        ({"media": (PICTURE,) * 6}, "not_accepted"),
        ({"media": (DOCUMENT,)}, "not_accepted"),
        ({"options": {"board": ""}}, "board_missing"),
        ({"options": {"title": "x" * 101}}, "title_too_long"),
        ({"options": {"link": "javascript:alert(1)"}}, "link_wrong"),
        ({"options": {"link": "https://x.example/" + "x" * 2048}}, "link_wrong"),
        ({"media": (dataclasses.replace(PICTURE, alt="x" * 260),) * 2}, "alts_too_long"),
    ],
)
def test_what_cannot_be_a_pin_is_refused_before_any_call(
    pinterest_standin: PinterestStandin, changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        ann(pinterest_standin).prepare(_pin(**changes))

    assert refused.value.reason == reason
    assert pinterest_standin.requests == []


def test_at_their_limits_text_title_and_alt_are_whole(pinterest_standin: PinterestStandin) -> None:
    calls = ann(pinterest_standin)
    alt = dataclasses.replace(PICTURE, alt="ä" * 500)

    number = calls.publish(_pin("é" * 800, media=(alt,), options={"title": "ß" * 100}))

    seen = calls.run(lambda c: c.read(number))
    assert seen is not None
    assert (seen.text, seen.media[0].alt) == ("é" * 800, "ä" * 500)


def test_the_mark_finds_a_pin_whose_answer_got_lost(pinterest_standin: PinterestStandin) -> None:
    calls, standin = ann(pinterest_standin), pinterest_standin
    other = standin.pins[calls.publish(_pin("Other", key="f" * 32))]
    for number in range(300):  # more than a page of others
        standin.pins[f"9{number:020}"] = dataclasses.replace(other, number=f"9{number:020}")
    what = sent(_pin())
    standin.drop_reply_after_accept("POST", "/v5/pins")
    with pytest.raises(OutcomeUnknown):
        calls.publish(what)
    for number in range(5):
        calls.publish(_pin("Fresh mussels tonight", key=f"a{number:031x}"))

    look = calls.run(lambda c: c.look(what, {}))

    assert (look.exact, look.complete, len(look.posts)) == (True, True, 1)
    assert standin.pins[look.posts[0].remote_id].body["link"].endswith(f"utm_id={MARK}")
    assert calls.run(_guards(what)) is Guarantee.NONE


def test_absence_is_proved_by_the_last_page(pinterest_standin: PinterestStandin) -> None:
    calls, what = ann(pinterest_standin), sent(_pin())
    pinterest_standin.drop_before_accept("POST", "/v5/pins")
    with pytest.raises(OutcomeUnknown):
        calls.publish(what)

    look = calls.run(lambda c: c.look(what, {}))

    assert (look.exact, look.complete, look.posts) == (True, True, ())


def test_twice_the_same_mark_is_for_a_person(pinterest_standin: PinterestStandin) -> None:
    calls, what = ann(pinterest_standin), sent(_pin())
    calls.publish(what)
    calls.publish(what)

    look = calls.run(lambda c: c.look(what, {}))

    assert (look.exact, len(look.posts)) == (False, 2)


@pytest.mark.parametrize(
    "options", [{"mark_link": "no"}, {"link": ""}, {"link": "https://x.example/?utm_id=own"}]
)
def test_without_a_mark_the_words_decide(
    pinterest_standin: PinterestStandin, options: dict[str, Any]
) -> None:
    calls, what = ann(pinterest_standin), sent(_pin(options=options))
    number = calls.publish(what)

    look = calls.run(lambda c: c.look(what, {}))

    assert (look.exact, look.complete) == (False, True)
    assert [one.remote_id for one in look.posts] == [number]
    link = pinterest_standin.pins[number].body.get("link", "")
    assert "bw" not in dict(parse_qsl(urlsplit(link).query)).get("utm_id", "")


def test_a_card_gives_its_link(pinterest_standin: PinterestStandin) -> None:
    card = Card("https://cafe.example/", "The café")

    number = ann(pinterest_standin).publish(_pin(options={"link": ""}, card=card))

    assert pinterest_standin.pins[number].body["link"] == f"https://cafe.example/?utm_id={MARK}"


@pytest.mark.parametrize("accepted", [True, False])
def test_an_answer_that_says_nothing_is_unknown(
    pinterest_standin: PinterestStandin, accepted: bool
) -> None:
    calls, standin = ann(pinterest_standin), pinterest_standin
    for break_it in (standin.server_error, standin.html_200, standin.empty_200):
        break_it("POST", "/v5/pins", accepted=accepted)
        with pytest.raises(OutcomeUnknown):
            calls.publish(_pin())

    assert len(standin.pins) == (3 if accepted else 0)


_SLOW = {"code": 8, "message": "This request exceeded a rate limit."}


@pytest.mark.parametrize(
    ("reply", "meaning", "reason"),
    [
        (as_json(_SLOW, 429, {"retry-after": "7"}), TryLater, ""),
        (as_html("<h1>429</h1>", 429), TryLater, ""),
        (as_json({"code": 2, "message": "Authentication failed."}, 401), Reconnect, ""),
        (as_json({"code": 40, "message": "Board not found."}, 404), Refused, "board_gone"),
        (as_json({"code": 1, "message": "Invalid"}, 400), Refused, "not_accepted"),
        (as_json({"code": 29, "message": "You are not permitted"}, 403), Refused, "not_allowed"),
    ],
)
def test_a_definite_no_published_nothing(
    pinterest_standin: PinterestStandin, reply: Reply, meaning: type[NetworkError], reason: str
) -> None:
    pinterest_standin.fail_next("POST", "/v5/pins", reply)

    with pytest.raises(meaning) as caught:
        ann(pinterest_standin).publish(_pin())

    assert getattr(caught.value, "reason", "") == reason
    if isinstance(caught.value, TryLater):
        assert caught.value.throttled
    assert pinterest_standin.pins == {}


def test_an_app_on_trial_is_told_what_to_ask_for(pinterest_standin: PinterestStandin) -> None:
    calls = ann(pinterest_standin)
    calls.app = {**APP, "tier": "trial"}
    pinterest_standin.trial = True

    with pytest.raises(Refused) as refused:
        calls.publish(_pin())

    assert refused.value.reason == "trial_access"
    assert calls.taken == ["trial", "org_write"]


def test_a_section_of_another_board_is_refused(pinterest_standin: PinterestStandin) -> None:
    with pytest.raises(Refused) as refused:
        ann(pinterest_standin).publish(_pin(options={"section": "12345"}))

    assert refused.value.reason == "board_gone"
    assert pinterest_standin.pins == {}


def test_a_token_that_ends_between_the_steps_asks_to_reconnect(
    pinterest_standin: PinterestStandin,
) -> None:
    calls, what = ann(pinterest_standin), _pin(media=(VIDEO,))
    handle = calls.prepare(what)
    pinterest_standin.advance(timedelta(days=31).total_seconds())

    with pytest.raises(Reconnect):
        calls.run(lambda c: c.commit(what, handle))

    assert pinterest_standin.pins == {}


def test_words_can_be_edited_where_the_app_may(pinterest_standin: PinterestStandin) -> None:
    calls = ann(pinterest_standin)
    number = calls.publish(_pin())

    calls.run(lambda c: c.edit(number, _pin("New", options={"title": "T"})))

    body = pinterest_standin.pins[number].body
    assert (body["description"], body["title"]) == ("New", "T")
    assert body["link"] == f"{LINK}&utm_id={MARK}"
    pinterest_standin.may_edit = False
    with pytest.raises(Refused) as refused:
        calls.run(lambda c: c.edit(number, _pin("Newer")))
    assert refused.value.reason == "not_allowed"
    assert pinterest_standin.pins[number].body["description"] == "New"


def _guards(what: Any) -> Any:
    async def ask(connector: Any) -> Guarantee:
        guarantee: Guarantee = connector.guards(what)
        return guarantee

    return ask
