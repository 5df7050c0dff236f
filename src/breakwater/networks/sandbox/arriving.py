"""What comes to the harbour: comments, mentions, messages, reviews; people and figures. Read only."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from breakwater.domain.errors import TryLater, Unsupported
from breakwater.networks import wire
from breakwater.networks.base import (
    Act,
    Arrived,
    Author,
    Batch,
    Choice,
    Figure,
    Metric,
    People,
    Profile,
    SeenMedium,
    Source,
    What,
)
from breakwater.networks.sandbox.errors import error_of
from breakwater.networks.sandbox.inbound import Reader
from breakwater.networks.sandbox.manifest import MANIFEST, POLLED


class Listener(Reader):
    """What can be heard of one account. A cursor is the number of the last thing that came."""

    async def poll(self, source: Source, cursor: str) -> Batch:
        if source not in POLLED:
            raise Unsupported(f"{source} cannot be polled")
        page = await self._asked("/api/arrivals", source=source, after=cursor or "0")
        rows = _list(page, "rows")
        last = str(rows[-1].get("seq", "")) if rows else cursor
        return Batch(tuple(arrived_of(row) for row in rows), last, bool(page.get("more")))

    async def acted(self, act: Act) -> bool:
        return bool((await self._asked(f"/api/deeds/{act.deed}/{act.target}")).get("done"))

    async def following(self, cursor: str = "") -> People:
        page = await self._asked("/api/following", after=cursor)
        people = tuple(_person(row["id"], row["name"]) for row in _list(page, "people"))
        return People(people, str(page.get("next", "")))

    async def insights(self, remote_id: str = "") -> tuple[Figure, ...]:
        return tuple(_figure(row) for row in await self._rows("/api/insights", id=remote_id))

    async def profile(self) -> Profile:
        page = await self._asked("/api/profile")
        fields = ("name", "handle", "bio", "link", "picture")
        name, handle, bio, link, picture = (str(page.get(field) or "") for field in fields)
        pinned = tuple(str(one) for one in page.get("pinned") or ())
        return Profile(name, handle, bio, link, picture, pinned=pinned)

    async def choices(self, option: str) -> tuple[Choice, ...]:
        if option not in {one.name for one in MANIFEST.options if one.of_account}:
            raise Unsupported(f"nothing to choose from for {option}")
        rows = await self._rows("/api/audiences")
        return tuple(Choice(str(row["value"]), str(row["label"])) for row in rows)

    async def subscribe(self, address: str) -> datetime | None:
        wish = {"address": address}
        response = await self._call("PUT", "/api/subscription", json=wish, safe=True)
        if not response.is_success:
            raise error_of(response, safe=True)
        return datetime.fromisoformat(str(wire.body(response, safe=True).get("until")))

    async def _asked(self, path: str, **query: str) -> dict[str, Any]:
        response = await self._call("GET", path, safe=True, params=query)
        if not response.is_success:
            raise error_of(response, safe=True)
        return wire.body(response, safe=True)

    async def _rows(self, path: str, **query: str) -> list[dict[str, Any]]:
        response = await self._call("GET", path, safe=True, params=query)
        if not response.is_success:
            raise error_of(response, safe=True)
        return wire.rows(response)


def arrived_of(row: Mapping[str, Any]) -> Arrived:
    """One thing that came. Raises: TryLater for what is none."""
    try:
        return Arrived(
            what=What(row["what"]),
            remote_id=str(row["id"]),
            at=datetime.fromisoformat(row["created_at"]),
            author=_person(row["author_id"], row["author"]),
            text=str(row["text"]),
            about=str(row["about"]),
            parent=str(row["parent"]),
            thread=str(row["about"] or row["author_id"]),
            media=tuple(
                SeenMedium(f"/api/media/{one['sha256']}", str(one["alt"]), str(one["sha256"]))
                for one in row.get("media", ())
            ),
            own=row["what"] == What.POST,
            ad=bool(row["ad"]),
            rating=row["rating"],
            raw=dict(row),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise TryLater(f"not a thing that came: {error!r}") from error


def _person(id_: str, name: str) -> Author:
    return Author(str(id_), handle="@" + str(name).casefold().replace(" ", "-"), name=str(name))


def _figure(row: Mapping[str, Any]) -> Figure:
    try:
        day = date.fromisoformat(row["day"]) if row["day"] else None
        return Figure(Metric(row["metric"]), int(row["value"]), day)
    except (KeyError, TypeError, ValueError) as error:
        raise TryLater(f"not a figure: {error!r}") from error


def _list(page: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    rows = page.get(name)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise TryLater(f"not the {name} that were asked for")
    return rows
