"""`breakwater score`: texts in, JSON lines out, without a database."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from breakwater.config.cli import ENVIRONMENT

pytestmark = pytest.mark.slow


def _score(given: bytes, *options: str, home: Path) -> tuple[int, list[Any], str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BREAKWATER_")}
    done = subprocess.run(
        [sys.executable, "-m", "breakwater", "score", *options],
        input=given,
        capture_output=True,
        check=False,
        cwd=home,
        env={**kept, "BREAKWATER_DATA": str(home / "data")},
    )
    lines = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return done.returncode, lines, done.stderr.decode()


def test_each_line_is_answered_and_no_file_is_made(tmp_path: Path) -> None:
    status, lines, trouble = _score("Thank you!\nMerci à vous\n\n".encode(), home=tmp_path)

    assert (status, trouble) == (0, "")
    assert [one["line"] for one in lines] == [1, 2, 3]
    assert [one["abstained"] for one in lines] == [None, None, "empty"]
    assert lines[0]["band"] == "clear"
    assert 0 <= lines[0]["chances"]["toxic"] <= 1
    assert lines[2]["chances"] == {}
    assert "spans" not in lines[0]
    assert list(tmp_path.iterdir()) == []


def test_texts_are_read_in_one_thread() -> None:
    counted = "import os; from breakwater.config.cli import dispatch; dispatch(['score']); print(len(os.listdir('/proc/self/task')))"
    ours = {one.split()[0] for one in ENVIRONMENT}
    kept = {name: value for name, value in os.environ.items() if name not in ours}

    done = subprocess.run(
        [sys.executable, "-c", counted], input=b"Thank you!", capture_output=True, check=True,
        env=kept,
    )  # fmt: skip

    assert done.stdout.decode().splitlines()[-1] == "1"


def test_json_lines_keep_their_ids_and_what_is_none_is_left_out(tmp_path: Path) -> None:
    given = '{"text": "You idiot", "id": "a"}\n["no"]\n{"text": 1}\n{"text": "Salut", "id": 2}\n'

    status, lines, trouble = _score(given.encode(), "--json", "--explain", home=tmp_path)

    assert status == 1
    assert [(one["line"], one["id"]) for one in lines] == [(1, "a"), (4, 2)]
    assert lines[0]["band"] in ("veiled", "held")
    assert any("idiot" in "You idiot"[one["start"] : one["end"]] for one in lines[0]["spans"])
    assert trouble.splitlines() == [
        'Line 2 is no JSON object with a "text". It was left out.',
        'Line 3 is no JSON object with a "text". It was left out.',
    ]


def test_bytes_that_are_no_text_are_answered_too(tmp_path: Path) -> None:
    status, lines, _trouble = _score(b"\xff\xfe\x00 hi\n" + b'"\\ud800"\n', home=tmp_path)

    assert status == 0
    assert len(lines) == 2


def test_many_lines_come_back_in_order(tmp_path: Path) -> None:
    status, lines, _trouble = _score(b"Good day\n" * 1000, home=tmp_path)

    assert status == 0
    assert [one["line"] for one in lines] == list(range(1, 1001))
