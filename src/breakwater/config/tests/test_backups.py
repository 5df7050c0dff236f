"""Backup and restore, with the real commands on two installations."""

import hashlib
import io
import json
import sqlite3
import tarfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from tests.cluster import Cluster
from tests.live import Live

from breakwater.config import archive
from breakwater.config.cli import EX_CONFIG, EX_PROBLEM
from breakwater.core.incarnations import FileLock
from breakwater.domain.errors import Invalid

Installation = Callable[..., Live]
PASSWORD = "kelp lantern moored quietly\n"


def _inhabited(live: Live) -> Live:
    """With ann as owner of "Harbour", and one picture."""
    live.migrate()
    made = live.command(
        "user", "create", "ann@example.test", "--name", "Ann", "--workspace", "Harbour",
        stdin=PASSWORD,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    picture = live.data / "blobs" / "ab" / "abcdef"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"a picture")
    return live


def _holds(live: Live) -> list[tuple[str]]:
    sql = "SELECT why FROM delivery_hold WHERE released_at IS NULL"
    if url := live.environment.get("DATABASE_URL"):
        with psycopg.connect(url) as link:
            return link.execute(sql).fetchall()
    return sqlite3.connect(live.data / "app.db").execute(sql).fetchall()


def _database(cluster: Cluster, name: str) -> str:
    with psycopg.connect(cluster.url, autocommit=True) as link:
        link.execute(f"DROP DATABASE IF EXISTS {name}")
        link.execute(f"CREATE DATABASE {name}")
    return cluster.url.rpartition("/")[0] + f"/{name}"


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_backup_comes_back_whole_and_everything_is_held(
    installation: Installation, tmp_path: Path, engine: str, request: pytest.FixtureRequest
) -> None:
    environments: list[dict[str, str]] = [{}, {}]
    if engine == "postgresql":
        cluster = request.getfixturevalue("postgresql_cluster")
        environments = [{"DATABASE_URL": _database(cluster, name)} for name in ("one", "two")]
    source, target = _inhabited(installation(**environments[0])), installation(**environments[1])
    kept, keys, heads = tmp_path / "desk.tar", tmp_path / "keys.tar", tmp_path / "heads.json"
    heads.write_text(source.command("audit", "heads").stdout)

    backed = source.command("backup", str(kept), "--with-keys", str(keys))
    restored = target.command("restore", str(kept), "--keys", str(keys))

    assert backed.returncode == 0, backed.stderr
    assert datetime.fromisoformat((source.data / "last-backup").read_text().strip()).tzinfo
    assert restored.returncode == 0, restored.stderr
    assert "1 workspaces are held" in restored.stdout
    assert target.command("user", "list").stdout == source.command("user", "list").stdout
    assert (target.data / "blobs" / "ab" / "abcdef").read_bytes() == b"a picture"
    assert target.command("audit", "verify", "--heads", str(heads)).returncode == 0
    [(why,)] = _holds(target)
    assert why.startswith("restored from the backup of 20")
    assert kept.stat().st_mode & 0o777 == 0o600
    assert keys.stat().st_mode & 0o777 == 0o600


@pytest.mark.slow
def test_a_backup_holds_no_key(installation: Installation, tmp_path: Path) -> None:
    source = _inhabited(installation())
    keys = [p.read_bytes() for p in (source.data / "keys").rglob("*") if p.is_file()]

    source.command("backup", str(tmp_path / "desk.tar"))

    whole = (tmp_path / "desk.tar").read_bytes()
    assert len(keys) >= 2
    assert [key for key in keys if key in whole or bytes.fromhex(key.decode()) in whole] == []


@pytest.mark.slow
def test_a_restore_spares_what_is_there(installation: Installation, tmp_path: Path) -> None:
    source, target = _inhabited(installation()), _inhabited(installation())
    source.command("backup", str(tmp_path / "desk.tar"))

    refused = target.command("restore", str(tmp_path / "desk.tar"))

    assert refused.returncode == EX_CONFIG
    assert refused.stderr.startswith("This database is in use.")
    assert _holds(target) == []
    assert target.command("restore", str(tmp_path / "desk.tar"), "--force").returncode == 0


@pytest.mark.slow
def test_a_damaged_backup_changes_nothing(installation: Installation, tmp_path: Path) -> None:
    live = _inhabited(installation())
    kept = tmp_path / "desk.tar"
    live.command("backup", str(kept))
    data = bytearray(kept.read_bytes())
    data[data.index(b"a picture")] ^= 1
    kept.write_bytes(data)

    refused = live.command("restore", str(kept), "--force")

    assert refused.returncode == EX_PROBLEM
    assert refused.stderr == ("The backup is damaged (blobs/ab/abcdef). Nothing was changed.\n")
    assert _holds(live) == []


@pytest.mark.slow
@pytest.mark.parametrize("seen", ["now", "-3 hours"])
def test_a_restore_waits_for_the_workers_to_stop_also_for_one_that_is_frozen(
    installation: Installation, tmp_path: Path, seen: str
) -> None:
    live = _inhabited(installation())
    live.command("backup", str(tmp_path / "desk.tar"))
    lock = FileLock(live.data / "locks", 1)
    link = sqlite3.connect(live.data / "app.db")
    link.execute(
        "INSERT INTO delivery_worker (id, created_at, host, pid, lock_key, seen_at)"
        " VALUES ('0198c0de000070008000000000000001', datetime('now'), 'here', 1, 1,"
        " datetime('now', ?))",
        ["+0 seconds" if seen == "now" else seen],
    )
    link.commit()

    refused = live.command("restore", str(tmp_path / "desk.tar"), "--force")
    lock.free()

    assert refused.stderr == "Breakwater is at work here. Stop it, then restore.\n"
    assert _holds(live) == []


@pytest.mark.parametrize("name", ["../outside", "/outside", "a/../../outside"])
def test_a_name_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    kept = tmp_path / "desk.tar"
    digest = hashlib.sha256(b"x").hexdigest()
    manifest = {
        "version": "0.1.0", "engine": "sqlite", "taken_at": "", "heads": {},
        "files": {name: digest}, "format": 1,
    }  # fmt: skip
    with tarfile.open(kept, "w") as tar:
        for member, data in ((name, b"x"), ("manifest.json", json.dumps(manifest).encode())):
            info = tarfile.TarInfo(member)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))

    with pytest.raises(Invalid) as refused:
        archive.unpack(kept, tmp_path / "into")

    assert refused.value.code == "backup_damaged"
    assert not (tmp_path / "outside").exists()


def test_an_archive_holds_what_its_manifest_says(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"first")
    sources = {"blobs/one": tmp_path / "one"}
    manifest = archive.Manifest("0.1.0", "sqlite", "2026-03-02", {}, archive.hashes(sources))

    archive.write(tmp_path / "desk.tar", sources, manifest)
    read = archive.unpack(tmp_path / "desk.tar", tmp_path / "into")

    assert read == manifest
    assert (tmp_path / "into" / "blobs" / "one").read_bytes() == b"first"
    assert not (tmp_path / "desk.tar.part").exists()
