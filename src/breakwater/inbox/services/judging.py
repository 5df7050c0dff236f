"""What the scorer says of messages and names, as the inbox keeps it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from breakwater.channels.models import Arrival
from breakwater.domain.scoring.scores import Item as Text
from breakwater.domain.shield import rank_of
from breakwater.domain.triage import Facts, category_of, wants
from breakwater.inbox.models import Item
from breakwater.people.models import Workspace
from breakwater.scoring.services import score
from breakwater.scoring.verdicts import Verdict

Name = tuple[UUID, str]
"""Workspace, and a name as shown."""
_DIGITS = 3


@dataclass(frozen=True)
class Judged:
    """texts: arrival id -> verdict; names: -> rank. What is missing was not scored."""

    texts: Mapping[int, Verdict] = field(default_factory=dict)
    names: Mapping[Name, int | None] = field(default_factory=dict)


NOTHING = Judged()
"""What is said while the scorer is down."""


def judge(arrivals: Sequence[Arrival], *, now: datetime) -> Judged:
    """Scores of what others wrote, and of their names. Outside of a transaction; one to three
    queries for each workspace among them."""
    texts: dict[int, Verdict] = {}
    names: dict[Name, int | None] = {}
    for workspace in {one.workspace for one in arrivals}:
        theirs = [one for one in arrivals if one.workspace_id == workspace.pk and not one.own]
        texts.update(_texts(workspace, theirs, now))
        names.update(_names(workspace, theirs, now))
    return Judged(texts, names)


def _texts(workspace: Workspace, rows: Sequence[Arrival], now: datetime) -> dict[int, Verdict]:
    said = score(workspace, [Text(row.text) for row in rows], now=now)
    return {row.pk: verdict for row, verdict in zip(rows, said, strict=True)}


def _names(workspace: Workspace, rows: Sequence[Arrival], now: datetime) -> dict[Name, int | None]:
    """A name is short and says little: nobody else is asked about it."""
    shown = sorted({name_of(row) for row in rows})
    said = score(workspace, [Text(name) for name in shown], now=now, asks=False)
    return {(workspace.pk, name): _rank(verdict) for name, verdict in zip(shown, said, strict=True)}


def name_of(row: Arrival) -> str:
    """Name and handle as a reader sees them."""
    return f"{row.author.get('name', '')} {row.author.get('handle', '')}".strip()


def _rank(verdict: Verdict) -> int | None:
    rank = rank_of(verdict.band, verdict.reasons, verdict.score.chances)
    return None if rank is None else int(rank)


def apply(item: Item, verdict: Verdict | None, *, rating: int | None) -> Item:
    """The item says what the verdict does; nothing where there is none."""
    if verdict is None:
        return _put(item, {"category": category_of(Facts({}, None, rating=rating))})
    facts = Facts(
        verdict.score.chances, verdict.band, verdict.reasons, danger=verdict.danger, rating=rating
    )
    return _put(
        item,
        {
            "language": verdict.score.language,
            "model": verdict.score.model,
            "band": verdict.band or "",
            "rank": _rank(verdict),
            "reasons": [head.value for head in verdict.reasons],
            "chances": {
                head.value: round(chance, _DIGITS) for head, chance in verdict.score.chances.items()
            },
            "wants": [head.value for head in wants(facts)],
            "category": category_of(facts),
            "danger": verdict.danger,
        },
    )


JUDGED = ("language", "model", "band", "rank", "reasons", "chances", "wants", "category", "danger")
"""The fields of an item that `apply` sets."""


def _put(item: Item, values: Mapping[str, Any]) -> Item:
    for name, value in values.items():
        setattr(item, name, value)
    return item
