"""What pytest-django has to know about our database: a file of its own, and guarded tables."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

from tests.cluster import Cluster, cluster
from tests.migrated import Migrated


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite is tested in a file, as it is run: WAL, real locks, threads that see each other."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        database["TEST"]["NAME"] = str(Path(settings.DATA) / f"test-{worker}.db")


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """What was copied is migrated from where it stands, which is the end."""
    return settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


@pytest.fixture(scope="session")
def django_db_createdb() -> bool:
    return False


@pytest.fixture(scope="session")
def _migrated(django_db_modify_db_settings: None) -> Migrated | None:
    """What is there of the database before Django makes it."""
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        return None
    made = Migrated(Path(database["TEST"]["NAME"]))
    made.begin()
    return made


@pytest.fixture(scope="session")
def django_db_setup(_migrated: Migrated | None, django_db_setup: None) -> None:
    if _migrated is not None:
        _migrated.end()


@pytest.fixture(scope="session", autouse=True)
def _flush_may_empty_guarded_tables() -> Iterator[None]:
    """Django empties tables after a transactional test; our triggers refuse that to everybody.

    So the flush, and nothing else, lifts the triggers, and puts them back.
    """
    operations = type(connection.ops)
    original = operations.sql_flush

    def sql_flush(self: Any, style: Any, tables: Sequence[str], **options: Any) -> list[str]:
        lift, restore = _triggers()
        return [*lift, *original(self, style, tables, **options), *restore]

    operations.sql_flush = sql_flush
    yield
    operations.sql_flush = original


@pytest.fixture
def database_away(django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[None]:
    """The connection leads to a database that is not there."""
    before = connections["default"]
    elsewhere = {**before.settings_dict, "NAME": str(tmp_path / "no" / "app.db")}
    if before.vendor == "postgresql":
        elsewhere |= {"NAME": "nowhere", "HOST": str(tmp_path)}
    away = connections.create_connection("default")
    away.settings_dict = elsewhere
    with django_db_blocker.unblock():
        connections["default"] = away
        yield
        connections["default"] = before


@pytest.fixture(scope="session")
def postgresql_cluster() -> Iterator[Cluster]:
    """A cluster beside the session's database, for tests that stop it or need a second one."""
    made = cluster()
    yield made
    made.close()


@pytest.fixture(scope="session")
def postgresql_url(postgresql_cluster: Cluster) -> str:
    return postgresql_cluster.url


def _triggers() -> tuple[list[str], list[str]]:
    if connection.vendor == "postgresql":
        return ["SET session_replication_role = replica"], ["SET session_replication_role = origin"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = cursor.fetchall()
    return [f'DROP TRIGGER "{name}"' for name, _ in found], [sql for _, sql in found]
