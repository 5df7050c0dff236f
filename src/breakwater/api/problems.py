"""Errors as `application/problem+json` (RFC 9457): a code, and a sentence in a language."""

import json
import logging
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from breakwater.api.limits import TooLarge, TooMany
from breakwater.core.messages import say, sentence
from breakwater.core.outages import outage
from breakwater.domain.errors import (
    BreakwaterError,
    EgressRefused,
    Forbidden,
    IllegalMove,
    Invalid,
    NetworkError,
    NotFound,
    Problem,
    StaleState,
)
from breakwater.publishing.finding import Finding

MEDIA_TYPE = "application/problem+json"
_BY_CODE = {
    "token_invalid": 401,
    "network_unreachable": 502,
    "network_missing": 422,
    "disk_full": 507,
    "database_away": 503,
    "pictures_busy": 503,
    "blob_damaged": 500,
}
_BY_KIND: tuple[tuple[type[BreakwaterError], int], ...] = (
    (TooMany, 429),
    (TooLarge, 413),
    (NotFound, 404),
    (Forbidden, 403),
    (Invalid, 422),
    (StaleState, 409),
    (IllegalMove, 409),
    (Problem, 409),
    (NetworkError, 502),
    (EgressRefused, 422),
)
_NEVER = ("code", "field", "sentences")
_LONGEST = 1000
log = logging.getLogger(__name__)


def status_of(error: BreakwaterError) -> int:
    if known := _BY_CODE.get(error.code):
        return known
    return next((status for kind, status in _BY_KIND if isinstance(error, kind)), 500)


def problem(
    status: int,
    code: str,
    message: str,
    *,
    field: str | None = None,
    data: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The one form of every error."""
    body = {
        "status": status,
        "title": HTTPStatus(status).phrase,
        "code": code,
        "message": message,
        "field": field,
        "data": dict(data or {}),
    }
    response = HttpResponse(json.dumps(body), status=status, content_type=MEDIA_TYPE)
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="breakwater"'
    return response


def said(error: BreakwaterError) -> HttpResponse:
    """The answer to a domain error. What a network said stays out: it may repeat a secret."""
    status = status_of(error)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.warning("api.failed code=%s", error.code)
    field = error.field if isinstance(error, Invalid) else None
    data = _plain(error.data) if isinstance(error, Problem) else {}
    response = problem(status, error.code, say(error), field=field, data=data)
    if isinstance(error, TooMany):
        response["Retry-After"] = str(error.after_s)
    return response


def nothing(_request: HttpRequest, **_path: object) -> HttpResponse:
    """What is answered at an address that is no route."""
    return said(NotFound())


def finding_out(finding: Finding) -> dict[str, Any]:
    """A finding as JSON, with its sentence."""
    return {
        "level": finding.level,
        "code": finding.code,
        "channel_id": str(finding.channel_id) if finding.channel_id else None,
        "message": sentence(finding.code, finding.data),
        "data": _plain(finding.data),
    }


def add_handlers(api: NinjaAPI) -> None:
    """Every error of the API becomes a problem; none shows a trace."""
    api.add_exception_handler(BreakwaterError, lambda _request, error: said(_own(error)))
    api.add_exception_handler(ValidationError, _not_understood)
    api.add_exception_handler(AuthenticationError, _no_token)
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(Http404, lambda _request, _error: said(NotFound()))
    api.add_exception_handler(RequestDataTooBig, lambda _request, _error: said(TooLarge()))
    api.add_exception_handler(SuspiciousOperation, lambda _request, _error: said(Invalid()))
    api.add_exception_handler(MultiPartParserError, lambda _request, _error: said(Invalid()))
    api.add_exception_handler(OverflowError, lambda _request, _error: said(Invalid()))
    api.add_exception_handler(DataError, lambda _request, _error: said(Invalid()))
    api.add_exception_handler(Exception, _broken)


def _own(error: object) -> BreakwaterError:
    assert isinstance(error, BreakwaterError)
    return error


def _no_token(_request: HttpRequest, _error: object) -> HttpResponse:
    return problem(401, "token_missing", sentence("token_missing"))


def _http_error(_request: HttpRequest, error: object) -> HttpResponse:
    status = error.status_code if isinstance(error, HttpError) else HTTPStatus.BAD_REQUEST
    return problem(status, "invalid", sentence("invalid"))


def _not_understood(_request: HttpRequest, error: object) -> HttpResponse:
    """422 for what does not fit the description; what was sent is not repeated."""
    assert isinstance(error, ValidationError)
    faults = [_fault(one) for one in error.errors]
    code, field = faults[0]["code"], faults[0]["field"]
    name = field.rsplit(".", 1)[-1]
    where = field.rpartition(".")[0] or "body"
    message = sentence(code, {"field": where if code == "unknown_field" else field, "name": name})
    return problem(422, code, message, field=field, data={"errors": faults})


def _fault(error: Mapping[str, Any]) -> dict[str, str]:
    """Where and what, of one fault that pydantic found."""
    parts = [str(part) for part in error.get("loc", ())]
    parts = parts[1:] if len(parts) > 1 else parts  # body, query, path
    parts = parts[1:] if len(parts) > 1 and parts[0] == "wish" else parts
    parts = ["body"] if parts == ["wish"] else parts
    kind = str(error.get("type", ""))
    codes = {"extra_forbidden": "unknown_field", "missing": "part_missing"}
    code = codes.get(kind, "not_an_id" if kind.startswith("uuid") else "part_wrong")
    return {"field": ".".join(parts)[:_LONGEST], "code": code}


def _broken(request: HttpRequest, error: object) -> HttpResponse:
    if isinstance(error, Exception) and (out := outage(error)):
        return said(out)
    log.error("api.broke method=%s", request.method, exc_info=isinstance(error, BaseException))
    return problem(500, "api_broke", sentence("api_broke"))


def _plain(data: Mapping[str, object]) -> dict[str, Any]:
    return {name: _value(value) for name, value in data.items() if name not in _NEVER}


def _value(value: object) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Finding):
        return finding_out(value)
    if isinstance(value, list | tuple):
        return [_value(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)[:_LONGEST] if isinstance(value, str | UUID) else None
