"""Holds every exchange against the published description (openapi.trimmed.json)."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.exceptions import OpenAPIError
from werkzeug.datastructures import Headers, ImmutableMultiDict

from tests.standins.base.exchange import File, Reply, Request

TRIMMED = Path(__file__).with_name("openapi.trimmed.json")
SCOPES = "OAuth2"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


@cache
def description() -> dict[str, Any]:
    spec: dict[str, Any] = json.loads(TRIMMED.read_text())
    return spec


@cache
def _openapi() -> OpenAPI:
    return OpenAPI.from_dict(description(), config=Config(spec_validator_cls=None))


def operation(method: str, path: str) -> dict[str, Any] | None:
    """What the description says of this call, or None."""
    for template, operations in description()["paths"].items():
        if _fits(template, path):
            found: dict[str, Any] | None = operations.get(method.lower())
            if found is not None:
                return found
    return None


def scopes(method: str, path: str) -> tuple[str, ...]:
    """Any of these opens the call; empty: no token is needed."""
    found = operation(method, path) or {}
    return tuple(scope for need in found.get("security", ()) for scope in need.get(SCOPES, ()))


def violations(request: Request, reply: Reply, origin: str) -> list[str]:
    """What either side did that the description does not allow, as sentences."""
    called = operation(request.method, request.path)
    where = f"{request.method} {request.path}"
    if called is None:
        return [f"{where}: not described"] if request.path.startswith("/api/") else []
    known = {p["name"] for p in called.get("parameters", ()) if p["in"] == "query"}
    asked_for = {name for name, _ in _query(request)}
    found = [f"{where}: unknown query {name}" for name in sorted(asked_for - known)]
    asked = _Asked(request, called, origin)
    if reply.lie or reply.status not in (400, 401):
        found += [f"{where}: request: {why}" for why in _why(_openapi().validate_request, asked)]
    if not reply.lie and _is_described(reply, called):
        found += [
            f"{where}: reply {reply.status}: {why}"
            for why in _why(_openapi().validate_response, asked, _Answered(reply))
        ]
    return found


class _Asked:
    """A request, as openapi-core wants it. Forms become the JSON that is described."""

    def __init__(self, request: Request, called: dict[str, Any], origin: str) -> None:
        self.host_url = origin
        self.path = request.path
        self.method = request.method.lower()
        self.content_type, self.body = _described_body(request, called)
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(_query(request)), header=Headers(dict(request.headers))
        )


class _Answered:
    def __init__(self, reply: Reply) -> None:
        self.data = reply.body
        self.status_code = reply.status
        self.content_type = reply.headers.get("content-type", "")
        self.headers = Headers(dict(reply.headers))


def _query(request: Request) -> list[tuple[str, str]]:
    """Pairs; a list is described without the brackets that servers want."""
    pairs = parse_qsl(request.query, keep_blank_values=True)
    return [(name.removesuffix("[]"), value) for name, value in pairs]


def _described_body(request: Request, called: dict[str, Any]) -> tuple[str, bytes | None]:
    content = called.get("requestBody", {}).get("content", {})
    form = request.content_type.partition(";")[0]
    if not request.body:
        return form, None
    if form in _FORMS and "application/json" in content:
        properties = content["application/json"]["schema"].get("properties", {})
        return "application/json", json.dumps(_typed(request.fields, properties)).encode()
    return form, request.body


def _typed(fields: dict[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    kinds = {name: schema.get("type") for name, schema in properties.items()}
    return {
        name: value.split()
        if kinds.get(name) == "array" and isinstance(value, str)
        else value == "true"
        if kinds.get(name) == "boolean"
        else value.name
        if isinstance(value, File)
        else value
        for name, value in fields.items()
    }


def _why(check: Any, *given: Any) -> Iterator[str]:
    try:
        check(*given)
    except OpenAPIError as error:
        cause = error.__cause__
        details = getattr(cause, "schema_errors", ())
        yield "; ".join([repr(error), *(_plainly(detail) for detail in details)])


def _plainly(error: Any) -> str:
    at = "/".join(str(step) for step in error.absolute_path)
    return f"{at}: {error.message[:200]}"


def _is_described(reply: Reply, called: dict[str, Any]) -> bool:
    """Success must be described; of refusals only those are held against it that are there."""
    kind = reply.headers.get("content-type", "")
    is_page = kind.startswith(("text/html", "text/event-stream"))
    return not is_page and (reply.status < 300 or str(reply.status) in called["responses"])


def _fits(template: str, path: str) -> bool:
    wanted, given = template.split("/"), path.split("/")
    return len(wanted) == len(given) and all(
        w.startswith("{") or w == g for w, g in zip(wanted, given, strict=True)
    )
