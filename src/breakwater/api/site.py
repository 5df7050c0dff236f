"""The API: its routes under one description, /api/v1/openapi.json. No page of documentation is
served: the usual ones load their scripts from elsewhere."""

from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, path, re_path
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from breakwater.api import (
    alarms,
    answers,
    channels,
    corrections,
    costs,
    deliveries,
    doors,
    drills,
    event_watch,
    evidence,
    figures,
    guarding,
    guidelines,
    hygiene,
    inbox_deeds,
    inbox_work,
    incidents,
    learning,
    media,
    networks,
    opinions,
    pause_review,
    pauses,
    people,
    perspective,
    piles,
    posts,
    records,
    reviews,
    rules,
    scoring,
    shield,
    status,
    strays,
    talking,
)
from breakwater.api.parsing import StrictParser
from breakwater.api.problems import add_handlers, nothing
from breakwater.api.schemas.base import ProblemOut

_ABOUT = """The same desk as the pages, by machines.

Send a token of the workspace: `Authorization: Bearer bw_…`. `x-breakwater-right` of each
operation is the scope that it needs; the token's person must have the right in their role too.
Every error is `application/problem+json` with a stable `code`."""


class _Api(NinjaAPI):
    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The description, with the one form of every error."""
        found = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        found["components"]["schemas"]["Problem"] = ProblemOut.model_json_schema()
        return found


def _built() -> NinjaAPI:
    made = _Api(
        title="Breakwater",
        version=settings.VERSION,
        description=_ABOUT,
        docs_url=None,
        parser=StrictParser(),
        urls_namespace="api",
    )
    add_handlers(made)
    for module in (
        people,
        channels,
        networks,
        costs,
        media,
        posts,
        reviews,
        deliveries,
        evidence,
        records,
        status,
        strays,
        talking,
        answers,
        inbox_deeds,
        inbox_work,
        scoring,
        shield,
        corrections,
        learning,
        opinions,
        guarding,
        piles,
        rules,
        incidents,
        guidelines,
        drills,
        doors,
        alarms,
        pauses,
        hygiene,
        figures,
        pause_review,
        event_watch,
    ):
        made.add_router("", module.router)
    made.add_router("", reviews.calendar)
    return made


api = _built()
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("api/perspective/v1alpha1/comments:analyze", perspective.analyze),
    re_path(r"^api/(?:.*)$", nothing),
]
