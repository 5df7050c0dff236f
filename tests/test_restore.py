"""Yesterday's backup, restored and started: nothing leaves before a person releases it, and what
left after the backup is found. Real commands, real workers, a harbour on its own socket."""

import contextlib
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from breakwater.networks.sandbox.harbour import Harbour
from tests.cluster import Cluster
from tests.harbours import served
from tests.live import BREAKWATER, Live, wait_for

pytestmark = pytest.mark.slow

ANN = "ann@example.test"
CLASSES = ("lasting_key", "none")
SCALE = "100"
WRITES = ("put_record", "create_post", "make_container", "publish_container", "delete")
SETTLE = """
import os, sys
from datetime import timedelta
os.environ["DJANGO_SETTINGS_MODULE"] = "breakwater.config.settings"
import django
django.setup()
from breakwater.channels.services import connect_with_fields
from breakwater.core import clock
from breakwater.people.models import Person, Workspace
from breakwater.people.services import first_owner
from breakwater.publishing.content import Content, TargetOf
from breakwater.publishing.previews import preview
from breakwater.publishing.services import new_post, submit
now = clock.now()
ann = first_owner(
    email="ann@example.test", name="Ann", password="kelp lantern moored quietly", language="en",
    zone="UTC", workspace="Harbour", now=now,
)
Workspace.objects.update(policy="none")
harbour = Workspace.objects.get()
channels = [
    connect_with_fields(
        workspace_id=harbour.pk, network="sandbox", origin=sys.argv[1],
        fields={"name": name, "class": name}, by=ann.pk, now=now,
    )
    for name in ("lasting_key", "none")
]
for text in sys.argv[2:]:
    content = Content(
        text=text, language="en", targets={one.pk: TargetOf() for one in channels},
        wall=f"{now + timedelta(days=1):%Y-%m-%dT%H:%M}", zone="UTC",
    )
    post = new_post(harbour.pk, by=ann.pk, now=now, content=content)
    submit(post, by=ann.pk, now=now, confirmed_digest=preview(post, now=now).digest)
    print(post.pk)
"""


class Quarters:
    """An installation whose channels are accounts of the harbour at `home`."""

    def __init__(self, live: Live, home: Path) -> None:
        self.live = live
        self._home = home

    def said(self, *arguments: str, status: int = 0, stdin: str = "") -> str:
        done = self.live.command(*arguments, stdin=stdin)
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    def sql(self, statement: str, *values: object) -> list[tuple[str, ...]]:
        """Rows, or none; `?` marks values on both databases."""
        if url := self.live.environment.get("DATABASE_URL"):
            with psycopg.connect(url) as link:
                cursor = link.execute(statement.replace("?", "%s"), values)
                return list(cursor.fetchall()) if cursor.description else []
        with sqlite3.connect(self.live.data / "app.db", timeout=20) as file:
            return list(file.execute(statement, [_plain(one) for one in values]))

    def settle_in(self, origin: str, texts: Sequence[str]) -> list[str]:
        """ann owns Harbour, where nobody has to approve, with a channel of each class and these
        posts, planned for tomorrow on all channels; the posts' ids. One process does it all."""
        self.live.migrate()
        done = subprocess.run(
            [sys.executable, "-c", SETTLE, origin, *texts], env=self.live.environment,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.split()

    def send_now(self, post: str) -> None:
        self.said("post", "send-now", post, "--as", ANN, "--workspace", "harbour")

    def states(self, post: str) -> list[str]:
        rows = self.sql(
            "SELECT d.state FROM delivery_delivery d JOIN publishing_post p"
            " ON d.source = p.version_id WHERE p.id = ?", self._key(post),
        )  # fmt: skip
        return sorted(state for (state,) in rows)

    def due_in(self, post: str, seconds: int, *, window: int) -> None:
        """As if it had been planned for then."""
        due = datetime.now(UTC) + timedelta(seconds=seconds)
        self.sql(
            "UPDATE delivery_delivery SET due_at = ?, not_before = ?, missed_at = ?"
            " WHERE source IN (SELECT version_id FROM publishing_post WHERE id = ?)",
            due, due, due + timedelta(seconds=window), self._key(post),
        )  # fmt: skip

    def texts(self) -> list[str]:
        """What is public, account by account."""
        harbour = Harbour(self._home)
        found = [str(post["text"]) for (one,) in self._accounts() for post in harbour.posts(one)]
        harbour.close()
        return sorted(found)

    def take_down(self, text: str) -> None:
        """Somebody deletes it on the network itself."""
        with contextlib.closing(sqlite3.connect(self._home / "harbour.db", timeout=20)) as file:
            file.execute("DELETE FROM posts WHERE text = ?", [text])
            file.commit()

    def writes(self) -> int:
        """How many calls that change something the harbour has got, of whomever."""
        marks = ", ".join("?" for _ in WRITES)
        with contextlib.closing(sqlite3.connect(self._home / "harbour.db", timeout=20)) as file:
            query = f"SELECT count(*) FROM calls WHERE call IN ({marks}) OR what IN ({marks})"  # noqa: S608 - marks
            (number,) = file.execute(query, [*WRITES, *WRITES]).fetchone()
        return int(number)

    @contextlib.contextmanager
    def at_work(self) -> Iterator[None]:
        with self.live.log.open("ab") as log:
            child = subprocess.Popen(
                [BREAKWATER, "work"], env=self.live.environment, stdout=log, stderr=log
            )
        try:
            yield
            assert child.poll() is None, self._log()
        finally:
            child.terminate()
            child.wait(30)

    def wait(self, post: str, *states: str) -> None:
        wait_for(
            lambda: set(self.states(post)) == set(states), 40,
            lambda: f"{self.states(post)}\n{self._log()}",
        )  # fmt: skip

    def _accounts(self) -> list[tuple[str, ...]]:
        return self.sql("SELECT remote_id FROM channels_channel")

    def _key(self, post: str) -> str:
        return post if self.live.environment.get("DATABASE_URL") else post.replace("-", "")

    def _log(self) -> str:
        return self.live.log.read_text(errors="replace")[-3000:] if self.live.log.exists() else ""


def _plain(value: object) -> object:
    return f"{value:%Y-%m-%d %H:%M:%S.%f}" if isinstance(value, datetime) else value


def _database(cluster: Cluster, name: str) -> str:
    with psycopg.connect(cluster.url, autocommit=True) as link:
        link.execute(f"DROP DATABASE IF EXISTS {name}")
        link.execute(f"CREATE DATABASE {name}")
    return cluster.url.rpartition("/")[0] + f"/{name}"


TEXTS = ("Before it.", "Sent now after it.", "Due after it.", "Late since.", "Coming since.")


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_an_old_backup_sends_nothing_twice(
    installation: Callable[..., Live], tmp_path: Path, engine: str, request: pytest.FixtureRequest
) -> None:
    databases: list[dict[str, str]] = [{}, {}]
    if engine == "postgresql":
        cluster = request.getfixturevalue("postgresql_cluster")
        databases = [{"DATABASE_URL": _database(cluster, name)} for name in ("before", "after")]
    home, kept, keys = tmp_path / "harbour", tmp_path / "desk.tar", tmp_path / "keys.tar"
    with served(home) as harbour:
        common = {
            "BREAKWATER_TIME_SCALE": SCALE, "BREAKWATER_ALLOWED_ORIGINS": harbour.origin,
        }  # fmt: skip
        old, new = (Quarters(installation(**common, **one), home) for one in databases)
        posts = _goes_on_after_its_backup(old, harbour.origin, kept, keys)
        out = old.texts()
        assert len(out) == 2 * len(CLASSES)

        new.said("restore", str(kept), "--keys", str(keys))
        with new.at_work():
            _learns_what_is_out_and_sends_nothing(new, posts)
            _sends_the_rest_and_nothing_else(new, posts)

        assert new.texts() == sorted([*out, *["Coming since."] * len(CLASSES)])
        assert set(new.states(posts[0])) == {"verified"}
        assert new.live.command("audit", "verify").returncode == 0


def _goes_on_after_its_backup(
    old: Quarters, origin: str, kept: Path, keys: Path
) -> tuple[str, ...]:
    """Of what the backup plans one post is sent now, one leaves when it is due, one is cancelled;
    one that was out is deleted. The posts of TEXTS."""
    before, sent_now, due, late, coming = old.settle_in(origin, TEXTS)
    with old.at_work():
        old.send_now(before)
        old.wait(before, "verified")
    old.due_in(due, 5, window=300)
    old.due_in(late, 5, window=5)
    old.said("backup", str(kept), "--with-keys", str(keys))
    old.said("post", "cancel", late, "--as", ANN, "--workspace", "harbour")
    with old.at_work():
        old.send_now(sent_now)
        old.wait(sent_now, "verified")
        old.wait(due, "verified")
    old.take_down("Before it.")
    return before, sent_now, due, late, coming


def _learns_what_is_out_and_sends_nothing(new: Quarters, posts: tuple[str, ...]) -> None:
    writes = new.writes()
    threading.Event().wait(5)
    assert new.writes() == writes
    refused = new.said("hold", "release", "harbour", "--as", ANN, status=1)
    assert refused.startswith("Nothing is released: after the restore,")
    found = new.said("reconcile", "harbour", status=1)
    assert (found.count("  found "), found.count("  absent "), found.count("  stray ")) == (4, 2, 0)
    learnt = new.said("reconcile", "harbour", "--adopt", "--as", ANN, status=1)
    assert (learnt.count("  adopted "), learnt.count("  absent ")) == (4, 2)
    for post in posts[1:3]:
        new.wait(post, "verified")
    assert new.writes() == writes


def _sends_the_rest_and_nothing_else(new: Quarters, posts: tuple[str, ...]) -> None:
    late, coming = posts[3:]
    writes = new.writes()
    assert new.said("hold", "release", "harbour", "--as", ANN).startswith("Released.")
    new.wait(late, "missed")
    assert new.writes() == writes
    new.send_now(coming)
    new.wait(coming, "verified")
    assert new.writes() == writes + len(CLASSES)
