"""The shield at work: a labelled stream is dealt with through the real pages by somebody who answers
every question and passes on every threat. Run inside an installation (tests.load.inside).

What is toxic and stands in a page that they opened was shown to them; a question in a conversation
that they did not open is missed. They open conversations by category, as the pages name them, and
nothing else; they reveal nothing. What that spares has a price: harmless texts and questions that
are veiled as well.
"""

import html
import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import quote

from django.test import Client
from training import corpus

from breakwater.channels.models import Channel
from breakwater.channels.services.arrivals import record_arrivals
from breakwater.core import clock
from breakwater.domain.scoring.scores import ABUSE, Head
from breakwater.domain.shield import Level
from breakwater.domain.text import folded, storable
from breakwater.domain.triage import ASKS, Category
from breakwater.inbox.models import Item, Thread
from breakwater.inbox.services import intake, judging, turns
from breakwater.inbox.services.turns import INBOX
from breakwater.networks.base import Arrived, Author, What
from breakwater.people.models import Person
from breakwater.wellbeing.services import set_own
from tests.load.fill import workspace_of
from tests.load.shield import SHARED

PUBLIC = 1_000
"""Texts of dev that are replayed, evenly taken from all of it."""

OPENED: dict[str, Collection[Category]] = {
    "what asks": ASKS,
    "and other": (*ASKS, Category.OTHER),
    "and praise": (*ASKS, Category.OTHER, Category.PRAISE),
}
"""Policies: which categories somebody opens."""
CUTS = (0.5, 0.25, 0.1, 0.05)
"""Limits that are tried: what is likelier than not, and on."""
_AT_ONCE = 500
_TAG = re.compile(r"<[^>]*>")


def replay(stream: str) -> str:
    """JSON: "pages", one entry for each level and policy (`Counted` with its names first), and
    "bound", one for each of CUTS. stream: "own", "dev" or "relabelled"."""
    rows = _rows(stream)
    _arrive(rows)
    items = {
        item.arrival.remote_id: item for item in Item.objects.select_related("arrival", "thread")
    }
    person = Person.objects.order_by("created_at")[0]
    client = Client(headers={"host": "127.0.0.1:8000"})
    client.force_login(person)
    found = []
    for level in Level:
        set_own(person, level=level, unscored=True, media=True, now=clock.now())
        pages = {n: _shown(client, items[str(n)].thread) for n in range(len(rows))}
        for policy, opened in OPENED.items():
            read = {n for n in pages if items[str(n)].category in {one.value for one in opened}}
            legibly = {n for n in read if legible(rows[n].text) in pages[n]}
            found.append([level.name.lower(), policy, *counted(rows, read, legibly)])
    return json.dumps({"pages": found, "bound": _bound(rows, items)})


class Counted(NamedTuple):
    """Texts: toxic, and of these shown; questions, missed (not opened) and opened but veiled; threats
    and missed; harmless ones that were opened, and of these veiled."""

    toxic: int
    shown: int
    questions: int
    missed: int
    behind: int
    threats: int
    lost: int
    harmless: int
    veiled: int


def counted(rows: Sequence[corpus.Row], read: Collection[int], legibly: Collection[int]) -> Counted:
    """read: which of the rows stand in pages that were opened; legibly: and can be read there."""

    def of(head: Head, answer: float = 1) -> list[int]:
        return [n for n, row in enumerate(rows) if row.labels.get(head) == answer]

    def some(of: Sequence[int], among: Collection[int]) -> int:
        return sum(n in among for n in of)

    toxic, asked, threats = of(Head.ABUSIVE), of(Head.QUESTION), of(Head.THREAT)
    harmless = some(of(Head.ABUSIVE, 0), read)
    return Counted(
        len(toxic), some(toxic, legibly), len(asked), len(asked) - some(asked, read),
        some(asked, read) - some(asked, legibly), len(threats), len(threats) - some(threats, read),
        harmless, harmless - some(of(Head.ABUSIVE, 0), legibly),
    )  # fmt: skip


def _bound(rows: Sequence[corpus.Row], items: Mapping[str, Item]) -> list[list[float]]:
    """What any limit on the worst chance of abuse could do for who opens what asks: [limit, *Counted]."""
    read = {n for n in range(len(rows)) if items[str(n)].category in {one.value for one in ASKS}}
    worst = {
        n: max((items[str(n)].chances.get(head.value, 0.0) for head in ABUSE), default=1.0)
        for n in read
    }
    return [[cut, *counted(rows, read, {n for n in read if worst[n] < cut})] for cut in CUTS]


def _rows(stream: str) -> list[corpus.Row]:
    if stream == "own":
        return corpus.own(kept_back=True)
    if stream == "relabelled":
        return corpus.relabelled("dev", SHARED)
    found = corpus.public("dev", SHARED)
    return [_theirs(row) for row in found[:: max(1, len(found) // PUBLIC)]]


def _theirs(row: corpus.Row) -> corpus.Row:
    """What they call toxic is abuse here: nothing else is known of most of them."""
    labels = dict(row.labels)
    if Head.TOXIC in labels:
        labels[Head.ABUSIVE] = labels[Head.TOXIC]
    return replace(row, labels=labels)


def _arrive(rows: Sequence[corpus.Row]) -> None:
    """Each by somebody of their own, in a conversation of its own."""
    channel, now = Channel.objects.order_by("pk")[0], clock.now()
    made = [
        Arrived(What.COMMENT, str(n), now, Author(f"p{n}", f"@p{n}", f"Person {n}"), row.text, about="p")
        for n, row in enumerate(rows)
    ]  # fmt: skip
    record_arrivals(channel, made, now=now)
    mine = turns.take(INBOX, now=now)
    assert mine is not None
    while (batch := intake.read(now=now, limit=_AT_ONCE)).arrivals:
        intake.store(batch, judging.judge(batch.arrivals, now=now), now=now)
    turns.let_go(INBOX, mine)


def seen(page: str) -> str:
    """The words of a page as its reader sees them."""
    return legible(html.unescape(_TAG.sub(" ", page)))


def legible(text: str) -> str:
    """A text as it is compared with what a page shows: browsers fold white space, and a database
    keeps no NUL."""
    return folded(storable(text))


def _shown(client: Client, thread: Thread) -> str:
    slug = quote(workspace_of(0).slug)
    answer = client.get(f"/w/{slug}/inbox/{thread.pk}/")
    if answer.status_code != 200:
        raise RuntimeError(f"a conversation answered {answer.status_code}")
    return seen(answer.content.decode())


PARTS = {"replay": replay}
