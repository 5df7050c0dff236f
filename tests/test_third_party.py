"""Somebody else's network: a wheel beside ours is found, and passes what every connector must."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from breakwater.networks.conformance import CHECKS

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
THEIRS = Path(__file__).with_name("third_party")
LISTED = """
import json, sys
from pathlib import Path
from breakwater.networks import registry
networks, broken = registry.load(Path(sys.argv[1]))
print(json.dumps([sorted(networks), [one.slug for one in broken]]))
"""


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Their sources, in a folder of their own, and `site`: the wheel of them, installed."""
    folder = tmp_path_factory.mktemp("theirs")
    shutil.copytree(THEIRS, folder, dirs_exist_ok=True)
    _run(folder, sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "out")
    (wheel,) = (folder / "out").glob("*.whl")
    uv = next(str(path) for path in (ROOT / ".tools/uv/bin/uv", shutil.which("uv")) if path)
    _run(
        folder, uv, "pip", "install", "--offline", "--no-deps", "--python", sys.executable,
        "--target", str(folder / "site"), str(wheel),
    )  # fmt: skip
    shutil.rmtree(folder / "src")
    return folder


def test_the_registry_lists_it(theirs: Path) -> None:
    listed = _run(theirs, sys.executable, "-c", LISTED, str(theirs / "home"))

    assert '"lantern"' in listed
    assert listed.endswith("[]]\n")


def test_its_one_fixture_gives_every_check(theirs: Path) -> None:
    told = _run(theirs, sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-v")

    assert [check.__name__ for check in CHECKS if f"test_{check.__name__} " not in told] == []
    assert "test_a_lost_reply_is_in_doubt_and_the_look_finds_it PASSED" in told
    assert "the manifest says no to edit: A board has nothing of the kind." in told


def test_what_it_gets_wrong_is_told(theirs: Path, tmp_path: Path) -> None:
    shutil.copytree(theirs, tmp_path, dirs_exist_ok=True)
    outbound = tmp_path / "site" / "breakwater_lantern" / "outbound.py"
    honest = outbound.read_text()
    lying = honest.replace(
        "            raise refusal(response)\n        if wire",
        "            return Sent('?')\n        if wire",
    )
    assert lying != honest
    outbound.write_text(lying)

    told = _run(tmp_path, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", rc=1)

    assert "503" in told or "500" in told
    assert (
        "FAILED tests/test_lantern.py::Conformance::test_a_server_error_is_never_a_refusal" in told
    )


def _run(folder: Path, *command: str, rc: int = 0) -> str:
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": str(folder / "site")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == rc, done.stdout + done.stderr
    return done.stdout
