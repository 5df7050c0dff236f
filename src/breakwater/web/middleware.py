"""What every request gets: an id, its reader's language and time zone, and no copy in a cache."""

import contextvars
import re
import secrets
from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone, translation

Next = Callable[[HttpRequest], HttpResponseBase]

_YEAR_S = 365 * 24 * 3600
_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="")
"""The id of the request in hand, for log lines."""


class RequestId:
    """X-Request-ID: the proxy's if it is well formed, else our own; on the answer as well."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        name = given if _ID.fullmatch(given) else secrets.token_hex(8)
        token = request_id.set(name)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response["X-Request-ID"] = name
        return response


class Reader:
    """The language and the zone of the person who reads. A stranger has the browser's language.

    The browser keeps a person's, for pages that cannot ask who reads: the database is away.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        person = request.user
        if not person.is_authenticated:
            return self.get_response(request)
        translation.activate(person.language)
        timezone.activate(_zone(person.zone))
        try:
            response = self.get_response(request)
        finally:
            timezone.deactivate()
        if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != person.language:
            keep_language(response, person.language)
        return response


class NoStore:
    """Pages are never kept by a browser or a proxy: after signing out, "back" shows nothing."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        return response


def keep_language(response: HttpResponseBase, language: str) -> None:
    """The browser asks for pages in this language from now on."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=_YEAR_S,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
