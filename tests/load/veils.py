"""The shield at work: a labelled stream is dealt with through the real pages by somebody who answers
every question and passes on every threat. Run inside an installation (tests.load.inside).

What is toxic and stands in a page that they opened was shown to them; a question in a conversation
that they did not open is missed. They open conversations by category, as the pages name them, and
nothing else; they reveal nothing.
"""

import html
import json
import re
from collections.abc import Collection, Sequence
from urllib.parse import quote

from django.test import Client
from training import corpus

from breakwater.channels.models import Channel
from breakwater.channels.services.arrivals import record_arrivals
from breakwater.core import clock
from breakwater.domain.scoring.scores import Head
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
_AT_ONCE = 500
_TAG = re.compile(r"<[^>]*>")


def replay(stream: str) -> str:
    """JSON: one entry for each level and policy: [level, policy, toxic, shown, questions, missed,
    threats, missed]. stream: "own" or "dev"."""
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
            found.append([level.name.lower(), policy, *_counted(rows, pages, read)])
    return json.dumps(found)


def _counted(
    rows: Sequence[corpus.Row], pages: dict[int, str], read: Collection[int]
) -> tuple[int, ...]:
    toxic = [n for n, row in enumerate(rows) if row.labels.get(Head.TOXIC) == 1]
    shown = [n for n in toxic if n in read and legible(rows[n].text) in pages[n]]
    asked = {
        head: [n for n, row in enumerate(rows) if row.labels.get(head) == 1]
        for head in (Head.QUESTION, Head.THREAT)
    }
    missed = {head: [n for n in some if n not in read] for head, some in asked.items()}
    return (
        len(toxic), len(shown), len(asked[Head.QUESTION]), len(missed[Head.QUESTION]),
        len(asked[Head.THREAT]), len(missed[Head.THREAT]),
    )  # fmt: skip


def _rows(stream: str) -> list[corpus.Row]:
    if stream == "own":
        return corpus.own(kept_back=True)
    found = corpus.public("dev", SHARED)
    return found[:: max(1, len(found) // PUBLIC)]


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
