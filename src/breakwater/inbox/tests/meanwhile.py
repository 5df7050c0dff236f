"""Deeds in the same moment, each on a connection of its own."""

from collections.abc import Callable
from threading import Barrier, Thread

from django.db import connection

from breakwater.domain.errors import StaleState


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """What became of each: "done", or the code of what stood in its way."""
    ready, came = Barrier(len(deeds)), dict[int, str]()

    def run(place: int, deed: Callable[[], object]) -> None:
        ready.wait(10)
        try:
            deed()
            came[place] = "done"
        except StaleState as error:
            came[place] = error.code
        finally:
            connection.close()

    workers = [Thread(target=run, args=one) for one in enumerate(deeds)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    return [came[place] for place in range(len(deeds))]
