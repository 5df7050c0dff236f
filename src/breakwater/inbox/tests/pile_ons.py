"""Pile-ons that come in, and the worker that groups them."""

from datetime import datetime

from breakwater.inbox.models import Item, Pile
from breakwater.inbox.services.piling import Piling
from breakwater.inbox.tests.world import NOW, said
from breakwater.networks.base import Arrived, Author

LATE = [
    "My parcel still has not arrived, two weeks late now.",
    "Still waiting for my delivery, it never arrived.",
    "Where is my parcel? Delivery is late again.",
    "Late delivery once more, and no parcel anywhere.",
    "Three weeks late and no parcel, terrible delivery.",
    "My order never arrived, the delivery is a joke.",
]
"""One argument in six ways; the third asks."""
DEAR = [
    "Far too expensive, you raised the price again.",
    "Another price increase, this is too expensive.",
    "The prices went up again, way too expensive.",
    "You raised your prices, too expensive for us now.",
    "Too expensive, the price increase is greed.",
    "The price went up twice, too expensive.",
]


def crowd(texts: list[str], name: str, *, people: int = 0) -> list[Arrived]:
    """Each text by somebody else; or by so many people in turn."""
    return [
        said(text, f"{name}{n}", by=somebody(f"{name}{n % (people or len(texts))}"), minutes=n)
        for n, text in enumerate(texts)
    ]


def somebody(name: str) -> Author:
    return Author(name, f"@{name}", f"Sam {name}")


def grouped(worker: Piling | None = None, *, now: datetime = NOW) -> Piling:
    """The worker (a new one where there is none) has dealt with all that is there."""
    worker = worker or Piling()
    while worker.turn(now=now):
        pass
    return worker


def piles() -> dict[str, set[str]]:
    """English label -> remote ids of the messages in it, of piles that stand."""
    found: dict[str, set[str]] = {}
    rows = Item.objects.filter(pile__isnull=False).select_related("arrival", "pile")
    for item in rows:
        if item.pile is not None:
            found.setdefault(item.pile.labels["en"], set()).add(item.arrival.remote_id)
    return found


def pile(label: str) -> Pile:
    return Pile.objects.get(labels__en=label)
