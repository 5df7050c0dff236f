"""What stands on the page of a conversation besides what was said: each in a module of its own.

A panel answers with its template and values for one conversation, or nothing. A mark does so for each
message. To add one, write it in its own module and name it in PANELS or MARKS; the page costs the
sum of their queries, so each says what it costs.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from breakwater.domain.shield import Shield
from breakwater.inbox.models import Answer, Item, Proposal, Thread
from breakwater.people.selectors import Access

Place = Literal["top", "below", "side"]


@dataclass(frozen=True)
class Sight:
    """One conversation as one person looks at it. items: with arrival and contact, oldest first;
    answers and proposals: all of the conversation, with their deliveries, oldest first. done: item
    id -> deeds on it and on who wrote it (deeds.done_to). approval: whether answers need somebody
    else's yes. country: whose numbers are shown."""

    access: Access
    thread: Thread
    items: Sequence[Item]
    shield: Shield
    now: datetime
    answers: Sequence[Answer] = ()
    proposals: Sequence[Proposal] = ()
    done: Mapping[int, Sequence[Answer]] = field(default_factory=dict)
    approval: bool = False
    country: str = ""


@dataclass(frozen=True)
class Panel:
    """top: above the messages; below: under them; side: beside them on a wide screen."""

    place: Place
    template: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Mark:
    """Stands at the foot of a message."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)


Provider = Callable[[Sight], Panel | None]
Marker = Callable[[Sight], Mapping[int, Mark]]
"""Item id -> what stands below that message."""


def panels_of(sight: Sight, providers: Sequence[Provider]) -> dict[Place, list[Panel]]:
    """In the order of the providers."""
    found: dict[Place, list[Panel]] = {"top": [], "below": [], "side": []}
    for panel in (provide(sight) for provide in providers):
        if panel is not None:
            found[panel.place].append(panel)
    return found


def marks_of(sight: Sight, markers: Sequence[Marker]) -> dict[int, list[Mark]]:
    found: dict[int, list[Mark]] = {item.pk: [] for item in sight.items}
    for marks in (marker(sight) for marker in markers):
        for item_id, mark in marks.items():
            found[item_id].append(mark)
    return found
