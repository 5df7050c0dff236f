"""People were told of these rows, so that they are told once."""

from collections.abc import Iterable

from django.db import transaction

from breakwater.delivery.models import Delivery


def mark_told(rows: Iterable[Delivery]) -> None:
    """The state that each row was in when it was read needs no more telling."""
    for row in rows:
        Delivery.objects.filter(pk=row.pk, state=row.state).update(to_tell=False)


def mark_stuck_told(rows: Iterable[Delivery]) -> None:
    """Locked in the order of everybody else first: an update of many rows takes them as they
    lie, and would tangle with a release of those that were held meanwhile."""
    with transaction.atomic():
        own = Delivery.objects.select_for_update().filter(pk__in=[row.pk for row in rows])
        keys = list(own.order_by("pk").values_list("pk", flat=True))
        Delivery.objects.filter(pk__in=keys).update(stuck_told=True)
