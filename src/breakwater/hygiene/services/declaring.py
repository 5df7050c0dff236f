"""What people declare of an account. It is about accounts, never about how anybody works; no password
is ever asked for, kept or sent."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.channels.models import Channel
from breakwater.channels.selectors import channel_of
from breakwater.domain.errors import Invalid, NotFound
from breakwater.domain.text import one_line, storable
from breakwater.hygiene.models import NO, UNKNOWN, YES, Holder, Posture, YearlyDrill
from breakwater.notices.services import tell
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, with_right

EVERY = timedelta(days=90)
MOST_HOLDERS = 50
NAME = 100
KINDS = ("staff", "agency")
_SAID = (YES, NO, UNKNOWN)


def declare(
    by: Access, channel_id: UUID, *, unique_password: str, in_manager: str, mfa: str, now: datetime
) -> Posture:
    """This is what is known of the account, each "yes", "no" or "unknown"; asked again in 90 days.

    Where the second factor is said to be off, those who look after channels are told at once, each
    time that it is said anew. Raises: Forbidden; NotFound; Invalid("posture_word").
    """
    checks.may(by, Right.CONNECT)
    said = {"unique_password": unique_password, "in_manager": in_manager, "mfa": mfa}
    if any(word not in _SAID for word in said.values()):
        raise Invalid(code="posture_word")
    channel = channel_of(by.workspace.pk, channel_id)
    with transaction.atomic():
        before = Posture.objects.select_for_update().filter(channel=channel).first()
        kept = {**said, "said_by": by.person, "said_at": now, "remind_at": now + EVERY}
        row, _made = Posture.objects.update_or_create(
            channel=channel, defaults=kept, create_defaults={**kept, "created_at": now}
        )
        _record(by, channel, "hygiene.declared", said, now)
        if mfa == NO and (before is None or before.mfa != NO):
            _tell_off(by, channel, now)
    return row


def add_holder(
    by: Access, channel_id: UUID, *, name: str, kind: str, ends_on: date | None, now: datetime
) -> Holder:
    """This person or agency can get into the account, until the end of `ends_on` if one is agreed.

    Raises: Forbidden; NotFound; Invalid: name_empty, name_too_long, holder_kind, holder_many.
    """
    checks.may(by, Right.CONNECT)
    if kind not in KINDS:
        raise Invalid(code="holder_kind", field="kind")
    shown = checks.name(one_line(storable(name)))
    channel = channel_of(by.workspace.pk, channel_id)
    with transaction.atomic():
        Channel.objects.select_for_update(no_key=True).get(pk=channel.pk)
        if Holder.objects.filter(channel=channel, ended_at=None).count() >= MOST_HOLDERS:
            raise Invalid(code="holder_many", limit=MOST_HOLDERS)
        row = Holder.objects.create(
            channel=channel, name=shown, kind=kind, ends_on=ends_on, by=by.person, created_at=now
        )
        said = {"holder": str(row.pk), "kind": kind, "ends_on": str(ends_on or "")}
        _record(by, channel, "hygiene.access_given", said, now)
    return row


def end_holder(by: Access, channel_id: UUID, holder_id: UUID, *, now: datetime) -> None:
    """Their access was taken away at the network, as a person says. Raises: Forbidden; NotFound."""
    checks.may(by, Right.CONNECT)
    channel = channel_of(by.workspace.pk, channel_id)
    with transaction.atomic():
        own = Holder.objects.filter(channel=channel, pk=holder_id, ended_at=None)
        if not own.update(ended_at=now):
            raise NotFound(what="holder")
        _record(by, channel, "hygiene.access_ended", {"holder": str(holder_id)}, now)


def note_drill(by: Access, done_on: date, *, now: datetime) -> YearlyDrill:
    """The workspace practised on that day. Raises: Forbidden; Invalid("drill_ahead") for a day that
    has not come."""
    checks.may(by, Right.CONNECT)
    if done_on > now.astimezone(ZoneInfo(by.workspace.zone)).date():
        raise Invalid(code="drill_ahead", field="done_on")
    with transaction.atomic():
        row, made = YearlyDrill.objects.get_or_create(
            workspace=by.workspace, done_on=done_on,
            defaults={"by": by.person, "created_at": now},
        )  # fmt: skip
        if made:
            workspace = by.workspace.pk
            fact = Fact(workspace, "hygiene.drilled", "workspace", workspace, {"day": str(done_on)})
            record([fact], by=by.person.pk, now=now)
    return row


def _tell_off(by: Access, channel: Channel, now: datetime) -> None:
    """At once, with whatever rings: an account with a password alone is taken by one who guesses it."""
    tell(
        with_right(by.workspace.pk, Right.CONNECT),
        "posture_off",
        key=f"posture_off:{channel.pk}:{now:%Y%m%d%H%M%S}",
        data={"who": str(by.person), "channel": str(channel)},
        path=f"/w/{by.workspace.slug}/channels/{channel.pk}/hygiene/",
        workspace_id=by.workspace.pk,
        now=now,
        urgent=True,
    )


def _record(by: Access, channel: Channel, verb: str, data: dict[str, str], now: datetime) -> None:
    """Without the names of those who have access: the record cannot be erased."""
    fact = Fact(by.workspace.pk, verb, "channel", channel.pk, data)
    record([fact], by=by.person.pk, now=now)
