"""People were told of these rows, so that they are told once."""

from collections.abc import Iterable

from breakwater.delivery.models import Delivery


def mark_told(rows: Iterable[Delivery]) -> None:
    """The state that each row was in when it was read needs no more telling."""
    for row in rows:
        Delivery.objects.filter(pk=row.pk, state=row.state).update(to_tell=False)


def mark_stuck_told(rows: Iterable[Delivery]) -> None:
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(stuck_told=True)
