"""What does not fit the description is refused in words, and nothing happens."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from pytest_django import Settings

from breakwater.api.tests.conftest import ALL, Caller, make_token, member, said
from breakwater.api.tests.routes import BODIES, Operation, operations
from breakwater.core.ids import new_id
from breakwater.people.models import Workspace
from breakwater.publishing.models import Post

WITH_BODY = [one for one in operations() if one.id in BODIES]


@pytest.mark.parametrize("one", WITH_BODY, ids=lambda one: one.id)
@pytest.mark.parametrize("field", ["workspace_id", "author", "state"])
def test_an_unknown_field_is_refused(bob_calls: Caller, one: Operation, field: str) -> None:
    path = one.at("harbour", {name: 1 if name == "item_id" else new_id() for name in one.names})
    before = _counts()

    refused = bob_calls.ask(one.method, path, {**BODIES[one.id], field: str(new_id())})

    assert (refused.status_code, said(refused)["code"]) == (422, "unknown_field")
    assert said(refused)["field"] == field
    assert field in said(refused)["message"]
    assert _counts() == before


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ({"words": ""}, "content.words"),
        ({"media": [{"asset_id": str(new_id()), "sha256": "x"}]}, "content.media.0.sha256"),
        ({"targets": {str(new_id()): {"payload": {}}}}, ".payload"),
    ],
)
def test_so_is_one_deep_inside(ann_calls: Caller, content: dict[str, Any], where: str) -> None:
    refused = ann_calls.post("/w/harbour/posts", {"content": content})

    assert (refused.status_code, said(refused)["code"]) == (422, "unknown_field")
    assert said(refused)["field"].endswith(where)
    assert not Post.objects.exists()


@pytest.mark.parametrize("query", ["stats=draft", "status=draft&page=2"])
def test_so_is_an_unknown_parameter(ann_calls: Caller, query: str) -> None:
    refused = ann_calls.get(f"/w/harbour/posts?{query}")

    assert (refused.status_code, said(refused)["code"]) == (422, "unknown_field")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("status=published-ish", "part_wrong"),
        ("limit=0", "part_wrong"),
        ("limit=201", "part_wrong"),
        ("since=2026-03-05T09:30", "part_wrong"),
        ("since=0001-01-01T00:00:00%2B23:00", "part_wrong"),
        ("cursor=nonsense", "bad_cursor"),
        ("cursor=0001-01-01T00:00:00%2B23:00~01a2020a-50c4-73a2-a8cb-2a506c3ff659", "bad_cursor"),
        ("text=%00", "unreadable_text"),
        ("channel_id=7", "not_an_id"),
    ],
)
def test_a_filter_that_means_nothing_is_said(ann_calls: Caller, query: str, code: str) -> None:
    refused = ann_calls.get(f"/w/harbour/posts?{query}")

    assert (refused.status_code, said(refused)["code"]) == (422, code)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "not_json"),
        (b"\xff", "not_json"),
        (b'{"content": NaN}', "not_json"),
        (b"[" * 100_000, "not_json"),
        (b'{"content": {"text": "\\u0000"}}', "unreadable_text"),
        (b'{"content": {"text": "\\ud800"}}', "unreadable_text"),
        (b"[]", "part_wrong"),
        (b"", "part_missing"),
    ],
)
def test_a_body_that_is_no_request_is_said(ann_calls: Caller, body: bytes, code: str) -> None:
    refused = _raw(ann_calls, body)

    assert (refused.status_code, said(refused)["code"]) == (422, code)
    assert not Post.objects.exists()


def test_a_body_that_is_too_large_is_not_read(ann_calls: Caller, settings: Settings) -> None:
    refused = _raw(ann_calls, b" " * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1))

    assert (refused.status_code, said(refused)["code"]) == (413, "request_too_large")


def test_an_upload_that_is_too_large_is_refused(ann_calls: Caller, settings: Settings) -> None:
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    settings.VIDEO_MAX_BYTES = settings.DOCUMENT_MAX_BYTES = 1024 * 1024

    by_us = ann_calls.upload("/w/harbour/media", b"x" * (1024 * 1024 + 1))
    by_length = ann_calls.upload("/w/harbour/media", b"x" * (2 * 1024 * 1024 + 1))

    assert (by_us.status_code, said(by_us)["code"]) == (422, "upload_too_big")
    assert (by_length.status_code, said(by_length)["code"]) == (413, "request_too_large")


def test_a_form_that_is_none_is_said(ann_calls: Caller) -> None:
    refused = _raw(ann_calls, b"nonsense", "/w/harbour/media", "multipart/form-data; boundary=")

    assert refused.status_code == 422


@pytest.mark.parametrize(
    ("wish", "code", "status"),
    [
        ({"network": "nowhere"}, "network_missing", 422),
        ({"network": "mastodon", "origin": "https://example.com"}, "sign_in_elsewhere", 422),
        ({"network": "bluesky", "origin": "http://127.0.0.1"}, "origin_not_https", 422),
        ({"network": "sandbox", "fields": {"nonsense": "x"}}, "unknown_field", 422),
        ({"network": "sandbox", "fields": {}}, "field_missing", 422),
    ],
)
def test_a_channel_that_cannot_be_connected_says_why(
    ann_calls: Caller, wish: dict[str, Any], code: str, status: int
) -> None:
    refused = ann_calls.post("/w/harbour/channels", wish)

    assert (refused.status_code, said(refused)["code"]) == (status, code)
    assert said(refused)["message"]


def test_the_last_owner_stays(desk: Workspace) -> None:
    ann = member(desk, "ann")
    desk.memberships.filter(person=ann).update(role="owner")
    caller = Caller(make_token(ann, desk, ALL))

    refused = caller.ask("DELETE", f"/w/harbour/members/{ann.pk}")

    assert (refused.status_code, said(refused)["code"]) == (409, "last_owner")
    assert desk.memberships.count() == 2


def test_a_method_that_a_route_has_not_is_refused(ann_calls: Caller) -> None:
    assert ann_calls.ask("PATCH", "/w/harbour/posts", {}).status_code == 405


def _raw(
    caller: Caller, body: bytes, path: str = "/w/harbour/posts", kind: str = "application/json"
) -> Any:
    said = {"Authorization": f"Bearer {caller.token}"}
    return Client(raise_request_exception=False).generic(
        "POST", f"/api/v1{path}", body, kind, headers=said
    )


def _counts() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}
