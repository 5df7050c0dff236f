"""Holds requests against Meta's own description of its nodes (`api_specs`, read from ../shared).

It knows names and types of parameters, edges and fields. It does not know permissions, tokens,
error codes, limits or states: those are the stand-in's. Not copied here, since its licence is
Meta's own; where it is absent, nothing is held against anybody (`IS_THERE`).
"""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from tests.standins.base.exchange import Request

SPECS = Path(__file__).resolve().parents[4] / "shared/specs/meta/api_specs/specs"
IS_THERE = SPECS.is_dir()
ABSENT = f"Meta's description is not at {SPECS}"

_EVERYWHERE = frozenset(
    {"access_token", "appsecret_proof", "fields", "ids", "limit", "after", "before"}
)
_FILES = frozenset({"source", "filedata"})
"""What the SDKs send bytes as where `allow_file_upload` is set (SDKCodegen.json)."""
_MANUAL = {"Page": frozenset({"tasks"})}
"""Fields that only the manual and recorded answers have (facebook-login/guides/access-tokens)."""
_PLAIN = {
    "bool": re.compile(r"true|false|0|1"),
    "int": re.compile(r"-?\d+"),
    "unsigned int": re.compile(r"\d+"),
    "float": re.compile(r"-?\d+(\.\d+)?"),
}


def held_against(request: Request, node: str, edge: str) -> list[str]:
    """Sentences. node: the kind of what is called, as Meta names it; edge: "" for itself."""
    where = f"{request.method} {node}/{edge}"
    if not IS_THERE or _node(node) is None:
        return []  # messages and the stories of reviews are not described
    called = _operation(node, request.method, edge)
    if called is None:
        return [f"{where}: not described"]
    known = {one["name"]: one["type"] for one in called["params"]}
    given = {**request.args, **(request.fields if request.method != "GET" else {})}
    found = [
        f"{where}: unknown parameter {name}"
        for name in given
        if name not in known and name not in _EVERYWHERE | _FILES
    ]
    found += [
        f"{where}: lacks {one['name']}"
        for one in called["params"]
        if one.get("required") and one["name"] not in given
    ]
    found += [
        f"{where}: {name}={value!r} is no {known[name]}"
        for name, value in given.items()
        if name in known and not _is(value, known[name])
    ]
    return found + [f"{where}: {why}" for why in _wrong_fields(called["return"], given)]


def _wrong_fields(node: str, given: dict[str, Any]) -> list[str]:
    asked = str(given.get("fields") or "")
    return _unknown(node, asked) if asked else []


def _unknown(node: str, asked: str) -> list[str]:
    """Of `a,b.limit(3){c}` those that the node has neither as a field nor as an edge."""
    described = _node(node)
    if described is None:
        return []
    fields = {one["name"]: one["type"] for one in described["fields"]}
    edges = {
        one["endpoint"]: one["return"]
        for one in described["apis"]
        if one["method"] == "GET" and one.get("endpoint")
    }
    found: list[str] = []
    for name, _, below in split(asked):
        if name not in {*fields, *edges, *_MANUAL.get(node, ())}:
            found.append(f"{node} has no field {name}")
        elif below:
            found += _unknown(edges.get(name) or fields[name], below)
    return found


def split(asked: str) -> list[tuple[str, str, str]]:
    """Of `a,b.limit(3){c}`: (name, modifiers, what is asked below it) for each at this depth."""
    parts, depth, start = [], 0, 0
    for place, letter in enumerate(f"{asked},"):
        depth += (letter in "{(") - (letter in "})")
        if letter == "," and depth == 0:
            parts.append(asked[start:place])
            start = place + 1
    found = []
    for part in parts:
        head, _, below = part.partition("{")
        name, _, modifiers = head.partition(".")
        found.append((name, modifiers, below.removesuffix("}")))
    return found


def _is(value: Any, kind: str) -> bool:
    if not isinstance(value, str):
        return True  # a file
    if kind in _PLAIN:
        return _PLAIN[kind].fullmatch(value) is not None
    if kind.startswith("list<"):
        return all(_is(one, kind[5:-1]) for one in _list(value))
    if allowed := _enums().get(kind):
        return value.casefold() in allowed
    return not value.startswith(("{", "[")) or _is_json(value)


def _list(value: str) -> list[str]:
    if value.startswith("[") and _is_json(value):
        return [one if isinstance(one, str) else json.dumps(one) for one in json.loads(value)]
    return value.split(",")


def _is_json(value: str) -> bool:
    try:
        json.loads(value)
    except ValueError:
        return False
    return True


@cache
def _node(name: str) -> dict[str, Any] | None:
    path = SPECS / f"{name}.json"
    if not re.fullmatch(r"\w+", name) or not path.exists():
        return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@cache
def _enums() -> dict[str, frozenset[str]]:
    """Case is not held against anybody: Meta's manual and its description differ in it."""
    said = json.loads((SPECS / "enum_types.json").read_text(encoding="utf-8"))
    return {one["name"]: frozenset(value.casefold() for value in one["values"]) for one in said}


def _operation(node: str, method: str, edge: str) -> dict[str, Any] | None:
    described = _node(node)
    own = {"GET": "#get", "POST": "#update", "DELETE": "#delete"}
    for one in (described or {"apis": []})["apis"]:
        same = one.get("endpoint") == edge if edge else one.get("name") == own.get(method)
        if one["method"] == method and same:
            found: dict[str, Any] = one
            return found
    return None
