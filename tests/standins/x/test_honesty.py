"""The stand-in sees what the description of X forbids, on either side."""

import json

import pytest

from tests.standins.base.exchange import Reply, Request, as_json
from tests.standins.x import XStandin, described, rules, weighing

described_only = pytest.mark.skipif(not described.at_hand(), reason=described.WHY_NOT)
BEARER = {"authorization": "Bearer t", "content-type": "application/json"}
ORIGIN = "https://api.x.test"


def _post(**fields: object) -> Request:
    return Request("POST", "/2/tweets", "", BEARER, json.dumps(fields).encode())


def _get(path: str, query: str = "") -> Request:
    return Request("GET", path, query, BEARER)


WRONG = (
    (_get("/2/timelines/home"), "not described"),
    (_get("/2/tweets/1", "tweet.fields=text"), "unknown query tweet.fields"),
    (_get("/2/tweets/1", "post.fields=likes"), "post.fields"),
    (_get("/2/users/1/mentions", "max_results=3"), "max_results"),
    (_get("/2/dm_events", "pagination_token=short"), "pagination_token"),
    (_get("/2/tweets/search/recent"), "query"),
    (_post(text="x", scheduled_at="2027-01-01"), "scheduled_at"),
    (_post(text="x", reply_settings="nobody"), "nobody"),
    (_post(text="x", media={"media_ids": ["1"] * 5}), "too long"),
    (_post(text="x", poll={"options": ["a"], "duration_minutes": 5}), "too short"),
    (_post(text="x", reply={"in_reply_to_tweet_id": "dm:1"}), "does not match"),
    (_post(text=5), "is not of type"),
)


@described_only
@pytest.mark.parametrize(("request_", "why"), WRONG)
def test_a_request_that_is_not_described_is_seen(request_: Request, why: str) -> None:
    lie = Reply(200, b"{}", {"content-type": "application/json"}, lie=True)

    found = described.violations(request_, lie, ORIGIN)

    assert any(why in sentence for sentence in found), found


@described_only
@pytest.mark.parametrize(
    ("body", "is_wrong"),
    [
        ({"data": {"id": "1", "text": "x"}}, False),
        ({"data": {"id": 1, "text": "x"}}, True),
        ({"data": {"text": "x"}}, True),
    ],
)
def test_an_answer_that_is_not_described_is_seen(body: object, *, is_wrong: bool) -> None:
    found = described.violations(_post(text="x"), as_json(body, 201), ORIGIN)

    assert bool(found) is is_wrong


@described_only
@pytest.mark.parametrize("route", rules.ROUTES, ids=lambda one: f"{one.method} {one.name}")
def test_each_route_has_the_scopes_and_the_queries_of_the_description(route: rules.Route) -> None:
    path = route.path.replace(r"(\d{1,19})", "1").replace(r"(with/\d+|\d+(?:-\d+)?)", "1-2")
    called = described.operation(route.method, path)

    assert called is not None
    known = {one["name"] for one in called["parameters"] if one["in"] == "query"}
    needs = {name: need for one in called["security"] for name, need in one.items()}
    assert set(route.query) <= known
    if route.scopes == ("app",):
        assert "BearerToken" in needs
    else:
        assert set(route.scopes) == set(needs["OAuth2UserToken"])


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        (_get("/2/nothing"), "unknown call"),
        (_get("/2/tweets/1", "fields=all"), "unknown query fields"),
        (_post(words="x"), "unknown field words"),
    ],
)
def test_without_the_description_the_rules_see_the_worst(request_: Request, why: str) -> None:
    assert any(why in sentence for sentence in rules.violations(request_))


def test_a_call_without_the_scope_is_held_against_the_caller() -> None:
    standin = XStandin()
    token = standin.connected(scopes=("tweet.read", "users.read"))["access_token"]
    headers = {**BEARER, "authorization": f"Bearer {token}"}

    reply = standin.answer(Request("POST", "/2/tweets", "", headers, b'{"text": "x"}'))

    assert reply.status == 403
    assert standin.violations == ["POST /2/tweets: lacks ['tweet.write']"]


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("Hi http://test.co", 26),
        ("界" * 140, 280),
        ("👨‍👩‍👧‍👦", 2),
        ("1️⃣ ok", 5),
        ("e\u0301", 1),
    ],
)
def test_it_weighs_as_twitter_text_does(text: str, weight: int) -> None:
    assert weighing.weight(text) == weight
