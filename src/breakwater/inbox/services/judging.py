"""What the scorer says of messages and names, as the inbox keeps it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from breakwater.channels.models import Arrival
from breakwater.domain.asking import asks
from breakwater.domain.grouping.nearness import digest
from breakwater.domain.scoring.normal import LINK, USER, plain
from breakwater.domain.scoring.scores import Band, Head
from breakwater.domain.scoring.scores import Item as Text
from breakwater.domain.scoring.windows import LONGEST
from breakwater.domain.scoring.words import words
from breakwater.domain.shield import Level
from breakwater.domain.spam import is_spam
from breakwater.domain.triage import Signs, category_of, wants
from breakwater.inbox.models import Item
from breakwater.inbox.services.long_texts import verdicts
from breakwater.people.models import Workspace
from breakwater.scoring.services import score
from breakwater.scoring.verdicts import Opinion, Verdict

Name = tuple[UUID, str]
"""Workspace, and a name as shown."""
_DIGITS = 3
LONGEST_NAME = 255
_PART = 80
"""Characters of a long name that are looked at together."""
_FIGURES = re.compile(r"\d+")


@dataclass(frozen=True)
class Judged:
    """texts: arrival id -> verdict; names: -> rank. What is missing was not scored."""

    texts: Mapping[int, Verdict] = field(default_factory=dict)
    names: Mapping[Name, int | None] = field(default_factory=dict)


NOTHING = Judged()
"""What is said while the scorer is down."""


def judge(arrivals: Sequence[Arrival], *, now: datetime) -> Judged:
    """Scores of what others wrote, and of their names. Outside of a transaction; one to three
    queries for each workspace among them, and as many for its long texts."""
    texts: dict[int, Verdict] = {}
    names: dict[Name, int | None] = {}
    for workspace in {one.workspace for one in arrivals}:
        theirs = [one for one in arrivals if one.workspace_id == workspace.pk and not one.own]
        texts.update(_texts(workspace, theirs, now))
        names.update(_names(workspace, theirs, now))
    return Judged(texts, names)


def _texts(workspace: Workspace, rows: Sequence[Arrival], now: datetime) -> dict[int, Verdict]:
    said = verdicts(workspace, [row.text for row in rows], now=now)
    return {row.pk: verdict for row, verdict in zip(rows, said, strict=True)}


def _names(workspace: Workspace, rows: Sequence[Arrival], now: datetime) -> dict[Name, int | None]:
    """A name is short and says little: nobody else is asked about it. The worst of the parts of a
    long one counts."""
    shown = [
        (name, part) for name in sorted({name_of(row) for row in rows}) for part in _parts(name)
    ]
    said = score(workspace, [Text(part) for _, part in shown], now=now, asks=False)
    found: dict[Name, int | None] = {}
    for (name, _), verdict in zip(shown, said, strict=True):
        ranks = [one for one in (found.get((workspace.pk, name)), verdict.rank) if one is not None]
        found[workspace.pk, name] = min(ranks, default=None)
    return found


def _parts(name: str) -> list[str]:
    """A name, and of one that is longer than names are what stands close together in it: whoever
    hides an insult among many kind words is not spared."""
    if len(name) <= _PART:
        return [name]
    return [name, *(name[at : at + _PART] for at in range(0, len(name) - _PART // 2, _PART // 2))]


def shown_of(row: Arrival, what: str) -> str:
    """Of an author's "name" or "handle", what readers see: no more of it is scored, or a long one
    would hide what it begins with."""
    return str(row.author.get(what, ""))[:LONGEST_NAME]


def name_of(row: Arrival) -> str:
    """Name and handle as a reader sees them."""
    return f"{shown_of(row, 'name')} {shown_of(row, 'handle')}".strip()


def digest_of(text: str) -> int | None:
    """The same for texts of the same words and emoji, whoever is mentioned in them, whatever the
    figures and marks; None for one without words, or more than is looked at at once."""
    if len(text) > LONGEST:
        return None
    found = [
        _FIGURES.sub("#", word) for word in words(plain(text))
        if word not in (LINK, USER) and (word[0].isalnum() or not word.isascii())
    ]  # fmt: skip
    return digest(found) if found else None


def known(
    chances: Mapping[Head, float], band: Band | None, reasons: Sequence[Head], *, text: str,
    rating: int | None, danger: bool = False,
) -> Signs:  # fmt: skip
    """What is known of a message, from what was said of it and from its own words."""
    return Signs(
        chances, band, reasons, danger=danger, rating=rating, spam=is_spam(text),
        marked=asks(text),
    )  # fmt: skip


def apply(item: Item, verdict: Verdict | None, *, text: str, rating: int | None) -> Item:
    """The item says what the verdict does; nothing where there is none. What a person said of its
    words before does not count for these, but for what they said of danger (`danger_said`)."""
    said = {"digest": digest_of(text), "corrected": False, "correction_id": None}
    if verdict is None:
        danger = bool(item.danger_said)
        category = category_of(known({}, None, (), danger=danger, text=text, rating=rating))
        return _put(item, {**_UNSCORED, **said, "category": category, "danger": danger})
    danger = verdict.danger if item.danger_said is None else item.danger_said
    signs = known(
        verdict.score.chances, verdict.band, verdict.reasons, danger=danger, text=text,
        rating=rating,
    )  # fmt: skip
    return _put(
        item,
        {
            **said,
            "asked": verdict.opinion is Opinion.WAITING,
            "language": verdict.score.language,
            "model": verdict.score.model,
            "band": verdict.band or "",
            "rank": verdict.rank,
            "reasons": [head.value for head in verdict.reasons],
            "chances": {
                head.value: round(chance, _DIGITS) for head, chance in verdict.score.chances.items()
            },
            "wants": [head.value for head in wants(signs)],
            "category": category_of(signs),
            "danger": danger,
        },
    )


def override(item: Item, *, should: Head | None, text: str, rating: int | None) -> Item:
    """The item as a person says it is: abusive of this kind, or (None) not abusive. What it asks for
    and whether somebody is in danger stays as the scorer said."""
    held = should is not None and item.band == Band.HELD
    band, rank = (Band.HELD, Level.HELD) if held else (Band.VEILED, Level.ABUSE)
    reasons: tuple[str, ...] = ()
    if should is None:
        band, rank = Band.CLEAR, Level.EVERYTHING
    else:
        reasons = (should.value, *(one for one in item.reasons if one != should.value))
    said = {"band": band.value, "rank": int(rank), "reasons": list(reasons), "corrected": True}
    signs = signs_of(_put(item, said), text=text, rating=rating)
    found = {"wants": [head.value for head in wants(signs)], "category": category_of(signs)}
    return _put(item, found)


def say_danger(item: Item, *, danger: bool, text: str, rating: int | None) -> Item:
    """Whether somebody is in danger there is what a person says; all else stays as it was said."""
    _put(item, {"danger": danger, "danger_said": danger})
    return _put(item, {"category": category_of(signs_of(item, text=text, rating=rating))})


def signs_of(item: Item, *, text: str, rating: int | None) -> Signs:
    """What is known of the item by now. Where a person said that it is no threat, its chance of one
    counts no longer."""
    reasons = [Head(name) for name in item.reasons]
    chances = {Head(name): chance for name, chance in item.chances.items()}
    if item.corrected and Head.THREAT not in reasons:
        chances.pop(Head.THREAT, None)
    band = Band(item.band) if item.band else None
    return known(chances, band, reasons, danger=item.danger, text=text, rating=rating)


JUDGED = (
    "language", "model", "band", "rank", "reasons", "chances", "wants", "category", "danger",
    "digest", "asked", "corrected", "correction",
)  # fmt: skip
"""The fields of an item that `apply` sets."""
_UNSCORED: Mapping[str, Any] = {
    "language": "", "model": "", "band": "", "rank": None, "reasons": [], "chances": {},
    "wants": [], "asked": False,
}  # fmt: skip


def _put(item: Item, values: Mapping[str, Any]) -> Item:
    for name, value in values.items():
        setattr(item, name, value)
    return item
