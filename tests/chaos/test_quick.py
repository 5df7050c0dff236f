"""`make chaos` in its quick form: every kind of fault, both databases, in less than three minutes."""

import re
import subprocess
import sys

import pytest

from tests.chaos.wishes import left_out

ZEROS = re.compile(r"lost, twice, wrong records\s+0, 0, 0 of \d+")


@pytest.mark.slow
@pytest.mark.alone
def test_nothing_is_lost_nothing_is_twice_and_no_record_is_wrong() -> None:
    command = [sys.executable, "-m", "tests.chaos", "--quick"]

    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)

    said = done.stdout + done.stderr
    assert len(ZEROS.findall(done.stdout)) == (9 if left_out() else 10), said
    assert re.search(r"control: a queue that resends blindly\s+[1-9]\d* twice", said), said
    assert done.returncode == 0, said
