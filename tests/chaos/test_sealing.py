"""No delete before its evidence is on disk, whoever is killed: a small run of the instrument."""

import subprocess
import sys

import pytest


@pytest.mark.slow
@pytest.mark.alone
def test_no_delete_reaches_the_network_before_its_evidence_is_on_disk() -> None:
    command = [sys.executable, "-m", "tests.chaos.sealing", "--kills", "10"]

    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 before their evidence was on disk, 0 never came" in done.stdout
