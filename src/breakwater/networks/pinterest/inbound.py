"""What Pinterest shows: own pins, one pin, boards and their sections, who is followed."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import httpx

from breakwater.domain.errors import TryLater, Unsupported
from breakwater.networks import wire
from breakwater.networks.base import (
    Arrived,
    Author,
    Batch,
    Choice,
    Look,
    Parcel,
    People,
    Profile,
    Seen,
    SeenMedium,
    Source,
    What,
)
from breakwater.networks.cursors import newer
from breakwater.networks.pinterest.api import PAGE, Api, rows_of
from breakwater.networks.pinterest.bodies import alts_of, carries, mark_of
from breakwater.networks.pinterest.errors import refusal
from breakwater.networks.pinterest.manifest import BOARD, SECTION

LOOK_BACK = timedelta(minutes=2)
_SIZES = ("originals", "1200x", "600x", "400x300", "150x150")


class Reader:
    """Read-only calls as one account."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def look(self, parcel: Parcel) -> Look:
        """The pin of the board whose link carries the parcel's mark: exact. Without a mark, own
        pins of the board since two minutes before the first send. The order of a board's pins is
        not promised, so absence is proved by its last page alone."""
        since = (parcel.first_sent_at or parcel.created_at) - LOOK_BACK
        mark = mark_of(parcel)
        board = quote(str(parcel.options.get(BOARD) or ""), safe="")
        marked, recent, complete = [], [], False
        async for rows in self._api.items(f"/boards/{board}/pins"):
            complete = not rows
            marked += [seen(r) for r in rows if mark and carries(str(r.get("link") or ""), mark)]
            recent += [one for one in map(seen, rows) if one.created_at >= since]
        if mark and len(marked) <= 1:
            return Look(exact=True, posts=tuple(marked), complete=complete or bool(marked))
        found = {one.remote_id: one for one in (*marked, *recent)}
        return Look(exact=False, posts=tuple(found.values()), complete=complete)

    async def read(self, remote_id: str) -> Seen | None:
        """The pin, or None when the network denies it."""
        answer = await self._api.ask(f"/pins/{quote(remote_id, safe='')}")
        if answer.status_code == httpx.codes.NOT_FOUND:
            return None
        if not answer.is_success:
            raise refusal(answer, safe=True)
        return seen(wire.body(answer, safe=True))

    async def timeline(self, limit: int) -> tuple[Seen, ...]:
        """Own pins, newest first, of the newest page."""
        return tuple(sorted(await self._newest(), key=_age, reverse=True)[:limit])

    async def poll(self, source: Source, cursor: str) -> Batch:
        """cursor: of `cursors.newer`. Pins are told by the second."""
        if source is not Source.OWN_POSTS:
            raise Unsupported(f"{source} cannot be polled")
        arrived = (
            Arrived(
                What.POST, one.remote_id, one.created_at, Author(""), one.text, one.url,
                media=one.media, own=True,
            )
            for one in await self._newest()
        )  # fmt: skip
        return newer(arrived, cursor)

    async def profile(self) -> Profile:
        """Account of the description. profile_image: named after the picture's content (from memory,
        not checked), so another address is another picture."""
        me = await self._api.get("/user_account")
        username = wire.told(me, "username")
        return Profile(
            str(me.get("business_name") or username),
            f"@{username}",
            bio=wire.given(me, "about"),
            link=wire.given(me, "website_url"),
            picture=wire.given(me, "profile_image"),
        )

    async def following(self, cursor: str) -> People:
        """Of people the description gives the user name alone."""
        params = {"page_size": str(PAGE), **({"bookmark": cursor} if cursor else {})}
        answer = await self._api.get("/user_account/following", params)
        names = [str(row["username"]) for row in rows_of(answer) if row.get("username")]
        people = (Author(n, f"@{n}", n, f"https://www.pinterest.com/{n}/") for n in names)
        return People(tuple(people), str(answer.get("bookmark") or ""))

    async def choices(self, option: str) -> tuple[Choice, ...]:
        """Boards, or the sections of all boards (a call for each board)."""
        if option not in (BOARD, SECTION):
            raise Unsupported(f"nothing to choose from for {option}")
        boards = [row async for rows in self._api.items("/boards") for row in rows]
        if option == BOARD:
            return tuple(Choice(str(b["id"]), str(b.get("name") or b["id"])) for b in boards)
        found: list[Choice] = []
        for board in boards:
            path = f"/boards/{quote(str(board['id']), safe='')}/sections"
            async for rows in self._api.items(path):
                found += [Choice(str(s["id"]), f"{board.get('name')} › {s['name']}") for s in rows]
        return tuple(found)

    async def _newest(self) -> list[Seen]:
        answer = await self._api.get("/pins", {"page_size": str(PAGE)})
        return [seen(row) for row in rows_of(answer)]


def seen(row: dict[str, Any]) -> Seen:
    """A pin, as it is shown. Its description is the text."""
    try:
        number = str(row["id"])
        pictures = _pictures(row.get("media") or {})
        alts = alts_of(str(row.get("alt_text") or ""), len(pictures))
        return Seen(
            remote_id=number,
            url=f"https://www.pinterest.com/pin/{number}/",
            text=str(row.get("description") or ""),
            created_at=_moment(str(row["created_at"])),
            media=tuple(SeenMedium(url, alt) for url, alt in zip(pictures, alts, strict=False)),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise TryLater(f"not a pin: {type(error).__name__} {error}") from error


def _pictures(media: dict[str, Any]) -> list[str]:
    """Addresses, the largest of each; of a video, its cover."""
    items = media.get("items")
    if isinstance(items, list):
        return [_largest(item.get("images") or {}) for item in items]
    if not media:
        return []
    return [str(media.get("cover_image_url") or _largest(media.get("images") or {}))]


def _largest(images: dict[str, Any]) -> str:
    there = [images[size] for size in _SIZES if isinstance(images.get(size), dict)]
    return str(there[0].get("url") or "") if there else ""


def _moment(text: str) -> datetime:
    """The network leaves out the zone: pinterest/api-quickstart#78 has 2022-10-13T01:40:29."""
    value = datetime.fromisoformat(text)
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _age(one: Seen) -> datetime:
    return one.created_at
