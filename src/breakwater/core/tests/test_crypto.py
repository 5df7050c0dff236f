"""Sealed values open in their own place, with a key that is still there, and nowhere else."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from pytest_django import Settings

from breakwater.core import crypto
from breakwater.domain.errors import SealBroken

ROW = UUID(int=1)
PLAIN = b"canary-7f3a"


@pytest.fixture(autouse=True)
def keys(settings: Settings, tmp_path: Path) -> Path:
    settings.SEALING_KEYS = tmp_path / "sealing"
    return tmp_path / "sealing"


def seal(plain: bytes = PLAIN, row: UUID = ROW) -> bytes:
    return crypto.seal(plain, table="t", row=row, column="c")


def opened(
    blob: bytes | memoryview, *, table: str = "t", row: UUID = ROW, column: str = "c"
) -> bytes:
    return crypto.open_sealed(blob, table=table, row=row, column=column)


@pytest.mark.parametrize("plain", [b"", PLAIN, b"\0" * 100_000])
def test_what_is_sealed_opens_again(plain: bytes) -> None:
    blob = seal(plain)

    assert opened(blob) == plain
    assert len(blob) == len(plain) + 45
    assert PLAIN not in blob


@pytest.mark.parametrize("place", [{"table": "u"}, {"row": UUID(int=2)}, {"column": "d"}])
def test_it_opens_in_no_other_place(place: dict[str, str]) -> None:
    with pytest.raises(SealBroken):
        opened(seal(), **place)  # type: ignore[arg-type]


def test_places_do_not_run_into_one_another() -> None:
    blob = crypto.seal(PLAIN, table="ab", row=ROW, column="c")

    with pytest.raises(SealBroken):
        crypto.open_sealed(blob, table="a", row=ROW, column="bc")


def test_each_flipped_byte_and_each_cut_is_noticed() -> None:
    blob = seal()

    for at in range(len(blob)):
        with pytest.raises(SealBroken):
            opened(blob[:at] + bytes([blob[at] ^ 1]) + blob[at + 1 :])
        with pytest.raises(SealBroken):
            opened(blob[:at])


def test_equal_values_look_different() -> None:
    assert len({seal() for _ in range(50)}) == 50


def test_what_a_driver_gives_opens_too() -> None:
    assert opened(memoryview(seal())) == PLAIN


def test_keys_are_readable_by_us_alone(keys: Path) -> None:
    seal()

    (path,) = keys.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700


def test_older_values_open_until_their_key_is_taken_away(keys: Path) -> None:
    old = seal()
    first = crypto.current_key()
    second = crypto.new_key()

    moved = crypto.reseal(old, table="t", row=ROW, column="c")

    assert crypto.keys() == [first, second]
    assert [crypto.key_of(old), crypto.key_of(moved), crypto.key_of(seal())] == [
        first,
        second,
        second,
    ]
    assert opened(old) == opened(moved) == PLAIN
    assert crypto.reseal(moved, table="t", row=ROW, column="c") == moved

    (keys / f"{first}.key").unlink()

    assert opened(moved) == PLAIN
    with pytest.raises(SealBroken):
        opened(old)


def test_a_new_key_is_newer_even_when_the_clock_went_back(keys: Path) -> None:
    ahead = UUID("ffffffff-0000-7000-8000-000000000000")
    seal()
    next(keys.iterdir()).rename(keys / f"{ahead}.key")

    assert crypto.new_key() == crypto.current_key() > ahead


def test_a_damaged_key_file_breaks_the_seal_and_says_which(keys: Path) -> None:
    blob = seal()
    (path,) = keys.iterdir()
    path.chmod(0o600)
    path.write_text("abc")

    with pytest.raises(SealBroken) as caught:
        opened(blob)
    assert caught.value.data["key"] == path.stem


def test_many_that_start_at_once_open_one_another(keys: Path) -> None:
    rows = [uuid4() for _ in range(40)]

    with ThreadPoolExecutor(8) as pool:
        blobs = list(pool.map(lambda row: seal(row=row), rows))

    assert [opened(blob, row=row) for blob, row in zip(blobs, rows, strict=True)] == [PLAIN] * 40
    assert all(path.suffix == ".key" for path in keys.iterdir())
