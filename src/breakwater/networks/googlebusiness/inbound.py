"""What Google shows of a place: its posts, its reviews, their answers, its hours."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from breakwater.domain.errors import Refused, TryLater, Unsupported
from breakwater.networks import newest, wire
from breakwater.networks.base import (
    Account,
    Arrived,
    Author,
    Batch,
    Look,
    Profile,
    Seen,
    SeenMedium,
    Source,
    What,
)
from breakwater.networks.google import moment
from breakwater.networks.googlebusiness import hours
from breakwater.networks.googlebusiness.calls import Api

STARS = {"ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5}
REPLY = "/reply"
_HOURS = "/hours/"
_LETTERS = {"regularHours": "r", "specialHours": "s"}


class Reader:
    """Read-only calls for one place."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def read(self, remote_id: str) -> Seen | None:
        """The post, the answer, the review, or the hours if they still are those."""
        if _HOURS in remote_id:
            return await self._hours(remote_id)
        if remote_id.endswith(REPLY):
            review = await self._row("reviews.read", remote_id.removesuffix(REPLY))
            return seen_reply(review) if review else None
        if "/reviews/" in remote_id:
            review = await self._row("reviews.read", remote_id)
            return seen_review(review) if review else None
        post = await self._row("posts.read", remote_id)
        return seen(post) if post and is_shown(post) else None

    async def look(self, since: datetime) -> Look:
        """Own posts from `since` on. In which order they come is written nowhere: all are read."""
        found: list[Seen] = []
        async for page in self._posts():
            posts = [seen(row) for row in page if is_shown(row)]
            found += [post for post in posts if post.created_at >= since]
            if not page:
                return Look(exact=False, posts=tuple(found))
        return Look(exact=False, posts=tuple(found), complete=False)

    async def timeline(self, limit: int) -> tuple[Seen, ...]:
        found = [seen(row) async for page in self._posts() for row in page if is_shown(row)]
        found.sort(key=lambda one: one.created_at, reverse=True)
        return tuple(found[:limit])

    async def poll(self, account: Account, source: Source, cursor: str) -> Batch:
        if source is Source.REVIEWS:
            return await self._reviews(cursor)
        if source is Source.OWN_POSTS:
            return await self._own_posts(account, cursor)
        raise Unsupported(f"a place on Google has no {source}")

    async def now(self) -> datetime:
        """By the network's own clock."""
        await self._api.shown("name")
        if self._api.google.now is None:
            raise TryLater("the network does not say what day it is")
        return self._api.google.now

    async def _reviews(self, cursor: str) -> Batch:
        """One page, the one changed last first; a changed review comes again."""
        mark = newest.Mark.of(cursor)
        more = {"pageToken": mark.page} if mark.page else {}
        answer = await self._api.read(
            "reviews.read", f"{self._api.parent}/reviews", pageSize="50",
            orderBy="updateTime desc", **more,
        )  # fmt: skip
        rows = [row for row in answer.get("reviews") or [] if isinstance(row, dict)]
        arrived = [_review(row) for row in rows]
        oldest = min((one.at for one in arrived), default=None)
        following = str(answer.get("nextPageToken") or "")
        return newest.batch(mark, arrived, oldest, following)

    async def _own_posts(self, account: Account, cursor: str) -> Batch:
        posts = await self.timeline(100)
        arrived = [
            Arrived(
                What.POST, post.remote_id, post.created_at, Author(account.remote_id, account.handle),
                text=post.text, url=post.url, media=post.media, own=True,
            )
            for post in posts
        ]  # fmt: skip
        oldest = min((one.at for one in arrived), default=None)
        return newest.batch(newest.Mark.of(cursor), arrived, oldest, "")

    async def profile(self) -> Profile:
        """Location of the discovery document. What was asked for and left out is empty (proto3 as
        JSON). A place has no handle, and its pictures are media of their own."""
        place = await self._api.shown("title,profile,websiteUri,phoneNumbers")
        words, phones = place.get("profile") or {}, place.get("phoneNumbers") or {}
        return Profile(
            wire.told(place, "title"),
            bio=str(words.get("description") or ""),
            link=str(place.get("websiteUri") or ""),
            phone=str(phones.get("primaryPhone") or ""),
        )

    async def _hours(self, remote_id: str) -> Seen | None:
        """Hours carry no text: what they are is in their id, as a digest."""
        letters, _, digest = remote_id.rpartition(_HOURS)[2].partition("-")
        mask = ",".join(sorted(name for name, letter in _LETTERS.items() if letter in letters))
        place = await self._api.shown(f"{mask},metadata")
        facts = place.get("metadata") or {}
        if hours.digest(mask, place) == digest:
            return Seen(remote_id, str(facts.get("mapsUri") or ""), "", await self.now())
        if facts.get("hasPendingEdits"):
            raise TryLater("Google still looks at a change of this place")
        return None

    def _posts(self) -> Any:
        return self._api.pages(
            "posts.read", f"{self._api.parent}/localPosts", "localPosts", pageSize="100"
        )

    async def _row(self, call: str, path: str) -> dict[str, Any] | None:
        """None when the API itself says that there is none, and the place is ours to see."""
        try:
            return await self._api.read(call, path)
        except Refused as refused:
            if refused.reason != "not_there":
                raise
        await self._api.shown("name")
        return None


def hours_id(place: str, mask: str, body: Mapping[str, Any]) -> str:
    """What a change of hours is known by: which hours, and a digest of them."""
    letters = "".join(sorted(_LETTERS[name] for name in mask.split(",")))
    return f"{place}{_HOURS}{letters}-{hours.digest(mask, body)}"


def is_shown(post: Mapping[str, Any]) -> bool:
    """What Google rejected is seen by nobody."""
    return post.get("state") != "REJECTED"


def seen(post: Mapping[str, Any]) -> Seen:
    media = [row for row in post.get("media") or [] if isinstance(row, dict)]
    return Seen(
        remote_id=_name(post),
        url=str(post.get("searchUrl") or ""),
        text=str(post.get("summary") or ""),
        created_at=_moment(post.get("createTime")),
        media=tuple(SeenMedium(str(m.get("googleUrl") or m.get("sourceUrl") or "")) for m in media),
    )


def seen_review(review: Mapping[str, Any]) -> Seen:
    text = str(review.get("comment") or "")
    return Seen(_name(review), "", text, _moment(review.get("updateTime")))


def seen_reply(review: Mapping[str, Any]) -> Seen | None:
    """The answer below a review, if there is one."""
    reply = review.get("reviewReply")
    if not isinstance(reply, dict) or not reply.get("comment"):
        return None
    return Seen(_name(review) + REPLY, "", str(reply["comment"]), _moment(reply.get("updateTime")))


def _review(row: Mapping[str, Any]) -> Arrived:
    """A review. Its author has a name and a picture, but no id that Google tells."""
    who = row.get("reviewer") or {}
    reply = seen_reply(row)
    return Arrived(
        What.REVIEW,
        _name(row),
        _moment(row.get("updateTime")),
        Author(
            "",
            name=str(who.get("displayName") or ""),
            picture=str(who.get("profilePhotoUrl") or ""),
        ),
        text=str(row.get("comment") or ""),
        thread=_name(row),
        rating=STARS.get(str(row.get("starRating"))),
        raw={**row, "answered": reply is not None},
    )


def _name(row: Mapping[str, Any]) -> str:
    if not isinstance(row.get("name"), str) or not row["name"]:
        raise TryLater(f"no name in a row: {sorted(row)}")
    return str(row["name"])


def _moment(text: object) -> datetime:
    try:
        return moment(text)
    except ValueError as error:
        raise TryLater(f"no time in a row: {text!r}") from error
