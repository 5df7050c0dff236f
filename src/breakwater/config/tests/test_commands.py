"""The command line: what it lists, what it refuses, what it loads."""

import subprocess
import sys
from pathlib import Path

import pytest

from breakwater.config import cli, commands
from breakwater.domain.errors import Misconfigured


def test_each_command_has_a_file_and_each_file_a_line() -> None:
    folder = Path(str(commands.__file__)).parent
    stems = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    files = {stem.replace("_", "-") for stem in stems}

    assert files == set(cli.COMMANDS)


def test_no_command_shows_them_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.dispatch([]) == 0

    shown = capsys.readouterr().out
    assert all(f"  {name} " in shown for name in cli.COMMANDS)


def test_an_unknown_command_is_answered_with_the_nearest(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.dispatch(["serv"]) == cli.EX_USAGE

    assert capsys.readouterr().err == (
        "There is no command `serv`. Did you mean `breakwater serve`? `breakwater help` lists them.\n"
    )


def test_a_wrong_setting_is_answered_with_its_mend() -> None:
    error = Misconfigured("BREAKWATER_LISTEN", "Set it to host:port.")

    assert cli.sentence(error) == "Set it to host:port."


def test_the_supervisor_loads_no_django() -> None:
    look = "import sys, breakwater.config.commands.run; print('django' in sys.modules)"

    seen = subprocess.run(
        [sys.executable, "-c", look], capture_output=True, text=True, check=True
    ).stdout

    assert seen == "False\n"


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_each_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.dispatch([name, "--help"])

    assert left.value.code == 0
    assert f"breakwater {name}" in capsys.readouterr().out
