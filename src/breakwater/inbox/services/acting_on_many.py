"""The same deed on many messages: counted before, each a delivery of its own, made once.

What a network cannot do is left out and said, by network. Criticism is not silenced in numbers
without a written reason, which the audit chain keeps.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from breakwater.audit.services import Fact, record
from breakwater.channels.selectors import networks
from breakwater.core.messages import sentence
from breakwater.domain import deeds
from breakwater.domain.errors import Invalid
from breakwater.inbox.deeds import OFFERED, Powers, one_of, powers_of, ranked, reported
from breakwater.inbox.models import Answer, Item
from breakwater.inbox.services.acting import LONGEST, Wish, act_on_taken, check, settle, taken
from breakwater.networks.base import Deed
from breakwater.people.selectors import Access

AT_ONCE = 200
MANY = tuple(one for one in OFFERED if one is not Deed.UNFOLLOW)
"""Deeds that are done to many, in the order in which they are offered."""


@dataclass(frozen=True)
class Able:
    """How many messages of a network it will be done to."""

    network: str
    messages: int


@dataclass(frozen=True)
class Unable:
    """How many it cannot be done to, and a sentence that says why."""

    network: str
    messages: int
    why: str


@dataclass(frozen=True)
class Plan:
    """What a click would do. items: those it can be done to; reason: whether it needs one."""

    deed: Deed
    items: Sequence[Item]
    able: Sequence[Able]
    unable: Sequence[Unable]
    reason: bool


def plan(by: Access, item_ids: Sequence[int], deed: Deed) -> Plan:
    """Nothing is done. Two queries, and one for each channel. Raises: Invalid("too_many_at_once");
    Forbidden."""
    _check(by, item_ids, Wish(deed, reason="other"))
    rows = Item.objects.filter(workspace_id=by.workspace.pk, pk__in=item_ids)
    return _plan(list(rows.select_related("arrival__channel", "contact").order_by("pk")), deed)


def act_on_many(
    by: Access,
    item_ids: Sequence[int],
    wish: Wish,
    *,
    reason: str = "",
    request: UUID,
    now: datetime,
) -> list[Answer]:
    """The deed is on its way for each that it can be done to; those that are new by this click. One
    transaction; the same request again makes none twice. Several messages of one person are one
    deed where it is done to the person.

    Raises: as `acting.act`; Invalid: "too_many_at_once", "deed_reason_missing".
    """
    _check(by, item_ids, wish)
    reason = reason.strip()
    if len(reason) > LONGEST:
        raise Invalid(code="deed_text_long", field="why", limit=LONGEST)
    with transaction.atomic():
        found = _plan(taken(by.workspace.pk, item_ids), wish.deed)
        if found.reason and not reason:
            raise Invalid(code="deed_reason_missing", field="why")
        made = act_on_taken(by, targets(found.items, wish.deed), wish, request=request, now=now)
        fresh = [answer for answer, new in made if new]
        if fresh:
            record([_fact(by, fresh, wish, reason, request)], by=by.person.pk, now=now)
            settle(found.items, wish.deed, now=now)
    return fresh


def targets(items: Sequence[Item], deed: Deed) -> list[Item]:
    """One message for each person of a channel where the deed is done to people; else all."""
    if deed.value not in deeds.ON_PEOPLE:
        return list(items)
    first: dict[tuple[UUID, str], Item] = {}
    for item in items:
        first.setdefault((item.arrival.channel_id, item.arrival.author_id), item)
    return list(first.values())


def _check(by: Access, item_ids: Sequence[int], wish: Wish) -> None:
    check(by, wish)
    if wish.deed not in MANY:
        raise Invalid(code="unknown_deed", field="deed")
    if len(set(item_ids)) > AT_ONCE:
        raise Invalid(code="too_many_at_once", field="items", limit=AT_ONCE)


def _plan(items: Sequence[Item], deed: Deed) -> Plan:
    powers: dict[UUID, Powers] = {}
    can: list[Item] = []
    cannot: Counter[tuple[str, str]] = Counter()
    before = reported(items) if deed is Deed.REPORT else set()
    for item in items:
        channel = item.arrival.channel
        if channel.pk not in powers:
            powers[channel.pk] = powers_of(channel)
        one = one_of(item, deed, powers[channel.pk])
        why = sentence("reported_already") if item.pk in before else one.why
        if why:
            cannot[channel.network, why] += 1
        else:
            can.append(item)
    by_network = Counter(item.arrival.channel.network for item in can)
    return Plan(
        deed, can,
        [Able(_name(slug), n) for slug, n in by_network.most_common()],
        [Unable(_name(slug), n, why) for (slug, why), n in cannot.most_common()],
        deeds.needs_reason(deed.value, [ranked(item) for item in can]),
    )  # fmt: skip


def _name(slug: str) -> str:
    known = networks().get(slug)
    return gettext(known.name) if known else slug


def _fact(by: Access, made: Sequence[Answer], wish: Wish, reason: str, request: UUID) -> Fact:
    data = {"deed": wish.deed.value, "why": reason, "items": [one.item_id for one in made]}
    return Fact(by.workspace.pk, f"messages.{wish.deed}", "request", request, data)
