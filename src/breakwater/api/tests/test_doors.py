"""Who gets in: living tokens alone, for what they were made for and what their person may."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from breakwater.api.tests.conftest import ALL, Caller, make_token, member, said
from breakwater.api.tests.routes import BODIES, Operation, operations
from breakwater.channels.doors import unlock
from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.core.messages import sentence
from breakwater.people.models import ApiToken, Membership, Workspace
from breakwater.people.roles import Role
from breakwater.publishing.models import Post


def test_the_token_says_who_it_is(desk: Workspace) -> None:
    ann = member(desk, "ann")
    caller = Caller(make_token(ann, desk, ["see", "write"]))

    me = said(caller.get("/me"))

    assert (me["email"], me["role"], me["rights"]) == (
        "ann@example.test",
        "manager",
        ["see", "write"],
    )
    assert me["workspace"]["slug"] == "harbour"
    assert [one["slug"] for one in said(caller.get("/workspaces"))["items"]] == ["harbour"]


@pytest.mark.parametrize("token", ["", "nonsense", "bw_nothing_here", "bw_t000000000_wrong", "é"])
def test_a_wrong_token_opens_nothing(desk: Workspace, token: str) -> None:
    make_token(member(desk, "ann"), desk)

    refused = Caller(token).get("/w/harbour/posts")

    assert refused.status_code == 401
    assert said(refused)["code"] in ("token_invalid", "token_missing")
    assert refused["WWW-Authenticate"].startswith("Bearer")
    assert refused["Content-Type"] == "application/problem+json"


def test_a_session_alone_opens_nothing(desk: Workspace, client: Client) -> None:
    client.force_login(member(desk, "ann"))

    for method in ("GET", "POST"):
        refused = client.generic(method, "/api/v1/w/harbour/posts", "{}", "application/json")
        assert (refused.status_code, refused.json()["code"]) == (401, "token_missing")
    assert not Post.objects.exists()


def test_withdrawn_and_expired_tokens_are_dead(desk: Workspace) -> None:
    now = clock.now()
    gone = Caller(make_token(member(desk, "ann"), desk, revoked_at=now))
    late = Caller(make_token(member(desk, "ann"), desk, expires_at=now - timedelta(seconds=1)))
    alive = Caller(make_token(member(desk, "ann"), desk, expires_at=now + timedelta(hours=1)))

    answers = [caller.get("/me").status_code for caller in (gone, late, alive)]

    assert answers == [401, 401, 200]


def test_a_person_who_left_takes_the_token_along(desk: Workspace, ann_calls: Caller) -> None:
    Membership.objects.filter(person=member(desk, "ann")).delete()

    assert ann_calls.get("/w/harbour/posts").status_code == 404


def test_a_token_does_no_more_than_its_person_may_now(desk: Workspace, ann_calls: Caller) -> None:
    Membership.objects.filter(person=member(desk, "ann")).update(role=Role.VIEWER)

    assert ann_calls.get("/w/harbour/posts").status_code == 200
    refused = ann_calls.post("/w/harbour/posts", {})
    assert (refused.status_code, said(refused)["code"]) == (403, "forbidden")
    assert not Post.objects.exists()


@pytest.mark.parametrize("scope", ALL)
def test_a_scope_opens_its_routes_and_no_other(desk: Workspace, scope: str) -> None:
    caller = Caller(make_token(member(desk, "bob"), desk, [scope]))

    for one in operations():
        answer = caller.ask(one.method, _nowhere(one), {"nonsense": 1})
        if one.right in (scope, "own"):
            assert answer.status_code in (200, 404, 409, 422), one
        else:
            assert (answer.status_code, said(answer)["code"]) == (403, "token_scope"), one


def test_a_decision_by_send_now_needs_the_scope_to_approve(
    desk: Workspace, bob_calls: Caller, ann_calls: Caller
) -> None:
    post = said(bob_calls.post("/w/harbour/posts", {}))

    refused = ann_calls.post(f"/w/harbour/posts/{post['id']}/send-now")

    assert (refused.status_code, said(refused)["code"]) == (403, "token_scope")
    assert said(refused)["data"] == {"right": "approve"}


def test_without_approvals_submitting_plans_and_needs_that_scope(
    desk: Workspace, channel_id: str, wall: str
) -> None:
    desk.policy = "none"
    desk.save()
    writes = Caller(make_token(member(desk, "ann"), desk, ["see", "write"]))
    plans = Caller(make_token(member(desk, "ann"), desk, ["see", "write", "schedule"]))
    content = {"text": "Ebb.", "targets": {channel_id: {}}, "wall": wall, "zone": "UTC"}
    path = f"/w/harbour/posts/{said(writes.post('/w/harbour/posts', {'content': content}))['id']}"
    digest = said(writes.post(f"{path}/preview"))["digest"]

    refused = writes.post(f"{path}/submit", {"confirmed_digest": digest})
    unseen = plans.post(f"{path}/submit", {})
    planned = plans.post(f"{path}/submit", {"confirmed_digest": digest})

    assert (refused.status_code, said(refused)["code"]) == (403, "token_scope")
    assert (unseen.status_code, said(unseen)["code"]) == (422, "confirmation_needed")
    assert said(unseen)["data"] == {"digest": digest}
    assert said(planned)["state"] == "scheduled"


def test_too_many_calls_of_one_token_wait(
    desk: Workspace, settings: Settings, ann_calls: Caller, bob_calls: Caller
) -> None:
    settings.API_RATE = 2

    answers = [ann_calls.get("/me") for _ in range(6)]  # a minute may end among them

    refused = next(one for one in answers if one.status_code == 429)
    assert answers[0].status_code == 200
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert said(refused)["code"] == "too_many_requests"
    assert bob_calls.get("/me").status_code == 200


def test_a_minute_is_noted_when_a_token_was_used(desk: Workspace, ann_calls: Caller) -> None:
    ann_calls.get("/me")

    assert ApiToken.objects.get().last_used_at is not None


@pytest.mark.parametrize("language", ["en", "fr"])
def test_problems_speak_the_language_that_is_asked(ann_calls: Caller, language: str) -> None:
    refused = ann_calls.get(f"/w/harbour/posts/{new_id()}", **{"Accept-Language": language})

    assert refused["Content-Language"] == language
    with translation.override(language):
        assert said(refused)["message"] == sentence("not_found")


def test_without_a_wish_problems_speak_the_persons_language(
    desk: Workspace, ann_calls: Caller
) -> None:
    ann = member(desk, "ann")
    ann.language = "fr"
    ann.save()

    assert ann_calls.get("/me")["Content-Language"] == "fr"


def test_no_secret_of_a_channel_shows(desk: Workspace, channel_id: str, bob_calls: Caller) -> None:
    opened = next(iter(unlock([channel_id]).values()))  # type: ignore[list-item]
    canaries = [value for value in opened.account.secrets.values() if len(value) >= 16]
    bob_calls.post(f"/w/harbour/channels/{channel_id}/check")

    shown = [
        bob_calls.get(one.at("harbour", {"channel_id": channel_id})).content.decode()
        for one in operations()
        if one.method == "GET" and set(one.names) <= {"channel_id", "year", "month"}
    ]

    assert canaries
    assert len(shown) >= 13
    assert [canary for canary in canaries for text in shown if canary in text] == []


@pytest.mark.parametrize(
    "fields", [{"password": "canary-pw"}, {"name": ["canary-pw"]}, {"name": {"x": "canary-pw"}}]
)
def test_what_was_typed_is_not_repeated(ann_calls: Caller, fields: dict[str, object]) -> None:
    refused = ann_calls.post("/w/harbour/channels", {"network": "sandbox", "fields": fields})

    assert refused.status_code == 422
    assert b"canary-pw" not in refused.content


def test_bodies_are_known_operations() -> None:
    assert set(BODIES) <= {one.id for one in operations()}


def _nowhere(one: Operation) -> str:
    return one.at("harbour", dict.fromkeys(one.names, new_id()) | {"year": 2026, "month": 3})
