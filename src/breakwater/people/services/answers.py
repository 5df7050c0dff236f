"""The answers to requests that carry an `Idempotency-Key`: the same key again does nothing twice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from breakwater.domain.errors import Invalid, Problem, StaleState
from breakwater.people.models import KeptAnswer

KEPT_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class Answer:
    """What a request was answered. body: plain JSON. replayed: it is one that was kept."""

    status: int
    body: Any
    replayed: bool = False


def once(
    deed: Callable[[], Answer],
    *,
    token_id: UUID,
    key: str,
    request_hash: str,
    now: datetime,
    apart: bool = False,
    blank: tuple[str, ...] = (),
) -> Answer:
    """The answer of `deed`, done once for this token and key within 24 hours.

    The deed and its answer are one transaction. apart: the deed is more than one transaction
    (it asks a network, works on a picture): then a second request meanwhile is refused, and
    so it is when the first one broke off. blank: parts of the answer that are not kept.
    A deed that raises a Problem has done nothing: its key may be used again.
    Raises: Invalid("key_for_another"); StaleState("key_in_use"); what the deed raises.
    """
    row = KeptAnswer(token_id=token_id, key=key, request_hash=request_hash, created_at=now)
    if not apart:
        with transaction.atomic():
            return _begun(row) or _keep(row, deed(), blank)
    if kept := _begun(row):
        return kept
    try:
        return _keep(row, deed(), blank)
    except Problem:
        KeptAnswer.objects.filter(pk=row.pk).delete()
        raise


def _begun(row: KeptAnswer) -> Answer | None:
    """None when the key is ours now, else the answer that was kept for it.

    Two at once with one key: the second waits at the unique index until the first is done.
    """
    same = KeptAnswer.objects.filter(token_id=row.token_id, key=row.key)
    KeptAnswer.objects.filter(
        token_id=row.token_id, created_at__lte=row.created_at - KEPT_FOR
    ).delete()
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return _kept(same.get(), row.request_hash)
    return None


def _kept(there: KeptAnswer, request_hash: str) -> Answer:
    if there.request_hash != request_hash:
        raise Invalid(code="key_for_another", field="Idempotency-Key")
    if there.status is None:
        raise StaleState(code="key_in_use")
    return Answer(there.status, there.body, replayed=True)


def _keep(row: KeptAnswer, answer: Answer, blank: tuple[str, ...]) -> Answer:
    row.status, row.body = answer.status, answer.body
    if isinstance(answer.body, dict):
        row.body = {name: None if name in blank else part for name, part in answer.body.items()}
    row.save(update_fields=["status", "body"])
    return answer
