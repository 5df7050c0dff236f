"""Second opinions: asked for, leased to one worker at a time, kept, and forgotten in time.

Whatever fails here, the embedded model's score stands. A call is counted before it is made, and a
lease is stored before it: a worker that is killed leaves texts that are asked about once more.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q

from breakwater.audit.services import move_many
from breakwater.core.ids import new_id
from breakwater.domain.errors import SealBroken
from breakwater.domain.scoring.edits import Ends
from breakwater.domain.scoring.normal import HEAD, TAIL
from breakwater.domain.scoring.scores import ABUSE, Head, Item
from breakwater.scorers.base import Answer, Plugin
from breakwater.scoring.installed import plugins
from breakwater.scoring.lifecycle import OPINION
from breakwater.scoring.models import OpinionDay, OpinionSetup, SecondOpinion
from breakwater.scoring.rules import Asking
from breakwater.scoring.services.setups import opened as opened_setup
from breakwater.scoring.texts import hash_of, opened, sealed

LEASE = timedelta(minutes=2)
MOST_TRIES = 3
MOST_WAITING = 1_000
"""Texts of one workspace. Beyond that the budget is too small, and the model's word stands."""
WAITS_AT_MOST = timedelta(hours=24)
KEPT_FOR = timedelta(days=30)
_SENT = Ends(HEAD, TAIL)
"""Of a text: what the embedded model reads of it, and is unsure of."""
_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(hours=1)
_TABLE = SecondOpinion._meta.db_table
_GONE = {"sealed": None, "lease_id": None, "lease_until": None}
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Batch:
    """One call to be made. values: of the plug-in's fields."""

    setup: OpinionSetup
    plugin: Plugin
    values: Mapping[str, str]
    rows: list[SecondOpinion]
    items: list[Item]


def known(workspace_id: UUID, asking: Asking, texts: Iterable[str]) -> dict[str, SecondOpinion]:
    """Text -> what is known of it, waiting or not. One query."""
    hashes = {text: hash_of(workspace_id, text) for text in texts}
    rows = SecondOpinion.objects.filter(
        workspace_id=workspace_id,
        scorer=asking.scorer,
        version=asking.version,
        text_hash__in=set(hashes.values()),
    ).defer("sealed")
    found = {row.text_hash: row for row in rows}
    return {text: found[one] for text, one in hashes.items() if one in found}


def wish_for(workspace_id: UUID, asking: Asking, items: Sequence[Item], *, now: datetime) -> bool:
    """Whether these texts wait for a second opinion now; none does where too many wait already."""
    waiting = SecondOpinion.objects.filter(workspace_id=workspace_id, state="waiting").count()
    if waiting + len(items) > MOST_WAITING:
        return False
    rows = [_row(workspace_id, asking, item, now) for item in items]
    SecondOpinion.objects.bulk_create(rows, ignore_conflicts=True)
    return True


def lease(*, limit: int, now: datetime) -> list[Batch]:
    """At most `limit` calls that are due, one a workspace, this worker's until their lease ends.
    Each is counted in its workspace's day. Workspaces take turns: who was asked for comes last."""
    there = plugins()
    due = OpinionSetup.objects.filter(on=True, next_at__lte=now, scorer__in=there)
    waits = SecondOpinion.objects.filter(_due(now)).values("workspace_id")
    setups = list(due.filter(workspace_id__in=waits).order_by("next_at", "pk")[:limit])
    turn = OpinionSetup.objects.filter(pk__in=[row.pk for row in setups], next_at__lte=now)
    turn.update(next_at=now)
    batches = [_leased(setup, there[setup.scorer], now) for setup in setups]
    return [batch for batch in batches if batch is not None]


def answered(batch: Batch, answers: Sequence[Answer], *, now: datetime) -> None:
    """The answers are kept, the texts are gone. An answer to what another worker answered in the
    meantime changes nothing."""
    pairs = list(zip(batch.rows, answers, strict=True))
    given = {row.pk: {**_GONE, "answer": dict(one)} for row, one in pairs if one}
    with transaction.atomic():
        _end([row for row, one in pairs if one], "given", given, now)
        none = [row for row, one in pairs if not one]
        _end(none, "none", {row.pk: _GONE for row in none}, now)
        OpinionSetup.objects.filter(pk=batch.setup.pk).update(failures=0, trouble="")


def failed(
    batch: Batch,
    code: str,
    *,
    after: timedelta | None = None,
    for_good: bool = False,
    now: datetime,
) -> None:
    """The texts wait on, and the workspace asks nothing for a while; those that were tried often
    enough are given up. for_good: the server will say no again."""
    setup = batch.setup
    rising = min(_PAUSE * 2 ** min(setup.failures, 10), _LONGEST_PAUSE)
    pause = (
        _LONGEST_PAUSE
        if for_good
        else min(max(after or rising, timedelta(seconds=1)), WAITS_AT_MOST)
    )
    tired = [row for row in batch.rows if row.tries >= MOST_TRIES]
    with transaction.atomic():
        _end(tired, "none", {row.pk: _GONE for row in tired}, now)
        SecondOpinion.objects.filter(
            pk__in=[row.pk for row in batch.rows], lease_id=batch.rows[0].lease_id
        ).update(lease_id=None, lease_until=None, next_at=now + pause)
        OpinionSetup.objects.filter(pk=setup.pk).update(
            failures=min(setup.failures + 1, 1000), trouble=code[:64], next_at=now + pause
        )


def sweep(*, now: datetime) -> None:
    """What waited too long, or for whom nobody is asked any more, is given up and its text gone;
    answers are forgotten after 30 days."""
    there = plugins()
    setups = {row.workspace_id: row for row in OpinionSetup.objects.filter(on=True)}
    waiting = SecondOpinion.objects.filter(state="waiting").defer("sealed")
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    late = (
        Q(created_at__lt=now - WAITS_AT_MOST)
        | ~Q(workspace_id__in=setups)
        | (free & Q(tries__gte=MOST_TRIES))
    )
    gone = list(waiting.filter(late)[:MOST_WAITING])
    for row in waiting.exclude(late).filter(free)[:MOST_WAITING]:
        plugin = there.get(setups[row.workspace_id].scorer)
        if plugin is None or (plugin.id, plugin.version) != (row.scorer, row.version):
            gone.append(row)
    _end(gone, "none", {row.pk: _GONE for row in gone}, now)
    SecondOpinion.objects.exclude(state="waiting").filter(state_at__lt=now - KEPT_FOR).delete()


def chances(row: SecondOpinion) -> dict[Head, float]:
    """What it says, by head; {} where it says nothing."""
    answer = row.answer or {}
    return {head: float(answer[head]) for head in ABUSE if head in answer}


def _row(workspace_id: UUID, asking: Asking, item: Item, now: datetime) -> SecondOpinion:
    row = SecondOpinion(
        workspace_id=workspace_id,
        text_hash=hash_of(workspace_id, item.text),
        scorer=asking.scorer,
        version=asking.version,
        language=item.hint[:8],
        state_at=now,
        next_at=now,
        created_at=now,
    )
    row.sealed = sealed(_SENT(item.text), table=_TABLE, row=row.pk)
    return row


def _due(now: datetime) -> Q:
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    return free & Q(state="waiting", next_at__lte=now, tries__lt=MOST_TRIES)


def _leased(setup: OpinionSetup, plugin: Plugin, now: datetime) -> Batch | None:
    """The oldest texts of the workspace, if its budget of the day has a call left."""
    with transaction.atomic():
        rows = list(
            SecondOpinion.objects.filter(
                _due(now),
                workspace_id=setup.workspace_id,
                scorer=plugin.id,
                version=plugin.version,
            )
            .select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
            .order_by("created_at", "pk")[: min(setup.most, plugin.most)]
        )
        if not rows or not _counted(setup, len(rows), now):
            return None
        ours = new_id()
        for row in rows:
            row.lease_id, row.lease_until, row.asked_at = ours, now + LEASE, now
            row.tries += 1
        SecondOpinion.objects.bulk_update(rows, ["lease_id", "lease_until", "asked_at", "tries"])
    return _opened(setup, plugin, rows, now)


def _counted(setup: OpinionSetup, texts: int, now: datetime) -> bool:
    """Whether one more call is within the day's budget; it is counted then."""
    OpinionDay.objects.get_or_create(
        workspace_id=setup.workspace_id, day=now.date(), defaults={"created_at": now}
    )
    today = OpinionDay.objects.filter(workspace_id=setup.workspace_id, day=now.date())
    counted = today.filter(calls__lt=setup.daily).update(
        calls=F("calls") + 1, texts=F("texts") + texts
    )
    if not counted:
        tomorrow = datetime.combine(now.date() + timedelta(days=1), time(), tzinfo=UTC)
        OpinionSetup.objects.filter(pk=setup.pk).update(next_at=tomorrow, trouble="budget_used")
    return bool(counted)


def _opened(
    setup: OpinionSetup, plugin: Plugin, rows: list[SecondOpinion], now: datetime
) -> Batch | None:
    """None, with the texts given up and a word to the page, where the seal no longer opens."""
    try:
        values = opened_setup(setup)
        texts = [opened(row.sealed or b"", table=_TABLE, row=row.pk) for row in rows]
    except SealBroken as error:
        log.error("opinion.seal_broken workspace=%s why=%s", setup.workspace_id, error)
        _end(rows, "none", {row.pk: _GONE for row in rows}, now)
        OpinionSetup.objects.filter(pk=setup.pk).update(trouble="scorer_sealed")
        return None
    items = [Item(text, row.language) for text, row in zip(texts, rows, strict=True)]
    return Batch(setup, plugin, values, rows, items)


def _end(
    rows: Sequence[SecondOpinion],
    to: str,
    changes: Mapping[UUID, Mapping[str, object]],
    now: datetime,
) -> None:
    move_many(rows, OPINION, to, by=None, now=now, changes=changes)
