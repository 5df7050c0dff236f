"""What may wait for a person on the home page, and who says so."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise

from breakwater.people.models import Person
from breakwater.people.selectors import Access


@dataclass(frozen=True)
class Item:
    """One thing that waits. state: (kind, state) for the badge. at: an instant, zone: where."""

    title: str
    url: str
    note: str = ""
    state: tuple[str, str] | None = None
    at: datetime | None = None
    zone: str = ""


@dataclass(frozen=True)
class Waiting:
    """What waits of one sort; nothing is shown of a sort without items. more: how many besides.

    calm: nothing is asked of the person; it is there to be seen.
    """

    title: str | Promise
    icon: str
    items: Sequence[Item] = field(default_factory=tuple)
    more: int = 0
    more_url: str = ""
    calm: bool = False


Provider = Callable[[Person, Sequence[Access], datetime], Iterable[Waiting]]
"""What waits for a person, with their access to each workspace, at a moment, sort by sort, the most urgent first."""
