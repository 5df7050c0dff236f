"""Async code reaches the database, and leaves the connection as it found it."""

import asyncio

import pytest
from asgiref.sync import async_to_sync
from django.db import connection

from breakwater.core.database import in_database


def one() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return int(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_an_open_connection_stays_and_a_new_one_goes() -> None:
    one()
    connection.close()

    async_to_sync(in_database(one))()
    assert connection.connection is None

    one()
    before = connection.connection
    async_to_sync(in_database(one))()
    assert connection.connection is before


@pytest.mark.django_db(transaction=True)
def test_a_loop_of_its_own_keeps_no_connection() -> None:
    def still_open() -> bool:
        return connection.connection is not None

    async def ask() -> bool:
        assert await in_database(one)() == 1
        return await in_database(still_open)()

    assert asyncio.run(ask()) is False
