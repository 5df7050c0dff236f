"""The same sends as an ordinary Celery task makes them: acknowledged late, tried again on failure.

`celery --app tests.load.naive worker`; settings come in the environment (NAIVE_*).
`python -m tests.load.naive FILE` puts one task in the queue for each JSON line of the file.
"""

import json
import os
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from uuid import uuid4

import httpx
from celery import Celery

QUEUE = "posts"
_START_S = 90.0
ORIGIN = os.environ.get("NAIVE_ORIGIN", "")
app = Celery("naive", broker=os.environ["NAIVE_BROKER"])
app.conf.update(
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    task_default_queue=QUEUE,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_enable_remote_control=True,
    broker_connection_retry_on_startup=True,
)
_own = threading.local()


class Again(Exception):
    """What people try again: no answer, or 5xx."""


@app.task(name="send", bind=True, autoretry_for=(Again,), retry_backoff=1, max_retries=5)
def send(self: object, kind: str, token: str, text: str) -> None:
    """The post is public, or the task failed. Nothing is kept from one try to the next."""
    wish = {"class": kind, "text": text, "language": "en", "media": []}
    if kind == "handle":
        made = _call("POST", "/api/containers", token, wish)
        _call("POST", f"/api/containers/{made['id']}/publish", token, {"class": kind})
    elif kind == "lasting_key":
        _call("PUT", f"/api/records/{uuid4().hex[:13]}", token, wish)
    else:
        _call("POST", "/api/posts", token, wish)


def _call(method: str, path: str, token: str, wish: dict[str, object]) -> dict[str, str]:
    headers = {"Authorization": f"Bearer {token}"}
    try:
        answer = _client().request(method, ORIGIN + path, json=wish, headers=headers)
    except httpx.TransportError as error:
        raise Again(str(error)) from error
    if answer.status_code >= 500:
        raise Again(answer.text)
    answer.raise_for_status()
    made: dict[str, str] = answer.json()
    return made


def _client() -> httpx.Client:
    """One for each thread: its connection is used again and again."""
    if not hasattr(_own, "client"):
        _own.client = httpx.Client(timeout=20, trust_env=False)
    found: httpx.Client = _own.client
    return found


def publish(path: Path) -> None:
    with app.producer_pool.acquire(block=True) as producer:
        for line in path.read_text(encoding="utf-8").splitlines():
            send.apply_async(json.loads(line), producer=producer, queue=QUEUE)


def open_queue(workers: int) -> str:
    """Every worker takes from the queue from now on: since when. Waits until so many are there."""
    end = monotonic() + _START_S
    while len(app.control.ping(timeout=1) or ()) < workers:
        if monotonic() > end:
            raise TimeoutError(f"{workers} workers were not there after {_START_S} s")
    began = datetime.now(UTC)
    app.control.add_consumer(QUEUE, reply=True, timeout=5, limit=workers)
    return began.isoformat()


if __name__ == "__main__":
    if sys.argv[1] == "go":
        sys.stdout.write(open_queue(int(sys.argv[2])))
    else:
        publish(Path(sys.argv[1]))
