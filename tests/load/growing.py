"""An inbox as it is after years. Run inside an installation (tests.load.inside).

A block of messages goes through our own models and index; the database itself makes the others of it,
later ones with ids of their own, so that a million take minutes and not an hour.
"""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import connection, models, transaction

from breakwater.channels.models import Arrival, Channel
from breakwater.core import clock
from breakwater.inbox.models import Contact, Item, Thread
from breakwater.inbox.services import finding

WORDS = (
    "parcel",
    "order",
    "shop",
    "late",
    "thank",
    "refund",
    "colis",
    "livraison",
    "merci",
    "Lyon",
)
RARE = 10_000
"""word0, word1 …: so many that few messages have."""
_BLOCK = 4_000
_AT_ONCE = 1_000
_MADE = (Thread, Arrival, Item)
_FOUND = "inbox_found"
_NEXT = (
    "SELECT setval(pg_get_serial_sequence('channels_arrival', 'id'), max(id)) FROM channels_arrival"
)
_GIN = "CREATE INDEX inbox_found_words ON inbox_found USING gin (words)"


def grow(count: str, seed: str) -> str:
    """So many messages are in the inbox, one a minute until now; how many."""
    whole, chance = int(count), random.Random(seed)
    block = min(whole, _BLOCK)
    channel = Channel.objects.order_by("pk")[0]
    people = _people(channel, max(10, min(whole // 20, block)))
    begun = clock.now().replace(microsecond=0) - timedelta(minutes=whole)
    for first in range(0, block, _AT_ONCE):
        _grow(channel, people, range(first, min(first + _AT_ONCE, block)), begun, chance)
    if whole > block:
        _multiply(block, whole)
    return str(Item.objects.count())


def _multiply(block: int, whole: int) -> None:
    postgresql = connection.vendor == "postgresql"
    tables = [*(model._meta.db_table for model in _MADE), _FOUND]
    for table in tables:
        what = "rowid AS found, words" if table == _FOUND else "*"
        _run("CREATE TEMPORARY TABLE", f"block_{table}", "AS SELECT", what, "FROM", table)
    if postgresql:
        _run("DROP INDEX inbox_found_words")  # made at once it takes a tenth of the time
    for number in range(1, -(-whole // block)):
        with transaction.atomic():
            _once_more(number, block, whole)
    if postgresql:
        _run(_GIN)
        _run(_NEXT)
        _run("VACUUM ANALYZE")  # as autovacuum would have within a minute


def _once_more(number: int, block: int, whole: int) -> None:
    """The block again, so many of its lengths later; no more than there are to be."""
    step, sql = number * block, _SQL[connection.vendor]
    most = min(block, whole - step)
    ids, keys = ((f"(SELECT {name}", _FIRST, f"{most})") for name in ("id", "remote_id"))
    moments = ("at", "arrived_at", "state_at", "first_at", "last_at", "created_at")
    later = {name: sql["moment"].format(column=name, n=step) for name in moments}
    talk = {name: sql["uuid"].format(column=name, n=number) for name in ("id", "thread_id")}
    named = {
        name: f"'g' || (CAST(substr({name}, 2) AS integer) + {step})"
        for name in ("key", "remote_id")
    }  # fmt: skip
    _copy(Thread, {**later, "id": talk["id"], "key": named["key"]}, "key IN", *keys)
    arrived = {**later, "id": f"id + {step}", "remote_id": named["remote_id"]}
    _copy(Arrival, arrived, "id IN", *ids)
    said = {**later, "arrival_id": f"arrival_id + {step}", "thread_id": talk["thread_id"]}
    _copy(Item, said, "arrival_id IN", *ids)
    _run("INSERT INTO inbox_found(rowid, words) SELECT found +", str(step),
         ", words FROM block_inbox_found WHERE found IN", *ids, "ORDER BY found")  # fmt: skip


_FIRST = "FROM block_channels_arrival ORDER BY id LIMIT"
_SQL = {
    "sqlite": {
        "uuid": "printf('%08x', {n}) || substr({column}, 9)",
        "moment": "datetime({column}, '+{n} minutes')",
    },
    "postgresql": {
        "uuid": "(lpad(to_hex({n}), 8, '0') || substr(replace({column}::text, '-', ''), 9))::uuid",
        "moment": "{column} + make_interval(mins => {n})",
    },
}


def _copy(model: type[models.Model], changed: Mapping[str, str], *where: str) -> None:
    columns = [str(field.column) for field in model._meta.concrete_fields]
    quoted = [connection.ops.quote_name(one) for one in columns]
    values = [changed.get(one, name) for one, name in zip(columns, quoted, strict=True)]
    table = model._meta.db_table
    _run("INSERT INTO", table, "(", ", ".join(quoted), ") SELECT", ", ".join(values), "FROM",
         f"block_{table}", "WHERE", *where)  # fmt: skip


def _run(*parts: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(" ".join(parts))


def _people(channel: Channel, count: int) -> list[Contact]:
    now = clock.now()
    rows = [
        Contact(workspace_id=channel.workspace_id, network=channel.network, origin=channel.origin,
                remote_id=f"g{n}", handle=f"@g{n}", name=f"Person {n}", rank=3, first_at=now,
                last_at=now, created_at=now)
        for n in range(count)
    ]  # fmt: skip
    return Contact.objects.bulk_create(rows, batch_size=500)


def _grow(
    channel: Channel, people: Sequence[Contact], numbers: Sequence[int], begun: datetime,
    chance: random.Random,
) -> None:  # fmt: skip
    talks, arrivals, items = [], [], []
    for n in numbers:
        at = begun + timedelta(minutes=n)
        thread, arrival, item = _message(channel, chance.choice(people), n, at, chance)
        talks.append(thread)
        arrivals.append(arrival)
        items.append(item)
    with transaction.atomic():
        Thread.objects.bulk_create(talks, batch_size=500)
        Arrival.objects.bulk_create(arrivals, batch_size=500)
        for item in items:
            item.arrival_id = item.arrival.pk
        Item.objects.bulk_create(items, batch_size=500)
        finding.index(items)


def _message(
    channel: Channel, who: Contact, n: int, at: datetime, chance: random.Random
) -> tuple[Thread, Arrival, Item]:
    category = chance.choice(("question", "complaint", "praise", "other", "abuse"))
    state = "open" if n % 20 == 0 else "done"
    words = " ".join(
        [*chance.sample(WORDS, 4), *(f"word{chance.randrange(RARE)}" for _ in range(8))]
    )
    common = {"workspace_id": channel.workspace_id}
    thread = Thread(
        **common, channel=channel, key=f"g{n}", what="comment", contact=who, state=state,
        state_at=at, category=category, rank=3, waiting=int(state == "open"), items=1, first_at=at,
        last_at=at, created_at=at,
    )  # fmt: skip
    arrival = Arrival(
        **common,
        channel=channel,
        what="comment",
        remote_id=f"g{n}",
        at=at,
        arrived_at=at,
        author_id=who.remote_id,
        author={"name": who.name, "handle": who.handle},
        text=words,
    )
    item = Item(
        **common,
        arrival=arrival,
        thread=thread,
        contact=who,
        what="comment",
        at=at,
        language="en",
        model="bench",
        band="clear",
        rank=3,
        category=category,
        closed=state == "done",
    )
    return thread, arrival, item
