"""Two deeds at the same moment, on connections of their own."""

from collections.abc import Callable
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any

from django.db import DatabaseError, connection


class Meeting:
    """Each deed stops for a moment where it first wrote to its table, so that they overlap."""

    def __init__(self) -> None:
        self._both = Barrier(2)
        self.broken: list[str] = []

    def run(self, **deeds: Callable[[], object]) -> None:
        """deeds: by the tables' names, and who does them: `audit_head_ann`."""
        threads = [Thread(target=self._run, args=one) for one in deeds.items()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)

    def _run(self, name: str, deed: Callable[[], object]) -> None:
        met: list[bool] = []
        table = name.rpartition("_")[0]
        wrote = (f'UPDATE "{table}"', f'INSERT INTO "{table}"')

        def pause(execute: Any, sql: str, *rest: Any) -> Any:
            done = execute(sql, *rest)
            if not met and any(one in sql for one in wrote):
                met.append(True)
                with suppress(BrokenBarrierError):
                    self._both.wait(0.4)
            return done

        try:
            with connection.execute_wrapper(pause):
                deed()
        except DatabaseError as error:
            self.broken.append(str(error))
        finally:
            connection.close()
