"""Holds every exchange against the official description (openapi.trimmed.json)."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.exceptions import OpenAPIError
from werkzeug.datastructures import Headers, ImmutableMultiDict

from tests.standins.base.exchange import Reply, Request

TRIMMED = Path(__file__).with_name("openapi.trimmed.json")
SCOPES = "pinterest_oauth2"
_FORM = "application/x-www-form-urlencoded"


@cache
def description() -> dict[str, Any]:
    """The trimmed description, its forms as the JSON that they become here."""
    spec: dict[str, Any] = json.loads(TRIMMED.read_text())
    for operations in spec["paths"].values():
        for operation in operations.values():
            content = operation.get("requestBody", {}).get("content", {})
            if _FORM in content:
                content["application/json"] = content.pop(_FORM)
    return spec


@cache
def _openapi() -> OpenAPI:
    return OpenAPI.from_dict(description(), config=Config(spec_validator_cls=None))


def operation(method: str, path: str) -> dict[str, Any] | None:
    """What the description says of this call, or None."""
    for template, operations in description()["paths"].items():
        if _fits(template, path) and method.lower() in operations:
            found: dict[str, Any] = operations[method.lower()]
            return found
    return None


def scopes(method: str, path: str) -> tuple[str, ...]:
    """All of these open the call."""
    found = operation(method, path) or {}
    return tuple(scope for need in found.get("security", ()) for scope in need.get(SCOPES, ()))


def violations(request: Request, reply: Reply, origin: str) -> list[str]:
    """What either side did that the description does not allow, as sentences."""
    if not request.path.startswith("/v5/"):
        return []
    where, called = f"{request.method} {request.path}", operation(request.method, request.path)
    if called is None:
        return [f"{where}: not described"]
    known = {_whole(p)["name"] for p in called.get("parameters", ()) if _whole(p)["in"] == "query"}
    found = [f"{where}: unknown query {name}" for name in request.args if name not in known]
    asked = _Asked(request, origin)
    found += [f"{where}: request: {why}" for why in _why(_openapi().validate_request, asked)]
    if not reply.lie and reply.status != 401:
        answered = _Answered(reply)
        found += [
            f"{where}: reply {reply.status}: {why}"
            for why in _why(_openapi().validate_response, asked, answered)
        ]
    return found


class _Asked:
    """A request, as openapi-core wants it. A form becomes the JSON that is described."""

    def __init__(self, request: Request, origin: str) -> None:
        self.host_url = origin
        self.path = request.path
        self.method = request.method.lower()
        self.content_type = request.content_type.partition(";")[0]
        self.body: bytes | None = request.body or None
        if self.content_type == _FORM:
            self.content_type = "application/json"
            self.body = json.dumps(request.fields).encode()
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(request.args), header=Headers(dict(request.headers))
        )


class _Answered:
    def __init__(self, reply: Reply) -> None:
        self.data = reply.body
        self.status_code = reply.status
        self.content_type = reply.headers.get("content-type", "").partition(";")[0]
        self.headers = Headers(dict(reply.headers))


def _why(check: Any, *given: Any) -> Iterator[str]:
    try:
        check(*given)
    except OpenAPIError as error:
        details = getattr(error.__cause__, "schema_errors", ())
        yield "; ".join([repr(error), *(_plainly(detail) for detail in details)])


def _plainly(error: Any) -> str:
    at = "/".join(str(step) for step in error.absolute_path)
    return f"{at}: {error.message[:200]}"


def _whole(parameter: dict[str, Any]) -> dict[str, Any]:
    name = parameter.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = description()["components"]["parameters"][name] if name else parameter
    return found


def _fits(template: str, path: str) -> bool:
    wanted, given = template.split("/"), path.split("/")
    return len(wanted) == len(given) and all(
        w.startswith("{") or w == g for w, g in zip(wanted, given, strict=True)
    )
