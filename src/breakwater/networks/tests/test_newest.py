"""Polls of a newest-first list: nothing is lost, however the pages fall."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from breakwater.networks.base import Arrived, Author, What
from breakwater.networks.newest import Mark, batch

_START = datetime(2026, 11, 28, tzinfo=UTC)
_PAGE = 3


def _one(number: int, second: int) -> Arrived:
    return Arrived(What.COMMENT, f"c{number}", _START + timedelta(seconds=second), Author("eve"))


def _walk(rows: list[Arrived], cursor: str) -> tuple[list[str], str]:
    """All that comes until there is no more, and the last cursor."""
    found: list[str] = []
    for _ in range(50):
        mark = Mark.of(cursor)
        start = int(mark.page or 0)
        page, following = rows[start : start + _PAGE], start + _PAGE
        oldest = page[-1].at if page else None
        given = batch(mark, page, oldest, str(following) if following < len(rows) else "")
        found += [one.remote_id for one in given.arrived]
        cursor = given.cursor
        assert len(cursor) <= 1000
        if not given.more:
            return found, cursor
    raise AssertionError("it never ends")


def _newest_first(rows: list[Arrived]) -> list[Arrived]:
    return sorted(rows, key=lambda one: one.at, reverse=True)


def test_the_first_poll_gives_the_newest_page_alone() -> None:
    rows = _newest_first([_one(n, n) for n in range(10)])

    found, _ = _walk(rows, "")

    assert found == ["c9", "c8", "c7"]


def test_an_empty_list_keeps_the_mark() -> None:
    _, cursor = _walk(_newest_first([_one(1, 1)]), "")

    found, after = _walk([], cursor)

    assert found == []
    assert after == cursor


@given(st.lists(st.integers(0, 6), max_size=8), st.lists(st.integers(6, 12), max_size=12))
def test_each_comes_once_and_none_is_lost(before: list[int], later: list[int]) -> None:
    old = [_one(n, second) for n, second in enumerate(before, 100)]
    new = [_one(n, second) for n, second in enumerate(later, 200)]
    _, cursor = _walk(_newest_first(old), "")

    found, cursor = _walk(_newest_first(old + new), cursor)
    again, _ = _walk(_newest_first(old + new), cursor)

    wanted = {one.remote_id for one in new}
    assert len(found) == len(set(found))
    if old:
        assert wanted <= set(found)
        # what is of the newest moment may come again: it is stored once all the same
        assert set(again) <= set(found) | {one.remote_id for one in old}


def test_a_cursor_of_somebody_else_begins_anew() -> None:
    for cursor in ("", "[]", "{", '"x"', "null"):
        assert Mark.of(cursor) == Mark()
