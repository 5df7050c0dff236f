"""Posts of a place, answers to its reviews and its opening hours, with and without faults."""

from typing import Any

import pytest

from breakwater.domain.errors import OutcomeUnknown, Reconnect, Refused, TryLater, Unsupported
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Act, Deed
from tests.standins.base.calling import PICTURE, VIDEO, Calling, sent
from tests.standins.base.exchange import Reply
from tests.standins.google.standin import error
from tests.standins.googlebusiness import BusinessStandin
from tests.standins.googlebusiness.calling import connected, hours, post
from tests.standins.googlebusiness.standin import PLACE, QUAY

NIGHT = {"event_title": "Night", "starts": "2026-12-12 19:00", "ends": "2026-12-13"}
POSTS, PLACES = f"/v4/{PLACE}/localPosts", f"/v1/{QUAY}"


def test_a_post_with_a_picture_leaves_is_read_back_changed_and_deleted(
    standin: BusinessStandin, desk: Calling
) -> None:
    what = post(
        "Fresh mussels & café — 第一 👋🏽", media=(PICTURE,),
        options={"button": "BOOK", "link": "https://harbour.example/book"},
    )  # fmt: skip

    name = desk.publish(what)

    made = standin.posts[name]
    assert made["topicType"] == "STANDARD"
    assert made["callToAction"] == {"actionType": "BOOK", "url": "https://harbour.example/book"}
    assert PICTURE.sha256 in made["media"][0]["sourceUrl"]
    seen = desk.run(lambda c: c.read(name))
    assert seen is not None
    assert (seen.text, len(seen.media)) == (what.text, 1)

    desk.run(lambda c: c.edit(name, post("Fresh oysters tonight")))

    assert standin.posts[name]["summary"] == "Fresh oysters tonight"

    desk.run(lambda c: c.delete(name))

    assert desk.run(lambda c: c.read(name)) is None
    desk.run(lambda c: c.delete(name))


def test_it_goes_through_a_socket_too(business_standin: BusinessStandin) -> None:
    name = connected(business_standin).publish(post())

    assert list(business_standin.posts) == [name]


def test_an_event_is_told_in_the_time_on_the_wall(standin: BusinessStandin, desk: Calling) -> None:
    options = {
        "event_title": "Oyster night", "starts": "2026-12-12 19:00",
        "ends": "2026-12-13 01:30", "button": "CALL",
    }  # fmt: skip

    name = desk.publish(post(form="event", options=options))

    assert standin.posts[name]["event"] == {
        "title": "Oyster night",
        "schedule": {
            "startDate": {"year": 2026, "month": 12, "day": 12},
            "startTime": {"hours": 19, "minutes": 0},
            "endDate": {"year": 2026, "month": 12, "day": 13},
            "endTime": {"hours": 1, "minutes": 30},
        },
    }
    assert standin.posts[name]["callToAction"] == {"actionType": "CALL"}


def test_an_offer_has_a_coupon_and_no_button(standin: BusinessStandin, desk: Calling) -> None:
    options = {
        "event_title": "Two for one", "starts": "2026-12-12", "ends": "2026-12-14",
        "coupon": "MOULES", "button": "BOOK",
    }  # fmt: skip

    name = desk.publish(post(form="offer", options=options))

    assert standin.posts[name]["offer"] == {"couponCode": "MOULES"}
    assert standin.posts[name]["event"]["schedule"] == {
        "startDate": {"year": 2026, "month": 12, "day": 12},
        "endDate": {"year": 2026, "month": 12, "day": 14},
    }
    assert "callToAction" not in standin.posts[name]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"text": "x" * 1501}, "text_too_long"),
        ({"media": (VIDEO,)}, "media_type"),
        ({"media": (PICTURE, PICTURE)}, "media_type"),
        ({"options": {"button": "BOOK"}}, "link_missing"),
        ({"options": {"button": "BOOK", "link": "http://x"}}, "link_missing"),
        ({"options": {"button": "DANCE"}}, "option_unknown"),
        ({"form": "event", "options": {"event_title": "Night"}}, "event_incomplete"),
        (
            {"form": "event", "options": {**NIGHT, "ends": "2026-12-11 19:00"}},
            "event_incomplete",
        ),
        (
            {"form": "event", "options": {**NIGHT, "starts": "2026-12-12T19:00+01:00"}},
            "event_incomplete",
        ),
        ({"form": "hours"}, "hours_unreadable"),
        ({"form": "hours", "options": {"regular": "Someday 9-5"}}, "hours_unreadable"),
        ({"reply_to": "r", "media": (PICTURE,)}, "media_type"),
        ({"reply_to": "r", "text": "é" * 2049}, "text_too_long"),
    ],
)
def test_what_google_would_not_take_never_leaves(
    standin: BusinessStandin, desk: Calling, changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises(Refused) as refused:
        desk.prepare(post(**changes))

    assert refused.value.reason == reason
    assert standin.requests == []


def test_a_post_at_the_limit_is_taken(standin: BusinessStandin, desk: Calling) -> None:
    desk.publish(post("é" * 1500))

    assert len(standin.posts) == 1


def test_a_lost_answer_is_unknown_and_then_looked_for(
    standin: BusinessStandin, desk: Calling
) -> None:
    for number in range(7):
        desk.publish(post(f"An earlier one, {number}"))
    standin.drop_reply_after_accept("POST", POSTS)
    what = post()

    with pytest.raises(OutcomeUnknown):
        desk.publish(what)
    look = desk.run(lambda c: c.look(sent(what), {}))

    assert not look.exact
    assert look.complete
    assert "Fresh mussels tonight" in [one.text for one in look.posts]
    assert desk.run(_guards(what)) is Guarantee.NONE


@pytest.mark.parametrize("lie", ["html_200", "empty_200", "server_error"])
def test_an_answer_that_lies_is_unknown(standin: BusinessStandin, desk: Calling, lie: str) -> None:
    getattr(standin, lie)("POST", POSTS, accepted=True)

    with pytest.raises(OutcomeUnknown):
        desk.publish(post())

    assert len(standin.posts) == 1


def test_a_post_that_google_rejects_is_no_success(standin: BusinessStandin, desk: Calling) -> None:
    standin.next_state = "REJECTED"

    with pytest.raises(Refused) as refused:
        desk.publish(post())

    assert refused.value.reason == "post_rejected"
    assert desk.run(lambda c: c.timeline(5)) == ()


def test_a_post_that_google_rejects_later_is_seen_by_nobody(
    standin: BusinessStandin, desk: Calling
) -> None:
    name = desk.publish(post())
    standin.posts[name]["state"] = "REJECTED"

    assert desk.run(lambda c: c.read(name)) is None


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (error(401, "authError", "Invalid Credentials", "UNAUTHENTICATED"), Reconnect),
        (error(429, "RATE_LIMIT_EXCEEDED", "Quota exceeded", "RESOURCE_EXHAUSTED"), TryLater),
        (Reply(429, b"", {"retry-after": "30"}), TryLater),
        (error(403, "SERVICE_DISABLED", "has not been used", "PERMISSION_DENIED"), Refused),
        (error(400, "LOCATION_NOT_VERIFIED", "no", "FAILED_PRECONDITION"), Refused),
        (error(503, "backendError", "busy", "UNAVAILABLE"), OutcomeUnknown),
    ],
)
def test_each_refusal_has_its_kind(
    standin: BusinessStandin, desk: Calling, reply: Reply, kind: type[Exception]
) -> None:
    standin.fail_next("POST", POSTS, reply)

    with pytest.raises(kind):
        desk.publish(post())

    assert standin.posts == {}


def test_a_review_is_answered_once_however_often_it_is_sent(
    standin: BusinessStandin, desk: Calling
) -> None:
    review = standin.review("TWO", "Cold mussels")
    what = post("We are sorry — come again!", reply_to=review)
    standin.drop_reply_after_accept("PUT", f"/v4/{review}/reply")

    with pytest.raises(OutcomeUnknown):
        desk.publish(what)
    look = desk.run(lambda c: c.look(sent(what), {}))
    again = desk.publish(sent(what))

    assert look.exact
    assert [one.remote_id for one in look.posts] == [again] == [f"{review}/reply"]
    assert standin.reviews[review]["reviewReply"]["comment"] == what.text
    assert desk.run(_guards(what)) is Guarantee.LASTING_KEY


def test_an_answer_is_changed_and_taken_back(standin: BusinessStandin, desk: Calling) -> None:
    review = standin.review("TWO", "Cold mussels")
    answer = desk.publish(post("Sorry", reply_to=review))

    desk.run(lambda c: c.edit(answer, post("We are sorry")))
    assert standin.reviews[review]["reviewReply"]["comment"] == "We are sorry"
    desk.run(lambda c: c.delete(answer))
    desk.run(lambda c: c.delete(answer))

    assert "reviewReply" not in standin.reviews[review]
    assert desk.run(lambda c: c.read(answer)) is None


def test_an_answer_that_never_came_is_proved_absent(
    standin: BusinessStandin, desk: Calling
) -> None:
    review = standin.review("FIVE")
    what = post("Thank you", reply_to=review)
    standin.drop_before_accept("PUT", f"/v4/{review}/reply")

    with pytest.raises(OutcomeUnknown):
        desk.publish(what)

    look = desk.run(lambda c: c.look(sent(what), {}))
    assert (look.exact, look.complete, look.posts) == (True, True, ())


def test_hours_are_set_and_proved_by_reading_them(standin: BusinessStandin, desk: Calling) -> None:
    what = hours(
        "Mon-Fri 09:00-18:00\nSat 10:00-13:00, 14:00-24:00\nSun closed",
        "2026-12-25 closed\n2026-12-31 18:00-02:00",
    )

    change = desk.publish(what)

    [request] = standin.calls("PATCH", PLACES)
    assert request.args == {"updateMask": "regularHours,specialHours"}
    periods = standin.places[QUAY]["regularHours"]["periods"]  # type: ignore[index]
    assert len(periods) == 7
    assert standin.places[QUAY]["specialHours"] == {
        "specialHourPeriods": [
            {"startDate": {"year": 2026, "month": 12, "day": 25}, "closed": True},
            {
                "startDate": {"year": 2026, "month": 12, "day": 31},
                "endDate": {"year": 2027, "month": 1, "day": 1},
                "openTime": {"hours": 18}, "closeTime": {"hours": 2},
            },
        ]
    }  # fmt: skip
    seen = desk.run(lambda c: c.read(change))
    assert seen is not None
    assert (seen.text, seen.media) == ("", ())
    assert desk.run(_guards(what)) is Guarantee.LASTING_KEY


def test_hours_whose_answer_was_lost_are_found_or_set_again(
    standin: BusinessStandin, desk: Calling
) -> None:
    what = hours("Mon-Sun 24h")
    standin.drop_before_accept("PATCH", PLACES)
    with pytest.raises(OutcomeUnknown):
        desk.publish(what)
    assert desk.run(lambda c: c.look(sent(what), {})).posts == ()
    standin.drop_reply_after_accept("PATCH", PLACES)
    with pytest.raises(OutcomeUnknown):
        desk.publish(what)

    look = desk.run(lambda c: c.look(sent(what), {}))

    assert look.exact
    assert len(look.posts) == 1
    assert desk.publish(what) == look.posts[0].remote_id


def test_hours_that_somebody_changed_are_not_ours_any_more(
    standin: BusinessStandin, desk: Calling
) -> None:
    change = desk.publish(hours("Mon-Sun 24h"))
    desk.publish(hours("Mon 09:00-10:00"))

    assert desk.run(lambda c: c.read(change)) is None


def test_hours_that_google_still_looks_at_are_not_called_gone(
    standin: BusinessStandin, desk: Calling
) -> None:
    standin.pending = True
    change = desk.publish(hours("Mon-Sun 24h"))

    with pytest.raises(TryLater):
        desk.run(lambda c: c.read(change))


def test_single_days_need_regular_hours(standin: BusinessStandin, desk: Calling) -> None:
    with pytest.raises(Refused) as refused:
        desk.publish(hours(special="2026-12-25 closed"))

    assert refused.value.reason == "hours_incomplete"
    assert "specialHours" not in standin.places[QUAY]


def test_all_single_days_are_taken_away_by_one_word(
    standin: BusinessStandin, desk: Calling
) -> None:
    desk.publish(hours("Mon-Sun 24h", "2026-12-25 closed"))

    desk.publish(hours(special="none"))

    assert standin.places[QUAY]["specialHours"] == {"specialHourPeriods": []}
    assert "regularHours" in standin.places[QUAY]


def test_what_a_place_cannot_do_is_said(standin: BusinessStandin, desk: Calling) -> None:
    for deed in Deed:
        with pytest.raises(Unsupported):
            desk.run(lambda c, deed=deed: c.act(Act(deed, "x")))  # type: ignore[misc]
    with pytest.raises(Unsupported):
        desk.run(lambda c: c.delete(f"{QUAY}/hours/r-0123"))
    with pytest.raises(Unsupported):
        desk.run(lambda c: c.subscribe("https://desk.example/hooks/1"))
    assert standin.requests == []


def test_every_call_is_counted_before_it_leaves(standin: BusinessStandin, desk: Calling) -> None:
    desk.publish(post())
    desk.publish(hours("Mon-Sun 24h"))

    assert desk.taken == ["posts.write", "places.write"]
    assert set(desk.taken) <= set(desk.network.manifest.costs)


def _guards(what: Any) -> Any:
    async def ask(connector: Any) -> Guarantee:
        return connector.guards(what)

    return ask
