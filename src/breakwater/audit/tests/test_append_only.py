"""The record is only added to: the database itself refuses the rest, whoever asks."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from breakwater.audit.models import Entry
from breakwater.audit.services import Fact, record

EMPTYING = {
    "postgresql": ("TRUNCATE audit_entry", "TRUNCATE audit_entry RESTART IDENTITY CASCADE"),
    "sqlite": ("DELETE FROM audit_entry",),
}


@pytest.fixture
def entry(db: None, now: datetime) -> Entry:
    workspace_id, post_id = uuid4(), uuid4()
    record([Fact(workspace_id, "post.told", "post", post_id)], by=None, now=now)
    connection.check_constraints()  # or PostgreSQL refuses to truncate for another reason
    return Entry.objects.get()


def test_an_entry_can_be_neither_changed_nor_deleted(entry: Entry) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(verb="post.untold")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).delete()

    assert Entry.objects.get().verb == "post.told"


def test_the_record_cannot_be_emptied_at_once(entry: Entry) -> None:
    for statement in EMPTYING[connection.vendor]:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            connection.cursor().execute(statement)

    assert Entry.objects.get() == entry
