"""Filters of the inbox's lists, as they stand in an address; what makes no sense there is left out."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from urllib.parse import urlencode

from breakwater.core import clock
from breakwater.core.clock import of_this_age
from breakwater.domain.triage import Category
from breakwater.inbox.lifecycle import THREAD
from breakwater.inbox.selectors import Cut, Filters
from breakwater.networks.base import What
from breakwater.web.asked import uuid
from breakwater.web.numbers import number

ANY = "any"
_IDS = ("channel", "assignee", "label", "contact", "pile")


def filters_of(query: Mapping[str, str]) -> Filters:
    state = query.get("state", "open")
    return Filters(
        state="" if state == ANY else _one_of(state, THREAD.states, "open"),
        category=_one_of(query.get("category", ""), {one.value for one in Category}),
        what=_one_of(query.get("what", ""), {one.value for one in What}),
        language=query.get("language", "")[:8],
        unassigned=query.get("assignee") == "nobody",
        channel=uuid(query.get("channel", "")),
        assignee=uuid(query.get("assignee", "")),
        label=uuid(query.get("label", "")),
        contact=uuid(query.get("contact", "")),
        pile=uuid(query.get("pile", "")),
        overdue=clock.now() if query.get("late") else None,
        alone=query.get("alone") == "1",
    )


def query_of(filters: Filters) -> str:
    """As it stands in an address, after the question mark."""
    said = {
        "state": filters.state or ANY, "category": filters.category, "what": filters.what,
        "language": filters.language, **{name: getattr(filters, name) for name in _IDS},
    }  # fmt: skip
    if filters.unassigned:
        said["assignee"] = "nobody"
    if filters.overdue:
        said["late"] = "1"
    if filters.alone:
        said["alone"] = "1"
    return urlencode({name: value for name, value in said.items() if value})


def cut_of(query: Mapping[str, str]) -> Cut | None:
    at, _, name = query.get("after", "").partition("~")
    moment, id_ = moment_of(at), uuid(name)
    return Cut(moment, id_) if moment and id_ else None


def cut_text(cut: Cut) -> str:
    """The place as `cut_of` reads it."""
    return f"{cut.at.isoformat()}~{cut.id}"


def category_of(said: str) -> Category | None:
    """None for what is none."""
    return Category(said) if said in Category.__members__.values() else None


def moment_of(said: str) -> datetime | None:
    """As it stands in an address; None for what is none, has no zone, or is of no year that anything
    was written in: the first and last have moments that are none in another zone."""
    with suppress(ValueError):
        moment = datetime.fromisoformat(said)
        return moment if moment.tzinfo is not None and of_this_age(moment) else None
    return None


def row_of(query: Mapping[str, str]) -> int:
    """How many conversations somebody went through in a row (?n=); 0 where nobody counts."""
    return number(query.get("n", "")) or 0


def _one_of(said: str, known: set[str] | frozenset[str], otherwise: str = "") -> str:
    return said if said in known else otherwise
