"""Which post on an account is which delivery's, when the ledger knows less than the network."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from breakwater.domain.markers import addresses
from breakwater.domain.readback import EARLIER, Candidate
from breakwater.domain.text import says

ON_TIME = timedelta(minutes=15)
"""How late a post usually is at most: which of two equal deliveries it belongs to."""


@dataclass(frozen=True)
class Open:
    """A delivery whose post is not known. since, until: when its post can have been made.

    record_key: "" where the network has no keys of ours. markers: links of its own.
    """

    key: UUID
    text: str
    media: int
    record_key: str
    due_at: datetime
    since: datetime
    until: datetime
    markers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Match:
    """how: record_key, handle, marker or content."""

    key: UUID
    remote_id: str
    how: str


@dataclass(frozen=True)
class Matched:
    """found: one delivery, one post. unclear: what a person has to look at: delivery -> posts."""

    found: tuple[Match, ...]
    unclear: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict)


_Edges = Mapping[UUID, frozenset[str]]


def assign(
    rows: Sequence[Open],
    posts: Sequence[Candidate],
    *,
    by_handle: Mapping[UUID, str],
    unlike: Callable[[UUID, str], bool],
) -> Matched:
    """posts: those that no delivery is known for. by_handle: delivery -> the post its handle made.

    unlike: whether a delivery and a post of the same words show different pictures. A key or a
    handle decides alone. Then equal words, then a link of its own in other words.
    """
    found = [Match(key, post, "handle") for key, post in by_handle.items()]
    found += _by_key(rows, posts)
    rest, left = _rest(rows, posts, found)
    words, differing = _by_words(rest, left, unlike)
    sure, unclear = _resolved(rest, left, words)
    found += [Match(key, post, "content") for key, post in sure.items()]
    asked = {**{key: frozenset(ids) for key, ids in differing.items()}, **unclear}
    rest, left = _rest([row for row in rest if row.key not in asked], left, found)
    sure, doubtful = _resolved(rest, left, _by_marker(rest, left))
    found += [Match(key, post, "marker") for key, post in sure.items()]
    unclear = {**asked, **doubtful}
    return Matched(tuple(found), {key: tuple(sorted(ids)) for key, ids in unclear.items()})


def _by_key(rows: Sequence[Open], posts: Sequence[Candidate]) -> list[Match]:
    """A record key is random and chosen by us: an id that ends in it is its post's."""
    ends = {post.remote_id[-len(row.record_key) :]: (row, post)
            for row in rows if row.record_key for post in posts
            if post.remote_id.endswith(row.record_key)}  # fmt: skip
    return [Match(row.key, post.remote_id, "record_key") for row, post in ends.values()]


def _rest(
    rows: Iterable[Open], posts: Iterable[Candidate], found: Sequence[Match]
) -> tuple[list[Open], list[Candidate]]:
    keys, ids = {one.key for one in found}, {one.remote_id for one in found}
    return [r for r in rows if r.key not in keys], [p for p in posts if p.remote_id not in ids]


def _by_words(
    rows: Sequence[Open], posts: Sequence[Candidate], unlike: Callable[[UUID, str], bool]
) -> tuple[_Edges, dict[UUID, set[str]]]:
    """Equal words and number of media: delivery -> posts; and those of which every such post
    shows other pictures."""
    edges: dict[UUID, frozenset[str]] = {}
    differing: dict[UUID, set[str]] = {}
    for row in rows:
        equal = {post.remote_id for post in posts if _says(row, post)}
        kept = {one for one in equal if not unlike(row.key, one)}
        if kept:
            edges[row.key] = frozenset(kept)
        elif equal:
            differing[row.key] = equal
    taken = {one for ids in edges.values() for one in ids}  # by a delivery with these pictures
    others = {key: ids - taken for key, ids in differing.items()}
    return edges, {key: ids for key, ids in others.items() if ids}


def _says(row: Open, post: Candidate) -> bool:
    return (
        _in_time(row, post)
        and post.media == row.media
        and says(post.text, row.text, post.spellings)
    )


def _by_marker(rows: Sequence[Open], posts: Sequence[Candidate]) -> _Edges:
    edges = {
        row.key: frozenset(
            post.remote_id
            for post in posts
            if row.markers and _in_time(row, post) and row.markers & addresses(post.text)
        )
        for row in rows
    }
    return {key: ids for key, ids in edges.items() if ids}


def _in_time(row: Open, post: Candidate) -> bool:
    return row.since - EARLIER <= post.created_at <= row.until + EARLIER


def _resolved(
    rows: Sequence[Open], posts: Sequence[Candidate], edges: _Edges
) -> tuple[dict[UUID, str], dict[UUID, frozenset[str]]]:
    """Each group of deliveries and posts that could be one another's: paired, or unclear."""
    sure: dict[UUID, str] = {}
    unclear: dict[UUID, frozenset[str]] = {}
    by_key = {row.key: row for row in rows}
    by_id = {post.remote_id: post for post in posts}
    for keys in _groups(edges):
        ids = {one for key in keys for one in edges[key]}
        group = sorted((by_key[key] for key in keys), key=lambda row: (row.due_at, row.key))
        made = sorted((by_id[one] for one in ids), key=lambda post: post.created_at)
        pairs = _paired(group, made, edges)
        if pairs is None:
            unclear |= {key: edges[key] for key in keys}
        else:
            sure |= pairs
    return sure, unclear


def _paired(
    rows: Sequence[Open], posts: Sequence[Candidate], edges: _Edges
) -> dict[UUID, str] | None:
    """As many posts as deliveries, and each fits each: all are out, in their order. Fewer posts:
    those whose time says whose they are. Otherwise nobody knows."""
    complete = all(len(edges[row.key]) == len(posts) for row in rows)
    if complete and len(posts) == len(rows):
        return {row.key: post.remote_id for row, post in zip(rows, posts, strict=True)}
    pairs: dict[UUID, str] = {}
    for post in posts:
        timely = [row for row in rows if _timely(row, post) and post.remote_id in edges[row.key]]
        if len(timely) != 1 or timely[0].key in pairs or len(posts) > len(rows):
            return None
        pairs[timely[0].key] = post.remote_id
    return pairs


def _timely(row: Open, post: Candidate) -> bool:
    return row.due_at - EARLIER <= post.created_at <= row.due_at + ON_TIME + EARLIER


def _groups(edges: _Edges) -> list[list[UUID]]:
    """Deliveries that share a post, directly or through others, stand together."""
    groups: list[tuple[set[UUID], set[str]]] = []
    for key, ids in edges.items():
        keys, posts = {key}, set(ids)
        apart = []
        for group in groups:
            if group[1] & posts:
                keys |= group[0]
                posts |= group[1]
            else:
                apart.append(group)
        groups = [*apart, (keys, posts)]
    return [sorted(keys) for keys, _ in groups]
