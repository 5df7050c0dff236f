"""Threats and crimes are kept as they were: sealed, with a digest, and only ever added.

Of an illegal image of a minor nothing is kept but its address, and nothing else of it stays here.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from breakwater.audit.services import Fact, record
from breakwater.channels.services.erasing import blank
from breakwater.core import crypto
from breakwater.domain.errors import Forbidden, Invalid, NotFound, StaleState
from breakwater.domain.text import links, storable
from breakwater.inbox.models import Item, Kept, PileState
from breakwater.inbox.reading import TEXT
from breakwater.inbox.rotas import has_duty
from breakwater.inbox.services import finding
from breakwater.notices.services import tell
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, with_right
from breakwater.scoring.services.forgetting import forget_texts
from breakwater.wellbeing.services import expose

THREAT = "threat"
CRIME = "crime"
MINOR = "minor"
WHYS = (THREAT, CRIME, MINOR)
KEPT = "evidence.kept"
_COLUMN = "sealed"
_REFERENCE_MAX = 200
_LEFT_OUT = "(left out: bytes of a picture)"
_BYTES = re.compile(r"data:[\w.+-]+/[\w.+-]+[^,\s]{0,60},\S*|[A-Za-z0-9+/_=-]{800,}", re.IGNORECASE)
"""Addresses that are pictures themselves, and runs that no words or addresses have."""


def keep(item: Item, *, by: Access | None, why: str, now: datetime) -> Kept:
    """The message is kept as it is now; kept for the same reason before, that is what comes back.

    The item must come with its arrival. by: None for a rule. An image of a minor: its address alone
    is kept, whatever it was kept for before stays without pictures as it always is, and text,
    media and the network's JSON are gone from here, and those who look after the workspace are told.
    Raises: Forbidden; Invalid: "kept_why", "kept_shows_nothing" (an image, where the message has no
    media and no link); StaleState("erased") when there is nothing left to keep.
    """
    if why not in WHYS:
        raise Invalid(code="kept_why", field="why")
    if by is not None:
        checks.may(by, Right.ANSWER)
    with transaction.atomic():
        found = _there(item, why)
        if found is not None:
            return found
        _check_there(item, why)
        row = _row(item, by, why, now)
        Kept.objects.bulk_create([row], ignore_conflicts=True)
        kept = Kept.objects.get(workspace_id=item.workspace_id, arrival=item.pk, why=why)
        if kept.pk == row.pk:
            said = {"why": why, "digest": kept.digest, "category": item.category}
            _tell(kept, KEPT, said, by, now)
        if why == MINOR:
            _leave_nothing(item, now)
            _tell_those_in_charge(kept, item, by, now)
    return kept


def may_show(item: Item) -> bool:
    """Whether there is anything with it that an image could be in: media, or a link to one."""
    return bool(item.arrival.media) or bool(links(item.arrival.text))


def _check_there(item: Item, why: str) -> None:
    if item.arrival.erased_at is not None:
        raise StaleState(code="erased")
    if why == MINOR and not may_show(item):
        raise Invalid(code="kept_shows_nothing", field="why")


def _leave_nothing(item: Item, now: datetime) -> None:
    """Of the words, wherever they went: nobody is asked about them any more, and no group is saved
    that they are part of."""
    forget_texts(item.workspace_id, [item.arrival.text])
    PileState.objects.filter(workspace_id=item.workspace_id).delete()
    blank(item.arrival, now=now)
    finding.forget([item.pk])


def _tell_those_in_charge(kept: Kept, item: Item, by: Access | None, now: datetime) -> None:
    """What nobody can look at any more was one person's judgement: others know of it."""
    workspace, channel = item.arrival.channel.workspace, item.arrival.channel
    tell(
        with_right(workspace.pk, Right.INVITE), "inbox_minor", key=f"kept:{kept.pk}",
        data={"channel": str(channel), "who": by.person.name if by else gettext("A rule")},
        path=f"/w/{workspace.slug}/inbox/{item.thread_id}/", workspace_id=workspace.pk, now=now,
    )  # fmt: skip


def may_look(by: Access) -> bool:
    """Whether what is kept is theirs to see: those who audit, and those whom the rota has on duty."""
    return by.may(Right.AUDIT) or (by.may(Right.ANSWER) and has_duty(by.workspace, by.person))


def look_at(by: Access, kept_id: UUID, *, request: UUID, now: datetime) -> Mapping[str, Any]:
    """What was kept, as it was: an exposure of this person, and a fact of the audit chain.

    request: of the click. Raises: Forbidden; NotFound; SealBroken.
    """
    kept = kept_of(by, kept_id)
    plain = opened(kept)
    with transaction.atomic():
        expose(by, TEXT, f"kept:{kept.pk}", rank=0, request=request, now=now)
        _tell(kept, "evidence.opened", {}, by, now)
    said: Mapping[str, Any] = json.loads(plain)
    return said


def note_report(
    by: Access, kept_id: UUID, *, reported_at: datetime, reference: str, now: datetime
) -> None:
    """It was reported to the authorities then. reference: theirs, as a person typed it.
    Raises: Forbidden; NotFound; Invalid: report_early (before it was written), reference_long."""
    line = " ".join(storable(reference).split())
    if len(line) > _REFERENCE_MAX:
        raise Invalid(code="reference_long", field="reference", limit=_REFERENCE_MAX)
    if reported_at > now:
        raise Invalid(code="report_early", field="reported_at")
    with transaction.atomic():
        kept = kept_of(by, kept_id, lock=True)
        kept.reported_at, kept.reference = reported_at, line
        kept.save(update_fields=["reported_at", "reference"])
        said = {"reported_at": reported_at.isoformat(), "reference": line}
        _tell(kept, "evidence.reported", said, by, now)


def kept_of(by: Access, kept_id: UUID, *, lock: bool = False) -> Kept:
    """Raises: Forbidden; NotFound for none and for another workspace's alike."""
    if not may_look(by):
        raise Forbidden(right=Right.AUDIT.value, role=by.role)
    rows = Kept.objects.select_for_update() if lock else Kept.objects.all()
    row = rows.filter(workspace=by.workspace, pk=kept_id).first()
    if row is None:
        raise NotFound(what="kept")
    return row


def opened(kept: Kept) -> bytes:
    """The bytes as they were sealed. Raises: SealBroken."""
    return crypto.open_sealed(kept.sealed, table=Kept._meta.db_table, row=kept.pk, column=_COLUMN)


def _there(item: Item, why: str) -> Kept | None:
    """Once an image of a minor was found in it, nothing more of it is kept for any reason."""
    rows = Kept.objects.filter(
        workspace_id=item.workspace_id, arrival=item.pk, why__in=(why, MINOR)
    )
    return rows.order_by("created_at").first()


def _row(item: Item, by: Access | None, why: str, now: datetime) -> Kept:
    said = _address(item) if why == MINOR else _whole(item, by, why, now)
    plain = json.dumps(said, ensure_ascii=False, sort_keys=True).encode()
    row = Kept(
        workspace_id=item.workspace_id, arrival=item.pk, why=why,
        digest=hashlib.sha256(plain).hexdigest(), address_only=why == MINOR,
        by=by.person if by else None, created_at=now,
    )  # fmt: skip
    row.sealed = crypto.seal(plain, table=Kept._meta.db_table, row=row.pk, column=_COLUMN)
    return row


def _address(item: Item) -> dict[str, Any]:
    """Nothing else, whatever the network sent."""
    arrival = item.arrival
    return {"address": arrival.url or f"{arrival.channel.network}: {arrival.remote_id}"}


def _whole(item: Item, by: Access | None, why: str, now: datetime) -> dict[str, Any]:
    arrival = item.arrival
    times = {name: getattr(arrival, name) for name in ("at", "arrived_at", "changed_at", "gone_at")}
    names = ("what", "remote_id", "author_id", "text", "url", "about", "parent", "thread", "rating")
    return {
        **{name: getattr(arrival, name) for name in names},
        **{name: moment.isoformat() if moment else None for name, moment in times.items()},
        "author": _without_bytes(arrival.author),
        "media": _without_bytes(arrival.media),
        "raw": _without_bytes(arrival.raw),
        "network": arrival.channel.network,
        "origin": arrival.channel.origin,
        "channel": str(arrival.channel),
        "kept_by": str(by.person.pk) if by else "",
        "kept_at": now.isoformat(),
        "why": why,
    }


def _without_bytes(value: Any) -> Any:
    """No picture is ever in what is kept, not even where a network puts its bytes into JSON."""
    if isinstance(value, str):
        return _BYTES.sub(_LEFT_OUT, value)
    if isinstance(value, Mapping):
        return {name: _without_bytes(one) for name, one in value.items()}
    if isinstance(value, Sequence):
        return [_without_bytes(one) for one in value]
    return value


def _tell(kept: Kept, verb: str, data: Mapping[str, Any], by: Access | None, now: datetime) -> None:
    fact = Fact(kept.workspace_id, verb, "kept", kept.pk, {"arrival": kept.arrival, **data})
    record([fact], by=by.person.pk if by else None, now=now)
