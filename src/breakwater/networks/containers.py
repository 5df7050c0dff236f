"""Publishing in two steps: containers that the network fills, then one call that makes one public.

Several networks answer in this way. The handle: {"children": [id, …], "whole": id, "ready": [id, …]}.
A container lives for a day. That one is published at most once is what everybody relies on; no
network writes it down (docs/delivery.md), so a container that a call may have used is never replaced.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from breakwater.domain.errors import NetworkError, OutcomeUnknown, Refused, TryLater
from breakwater.domain.text import folded
from breakwater.networks.base import Handle, KeepHandle, Look, Parcel, Seen, Sent
from breakwater.networks.graph import Graph

Fields = Mapping[str, str]
Found = tuple[tuple[Seen, ...], bool]
"""Own posts of the time in question, and whether the search reached back to its beginning."""


class State(StrEnum):
    """What a container says of itself."""

    IN_PROGRESS = "IN_PROGRESS"
    FINISHED = "FINISHED"
    PUBLISHED = "PUBLISHED"
    ERROR = "ERROR"
    EXPIRED = "EXPIRED"


_NOT_OUT = (State.IN_PROGRESS, State.FINISHED, State.EXPIRED)


@dataclass(frozen=True)
class Ways:
    """What differs between networks. make, publish: paths. state, why: fields of a container.
    refusal: what a container's own words for its failure mean."""

    make: str
    publish: str
    state: str
    why: str
    refusal: Callable[[str], NetworkError]


@dataclass(frozen=True)
class Recipe:
    """What a parcel is made of. children: of a carousel, in order; whole: ids of them -> fields of
    the container that is published. wait_s: how long to leave it alone while it is filled."""

    children: tuple[Fields, ...]
    whole: Callable[[Sequence[str]], Fields]
    wait_s: float


@dataclass
class _Made:
    """The handle while it is worked on."""

    children: list[str] = field(default_factory=list)
    whole: str = ""
    ready: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, handle: Handle) -> "_Made":
        return cls(
            list(handle.get("children", ())),
            str(handle.get("whole", "")),
            set(handle.get("ready", ())),
        )

    def handle(self) -> dict[str, Any]:
        return {"children": list(self.children), "whole": self.whole, "ready": sorted(self.ready)}


class Containers:
    """The containers of one account."""

    def __init__(self, graph: Graph, ways: Ways) -> None:
        self._graph = graph
        self._ways = ways

    async def fill(
        self, parcel: Parcel, recipe: Recipe, handle: Handle, keep: KeepHandle
    ) -> Handle:
        """The handle with every container made and filled.

        One that ran out is made anew, unless a commit call may have used it.
        Raises: TryLater(not_ready) while the network works on one; Refused for one that failed.
        """
        made = _Made.of(handle)
        if await self._ran_out(made, parcel):
            made = _Made()
        for fields in recipe.children[len(made.children) :]:
            made.children.append(await self._make(fields))
            await keep(made.handle())
        await self._wait_for(made.children, made, recipe, keep)
        if not made.whole:
            made.whole = await self._make(recipe.whole(made.children))
            await keep(made.handle())
        await self._wait_for([made.whole], made, recipe, keep)
        return made.handle()

    async def publish(self, handle: Handle) -> Sent:
        """Public from the answer on. One request."""
        whole = handle.get("whole")
        if not whole:
            raise TryLater("there is no container: prepare first")
        answer = await self._graph.post(self._ways.publish, creation_id=str(whole))
        remote_id = answer.get("id")
        if not isinstance(remote_id, str) or not remote_id:
            raise OutcomeUnknown(f"no id in the answer: {sorted(answer)}")
        return Sent(remote_id, detail=f"container {whole} -> {remote_id}")

    async def look(
        self, parcel: Parcel, handle: Handle, own_posts: Callable[[], Awaitable[Found]]
    ) -> Look:
        """Not published: exact. Published, or in doubt: own posts to match, since a container does
        not say which post came of it."""
        state = await self._state_now(handle)
        if state in _NOT_OUT:
            return Look(exact=True, posts=())
        posts, reached = await own_posts()
        there = any(folded(post.text) == folded(parcel.text) for post in posts)
        return Look(exact=False, posts=posts, complete=reached and (there or state is None))

    async def _state_now(self, handle: Handle) -> State | None:
        """None: the container does not say (it failed, or is forgotten)."""
        if not (whole := handle.get("whole")):
            return State.IN_PROGRESS
        try:
            state, _ = await self._state(str(whole))
        except Refused:
            return None
        return None if state is State.ERROR else state

    async def _ran_out(self, made: _Made, parcel: Parcel) -> bool:
        """Was the whole ready on an earlier try, and is it too old by now?"""
        if parcel.first_sent_at is not None or made.whole not in made.ready:
            return False
        state, _ = await self._state(made.whole)
        return state is State.EXPIRED

    async def _wait_for(
        self, ids: Sequence[str], made: _Made, recipe: Recipe, keep: KeepHandle
    ) -> None:
        """Each of them is filled. After one that failed or ran out (it was never published), all are
        made anew on the next try."""
        for one in ids:
            if one in made.ready:
                continue
            state, why = await self._state(one)
            if state is State.EXPIRED:
                await keep({})
                raise TryLater("a container ran out before it was used", code="not_ready")
            if state is State.ERROR:
                await keep({})
                raise self._ways.refusal(why)
            if state is not State.IN_PROGRESS:
                made.ready.add(one)
                await keep(made.handle())
        if not set(ids) <= made.ready:
            raise TryLater("still being filled", after_s=recipe.wait_s, code="not_ready")

    async def _make(self, fields: Fields) -> str:
        answer = await self._graph.post(self._ways.make, safe=True, **fields)
        made = answer.get("id")
        if not isinstance(made, str) or not made:
            raise TryLater(f"no container in the answer: {sorted(answer)}")
        return made

    async def _state(self, container: str) -> tuple[State, str]:
        ways = self._ways
        answer = await self._graph.get(container, fields=f"id,{ways.state},{ways.why}")
        try:
            return State(answer.get(ways.state, "")), str(answer.get(ways.why, ""))
        except ValueError as error:
            raise TryLater(f"{answer.get(ways.state)!r} is no state of a container") from error
