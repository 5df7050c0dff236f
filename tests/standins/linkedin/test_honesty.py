"""The rules bite: what the API does not want is seen."""

import json
from typing import Any

import pytest

from tests.standins.base.exchange import Request
from tests.standins.linkedin.rules import found_against
from tests.standins.linkedin.state import HARBOUR

_HEAD = {"linkedin-version": "202607", "x-restli-protocol-version": "2.0.0"}
_POST: dict[str, Any] = {
    "author": HARBOUR,
    "commentary": "Hello",
    "visibility": "PUBLIC",
    "distribution": {
        "feedDistribution": "MAIN_FEED",
        "targetEntities": [],
        "thirdPartyDistributionChannels": [],
    },
    "lifecycleState": "PUBLISHED",
}


def _found(body: Any, path: str = "/rest/posts", **head: str) -> list[str]:
    given = {**_HEAD, **{name.replace("_", "-"): value for name, value in head.items()}}
    return found_against(Request("POST", path, "", given, json.dumps(body).encode()))


def test_a_post_as_it_should_be_is_found_good() -> None:
    assert _found(_POST) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "Hello"},
        {"author": "harbour"},
        {"visibility": "FRIENDS"},
        {"lifecycleState": "DRAFT"},
        {"scheduledPublishAt": 1},
        {"content": {"media": {"id": "urn:li:image:1", "alt": "x"}}},
        {"content": {"multiImage": {"images": [{"id": "urn:li:image:1"}]}}},
        {"content": {"poll": {"question": "?"}}},
    ],
)
def test_a_wrong_post_is_seen(changes: dict[str, Any]) -> None:
    assert len(_found({**_POST, **changes})) == 1


def test_wrong_calls_heads_and_queries_are_seen() -> None:
    def read(path: str, query: str, **head: str) -> list[str]:
        return found_against(Request("GET", path, query, {**_HEAD, **head}))

    assert _found(_POST, linkedin_version="latest") != []
    assert _found({}, "/rest/comments") != []
    assert _found({"patch": {"$set": {"commentary": "x"}}}, "/rest/posts/urn:li:share:1") != []
    query = "q=author&author=urn%3Ali%3Aorganization%3A1&sortBy=CREATED"
    finder = {"x-restli-method": "FINDER"}
    assert read("/rest/posts", query, **finder) == []
    assert len(read("/rest/posts", query.replace("%3A", ":"), **finder)) == 1
    assert len(read("/rest/posts", f"{query}&when=1", **finder)) == 1
    assert len(read("/rest/posts", query)) == 1
