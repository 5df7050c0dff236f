"""Cuts discovery documents down to the methods that a connector uses, without prose.

    python -m tests.standins.google.trim OUT.json DOCUMENT.json[:method,method …] …

The methods of all documents are put into one file; a method keeps its document's root.
"""

import json
import sys
from pathlib import Path
from typing import Any

_METHOD = ("httpMethod", "path", "flatPath", "request", "response", "scopes", "mediaUpload")
_PARAMETER = ("type", "required", "enum", "repeated", "format")
_SCHEMA = (
    "type", "$ref", "enum", "format", "items", "properties", "additionalProperties",
)  # fmt: skip


def trimmed(document: dict[str, Any], wanted: set[str]) -> dict[str, Any]:
    """{"methods": {id: …}, "schemas": {name: …}} of the wanted methods, by id without the API."""
    api = document["name"]
    found = dict(_methods(document))
    methods = {f"{api}.{name}": _method(found[name], document) for name in sorted(wanted)}
    schemas: dict[str, Any] = {}
    queue = [
        part["$ref"] for one in methods.values() for part in (one.get("request"), one.get("response"))
        if part
    ]  # fmt: skip
    while queue:
        name = queue.pop()
        if name not in schemas:
            schemas[name] = _schema(document["schemas"][name])
            queue += _references(schemas[name])
    return {"methods": methods, "schemas": dict(sorted(schemas.items()))}


def _methods(resource: dict[str, Any], before: str = "") -> list[tuple[str, Any]]:
    found = [(f"{before}{name}", one) for name, one in resource.get("methods", {}).items()]
    for name, inner in resource.get("resources", {}).items():
        found += _methods(inner, f"{before}{name}.")
    return found


def _method(method: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    known = {name: method[name] for name in _METHOD if name in method}
    parameters = {
        name: {fact: one[fact] for fact in _PARAMETER if fact in one}
        for name, one in {**document["parameters"], **method["parameters"]}.items()
        if one.get("location") == "query"
    }
    return {**known, "parameters": parameters, "revision": document["revision"]}


def _schema(schema: dict[str, Any]) -> dict[str, Any]:
    kept = {name: schema[name] for name in _SCHEMA if name in schema}
    if "properties" in kept:
        kept["properties"] = {name: _schema(one) for name, one in kept["properties"].items()}
    for name in ("items", "additionalProperties"):
        if isinstance(kept.get(name), dict):
            kept[name] = _schema(kept[name])
    return kept


def _references(schema: Any) -> list[str]:
    if not isinstance(schema, dict):
        return []
    own = [schema["$ref"]] if isinstance(schema.get("$ref"), str) else []
    return own + [name for one in schema.values() for name in _references(one)]


def main(out: str, *documents: str) -> None:
    whole: dict[str, Any] = {"methods": {}, "schemas": {}}
    for one in documents:
        path, _, names = one.rpartition(":")
        part = trimmed(json.loads(Path(path).read_text()), set(names.split(",")))
        whole["methods"] |= part["methods"]
        whole["schemas"] |= part["schemas"]
    Path(out).write_text(json.dumps(whole, indent=1) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
