"""A workspace's own words for conversations and people."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.domain.errors import Invalid, NotFound
from breakwater.domain.text import storable
from breakwater.inbox.desk import label_of
from breakwater.inbox.models import Contact, Label, Labelled
from breakwater.inbox.services.working import locked
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access

TONES = ("idle", "sea", "done", "care", "ask")
"""Of the marks on pages: none of them is an alarm."""
LONGEST = 50


def add_label(by: Access, name: str, tone: str = "idle", *, now: datetime) -> Label:
    """Raises: Forbidden; Invalid("name_empty", "name_too_long", "label_there", "bad_tone")."""
    checks.may(by, Right.INVITE)
    said = _checked(by, name, tone)
    with transaction.atomic():
        label, made = Label.objects.get_or_create(
            workspace=by.workspace, name=said, defaults={"tone": tone, "created_at": now}
        )
        if not made:
            raise Invalid(code="label_there", field="name")
        _record(by, "label.added", label.pk, now)
    return label


def change_label(by: Access, label_id: UUID, name: str, tone: str, *, now: datetime) -> Label:
    """It is called so from now on, wherever it is. Raises: as `add_label`; NotFound."""
    checks.may(by, Right.INVITE)
    said = _checked(by, name, tone, but=label_id)
    with transaction.atomic():
        rows = Label.objects.select_for_update().filter(workspace=by.workspace, pk=label_id)
        if not rows.update(name=said, tone=tone):
            raise NotFound(what="label")
        _record(by, "label.changed", label_id, now)
    return rows.get()


def remove_label(by: Access, label_id: UUID, *, now: datetime) -> None:
    """It is gone, and from all that had it. Raises: Forbidden; NotFound."""
    checks.may(by, Right.INVITE)
    with transaction.atomic():
        gone, _ = Label.objects.filter(workspace=by.workspace, pk=label_id).delete()
        if not gone:
            raise NotFound(what="label")
        _record(by, "label.removed", label_id, now)


def put_on(by: Access, label_id: UUID, thread_ids: Collection[UUID], *, now: datetime) -> int:
    """How many of these conversations did not have the label before. Raises: Forbidden; NotFound."""
    checks.may(by, Right.ANSWER)
    with transaction.atomic():
        label = label_of(by.workspace.pk, label_id)
        talks = locked(by, thread_ids)
        had = Labelled.objects.filter(label=label, thread__in=talks).values_list("thread_id")
        fresh = {one.pk for one in talks} - {pk for (pk,) in had}
        Labelled.objects.bulk_create(
            [
                Labelled(label=label, thread_id=pk, by=by.person, created_at=now)
                for pk in sorted(fresh)
            ],
            ignore_conflicts=True,
        )
        _record_on(by, "label.put_on", label, fresh, now)
    return len(fresh)


def take_off(by: Access, label_id: UUID, thread_ids: Collection[UUID], *, now: datetime) -> int:
    """How many of these conversations had the label. Raises: Forbidden; NotFound."""
    checks.may(by, Right.ANSWER)
    with transaction.atomic():
        label = label_of(by.workspace.pk, label_id)
        rows = Labelled.objects.filter(label=label, thread__in=locked(by, thread_ids))
        had = {one.thread_id for one in rows.select_for_update() if one.thread_id}
        rows.delete()
        _record_on(by, "label.taken_off", label, had, now)
    return len(had)


def mark_person(by: Access, label_id: UUID, contact: Contact, *, now: datetime) -> None:
    """The person has the label. Raises: Forbidden; NotFound."""
    checks.may(by, Right.ANSWER)
    label = label_of(by.workspace.pk, label_id)
    row = Labelled(label=label, contact=contact, by=by.person, created_at=now)
    if contact.workspace_id != by.workspace.pk:
        raise NotFound(what="contact")
    with transaction.atomic():
        Labelled.objects.bulk_create([row], ignore_conflicts=True)
        if Labelled.objects.filter(pk=row.pk).exists():
            _record_on(by, "label.put_on", label, {contact.pk}, now)


def unmark_person(by: Access, label_id: UUID, contact: Contact, *, now: datetime) -> None:
    """The person does not have the label any more. Raises: Forbidden; NotFound."""
    checks.may(by, Right.ANSWER)
    label = label_of(by.workspace.pk, label_id)
    rows = Labelled.objects.filter(label=label, contact=contact, contact__workspace=by.workspace)
    with transaction.atomic():
        if rows.delete()[0]:
            _record_on(by, "label.taken_off", label, {contact.pk}, now)


def _checked(by: Access, name: str, tone: str, *, but: UUID | None = None) -> str:
    said = checks.name(storable(name))
    if len(said) > LONGEST:
        raise Invalid(code="name_too_long", field="name", limit=LONGEST)
    if tone not in TONES:
        raise Invalid(code="bad_tone", field="tone")
    same = Label.objects.filter(workspace=by.workspace, name__iexact=said)
    if (same.exclude(pk=but) if but else same).exists():
        raise Invalid(code="label_there", field="name")
    return said


def _record_on(
    by: Access, verb: str, label: Label, marked: Collection[UUID], now: datetime
) -> None:
    """marked: conversations, or a person. One fact for all of a deed; none where nothing changed."""
    if marked:
        data = {"on": sorted(str(one) for one in marked)}
        record([Fact(by.workspace.pk, verb, "label", label.pk, data)], by=by.person.pk, now=now)


def _record(by: Access, verb: str, label_id: UUID, now: datetime) -> None:
    facts: Sequence[Fact] = [Fact(by.workspace.pk, verb, "label", label_id)]
    record(facts, by=by.person.pk, now=now)
