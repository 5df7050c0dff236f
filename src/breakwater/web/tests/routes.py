"""Every address of the product, found by walking the root URLconf."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver, reverse

NOBODY_SIGNS_IN = {"healthz", "readyz", "metrics"}
"""For machines: they carry no page and no personal data (web/operations.py)."""

_SAMPLES: dict[str, object] = {
    "UUIDConverter": UUID("01920000-0000-7000-8000-000000000000"),
    "IntConverter": 1,
    "StringConverter": "nothing",
    "SlugConverter": "nothing",
    "LettersConverter": "nothing",
    "PathConverter": "nothing",
}


@dataclass(frozen=True)
class Route:
    """One address. right: as its view declares it, or None. kwargs: its parameters' converters."""

    name: str
    right: object
    methods: tuple[str, ...]
    kwargs: dict[str, str] = field(hash=False)

    @property
    def of_workspace(self) -> bool:
        return "slug" in self.kwargs

    def url(self, slug: str = "nothing") -> str:
        values: dict[str, Any] = {name: _SAMPLES[kind] for name, kind in self.kwargs.items()}
        return reverse(self.name, kwargs={**values, **({"slug": slug} if "slug" in values else {})})


def routes() -> list[Route]:
    """All of them but the API's, which has its own walk (api/tests)."""
    return sorted(_walk(get_resolver(), {}), key=lambda route: route.name)


def _walk(resolver: URLResolver, above: dict[str, str]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        found = {n: type(c).__name__ for n, c in entry.pattern.converters.items()}
        kwargs = {**above, **found}
        if isinstance(entry, URLResolver):
            if entry.app_name != "ninja":
                yield from _walk(entry, kwargs)
        elif not _of_api(entry):
            yield _route(entry, kwargs)


def _of_api(entry: URLPattern) -> bool:
    return entry.callback.__module__.startswith("breakwater.api")


def _route(entry: URLPattern, kwargs: dict[str, str]) -> Route:
    view = entry.callback
    return Route(
        entry.name or str(entry.pattern),
        getattr(view, "breakwater_right", None),
        getattr(view, "breakwater_methods", ()),
        kwargs,
    )
