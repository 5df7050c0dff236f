"""Backup and restore of database, pictures and networks' files. Keys travel apart, if at all.

A restored ledger knows less than the networks do. So everything is held at the end of a
restore, and a person releases it after looking (docs/operate.md).
"""

import os
import shutil
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from breakwater.audit import selectors as audit
from breakwater.config import archive, checks, dumps
from breakwater.core import incarnations
from breakwater.delivery import selectors as delivery_selectors
from breakwater.delivery import services as delivery
from breakwater.delivery.machine import LAST_BACKUP
from breakwater.domain.errors import Invalid, Misconfigured

_DATABASE = "database"


def backup(to: Path, *, keys_to: Path | None, now: datetime) -> archive.Manifest:
    """A backup of this moment is at `to`; the keys, if asked for, in a file of their own.

    The database is copied first: pictures are only ever added, so none is missing.
    """
    to.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=to.parent, prefix=".backup-") as room:
        dumps.dump(Path(room) / _DATABASE)
        sources = {_DATABASE: Path(room) / _DATABASE, **_files(Path(room))}
        manifest = archive.Manifest(
            version=settings.VERSION,
            engine=connection.vendor,
            taken_at=now.isoformat(),
            heads={str(k): head for k, head in audit.heads().items()},
            files=archive.hashes(sources),
        )
        archive.write(to, sources, manifest)
    if keys_to:
        _write_keys(keys_to, manifest)
    (Path(settings.DATA) / LAST_BACKUP).write_text(f"{now.isoformat()}\n", "ascii")
    return manifest


def restore(source: Path, *, keys_from: Path | None, force: bool, now: datetime) -> None:
    """What the backup holds is in place, and everything is held until a person releases it.

    Raises: Misconfigured while workers run, when something is there already and not `force`,
    or for another kind of database; Invalid for a damaged backup (nothing was changed).
    """
    _refuse_running(now)
    _refuse_inhabited(force=force)
    Path(settings.DATA).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.DATA, prefix=".restore-") as room:
        manifest = archive.unpack(source, Path(room) / "data")
        if manifest.engine != connection.vendor:
            raise Misconfigured(
                "DATABASE_URL",
                f"The backup is of {manifest.engine}, and DATABASE_URL names "
                f"{connection.vendor}. Restore it on the same kind.",
            )
        if keys_from:
            archive.unpack(keys_from, Path(room) / "keys")
        checks.restoring().touch()
        _put_in_place(Path(room), with_keys=bool(keys_from), now=now)
    _finish_elsewhere(manifest.taken_at)


def finish(taken_at: str, *, now: datetime) -> int:
    """How many workspaces are held; the restore is at its end. For a process with the right keys."""
    call_command("migrate", interactive=False, verbosity=0)
    held = delivery.hold_everything(
        f"restored from the backup of {taken_at}",
        known_until=datetime.fromisoformat(taken_at),
        now=now,
    )
    checks.restoring().unlink(missing_ok=True)
    return held


def _files(room: Path) -> dict[str, Path]:
    """Pictures and networks' files by their name in the archive; databases as consistent copies."""
    found = dict(archive.files_below(Path(settings.BLOBS), "blobs"))
    for name, path in archive.files_below(Path(settings.NETWORKS_HOME), "networks"):
        if path.name.endswith(("-wal", "-shm", "-journal")):
            continue
        found[name] = path
        if dumps.is_sqlite(path):
            found[name] = room / f"copy-{len(found)}"
            dumps.copy_sqlite(path, found[name])
    return found


def _write_keys(to: Path, manifest: archive.Manifest) -> None:
    sources = dict(archive.files_below(Path(settings.KEYS), "keys"))
    own = archive.Manifest(
        version=manifest.version,
        engine="keys",
        taken_at=manifest.taken_at,
        heads={},
        files=archive.hashes(sources),
    )
    archive.write(to, sources, own)


def _refuse_running(now: datetime) -> None:
    checks.reach_database()
    if "delivery_worker" not in connection.introspection.table_names():
        return
    seen = delivery_selectors.workers_seen_since(now - delivery_selectors.ALIVE_WITHIN)
    if seen or _frozen():
        raise Misconfigured("restore", "Breakwater is at work here. Stop it, then restore.")


def _frozen() -> bool:
    """Whether a worker still holds its lock: it may not have been seen for hours, and go on with
    a call that the restored ledger knows nothing of."""
    keys = delivery_selectors.lock_keys()
    return not all(incarnations.gone(Path(settings.LOCKS), key) for key in keys)


def _refuse_inhabited(*, force: bool) -> None:
    if force or "people_person" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_person")
        (persons,) = cursor.fetchone() or (0,)
    if persons:
        raise Misconfigured(
            "restore",
            "This database is in use. Restore into an empty one, or say --force to replace it.",
        )


def _put_in_place(room: Path, *, with_keys: bool, now: datetime) -> None:
    dumps.load(room / "data" / _DATABASE)
    for name, target in (("blobs", settings.BLOBS), ("networks", settings.NETWORKS_HOME)):
        if (room / "data" / name).exists():
            shutil.copytree(room / "data" / name, target, dirs_exist_ok=True)
    if not with_keys:
        return
    folder = Path(settings.KEYS)
    if folder.exists():
        folder.rename(folder.with_name(f"{folder.name}-before-{now:%Y%m%dT%H%M%S}"))
    shutil.copytree(room / "keys" / "keys", folder)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o700 if path.is_dir() else 0o600)


def _finish_elsewhere(taken_at: str) -> None:
    """`finish`, in a process that starts with the restored keys."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "breakwater", "restore", "--finish", taken_at],
        env=os.environ,
        check=False,
    )
    if done.returncode:
        raise Invalid(code="restore_unfinished")
