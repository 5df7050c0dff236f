"""The examples of docs/api.md do what the page says."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

import breakwater
from breakwater.api.problems import _BY_CODE, _BY_KIND
from breakwater.api.tests.conftest import make_token, member, picture
from breakwater.people.models import Workspace

PAGE = Path(breakwater.__path__[0]).parents[1] / "docs" / "api.md"
EXAMPLES = re.findall(r"```sh\n(.+?)\n```", PAGE.read_text("utf-8"), re.DOTALL)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_examples_run(desk: Workspace, live_server: LiveServer, tmp_path: Path) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.fail("curl was not found: install Debian's `curl`, or run `make test` as root")
    (tmp_path / "fog.png").write_bytes(picture())
    environment = {
        "TOKEN": make_token(member(desk, "ann"), desk),
        "BREAKWATER": live_server.url,
        "PATH": str(Path(curl).parent),
    }

    answers = [
        json.loads(
            subprocess.run(
                ["/bin/sh", "-c", example],
                env=environment, cwd=tmp_path, check=True, capture_output=True, timeout=30,
            ).stdout
        )
        for example in EXAMPLES
    ]  # fmt: skip

    me, posts, made, asset = answers
    assert (me["email"], posts["items"]) == ("ann@example.test", [])
    assert (made["title"], made["state"]) == ("Fog on the pier.", "draft")
    assert (asset["file_name"], asset["width"]) == ("fog.png", 64)


def test_the_table_names_each_status() -> None:
    told = {
        int(status) for status in re.findall(r"^\| (\d{3}) ", PAGE.read_text("utf-8"), re.MULTILINE)
    }
    given = {status for _, status in _BY_KIND} | set(_BY_CODE.values())

    assert given - {500} == told
