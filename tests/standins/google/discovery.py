"""Holds exchanges against discovery documents (trimmed by `trim`): unknown or misspelt
parameters, fields that are not there, wrong types, values that are not in an enum."""

import json
import re
from collections.abc import Iterator
from email import policy
from email.parser import BytesParser
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import jsonschema

from tests.standins.base.exchange import Reply, Request

_NUMBERS = {"int64", "uint64"}


class Discovery:
    """Files of methods and schemas. Names of methods carry their API: youtube.videos.list."""

    def __init__(self, *paths: Path) -> None:
        self._paths = paths

    @cached_property
    def _whole(self) -> dict[str, Any]:
        whole: dict[str, Any] = {"methods": {}, "schemas": {}}
        for path in self._paths:
            part = json.loads(path.read_text())
            whole["methods"] |= part["methods"]
            whole["schemas"] |= part["schemas"]
        return whole

    @cached_property
    def _defs(self) -> dict[str, Any]:
        return {name: _json_schema(one) for name, one in self._whole["schemas"].items()}

    def method(self, request: Request) -> dict[str, Any] | None:
        """What is described of this call, or None. `/upload/…` is the same method with a file."""
        path = request.path.removeprefix("/upload")
        for name, one in self._whole["methods"].items():
            same = one["httpMethod"] == request.method
            if same and re.fullmatch(_pattern(one.get("flatPath", one["path"])), path):
                return {**one, "id": name}
        return None

    def held_against(self, request: Request, reply: Reply) -> list[str]:
        """Sentences; none where both sides keep to what is described."""
        method = self.method(request)
        where = f"{request.method} {request.path}"
        if method is None:
            return [f"{where}: not described"]
        found = [f"{where}: {why}" for why in self._of_query(method, request)]
        found += [f"{where}: request: {why}" for why in self._of_body(method, request)]
        if not reply.lie and reply.status == 200 and reply.body and "response" in method:
            answer = json.loads(reply.body)
            found += [f"{where}: reply: {why}" for why in self._faults(method["response"], answer)]
        return found

    def _of_query(self, method: dict[str, Any], request: Request) -> Iterator[str]:
        given: dict[str, list[str]] = {}
        for name, value in parse_qsl(request.query, keep_blank_values=True):
            given.setdefault(name, []).append(value)
        for name, one in method["parameters"].items():
            if one.get("required") and name not in given:
                yield f"lacks the parameter {name}"
        for name, values in given.items():
            known = method["parameters"].get(name)
            if known is None:
                yield f"unknown parameter {name}"
            elif len(values) > 1 and not known.get("repeated"):
                yield f"{name} is given twice"
            else:
                yield from (why for value in values if (why := _wrong(name, value, known)))

    def _of_body(self, method: dict[str, Any], request: Request) -> Iterator[str]:
        if "request" not in method:
            if request.body and not request.path.startswith("/upload"):
                yield "a body where none is described"
            return
        value = _body_of(request)
        yield from ["no JSON object"] if value is None else self._faults(method["request"], value)

    def _faults(self, reference: dict[str, str], value: Any) -> Iterator[str]:
        schema = {"$ref": f"#/$defs/{reference['$ref']}", "$defs": self._defs}
        for error in jsonschema.Draft202012Validator(schema).iter_errors(value):
            yield f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"


def _pattern(template: str) -> str:
    return "/" + "".join(
        "[^/:]+" if part.startswith("{") else re.escape(part)
        for part in re.split(r"(\{[^}]*\})", template)
    )


def _wrong(name: str, value: str, known: dict[str, Any]) -> str:
    if known["type"] == "boolean" and value not in ("true", "false"):
        return f"{name}={value!r} is no boolean"
    if known["type"] == "integer" and not re.fullmatch(r"-?\d+", value):
        return f"{name}={value!r} is no number"
    if known.get("enum") and value not in known["enum"]:
        return f"{name}={value!r} is none of {known['enum']}"
    return ""


def related(request: Request) -> list[tuple[str, bytes]]:
    """(content type, bytes) of each part of a multipart/related body (RFC 2387)."""
    head = f"Content-Type: {request.content_type}\r\n\r\n".encode()
    whole = BytesParser(policy=policy.HTTP).parsebytes(head + request.body)
    return [(one.get_content_type(), one.get_payload(decode=True)) for one in whole.iter_parts()]


def _body_of(request: Request) -> Any:
    """The JSON of a body, or of the first part of a multipart/related one."""
    kind, body = request.content_type.partition(";")[0], request.body
    if kind == "multipart/related":
        kind, body = related(request)[0]
    try:
        value = json.loads(body)
    except ValueError:
        return None
    return value if kind == "application/json" and isinstance(value, dict) else None


def _json_schema(schema: dict[str, Any]) -> dict[str, Any]:
    """Discovery's own dialect as JSON Schema. What is not described is refused."""
    if "$ref" in schema:
        return {"$ref": f"#/$defs/{schema['$ref']}"}
    made = {name: schema[name] for name in ("type", "enum") if name in schema}
    if schema.get("type") == "any":
        return {}
    if schema.get("type") == "string" and schema.get("format") in _NUMBERS:
        made["pattern"] = r"^-?\d+$"
    if "properties" in schema:
        made["properties"] = {n: _json_schema(one) for n, one in schema["properties"].items()}
        made["additionalProperties"] = False
    if isinstance(schema.get("additionalProperties"), dict):
        made["additionalProperties"] = _json_schema(schema["additionalProperties"])
    if "items" in schema:
        made["items"] = _json_schema(schema["items"])
    return made
