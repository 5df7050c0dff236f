"""Row by row: what the ledger says, what the audit chain proves, what the harbour really shows."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from breakwater.audit import selectors as audit
from breakwater.audit.models import Entry
from breakwater.delivery.lifecycle import ASKS, DELIVERY
from breakwater.delivery.models import Attempt, Delivery
from breakwater.domain.text import folded
from breakwater.networks.sandbox.faults import Call
from tests.chaos.stage import Quay, Stage

_OUT = ("accepted", "verified")
_NOT_OUT = ("failed", "missed", "cancelled", "held")
_SHOWN = 20


@dataclass
class Tally:
    """What a scene came to. lost, twice, wrong: sentences, none is a good answer.

    asked: "class: reason" -> how many wait for a person. faults: what was done to the product.
    recovery: seconds after each fault's end. cells: of a matrix, and whether each was played.
    """

    scene: str
    database: str
    seed: int
    deliveries: int = 0
    states: dict[str, int] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    faults: dict[str, int] = field(default_factory=dict)
    recovery: list[float] = field(default_factory=list)
    cells: dict[str, bool] = field(default_factory=dict)
    seconds: float = 0.0
    whole_s: float = 0.0
    notes: list[str] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """As JSON; of a long list the first sentences."""
        values = asdict(self)
        for name in ("lost", "twice", "wrong"):
            found = values[name]
            values[name] = found[:_SHOWN]
            values[f"{name}_count"] = len(found)
        return values


Posts = Mapping[str, list[dict[str, Any]]]


def compare(stage: Stage, tally: Tally) -> None:
    """The tally holds every difference between what is said and what is so."""
    rows = stage.rows()
    kinds = {quay.channel: quay for quay in stage.quays}
    public = {quay.account: _by_number(stage.harbour.posts(quay.account)) for quay in stage.quays}
    tally.deliveries = len(rows)
    tally.states = dict(Counter(row.state for row in rows))
    asked = Counter(f"{kinds[r.channel_id].kind}: {r.reason}" for r in rows if r.state in ASKS)
    tally.asked = dict(sorted(asked.items()))
    for row in rows:
        quay = kinds[row.channel_id]
        _judge(row, public[quay.account].get(_number(row), []), quay, tally)
    tally.wrong += [*_strays(rows, kinds, public), *_unwritten_calls(stage, kinds)]
    tally.wrong += [*_chain(stage, rows), *_witnessed(rows)]


def _judge(row: Delivery, posts: list[dict[str, Any]], quay: Quay, tally: Tally) -> None:
    name = f"{quay.kind} #{_number(row)} {row.pk} {row.state} {row.reason}".strip()
    if len(posts) > 1:
        tally.twice.append(f"{name}: public {len(posts)} times, {row.commit_calls} calls")
    if row.state in _OUT and not posts:
        tally.lost.append(f"{name}: said to be out, and is not")
    elif row.state in _OUT and row.remote_id not in [post["id"] for post in posts]:
        tally.wrong.append(f"{name}: known as {row.remote_id}, public as {posts[0]['id']}")
    elif row.state in _NOT_OUT and posts:
        tally.wrong.append(f"{name}: said not to be out, and is public as {posts[0]['id']}")
    elif row.state not in (*_OUT, *_NOT_OUT, *ASKS):
        tally.lost.append(f"{name}: still moving; {'public' if posts else 'not public'}")
    if row.state in ASKS and row.to_tell:
        tally.lost.append(f"{name}: asks, and nobody was told")
    if row.state == "needs_human" and (trouble := _untrue_question(row, posts)):
        tally.wrong.append(f"{name}: {trouble}")


def _untrue_question(row: Delivery, posts: list[dict[str, Any]]) -> str:
    """Why what a person is asked is not the truth; "" when it is."""
    if row.reason == "vanished" and posts:
        return "said to have vanished, and is public"
    if row.reason == "altered" and any(_same(row, post) for post in posts):
        return "said to be altered, and is not"
    return ""


def _same(row: Delivery, post: Mapping[str, Any]) -> bool:
    return folded(str(post["text"])) == folded(row.payload["text"])


def _strays(
    rows: Iterable[Delivery], kinds: Mapping[UUID, Quay], public: Mapping[str, Posts]
) -> Iterator[str]:
    known = {(kinds[row.channel_id].account, _number(row)) for row in rows}
    for account, numbers in public.items():
        for number in numbers:
            if (account, number) not in known:
                yield f"stray: {number!r} on {account}, and no delivery of that number there"


def _unwritten_calls(stage: Stage, kinds: Mapping[UUID, Quay]) -> Iterator[str]:
    """A commit call that reached the harbour has its row `begun` in the ledger, always."""
    begun = Counter(
        kinds[channel].account
        for channel in Attempt.objects.filter(outcome="begun", delivery__occurrence__gt=0)
        .values_list("delivery__channel_id", flat=True)
    )  # fmt: skip
    for quay in stage.quays:
        calls = len(stage.harbour.calls(quay.account, Call.COMMIT))
        if calls > begun[quay.account]:
            yield f"{quay.account}: {calls} commit calls, {begun[quay.account]} in the ledger"


def _chain(stage: Stage, rows: Iterable[Delivery]) -> Iterator[str]:
    """The chain holds, and the last thing it says of each delivery is its state."""
    workspace_id = stage.workspace.pk
    if fault := audit.verify(workspace_id):
        yield f"audit chain: entry {fault.number} is {fault.what}"
    moves = Entry.objects.filter(workspace_id=workspace_id, subject="delivery").order_by("number")
    last = {one.subject_id: one.verb.removeprefix("delivery.") for one in moves.iterator()}
    for row in rows:
        if last.get(row.pk) != row.state and row.state not in DELIVERY.quiet:
            yield f"audit chain: {row.pk} is {row.state}, last heard of as {last.get(row.pk)}"


def _witnessed(rows: Iterable[Delivery]) -> Iterator[str]:
    """Every remote id that a delivery is known by stands in its ledger, from a call or a look."""
    named = Attempt.objects.exclude(remote_id="").values_list("delivery_id", "remote_id")
    found = set(named)
    for row in rows:
        if row.remote_id and (row.pk, row.remote_id) not in found:
            yield f"ledger: nothing there says that {row.pk} is {row.remote_id}"


def _number(row: Delivery) -> str:
    return str(row.payload["text"]).split(" ", 1)[0]


def _by_number(posts: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for post in posts:
        found.setdefault(str(post["text"]).split(" ", 1)[0], []).append(post)
    return found
