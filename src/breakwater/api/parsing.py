"""JSON bodies: read whole, strictly, and without what no database can keep."""

import json
import re
from typing import Any, NoReturn

from django.conf import settings
from django.http import HttpRequest
from ninja.parser import Parser

from breakwater.api.limits import TooLarge
from breakwater.domain.errors import Invalid

_UNKEPT = re.compile("[\x00\ud800-\udfff]")


class StrictParser(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        """The decoded JSON. Raises: ValueError; RecursionError for what is nested too deep."""
        return json.loads(request.body.decode("utf-8"), parse_constant=_no_constant)


def check_body(request: HttpRequest) -> None:
    """Nothing, or the Problem of a JSON body: TooLarge, Invalid (not_json, unreadable_text).

    Asked before the framework parses: its own answer would say less.
    """
    if request.content_type == "multipart/form-data" or not request.body:
        return
    json_of(request)


def json_of(request: HttpRequest) -> Any:
    """The decoded JSON of a body of any content type; None of none. Raises: TooLarge, Invalid
    (not_json, unreadable_text)."""
    if not request.body:
        return None
    if len(request.body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        raise TooLarge(limit=settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    try:
        found = json.loads(request.body.decode("utf-8"), parse_constant=_no_constant)
        readable = not _unkept(found)
    except (ValueError, RecursionError) as error:
        raise Invalid(code="not_json") from error
    if not readable:
        raise Invalid(code="unreadable_text")
    return found


def _unkept(found: object) -> bool:
    """Whether a text in it has NUL or half a character: no database keeps them."""
    if isinstance(found, str):
        return _UNKEPT.search(found) is not None
    if isinstance(found, dict):
        return any(_unkept(name) or _unkept(part) for name, part in found.items())
    return isinstance(found, list) and any(_unkept(part) for part in found)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
