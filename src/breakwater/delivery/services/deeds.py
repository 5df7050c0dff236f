"""What a named person has done on a network at once: an answer, a deed, a change of what is out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from breakwater.audit.services import move_many
from breakwater.channels.models import Channel
from breakwater.delivery.lifecycle import DELIVERY, OUT
from breakwater.delivery.models import Delivery
from breakwater.delivery.places import place_of
from breakwater.delivery.services.orders import Order, enqueue
from breakwater.delivery.services.walls import STATEMENT
from breakwater.domain.errors import Invalid, StaleState
from breakwater.domain.kinds import ACT, DELETE, EDIT, MAKES, OPPOSITES, REPLY
from breakwater.domain.parcels import digest_of

LATE_AFTER = timedelta(hours=1)
"""An answer that could not leave within it asks the person again: the talk may have moved on."""

MENDED_WITHIN = timedelta(days=30)
"""A deed is late for nobody."""

_ON_ITS_WAY = DELIVERY.states - {*OUT, "failed", "cancelled"}


@dataclass(frozen=True)
class Answer:
    """What somebody is answered. to_post: remote id of the comment, mention or review; root: of the
    post that its conversation began with; to: remote id of a conversation, for a direct message. tags: what holds are
    compared with, besides the workspace and the channel (orders.Order)."""

    text: str
    to_post: str = ""
    root: str = ""
    to: str = ""
    language: str = ""
    media: Sequence[Mapping[str, Any]] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    tags: Sequence[str] = ()


@dataclass(frozen=True)
class Stray:
    """A post that nobody here sent. source: the id of its sighting. needs_blob: of its sealed evidence,
    without which its delete does not begin; "": a person signed that."""

    channel: Channel
    remote_id: str
    url: str
    source: UUID
    needs_blob: str

    @property
    def payload(self) -> Mapping[str, Any]:
        return {"remote_id": self.remote_id, "remote_url": self.url}


def answer(channel: Channel, said: Answer, *, request: UUID, by: UUID, now: datetime) -> Delivery:
    """The answer leaves now. request: of the click; the same one again gives the same delivery.

    Raises: Invalid("post_empty") without words and media, "field_missing" without somebody to
    answer.
    """
    if not said.text.strip() and not said.media:
        raise Invalid(code="post_empty", field="text")
    if not (said.to_post or said.to):
        raise Invalid(code="field_missing", field="to_post")
    payload = {
        "text": said.text, "language": said.language, "media": [dict(one) for one in said.media],
        "options": dict(said.options), "reply_to": said.to_post, "root": said.root, "to": said.to,
    }  # fmt: skip
    return _leaves(channel, REPLY, payload, request, LATE_AFTER, tags=said.tags, by=by, now=now)


def do(
    channel: Channel,
    deed: str,
    target: str,
    *,
    about: str = "",
    detail: Mapping[str, str] | None = None,
    tags: Sequence[str] = (),
    request: UUID,
    by: UUID,
    now: datetime,
) -> Delivery:
    """The deed (networks.base.Deed) is done now. request: as in `answer`.

    Raises: Invalid("field_missing") without a target.
    """
    if not target:
        raise Invalid(code="field_missing", field="target")
    payload = _done_to(deed, target, about, detail)
    return _leaves(channel, ACT, payload, request, MENDED_WITHIN, tags=tags, by=by, now=now)


def _done_to(
    deed: str, target: str, about: str = "", detail: Mapping[str, str] | None = None
) -> dict[str, Any]:
    return {"deed": deed, "target": target, "about": about, "detail": dict(detail or {})}


def overtaken(rows: Sequence[Delivery]) -> set[UUID]:
    """Deeds among `rows` that were tried before, and undone by a later click meanwhile: made now,
    they would be the last word. A query for each that was tried."""
    tried = [row for row in rows if row.kind == ACT and row.tries and row.deed in OPPOSITES]
    return {row.pk for row in tried if _undone_since(row)}


def _undone_since(row: Delivery) -> bool:
    same = Delivery.objects.filter(
        channel_id=row.channel_id, kind=ACT, payload__target=row.payload.get("target"),
        payload__deed=OPPOSITES[row.deed], created_at__gt=row.created_at,
    )  # fmt: skip
    return same.exclude(state="cancelled").exists()


def remove_strays(strays: Sequence[Stray], *, by: UUID | None, now: datetime) -> list[Delivery]:
    """The deliveries that delete on the network what nobody here sent; asked again for the same source,
    the one that stands."""
    try:
        with transaction.atomic():
            before = _before([one.source for one in strays], DELETE)
            stand = {one.source: _standing(before.get(one.source, ())) for one in strays}
            orders = [
                _order(
                    one.channel, DELETE, one.payload, one.source, MENDED_WITHIN,
                    occurrence=len(before.get(one.source, ())), needs_blob=one.needs_blob, now=now,
                )
                for one in strays if stand[one.source] is None
            ]  # fmt: skip
            made = {row.source: row for row in enqueue(orders, by=by, now=now)}
        return [stand[one.source] or made[one.source] for one in strays]
    except IntegrityError:  # somebody asked for one of them at the same moment
        return [
            _once(one.channel, DELETE, one.payload, one.source, one.needs_blob, by, now)
            for one in strays
        ]


def withdraw(
    channel: Channel,
    remote_id: str,
    *,
    source: UUID,
    needs_blob: str,
    by: UUID | None,
    now: datetime,
) -> Delivery:
    """The delivery that takes a post of the account out of sight where it cannot be deleted; asked
    again for the same `source`, the one that stands. needs_blob: as of a `Stray`."""
    return _once(channel, ACT, _done_to("withdraw", remote_id), source, needs_blob, by, now)


def pin(
    channel: Channel, remote_id: str, *, source: UUID, by: UUID | None, now: datetime
) -> Delivery:
    """The delivery that keeps a statement at the top of its account; asked again for the same
    `source` (the delivery that published it), the one that stands."""
    return _once(channel, ACT, _done_to("pin", remote_id), source, "", by, now)


def _once(
    channel: Channel,
    kind: str,
    payload: Mapping[str, Any],
    source: UUID,
    needs_blob: str,
    by: UUID | None,
    now: datetime,
) -> Delivery:
    """One that stands for each source; no pause stands before it, as none does before a statement."""
    try:
        with transaction.atomic():
            before = _before([source], kind).get(source, [])
            if standing := _standing(before):
                return standing
            return _leaves(
                channel, kind, payload, source, MENDED_WITHIN, occurrence=len(before),
                tags=(STATEMENT,) if kind == ACT else (), needs_blob=needs_blob, by=by, now=now,
            )  # fmt: skip
    except IntegrityError:  # somebody asked for it at the same moment
        rows = Delivery.objects.filter(source=source, kind=kind, channel=channel)
        return rows.order_by("-occurrence")[0]


def _before(sources: Sequence[UUID], kind: str) -> dict[UUID, list[Delivery]]:
    """What was asked for of these sources before, in order, locked."""
    found: dict[UUID, list[Delivery]] = {}
    own = Delivery.objects.select_for_update(of=("self",)).filter(source__in=sources, kind=kind)
    for row in sorted(own.order_by("pk"), key=lambda row: row.occurrence):
        found.setdefault(row.source, []).append(row)
    return found


def _standing(before: Sequence[Delivery]) -> Delivery | None:
    return next((row for row in before if row.state != "cancelled"), None)


def rely_on(delivery: Delivery, blob: str, *, by: UUID | None, now: datetime) -> bool:
    """A delete that stopped at the door because the file of its evidence is gone relies on this one
    from now on, and waits to leave again. False: it stopped for something else, or went on.

    blob: of evidence that is on disk; "": a person signed that there is none.
    """
    with transaction.atomic():
        row = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
        if (row.state, row.reason) != ("needs_human", "no_evidence") or row.needs_blob == blob:
            return False
        fresh = {"needs_blob": blob, "reason": "", "missed_at": now + MENDED_WITHIN}
        return bool(move_many([row], DELIVERY, "queued", by=by, now=now, changes={row.pk: fresh}))


def change(
    delivery: Delivery,
    text: str,
    *,
    tags: Sequence[str] = (),
    request: UUID,
    by: UUID,
    now: datetime,
) -> Delivery:
    """What is out says `text` from now on. request, tags: as in `answer`.

    Raises: Invalid("post_empty"); StaleState "nothing_to_change" when it is not out, or
    "being_changed" while an earlier change is on its way: two would overtake one another.
    """
    if not text.strip():
        raise Invalid(code="post_empty", field="text")
    with transaction.atomic():
        own = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
        before = list(Delivery.objects.filter(source=own.pk, kind=EDIT).order_by("occurrence"))
        for one in before:
            if one.payload.get("request") == str(request):
                return one
        if own.kind not in MAKES or own.state not in OUT or not own.remote_id:
            raise StaleState(code="nothing_to_change", state=own.state)
        if any(one.state in _ON_ITS_WAY for one in before):
            raise StaleState(code="being_changed")
        payload = {
            **own.payload, "text": text, "remote_id": place_of(own).remote_id,
            "of": str(own.pk), "request": str(request),
        }  # fmt: skip
        return _leaves(
            own.channel, EDIT, payload, own.pk, LATE_AFTER,
            occurrence=len(before), tags=tags, by=by, now=now,
        )  # fmt: skip


def _leaves(
    channel: Channel,
    kind: str,
    payload: Mapping[str, Any],
    source: UUID,
    late_after: timedelta,
    *,
    occurrence: int = 0,
    tags: Sequence[str] = (),
    needs_blob: str = "",
    by: UUID | None,
    now: datetime,
) -> Delivery:
    order = _order(
        channel, kind, payload, source, late_after, occurrence=occurrence, tags=tags,
        needs_blob=needs_blob, now=now,
    )  # fmt: skip
    return enqueue([order], by=by, now=now)[0]


def _order(
    channel: Channel,
    kind: str,
    payload: Mapping[str, Any],
    source: UUID,
    late_after: timedelta,
    *,
    occurrence: int,
    tags: Sequence[str] = (),
    needs_blob: str,
    now: datetime,
) -> Order:
    return Order(
        workspace_id=channel.workspace_id,
        channel_id=channel.pk,
        kind=kind,
        source=source,
        payload=payload,
        digest=digest_of(kind, channel.pk, payload),
        tags=tags,
        due_at=now,
        missed_after=late_after,
        occurrence=occurrence,
        needs_blob=needs_blob,
    )
