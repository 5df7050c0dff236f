"""Holds every exchange against the official description of X, where it is at hand.

The description is under the X Developer Agreement, so no copy of it is in this repository (see
SOURCE.md): it is read from ../shared. Without it only `rules.py` is held against an exchange.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.exceptions import OpenAPIError
from werkzeug.datastructures import Headers, ImmutableMultiDict

from tests.standins.base.exchange import File, Reply, Request
from tests.standins.x.trim import trimmed

FULL = Path(__file__).parents[4] / "shared" / "specs" / "x" / "openapi-docs-2.167.json"
WHY_NOT = f"the description of X is not at {FULL}: its licence keeps it out of this repository"


def at_hand() -> bool:
    return FULL.exists()


@cache
def description() -> dict[str, Any]:
    return trimmed(json.loads(FULL.read_text(encoding="utf-8")))


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


def violations(request: Request, reply: Reply, origin: str) -> list[str]:
    """What either side did that the description does not allow, as sentences."""
    called, where = operation(request.method, request.path), f"{request.method} {request.path}"
    if called is None:
        return [f"{where}: not described"]
    known = {one["name"] for one in called.get("parameters", ()) if one["in"] == "query"}
    found = [f"{where}: unknown query {name}" for name in request.args if name not in known]
    asked = _Asked(request, origin)
    if reply.lie or reply.status < 400:
        found += [f"{where}: request: {why}" for why in _why(_openapi().validate_request, asked)]
    if not reply.lie and reply.status < 300:
        found += [
            f"{where}: reply {reply.status}: {why}"
            for why in _why(_openapi().validate_response, asked, _Answered(reply))
        ]
    return found


class _Asked:
    """A request, as openapi-core wants it. A form with a file becomes the JSON of its fields."""

    def __init__(self, request: Request, origin: str) -> None:
        self.host_url = origin
        self.path = request.path
        self.method = request.method.lower()
        self.content_type = request.content_type.partition(";")[0]
        self.body: bytes | None = request.body or None
        if self.content_type == "multipart/form-data":
            self.content_type, self.body = "application/json", _as_json(request.fields)
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(request.args), header=Headers(dict(request.headers))
        )


class _Answered:
    def __init__(self, reply: Reply) -> None:
        self.data = reply.body
        self.status_code = reply.status
        self.content_type = "application/json"
        self.headers = Headers(dict(reply.headers))


def _as_json(fields: dict[str, Any]) -> bytes:
    shown = {
        name: value.name
        if isinstance(value, File)
        else int(value)
        if name == "segment_index"
        else value
        for name, value in fields.items()
    }
    return json.dumps(shown).encode()


def _why(check: Any, *given: Any) -> Iterator[str]:
    try:
        check(*given)
    except OpenAPIError as error:
        details = getattr(error.__cause__, "schema_errors", ())
        yield "; ".join([repr(error), *(str(one.message)[:200] for one in details)])


def _fits(template: str, path: str) -> bool:
    wanted, given = template.split("/"), path.split("/")
    return len(wanted) == len(given) and all(
        a.startswith("{") or a == b for a, b in zip(wanted, given, strict=True)
    )
