"""What a large inbox is asked is answered along an index, as SQLite says of its own plans."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from breakwater.channels.models import Channel
from breakwater.inbox import selectors
from breakwater.inbox.searching import search
from breakwater.inbox.tests.world import COMPLAINT, QUESTION, arrive, said

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL plans by what is there"),
]


def _plans(ask: Callable[[], object]) -> list[str]:
    """A line for each table that is read on the way."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    lines = []
    with connection.cursor() as cursor:
        for query in asked.captured_queries:
            cursor.execute("EXPLAIN QUERY PLAN " + query["sql"])
            lines += [line for *_, line in cursor.fetchall()]
    return lines


def test_what_a_search_found_is_read_by_its_ids_and_not_among_all_messages(quay: Channel) -> None:
    arrive(quay, said(QUESTION, "a"), said(COMPLAINT, "b"))

    plans = _plans(lambda: search([quay.workspace_id], '"parcel" OR order'))

    of_items = [line for line in plans if " inbox_item " in f"{line} "]
    assert of_items == [
        "SEARCH inbox_item USING INDEX sqlite_autoindex_inbox_item_1 (arrival_id=?)"
    ]


def test_what_waits_is_counted_without_reading_a_conversation(quay: Channel) -> None:
    arrive(quay, said(QUESTION, "a"), said(COMPLAINT, "b"))

    plans = _plans(lambda: selectors.needs([quay.workspace_id]))

    index = "SEARCH inbox_thread USING COVERING INDEX inbox_desk (workspace_id=? AND state=?)"
    assert plans == [index]
