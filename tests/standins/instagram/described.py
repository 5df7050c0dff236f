"""Holds every request against Meta's own description (../shared/specs/meta/api_specs).

The description is not copied here (Meta Platform licence): where it is absent, nothing is held
against it and one test says so.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from tests.standins.base.exchange import Request
from tests.standins.base.family import split

SPECS = Path(__file__).resolve().parents[4] / "shared/specs/meta/api_specs/specs"
ALWAYS = frozenset({"access_token", "appsecret_proof", "fields", "limit", "after", "before"})
UNDESCRIBED = {
    "messages": frozenset({"created_time", "from", "to", "message", "attachments", "id"})
}
"""UnifiedMessage has no file of its own in the description."""
NEWER = {("IGUser", "media"): frozenset({"is_ai_generated"})}
"""Parameters that Meta added after the description was made (June 2026)."""
_EDGES = {
    "children": "IGMedia",
    "comments": "IGComment",
    "replies": "IGComment",
    "media": "IGMedia",
    "stories": "IGMedia",
    "tags": "IGMedia",
    "accounts": "Page",
    "conversations": "UnifiedThread",
    "instagram_business_account": "IGUser",
    "mentioned_media": "IGMedia",
    "mentioned_comment": "IGComment",
}
"""What is at the end of an edge."""


def present() -> bool:
    return (SPECS / "IGUser.json").exists()


@cache
def _node(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SPECS / f"{name}.json").read_text())
    return found


@cache
def _enums() -> dict[str, list[str]]:
    return {
        one["name"]: one["values"] for one in json.loads((SPECS / "enum_types.json").read_text())
    }


def violations(request: Request, node: str, edge: str) -> list[str]:
    """What this request has that the description has not. node: what its path names; edge: what of
    it, or ""."""
    where = f"{request.method} {node}/{edge}"
    called = _operation(node, request.method, edge)
    if called is None:
        return [f"{where}: not described"]
    given = (
        {**request.args, **{name: str(value) for name, value in request.fields.items()}}
        if request.method == "POST"
        else request.args
    )
    known = {param["name"]: param for param in called.get("params", [])}
    found = [
        f"{where}: unknown {name}"
        for name in given
        if name not in {*known, *ALWAYS, *NEWER.get((node, edge), ())}
    ]
    found += [
        f"{where}: lacks {name}"
        for name, p in known.items()
        if p.get("required") and name not in given
    ]
    for name, value in given.items():
        if name in known:
            found += _wrong(where, name, str(known[name]["type"]), value)
    target = _EDGES.get(edge, "" if edge else node)
    return found + _unknown_fields(where, target, given.get("fields", ""))


def _operation(node: str, method: str, edge: str) -> dict[str, Any] | None:
    for call in _node(node)["apis"]:
        if call["method"] == method and (call.get("endpoint") or "") == edge:
            return dict(call)
    return None


def _wrong(where: str, name: str, kind: str, value: str) -> list[str]:
    if kind.endswith("_enum_param"):
        return _not_one_of(where, name, kind, [value])
    if kind.endswith("_enum_param>"):
        return _not_one_of(where, name, kind.removeprefix("list<").rstrip(">"), _items(value))
    fits = {
        "bool": value in ("true", "false"),
        "unsigned int": value.isdigit(),
        "map": _is(value, dict),
        "Object": _is(value, dict) or _is(value, str),
        "list<map>": _is(value, list),
    }
    return [] if fits.get(kind, True) else [f"{where}: {name} is no {kind}: {value!r}"]


def _not_one_of(where: str, name: str, enum: str, values: list[str]) -> list[str]:
    known = {one.lower() for one in _enums()[enum]}
    return [f"{where}: {name} cannot be {one!r}" for one in values if one.lower() not in known]


def _items(value: str) -> list[str]:
    return [str(one) for one in json.loads(value)] if value.startswith("[") else value.split(",")


def _is(value: str, kind: type) -> bool:
    try:
        return isinstance(json.loads(value), kind)
    except ValueError:
        return False


def _unknown_fields(where: str, node: str, fields: str) -> list[str]:
    if not node:
        return []
    described = _node(node)
    known = {one["name"] for one in described["fields"]} | {
        call["endpoint"]
        for call in described["apis"]
        if call.get("endpoint") and call["method"] == "GET"
    }
    found = []
    for name, inside in split(fields):
        bare = name.partition(".")[0]
        if bare not in known:
            found.append(f"{where}: {node} has no field {bare}")
        elif bare in UNDESCRIBED:
            found += [
                f"{where}: no {one}" for one, _ in split(inside) if one not in UNDESCRIBED[bare]
            ]
        elif inside:
            found += _unknown_fields(where, _EDGES[bare], inside)
    return found
