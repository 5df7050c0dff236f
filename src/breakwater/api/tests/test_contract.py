"""The description of the API is whole, and the API keeps it whatever is thrown at it."""

import json
from collections import Counter
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from ninja import Schema
from pytest_django import Settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
)

from breakwater.api.site import api
from breakwater.api.tests.conftest import Caller, member, picture, said
from breakwater.api.tests.routes import operations
from breakwater.people.models import Workspace
from breakwater.people.roles import Right

EXAMPLES = 6
"""For each operation, of each sort (as described, and not)."""


@pytest.fixture
def described(client: Client) -> dict[str, Any]:
    answer = client.get("/api/v1/openapi.json")
    assert answer["Cache-Control"] == "no-store"
    found: dict[str, Any] = json.loads(answer.content)
    return found


def test_every_operation_is_described_with_its_right(described: dict[str, Any]) -> None:
    rights = {right.value for right in Right} | {"own"}

    rows = [row for methods in described["paths"].values() for row in methods.values()]

    assert described["openapi"] == "3.1.0"
    assert len(rows) == len(operations()) >= 41
    assert len({row["operationId"] for row in rows}) == len(rows)
    for row in rows:
        assert len(row["description"]) > 20, row["operationId"]
        assert row["x-breakwater-right"] in rights
        assert row["security"] == [{"Bearer": []}]
        assert "application/problem+json" in row["responses"]["default"]["content"]


def test_the_views_carry_what_the_description_says(described: dict[str, Any]) -> None:
    told = {
        row["operationId"]: row["x-breakwater-right"]
        for methods in described["paths"].values()
        for row in methods.values()
    }

    assert {one.id: one.right for one in operations()} == told
    assert {one.right for one in operations()} == {right.value for right in Right} | {"own"}


def test_what_is_sent_is_closed(described: dict[str, Any]) -> None:
    schemas = described["components"]["schemas"]
    wishes = [name for name in schemas if name.endswith("Wish")]

    assert len(wishes) >= 13
    assert [name for name in wishes if schemas[name]["additionalProperties"] is not False] == []


def test_no_two_shapes_share_a_name() -> None:
    """The description has one shape under each name: of two, one route would be described as the
    other answers."""
    names = Counter(shape.__name__ for shape in _shapes(Schema))

    assert len(names) > 100
    assert [name for name, times in names.items() if times > 1] == []


def _shapes(of: type[Schema]) -> set[type[Schema]]:
    """Those of the product: ninja makes others of them for its own use, in its own modules."""
    found = {inner for one in of.__subclasses__() for inner in (one, *_shapes(one))}
    return {one for one in found if one.__module__.startswith("breakwater.")}


def test_no_page_of_documentation_is_served(client: Client) -> None:
    assert client.get("/api/v1/docs").status_code == 404
    assert client.get("/api/v1/").status_code == 404
    assert api.docs_url is None


@pytest.fixture
def ids(desk: Workspace, ann_calls: Caller, channel_id: str, wall: str) -> dict[str, str]:
    """One of each thing in our workspace, made by the API."""
    content = {"text": "Ebb.", "targets": {channel_id: {}}, "wall": wall, "zone": "UTC"}
    post = said(ann_calls.post("/w/harbour/posts", {"content": content}))
    submitted = said(ann_calls.post(f"/w/harbour/posts/{post['id']}/submit", {}))
    wish = {"email": "kim@example.test", "role": "viewer"}
    return {
        "channel_id": channel_id,
        "post_id": post["id"],
        "version_id": submitted["version"]["id"],
        "asset_id": said(ann_calls.upload("/w/harbour/media", picture()))["id"],
        "invitation_id": said(ann_calls.post("/w/harbour/invitations", wish))["id"],
        "person_id": str(member(desk, "ann").pk),
    }


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_nothing_breaks_whatever_is_asked(
    desk: Workspace, ids: dict[str, str], bob_calls: Caller, settings: Settings
) -> None:
    settings.API_RATE = 1_000_000
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())

    for found in schema.get_all_operations():
        for mode in GenerationMode:
            _throw_at(_sound(found), mode, {"slug": "harbour", **ids}, bob_calls.token)


def _sound(found: Any) -> Any:
    """The operation, whose description could be read."""
    return found.ok()


def _throw_at(operation: Any, mode: GenerationMode, known: dict[str, str], token: str) -> None:
    """Requests of the operation's own description, right or wrong; half with ids that exist,
    and all in our workspace."""

    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), there=st.booleans())
    def thrown(case: Any, there: bool) -> None:
        case.path_parameters = {
            name: known[name] if name in known and (there or name == "slug") else value
            for name, value in (case.path_parameters or {}).items()
        }
        response = case.call(headers={"Authorization": f"Bearer {token}"})
        checks: list[Any] = [not_a_server_error]
        if response.status_code not in (404, 405):  # an address may be made into another one
            checks += [content_type_conformance, response_schema_conformance]
        case.validate_response(response, checks=checks)

    try:
        thrown()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE  # nothing can be wrong about it
