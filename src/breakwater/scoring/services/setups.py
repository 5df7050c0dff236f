"""Whom a workspace asks for a second opinion: set up, changed, switched off."""

import json
import logging
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings

from breakwater.audit.services import Fact, record
from breakwater.core import crypto
from breakwater.domain.errors import Invalid, NotFound, Refused, SealBroken
from breakwater.domain.scoring.opinions import HIGHEST, LOWEST
from breakwater.domain.text import one_line, storable
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.scorers.base import Field, Plugin
from breakwater.scoring.installed import plugins
from breakwater.scoring.models import OpinionSetup, SecondOpinion
from breakwater.scoring.services.changes import changing

TABLE, COLUMN = "scoring_opinionsetup", "sealed"
MOST_DAILY = 1_000_000
MOST_MICROS = 10**9
_LONGEST = 500
log = logging.getLogger(__name__)
_HERE = {"127.0.0.1", "::1", "localhost"}


@dataclass(frozen=True)
class Wish:
    """values: of the plug-in's fields; a secret that is empty stays as it was. low, high: the
    chances between which it is asked. daily: calls. micros: of 1,000 texts. most: texts a call."""

    scorer: str
    values: Mapping[str, str]
    low: float = LOWEST
    high: float = HIGHEST
    daily: int = 500
    micros: int = 0
    most: int = 16


def set_up(by: Access, wish: Wish, *, now: datetime) -> OpinionSetup:
    """From now on the workspace asks this plug-in for what its model is unsure of. Answers of another
    one, or of another server or model, count no longer.

    Raises: Forbidden; Invalid: scorer_missing, scorer_field, scorer_address, scorer_band,
    scorer_daily, scorer_price, scorer_most; and what the plug-in itself finds wrong.
    """
    checks.may(by, Right.INVITE)
    plugin = plugins().get(wish.scorer)
    if plugin is None:
        raise Invalid(code="scorer_missing", field="scorer")
    _check_numbers(wish)
    _check_itself(plugin, wish.values)
    with changing(by.workspace.pk, now=now):
        old = OpinionSetup.objects.filter(workspace=by.workspace).first()
        row = old or OpinionSetup(workspace=by.workspace, created_at=now)
        before = readable(old) if old else {}
        values = _values(plugin, wish.values, before, old)
        if (
            old is None
            or old.scorer != plugin.id
            or _known(plugin, values) != _known(plugin, before)
        ):
            _forget_answers(by)
        plain = json.dumps(values, sort_keys=True).encode()
        row.sealed = crypto.seal(plain, table=TABLE, row=row.pk, column=COLUMN)
        row.on, row.scorer = True, plugin.id
        row.low, row.high, row.daily, row.micros = wish.low, wish.high, wish.daily, wish.micros
        row.most = min(wish.most, plugin.most)
        row.trouble, row.failures, row.next_at = "", 0, now
        row.save()
        _record(by, row, "opinion.set_up", now)
    return row


def switch_off(by: Access, *, now: datetime) -> None:
    """Nobody is asked any more; the address and the key are forgotten. Raises: NotFound."""
    checks.may(by, Right.INVITE)
    with changing(by.workspace.pk, now=now):
        row = OpinionSetup.objects.filter(workspace=by.workspace).first()
        if row is None:
            raise NotFound(what="opinion")
        _record(by, row, "opinion.switched_off", now)
        row.delete()


def opened(row: OpinionSetup) -> dict[str, str]:
    """The values of the fields. Raises: SealBroken."""
    plain = crypto.open_sealed(row.sealed, table=TABLE, row=row.pk, column=COLUMN)
    return {str(name): str(value) for name, value in json.loads(plain).items()}


def _known(plugin: Plugin, values: Mapping[str, str]) -> list[str | None]:
    """What says who is asked, and not with which key."""
    return [values.get(one.name) for one in plugin.fields if not one.secret]


def _forget_answers(by: Access) -> None:
    """Somebody else is asked now: what another server or model said is no opinion of theirs."""
    rows = SecondOpinion.objects.filter(workspace=by.workspace)
    rows.exclude(state="waiting").delete()


def readable(row: OpinionSetup) -> dict[str, str]:
    """As `opened`; {} where the seal no longer opens, so that it can be set up again."""
    try:
        return opened(row)
    except SealBroken as error:
        log.error("opinion.seal_broken workspace=%s why=%s", row.workspace_id, error)
        return {}


def _values(
    plugin: Plugin, given: Mapping[str, str], old: Mapping[str, str], row: OpinionSetup | None
) -> dict[str, str]:
    """Of the plug-in's fields. A key is only kept for the address that it was given for."""
    values = {one.name: _one(one, given.get(one.name, "")) for one in plugin.fields}
    same = (
        row is not None
        and row.scorer == plugin.id
        and all(values[one.name] == old.get(one.name) for one in plugin.fields if one.address)
    )
    for one in plugin.fields:
        if one.secret and not values[one.name] and same:
            values[one.name] = old.get(one.name, "")
        if one.needed and not values[one.name]:
            raise Invalid(code="scorer_field", field=one.name)
    return values


def _one(one: Field, text: str) -> str:
    value = one_line(storable(text))
    if len(value) > _LONGEST:
        raise Invalid(code="scorer_field", field=one.name)
    if one.address and value:
        _check_address(one, value)
    return value


def _check_address(one: Field, value: str) -> None:
    """A key must not cross the net in the clear. Where it may go is asked at each call."""
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError as error:
        raise Invalid(code="scorer_address", field=one.name) from error
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in _HERE)
    if not safe or not host or parts.username or parts.query or parts.fragment:
        raise Invalid(code="scorer_address", field=one.name)


def _check_itself(plugin: Plugin, given: Mapping[str, str]) -> None:
    if plugin.check is None:
        return
    values = {one.name: _one(one, given.get(one.name, "")) for one in plugin.fields}
    try:
        plugin.check(values, settings.MODELS)
    except Refused as error:
        raise Invalid(
            code=error.reason, field=next((one.name for one in plugin.fields), "")
        ) from error


def _check_numbers(wish: Wish) -> None:
    sound = math.isfinite(wish.low) and math.isfinite(wish.high)
    if not sound or not LOWEST <= wish.low < wish.high <= HIGHEST:
        raise Invalid(code="scorer_band", field="low", low=LOWEST, high=HIGHEST)
    if not 0 < wish.daily <= MOST_DAILY:
        raise Invalid(code="scorer_daily", field="daily", limit=MOST_DAILY)
    if not 0 <= wish.micros <= MOST_MICROS:
        raise Invalid(code="scorer_price", field="micros")
    if wish.most < 1:
        raise Invalid(code="scorer_most", field="most")


def _record(by: Access, row: OpinionSetup, verb: str, now: datetime) -> None:
    data = {"scorer": row.scorer, "daily": row.daily}
    record([Fact(by.workspace.pk, verb, "opinion", row.pk, data)], by=by.person.pk, now=now)
