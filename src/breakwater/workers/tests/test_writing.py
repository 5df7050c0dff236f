"""Writing in groups, on disk when the database is away, and nothing of it lost or twice."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from breakwater.delivery.services.outcomes import Result
from breakwater.domain.guarantees import Outcome
from breakwater.domain.resolution import Next
from breakwater.workers.grouping import Grouper
from breakwater.workers.spool import Spool, left_behind

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def _result(remote_id: str = "9") -> Result:
    return Result(
        delivery_id=uuid4(),
        before="sending",
        tries=1,
        step="commit",
        outcome=Outcome.ACCEPTED,
        next=Next("accepted", AT),
        at=AT,
        worker_id=uuid4(),
        remote_id=remote_id,
        seen=({"remote_id": "9", "text": "Fog — été"},),
    )


def test_what_is_put_within_a_moment_is_written_together_and_each_gets_its_own_answer() -> None:
    written: list[list[int]] = []

    async def write(group: Sequence[int]) -> Sequence[int]:
        written.append(list(group))
        return [number * 10 for number in group]

    async def put_all() -> list[int]:
        grouper = Grouper(write, wait_s=0.01, most=10)
        return await asyncio.gather(*(grouper.put(number) for number in range(4)))

    assert asyncio.run(put_all()) == [0, 10, 20, 30]
    assert written == [[0, 1, 2, 3]]


def test_in_turn_what_comes_while_a_group_is_written_is_the_next_group() -> None:
    written: list[list[int]] = []

    async def write(group: Sequence[int]) -> Sequence[int]:
        written.append(list(group))
        await asyncio.sleep(0.05)
        return list(group)

    async def put_all() -> list[int]:
        grouper = Grouper(write, wait_s=0.001, most=2, in_turn=True)
        first = asyncio.create_task(grouper.put(0))
        await asyncio.sleep(0.02)
        later = await asyncio.gather(*(grouper.put(number) for number in range(1, 6)))
        return [await first, *later, await grouper.put(6)]

    assert asyncio.run(put_all()) == [0, 1, 2, 3, 4, 5, 6]
    assert written == [[0], [1, 2, 3, 4, 5], [6]]


def test_a_full_group_does_not_wait() -> None:
    written: list[int] = []

    async def write(group: Sequence[int]) -> Sequence[None]:
        written.append(len(group))
        return [None] * len(group)

    async def put_all() -> None:
        grouper = Grouper(write, wait_s=60, most=2)
        async with asyncio.timeout(2):
            await asyncio.gather(*(grouper.put(number) for number in range(4)))

    asyncio.run(put_all())

    assert written == [2, 2]


def test_an_error_of_the_write_reaches_everybody_who_waits() -> None:
    async def write(group: Sequence[int]) -> Sequence[int]:
        raise OSError("no room")

    async def put_all() -> list[int | BaseException]:
        grouper = Grouper(write, wait_s=0.001, most=10)
        return await asyncio.gather(*(grouper.put(n) for n in range(2)), return_exceptions=True)

    assert [type(answer) for answer in asyncio.run(put_all())] == [OSError, OSError]


def test_a_spooled_result_comes_back_as_it_was(tmp_path: Path) -> None:
    result = _result()

    kept = Spool(tmp_path, 7).keep([result])

    ((path, results),) = left_behind(tmp_path, gone=lambda key: key == 7)
    assert results == [result]
    assert (path, path.name) == (kept, "outcomes-7-1.jsonl")


def test_a_group_that_is_written_takes_nothing_of_another_with_it(tmp_path: Path) -> None:
    spool = Spool(tmp_path, 7)
    first, second = _result("1"), _result("2")
    kept = spool.keep([first])
    spool.keep([second])

    spool.clear(kept)

    ((_, results),) = left_behind(tmp_path, gone=lambda _: True)
    assert results == [second]


def test_of_two_that_take_in_one_gets_the_file(tmp_path: Path) -> None:
    Spool(tmp_path, 7).keep([_result()])
    taking = left_behind(tmp_path, gone=lambda _: True)
    next(taking)

    assert list(left_behind(tmp_path, gone=lambda _: True)) == []

    taking.close()
    assert len(list(left_behind(tmp_path, gone=lambda _: True))) == 1


def test_the_spool_of_a_living_worker_is_left_alone(tmp_path: Path) -> None:
    Spool(tmp_path, 7).keep([_result()])

    assert list(left_behind(tmp_path, gone=lambda _: False)) == []


def test_a_torn_last_line_costs_only_itself(tmp_path: Path) -> None:
    spool = Spool(tmp_path, 7)
    kept = [_result("1"), _result("2")]
    spool.keep(kept)
    path = tmp_path / "outcomes-7-1.jsonl"
    path.write_text(path.read_text(encoding="utf-8") + '{"delivery_id": "01', encoding="utf-8")

    ((_, results),) = left_behind(tmp_path, gone=lambda _: True)

    assert results == kept


@pytest.mark.slow
def test_a_disk_that_takes_nothing_is_said_and_not_believed(tmp_path: Path) -> None:
    folder = tmp_path / "file"
    folder.write_text("a file where the folder should be")

    assert Spool(folder, 7).keep([_result()]) is None
