"""From a parcel to a post on X and back, on good days and on bad ones."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from breakwater.domain.errors import (
    NetworkError,
    OutcomeUnknown,
    Reconnect,
    Refused,
    TryLater,
    Unsupported,
)
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Parcel
from tests.standins.base.calling import PICTURE, parcel, sent
from tests.standins.base.exchange import as_json
from tests.standins.x import XStandin
from tests.standins.x.calling import connected

POSTS = "/2/tweets"


def test_a_post_is_one_request_and_is_read_back_as_it_was_typed(x_standin: XStandin) -> None:
    calling, text = connected(x_standin), "Marée & <vent> https://sea.example/a?b=1 — 第一 👩‍👩‍👧‍👦"

    remote_id = calling.publish(parcel(text))

    seen = calling.run(lambda c: c.read(remote_id))
    assert seen is not None
    assert (seen.text, seen.url) == (text, f"{x_standin.origin}/harbour/status/{remote_id}")
    assert len(x_standin.calls("POST", POSTS)) == 1
    assert calling.taken == ["post_with_link", "lookup", "read_own"]


@pytest.mark.parametrize(("text", "call"), [("No link", "post"), ("http://a.bc", "post_with_link")])
def test_a_post_with_a_link_is_counted_at_its_own_price(
    text: str, call: str, x_standin: XStandin
) -> None:
    calling = connected(x_standin)

    calling.publish(parcel(text))

    assert calling.taken == [call]


def test_options_and_answers_go_where_the_description_has_them(x_standin: XStandin) -> None:
    calling = connected(x_standin)
    first = calling.publish(parcel("First"))
    options = {
        "reply_settings": "mentionedUsers",
        "paid_partnership": True,
        "made_with_ai": "true",
        "subscribers_only": "",
    }

    calling.publish(parcel("Second", reply_to=first, root=first, options=options))

    assert x_standin.published()[0].body == {
        "text": "Second",
        "reply": {"in_reply_to_tweet_id": first},
        "reply_settings": "mentionedUsers",
        "paid_partnership": True,
        "made_with_ai": True,
    }


def test_a_poll_has_its_answers(x_standin: XStandin) -> None:
    calling = connected(x_standin)
    options = {"poll_answers": "Mussels\n\n Oysters ", "poll_minutes": "60"}

    calling.publish(parcel("Tonight?", form="poll", options=options))

    poll = x_standin.published()[0].body["poll"]
    assert poll == {"options": ["Mussels", "Oysters"], "duration_minutes": 60}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"options": {"reply_settings": "nobody"}}, "option_unknown"),
        ({"options": {"quote": "https://sea.example/1"}}, "quote_wrong"),
        ({"form": "poll", "options": {"poll_answers": "One"}}, "poll_wrong"),
        ({"form": "poll", "options": {"poll_answers": f"{'x' * 26}\nb"}}, "poll_wrong"),
        (
            {"form": "poll", "options": {"poll_answers": "a\nb", "poll_minutes": "3"}},
            "poll_wrong",
        ),
    ],
)
def test_what_x_cannot_take_is_refused_before_it_leaves(
    changes: dict[str, Any], reason: str, x_standin: XStandin
) -> None:
    calling = connected(x_standin)

    with pytest.raises(Refused) as refused:
        calling.run(lambda c: c.commit(parcel("Words", **changes), {}))

    assert refused.value.reason == reason
    assert x_standin.requests == []


def test_the_limit_is_weighed(x_standin: XStandin) -> None:
    calling = connected(x_standin)

    calling.publish(parcel("界" * 140))
    with pytest.raises(Refused) as refused:
        calling.publish(parcel("界" * 140 + "x"))

    assert refused.value.reason == "text_too_long"
    assert len(x_standin.published()) == 1


def test_a_long_post_of_a_subscriber_is_read_back_whole(x_standin: XStandin) -> None:
    calling, text = connected(x_standin), f"{'Long words. ' * 60}https://sea.example/end"
    x_standin.person("harbour").subscription = "Premium"

    remote_id = calling.publish(parcel(text))

    seen = calling.run(lambda c: c.read(remote_id))
    assert seen is not None
    assert seen.text == text


@pytest.mark.parametrize(
    ("text", "reason"), [("Buy $ABC and $XYZ", "too_many_cashtags"), (" ", "not_accepted")]
)
def test_what_x_refuses_is_not_there(text: str, reason: str, x_standin: XStandin) -> None:
    calling = connected(x_standin)

    with pytest.raises(Refused) as refused:
        calling.publish(parcel(text))

    assert refused.value.reason == reason
    assert x_standin.published() == []


def test_equal_words_are_refused_and_looked_for(x_standin: XStandin) -> None:
    calling, what = connected(x_standin), sent(parcel("Once"))
    first = calling.publish(what)

    with pytest.raises(OutcomeUnknown) as unknown:
        calling.publish(what)

    assert unknown.value.code == "duplicate"
    look = calling.run(lambda c: c.look(what, {}))
    assert [post.remote_id for post in look.posts] == [first]
    assert (look.exact, look.complete) == (False, True)


@pytest.mark.parametrize(
    ("what", "guarantee"),
    [
        (parcel("Words"), Guarantee.DUPLICATE_REFUSED),
        (parcel("Words", media=(PICTURE,)), Guarantee.NONE),
        (parcel("Words", to="123"), Guarantee.NONE),
        (parcel("Words", form="poll"), Guarantee.NONE),
    ],
)
def test_only_words_alone_are_guarded(
    what: Parcel, guarantee: Guarantee, x_standin: XStandin
) -> None:
    async def asked(connector: Any) -> Guarantee:
        result: Guarantee = connector.guards(what)
        return result

    assert connected(x_standin).run(asked) is guarantee


def test_answers_go_only_to_those_who_called(x_standin: XStandin) -> None:
    calling = connected(x_standin)
    cold, warm = x_standin.says("ann", "Good bread"), x_standin.says("ann", "Hello @harbour")

    calling.publish(parcel("Hello Ann", reply_to=warm.id))
    with pytest.raises(Refused) as refused:
        calling.publish(parcel("Ours is better", reply_to=cold.id))

    assert refused.value.reason == "not_summoned"
    assert [post.text for post in x_standin.published()] == ["Hello Ann"]


def test_a_quote_needs_another_plan_and_then_is_no_part_of_the_text(x_standin: XStandin) -> None:
    calling, theirs = connected(x_standin), x_standin.says("ann", "Good bread")
    options = {"quote": f"https://x.com/ann/status/{theirs.id}"}
    what = parcel("Look here", options=options)

    with pytest.raises(Refused) as refused:
        calling.publish(what)
    x_standin.state.enterprise = True
    calling.publish(what)

    assert refused.value.reason == "plan_needed"
    assert x_standin.published()[0].quotes == theirs.id


def test_without_credits_nothing_leaves_and_the_sentence_is_about_money(
    x_standin: XStandin,
) -> None:
    calling = connected(x_standin)
    x_standin.state.credits = 0

    with pytest.raises(Refused) as refused:
        calling.publish(parcel())

    assert refused.value.reason == "credits_gone"
    assert x_standin.published() == []


Plan = Callable[[XStandin], None]


@pytest.mark.parametrize(
    ("plan", "error", "is_out"),
    [
        (lambda s: s.drop_reply_after_accept("POST", POSTS), OutcomeUnknown, True),
        (lambda s: s.drop_before_accept("POST", POSTS), OutcomeUnknown, False),
        (lambda s: s.server_error("POST", POSTS, accepted=True), OutcomeUnknown, True),
        (lambda s: s.server_error("POST", POSTS), OutcomeUnknown, False),
        (lambda s: s.html_200("POST", POSTS), OutcomeUnknown, True),
        (lambda s: s.empty_200("POST", POSTS), OutcomeUnknown, True),
        (lambda s: s.stall("POST", POSTS, 1.0), OutcomeUnknown, True),
        (lambda s: s.door.expire_all(), Reconnect, False),
    ],
)
def test_a_bad_end_is_called_what_it_is(
    plan: Plan, error: type[NetworkError], is_out: bool, x_standin: XStandin
) -> None:
    calling = connected(x_standin)
    plan(x_standin)

    with pytest.raises(error):
        calling.run(lambda c: c.commit(parcel(), {}))

    assert len(x_standin.published()) == int(is_out)


@pytest.mark.parametrize(
    ("headers", "after_s", "whole_app"),
    [
        ({"retry-after": "7"}, 7.0, False),
        ({"x-rate-limit-reset": "1795854900"}, 60.0, False),
        (
            {"x-user-limit-24hour-remaining": "0", "x-user-limit-24hour-reset": "1795858440"},
            3600.0,
            False,
        ),
        (
            {"x-app-limit-24hour-remaining": "0", "x-app-limit-24hour-reset": "1795858440"},
            3600.0,
            True,
        ),
        ({}, None, False),
    ],
)
def test_each_window_that_is_full_says_how_long(
    headers: dict[str, str], after_s: float | None, whole_app: bool, x_standin: XStandin
) -> None:
    calling = connected(x_standin)
    date = {"date": "Sat, 28 Nov 2026 08:34:00 GMT"}
    full = as_json({"title": "Too Many Requests", "type": "about:blank"}, 429, {**date, **headers})
    x_standin.fail_next("POST", POSTS, full)

    with pytest.raises(TryLater) as later:
        calling.run(lambda c: c.commit(parcel(), {}))

    assert (later.value.after_s, later.value.whole_app) == (after_s, whole_app)
    assert later.value.throttled
    assert x_standin.published() == []


def test_a_token_that_ends_in_between_is_renewed_and_the_upload_is_used(
    x_standin: XStandin,
) -> None:
    calling, what = connected(x_standin), parcel(media=(PICTURE,))
    handle = calling.prepare(what)
    x_standin.advance(3 * 3600)
    with pytest.raises(Reconnect):
        calling.run(lambda c: c.commit(what, handle))

    fresh = calling.door(lambda a: a.refresh(calling.account))
    calling.account = replace(calling.account, secrets=fresh)
    calling.run(lambda c: c.commit(what, handle))

    assert len(x_standin.published()) == 1
    assert len(x_standin.calls("POST", "/2/media/upload/initialize")) == 1


def test_a_look_goes_through_all_pages_and_leaves_older_posts_out(x_standin: XStandin) -> None:
    calling = connected(x_standin)
    x_standin.says("harbour", "Yesterday's")
    x_standin.advance(24 * 3600)
    calling.account = replace(calling.account, secrets=x_standin.connected())
    what = replace(sent(parcel("Now")), first_sent_at=x_standin.now())
    for number in range(130):
        x_standin.says("harbour", f"Post {number}")

    look = calling.run(lambda c: c.look(what, {}))

    assert look.complete
    assert len(look.posts) == 130
    assert calling.taken.count("timeline") == 2
    assert calling.taken.count("read_own") == 130


def test_a_look_without_end_proves_nothing(
    monkeypatch: pytest.MonkeyPatch, x_standin: XStandin
) -> None:
    monkeypatch.setattr("breakwater.networks.x.inbound.PAGES", 1)
    calling = connected(x_standin)
    for number in range(101):
        x_standin.says("harbour", f"Post {number}")

    look = calling.run(lambda c: c.look(sent(parcel()), {}))

    assert not look.complete


def test_a_delete_of_what_is_gone_is_done(x_standin: XStandin) -> None:
    calling = connected(x_standin)
    remote_id = calling.publish(parcel())

    calling.run(lambda c: c.delete(remote_id))
    calling.run(lambda c: c.delete(remote_id))

    assert x_standin.published() == []
    assert calling.run(lambda c: c.read(remote_id)) is None


def test_nothing_is_proved_absent_by_a_page(x_standin: XStandin) -> None:
    calling = connected(x_standin)
    remote_id = calling.publish(parcel())
    x_standin.fail_next("GET", f"{POSTS}/", as_json("<h1>404</h1>", 404))

    with pytest.raises(TryLater):
        calling.run(lambda c: c.read(remote_id))


def test_an_edit_gives_the_post_another_number(x_standin: XStandin) -> None:
    calling = connected(x_standin)
    first = calling.publish(parcel("Fresh mussles"))

    edited = calling.run(lambda c: c.edit(first, parcel("Fresh mussels")))

    assert edited.remote_id != first
    seen = calling.run(lambda c: c.read(first))
    assert seen is not None
    assert (seen.remote_id, seen.text) == (edited.remote_id, "Fresh mussels")


def test_a_post_that_is_too_old_stays_as_it_is(x_standin: XStandin) -> None:
    calling = connected(x_standin)
    first = calling.publish(parcel("Fresh mussles"))
    x_standin.advance(timedelta(hours=2).total_seconds() - 60)
    calling.account = replace(calling.account, secrets=x_standin.connected())

    with pytest.raises(Refused) as refused:
        calling.run(lambda c: c.edit(first, parcel("Fresh mussels")))
    with pytest.raises(Unsupported):
        calling.run(lambda c: c.edit(first, parcel(media=(PICTURE,))))

    assert refused.value.reason == "not_editable"
    assert x_standin.published()[0].text == "Fresh mussles"


def test_answers_with_the_names_of_before_are_read_too(x_standin: XStandin) -> None:
    calling, theirs = connected(x_standin), x_standin.says("ann", "Good bread")
    x_standin.state.old_names = x_standin.state.enterprise = True

    remote_id = calling.publish(parcel("Look", options={"quote": theirs.id}))

    seen = calling.run(lambda c: c.read(remote_id))
    assert seen is not None
    assert seen.text == "Look"
