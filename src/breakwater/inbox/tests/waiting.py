"""What a deed holds while it waits for something: by that, two deeds come to wait for one another."""

import time
from collections.abc import Callable
from threading import Thread as Worker
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

_WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()"


def held_meanwhile(
    deed: Callable[[], object], waits_for: QuerySet[Any], but_not: QuerySet[Any]
) -> list[str]:
    """Models of `but_not` that the deed has locked while somebody else has `waits_for` locked, and it
    waits for that; [] where the order is kept. On PostgreSQL alone."""
    broke: list[Exception] = []
    worker = Worker(target=_run, args=(deed, broke))
    with transaction.atomic():
        assert list(waits_for.select_for_update())
        worker.start()
        waited = _waits(worker)
        held = [] if _free(but_not) else [but_not.model.__name__]
    worker.join(30)
    assert not broke, broke
    assert waited, "it waited for nothing"
    return held


def _run(deed: Callable[[], object], broke: list[Exception]) -> None:
    try:
        deed()
    except Exception as error:
        broke.append(error)
    finally:
        connection.close()


def _waits(worker: Worker) -> bool:
    while worker.is_alive():
        with connection.cursor() as cursor:
            cursor.execute(_WAITING)
            if cursor.fetchone() != (0,):
                return True
        time.sleep(0.02)
    return False


def _free(rows: QuerySet[Any]) -> bool:
    try:
        with transaction.atomic():
            return bool(list(rows.select_for_update(nowait=True)))
    except DatabaseError:
        return False
