"""Content-addressed files: kept whole, proved on reading."""

import hashlib
import resource
import signal
from pathlib import Path

import pytest
import pytest_django

from breakwater.core import blobs
from breakwater.domain.errors import Invalid, NotFound, Problem


@pytest.fixture(autouse=True)
def _home(settings: pytest_django.Settings, tmp_path: Path) -> None:
    settings.BLOBS = tmp_path


def test_it_gives_back_what_it_was_given(tmp_path: Path) -> None:
    sha256 = blobs.store(b"a lighthouse")

    assert sha256 == hashlib.sha256(b"a lighthouse").hexdigest()
    assert blobs.read(sha256) == b"a lighthouse"
    assert blobs.path(sha256) == tmp_path / sha256[:2] / sha256[2:4] / sha256
    assert blobs.exists(sha256)
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == [sha256]


def test_the_same_bytes_are_written_once() -> None:
    first = blobs.path(blobs.store(b"twice")).stat()

    again = blobs.path(blobs.store(b"twice")).stat()

    assert (first.st_ino, first.st_mtime_ns) == (again.st_ino, again.st_mtime_ns)


def test_a_missing_file_is_said() -> None:
    with pytest.raises(NotFound) as refusal:
        blobs.read("0" * 64)

    assert refusal.value.code == "blob_missing"
    assert not blobs.exists("0" * 64)


def test_a_changed_file_is_never_handed_out() -> None:
    sha256 = blobs.store(b"true")
    blobs.path(sha256).write_bytes(b"fake")

    with pytest.raises(Problem) as refusal:
        blobs.read(sha256)

    assert refusal.value.code == "blob_damaged"


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_a_name_that_is_no_digest_opens_nothing(name: str) -> None:
    with pytest.raises(Invalid) as refusal:
        blobs.path(name)

    assert refusal.value.code == "not_a_digest"


def test_a_full_disk_is_said_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    told = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(Problem) as refusal:
            blobs.store(b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, told)

    assert refusal.value.code == "disk_full"
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []
