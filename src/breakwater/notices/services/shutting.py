"""Shutting the doors of urgent news that an intruder may have added: a part of containing one."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from breakwater.audit.services import Fact, record
from breakwater.notices.models import PushDoor, WebhookDoor
from breakwater.people.models import Workspace

LATELY = timedelta(days=14)


def shut_doors(
    workspace: Workspace, person_ids: Collection[UUID], *, by: UUID | None, now: datetime
) -> None:
    """No browser of these persons shows news any more until they ask for it again, and the
    workspace's webhooks of the last fourteen days are off. May be called again."""
    with transaction.atomic():
        PushDoor.objects.filter(person__in=person_ids).delete()
        fresh = WebhookDoor.objects.filter(
            workspace=workspace, on=True, created_at__gt=now - LATELY
        )
        ids = sorted(fresh.values_list("pk", flat=True))
        WebhookDoor.objects.filter(pk__in=ids).update(on=False)
        facts = [Fact(workspace.pk, "webhook.off", "webhook", one) for one in ids]
        record(facts, by=by, now=now)
