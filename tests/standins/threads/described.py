"""Holds every request against the official Postman collection (../shared/specs/threads).

The collection is not copied here (Meta Platform licence): where it is absent, nothing is held
against it and one test says so.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.standins.base.exchange import Request

COLLECTION = (
    Path(__file__).resolve().parents[4] / "shared/specs/threads/threads-api.postman_collection.json"
)
ALWAYS = frozenset({"access_token", "limit", "after", "before"})
_NUMBERED = frozenset(
    {"{{thread_id}}", "{{reply_thread_id}}", "{{container_id}}", "{{location_id}}"}
)
_CHOICES = ("media_type", "reply_control")


@dataclass(frozen=True)
class Described:
    """One request of the collection: parameters by name, as it writes them. A segment of `path`
    that is a variable stands for a number."""

    method: str
    path: tuple[str, ...]
    params: dict[str, str]


_A_REPLY = Described("GET", ("{{thread_id}}",), {"fields": "{{fields_replies}}"})
"""A reply is read as a post is; the collection shows its fields in lists only."""


def present() -> bool:
    return COLLECTION.exists()


def violations(request: Request, path: str) -> list[str]:
    """What this request has that no request of the collection has. path: without the version."""
    where = f"{request.method} {path}"
    fitting = [one for one in _requests() if _fits(one, request.method, path)]
    if request.method == "GET" and path.strip("/").isdigit():
        fitting.append(_A_REPLY)
    if not fitting:
        return [f"{where}: not described"]
    given = {**request.args}
    if request.method == "POST":
        given |= {name: str(value) for name, value in request.fields.items()}
    known = {name for one in fitting for name in one.params}
    found = [f"{where}: unknown {name}" for name in given if name not in {*known, *ALWAYS}]
    for name in ("fields", "metric"):
        words = {word for one in fitting for word in _words(one.params.get(name, ""))}
        if name in given and name in known:
            wanted = set(given[name].split(","))
            found += [f"{where}: no {one} in {name}" for one in sorted(wanted - words)]
    for name in _CHOICES:
        if name in given and given[name] not in _variables()[name].replace(" ", "").split(","):
            found.append(f"{where}: {name} cannot be {given[name]!r}")
    return found


@cache
def _collection() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(COLLECTION.read_text())
    return found


@cache
def _variables() -> dict[str, str]:
    return {one["key"]: str(one["value"]) for one in _collection()["variable"]}


@cache
def _requests() -> tuple[Described, ...]:
    return tuple(_described(item["request"]) for item in _items(_collection()["item"]))


def _items(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in items:
        if "item" in item:
            yield from _items(item["item"])
        else:
            yield item


def _described(request: dict[str, Any]) -> Described:
    url = request["url"]
    path = tuple(segment for segment in url["path"] if segment)
    params = {one["key"]: str(one.get("value") or "") for one in url.get("query", [])}
    return Described(str(request["method"]), path, params)


def _fits(one: Described, method: str, path: str) -> bool:
    segments = path.strip("/").split("/")
    return (
        one.method == method
        and len(one.path) == len(segments)
        and all(
            given.isdigit() if said in _NUMBERED else said == given
            for said, given in zip(one.path, segments, strict=True)
        )
    )


def _words(value: str) -> set[str]:
    """`{{fields_threads}}` -> the names in that variable; nested ones are left out."""
    name = value.strip("{}")
    listed = re.sub(r"\{[^}]*\}", "", _variables().get(name, value))
    return {*listed.split(","), "id"}
