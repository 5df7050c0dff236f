"""Polling a list that a network gives newest first, one page a poll, without losing any.

A walk goes back page by page to what was seen before. Until it gets there its cursor carries the
page to go on with, and the newest moment that the walk began with.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from breakwater.networks.base import Arrived, Batch

_REMEMBERED = 12
"""Ids of the newest moment; a cursor has room for 1,000 characters."""


@dataclass(frozen=True)
class Mark:
    """Everything up to `at` was seen, of that very moment `ids`. page: "" outside a walk.

    top, top_ids: what `at` and `ids` become when the walk is over.
    """

    at: str = ""
    ids: tuple[str, ...] = ()
    page: str = ""
    top: str = ""
    top_ids: tuple[str, ...] = ()

    @classmethod
    def of(cls, cursor: str) -> "Mark":
        """The mark of a cursor; a cursor that is not ours begins anew."""
        try:
            facts: dict[str, Any] = json.loads(cursor)
            return cls(
                str(facts.get("at", "")), tuple(facts.get("ids", ())), str(facts.get("page", "")),
                str(facts.get("top", "")), tuple(facts.get("top_ids", ())),
            )  # fmt: skip
        except (ValueError, TypeError, AttributeError):
            return cls()

    def cursor(self) -> str:
        return json.dumps({name: value for name, value in vars(self).items() if value})


def batch(mark: Mark, arrived: Sequence[Arrived], oldest: datetime | None, following: str) -> Batch:
    """What is new on the page that `mark` asked for.

    oldest: moment of the last row of the page (answers below it may be older); None: no rows.
    following: the network's word for the next page.
    """
    seen_to = datetime.fromisoformat(mark.at) if mark.at else None
    fresh = tuple(one for one in arrived if _is_new(one, mark, seen_to))
    if not mark.page:
        mark = _with_top(mark, arrived)
    done = seen_to is None or oldest is None or oldest < seen_to or not following
    if not done:
        return Batch(fresh, replace(mark, page=following).cursor(), more=True)
    return Batch(fresh, Mark(mark.top or mark.at, mark.top_ids or mark.ids).cursor())


def _is_new(one: Arrived, mark: Mark, seen_to: datetime | None) -> bool:
    return (
        seen_to is None or one.at > seen_to or (one.at == seen_to and one.remote_id not in mark.ids)
    )


def _with_top(mark: Mark, arrived: Sequence[Arrived]) -> Mark:
    if not arrived:
        return mark
    newest = max(one.at for one in arrived).astimezone(UTC)
    top = newest.isoformat()
    if top <= mark.at:
        newest_ids = {*mark.ids, *(one.remote_id for one in arrived if one.at == newest)}
        return replace(mark, top=mark.at, top_ids=tuple(sorted(newest_ids))[:_REMEMBERED])
    ids = tuple(one.remote_id for one in arrived if one.at == newest)
    return replace(mark, top=top, top_ids=ids[:_REMEMBERED])
