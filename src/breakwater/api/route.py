"""The one way to write a route: its right, its answer, and what the same key again does.

`route` marks the view with `breakwater_right`, as pages are marked (web/page.py). The right is
asked of people.roles for the person's role now, and of the token's scopes, before anything of
the request is read (auth.Bearer).
"""

import hashlib
import inspect
import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Router, Schema

from breakwater.api.auth import Bearer, Call, call_of
from breakwater.core.ids import new_id
from breakwater.domain.errors import Invalid
from breakwater.people.roles import Right
from breakwater.people.services import Answer, once

Shown = Schema | HttpResponseBase | None
View = TypeVar("View", bound=Callable[..., Shown])

KEY_HEADER = "Idempotency-Key"
REPLAYED_HEADER = "Idempotency-Replayed"
_BODIES = ("wish", "picture")
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_KEY_PARAMETER = {
    "in": "header",
    "name": KEY_HEADER,
    "required": False,
    "description": "The same key again within 24 hours does nothing twice: the first answer "
    "comes again.",
    "schema": {"type": "string", "pattern": "^[\\x21-\\x7e]{1,255}$"},
}


def route(
    router: Router,
    method: str,
    path: str,
    *,
    right: Right | None,
    answer: type[Schema] | None = None,
    status: int = 200,
    apart: bool = False,
    once_only: tuple[str, ...] = (),
    uploads: bool = False,
    holds: dict[str, Any] | None = None,
) -> Callable[[View], View]:
    """The view is handed a `Call` whose token has `right` (None: any living token's call).

    apart: its service is more than one transaction (services.answers.once). once_only: parts
    of the answer that are shown to the first caller alone. holds: OpenAPI's `content` of an
    answer that is not JSON: it is not kept, so a key does nothing there.
    """

    def decorate(view: View) -> View:
        own = inspect.signature(view)
        rest = list(own.parameters.values())[1:]

        @wraps(view)
        def handled(request: HttpRequest, **values: Any) -> HttpResponseBase:
            call = call_of(request)
            values.pop("slug", None)
            _check_query(request, asked)
            if method != "POST" or holds is not None or KEY_HEADER not in request.headers:
                return _json(*_outcome(view(call, **values), status))
            kept = _once(call, lambda: view(call, **values), status, apart, once_only)
            return _json(kept, None)

        asked = frozenset(part.name for part in rest if _is_query(part, path))
        handled.__signature__ = _signature(path, rest)  # type: ignore[attr-defined]
        handled.__annotations__ = {}
        handled.breakwater_right = right or "own"  # type: ignore[attr-defined]
        router.api_operation(
            [method],
            path,
            auth=Bearer(right, uploads=uploads),
            response={status: answer},
            operation_id=f"{view.__module__.rsplit('.', 1)[-1]}_{view.__name__}",
            openapi_extra=_described(method, status, right, holds),
        )(handled)
        return view

    return decorate


def _described(
    method: str, status: int, right: Right | None, holds: dict[str, Any] | None
) -> dict[str, Any]:
    """What OpenAPI says besides: the right, the problems, the key."""
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    responses: dict[Any, Any] = {"default": {"description": "A problem", "content": problem}}
    if holds is not None:
        responses[status] = {"description": "OK", "content": holds}
    extra: dict[str, Any] = {
        "x-breakwater-right": right.value if right else "own",
        "responses": responses,
    }
    once_too = method == "POST" and holds is None
    return {**extra, "parameters": [_KEY_PARAMETER]} if once_too else extra


def _signature(path: str, rest: list[inspect.Parameter]) -> inspect.Signature:
    """The view's own, with what the framework hands over instead of the `Call`."""
    kind = inspect.Parameter.KEYWORD_ONLY
    first = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    slug = [inspect.Parameter("slug", kind, annotation=str)] if "{slug}" in path else []
    return inspect.Signature([first, *slug, *(part.replace(kind=kind) for part in rest)])


def _is_query(part: inspect.Parameter, path: str) -> bool:
    return f"{{{part.name}}}" not in path and part.name not in _BODIES


def _check_query(request: HttpRequest, asked: frozenset[str]) -> None:
    """A parameter that nobody reads is refused, like an unknown field of a body."""
    if strange := sorted(set(request.GET) - asked):
        raise Invalid(code="unknown_field", field="query", name=strange[0][:100])
    if any("\x00" in value for values in request.GET.lists() for value in values[1]):
        raise Invalid(code="unreadable_text", field="query")


def _once(
    call: Call, deed: Callable[[], Shown], status: int, apart: bool, blank: tuple[str, ...]
) -> Answer:
    key = call.request.headers[KEY_HEADER]
    if not _KEY.fullmatch(key):
        raise Invalid(code="key_malformed", field=KEY_HEADER)

    def answered() -> Answer:
        outcome, _ = _outcome(deed(), status)
        return outcome

    return once(
        answered,
        token_id=call.token.pk,
        key=key,
        request_hash=_hash(call.request),
        now=call.now,
        apart=apart,
        blank=blank,
    )


def request_id(call: Call) -> UUID:
    """What tells this request from all others; the same again for the same key and body."""
    key = call.request.headers.get(KEY_HEADER, "")
    return uuid5(call.token.pk, f"{key} {_hash(call.request)}") if key else new_id()


def _outcome(shown: Shown, status: int) -> tuple[Answer, HttpResponseBase | None]:
    if isinstance(shown, HttpResponseBase):
        return Answer(shown.status_code, None), shown
    return Answer(status, shown.model_dump(mode="json") if shown else None), None


def _json(answer: Answer, ready: HttpResponseBase | None) -> HttpResponseBase:
    if ready is not None:
        return ready
    body = "" if answer.body is None else json.dumps(answer.body, ensure_ascii=False)
    response = HttpResponse(body, status=answer.status, content_type="application/json")
    if answer.replayed:
        response[REPLAYED_HEADER] = "true"
    return response


def _hash(request: HttpRequest) -> str:
    """SHA-256 of what was asked: method, address, and the body (or the files of a form)."""
    parts = [request.method or "", request.get_full_path()]
    if request.FILES:
        for name, files in sorted(request.FILES.lists()):
            for file in files:
                parts += [name, file.name or "", hashlib.file_digest(file, "sha256").hexdigest()]
                file.seek(0)
        parts += [f"{name}={values}" for name, values in sorted(request.POST.lists())]
    else:
        parts.append(hashlib.sha256(request.body).hexdigest())
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
