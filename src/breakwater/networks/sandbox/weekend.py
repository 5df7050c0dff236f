"""A bad week-end, to practise on: what the strangers of the harbour wrote while nobody looked.

A storm about a seal that somebody invented, a delivery that is late for many, a few who ask, some
who are kind; a threat, somebody in danger, somebody who sells. Invented, hard words included.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from breakwater.networks.base import What
from breakwater.networks.sandbox import accounts, comments
from breakwater.networks.sandbox.faults import Refusal
from breakwater.networks.sandbox.posts import Deed, Done
from breakwater.networks.sandbox.weekend_texts import ENGLISH, FRENCH, Weekend

SCENE = "weekend"
_OF: Mapping[str, Weekend] = {"en": ENGLISH, "fr": FRENCH}


@dataclass(frozen=True)
class Line:
    """One thing that somebody says. direct: to the account alone."""

    author: str
    text: str
    direct: bool = False


def lines(language: str) -> tuple[Line, ...]:
    """All of it in the order in which it came: the hard among the rest, as on any week-end."""
    weekend = _OF.get(language, ENGLISH)
    others = iter(_others(weekend))
    found: list[Line] = []
    for place, text in enumerate(weekend.storm):
        found.append(Line(f"{weekend.crowd} {place + 1}", text))
        found += [line for _, line in zip(range(2), others, strict=False)]
    return (*found, *others)


def play(db: sqlite3.Connection, deed: Deed) -> Done:
    """It is said below the account's newest post, or, where none is out, by mentions: {said}."""
    if deed.args.get("scene") != SCENE:
        raise Refusal(422, "unknown_scene")
    newest = db.execute(
        "SELECT id FROM posts WHERE account = ? AND reply_to = '' AND addressee = ''"
        " ORDER BY seq DESC LIMIT 1",
        (deed.account,),
    ).fetchone()
    post = str(newest["id"]) if newest else ""
    said = lines(accounts.me(db, deed.account)["options"]["language"])
    for line in said:
        what = What.MESSAGE if line.direct else What.COMMENT if post else What.MENTION
        wish = {"what": what, "text": line.text, "author": line.author, "id": post}
        comments.arrive(db, Deed(deed.account, wish, deed.at))
    return Done(201, {"said": len(said)})


def _others(weekend: Weekend) -> Iterator[Line]:
    """What is not the storm, mixed: of each kind one, until none is left."""
    rows = [
        [Line(f"{weekend.waiter} {n + 1}", text) for n, text in enumerate(weekend.late)],
        [Line(name, text) for name, text in weekend.asked],
        [Line(name, text) for name, text in weekend.kind],
        [Line(name, text, direct=True) for name, text in weekend.private],
        [Line(name, text) for name, text in weekend.odd],
    ]
    for place in range(max(map(len, rows))):
        yield from (row[place] for row in rows if place < len(row))
