"""The calls that the stand-in knows are those of LinkedIn's own Postman collections, where these
are at hand (a third party's copy, which may not be kept here)."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

COLLECTIONS = Path(__file__).parents[4] / "shared/specs/linkedin/postman"
WANTED = {
    ("POST", "/posts"),
    ("POST", "/images?action"),
    ("POST", "/videos?action"),
    ("POST", "/documents?action"),
    ("GET", "/organizationAcls?q"),
    ("PUT", "/eventSubscriptions/"),
    ("DELETE", "/eventSubscriptions/"),
    ("GET", "/organizationalEntityShareStatistics?q"),
    ("GET", "/networkSizes/urn:li:organization:"),
}


def _calls(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if request := item.get("request"):
        yield request["method"], request["url"]["raw"].replace("{{baseUrl}}", "")
    for inner in item.get("item", ()):
        yield from _calls(inner)


def test_the_calls_are_in_the_collections() -> None:
    if not COLLECTIONS.exists():
        pytest.skip("the copy of LinkedIn's Postman collections is not at hand")

    known = {
        call
        for path in COLLECTIONS.glob("*.json")
        for item in json.loads(path.read_text())["item"]
        for call in _calls(item)
    }

    missing = [
        (verb, path)
        for verb, path in sorted(WANTED)
        if not any(verb == v and p.startswith(path) for v, p in known)
    ]
    assert missing == []
