"""Bad days as a person meets them: a clear sentence, nothing lost, nothing done twice.

docs/bad-input.md lists every kind of bad input with the test that tries it.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from pytest_django import Settings

from breakwater.api.tests.conftest import Caller, make_token, picture
from breakwater.media import turns
from breakwater.media.models import Asset
from breakwater.people.models import ApiToken, Person, Workspace
from breakwater.publishing.models import Post
from tests.cluster import Cluster
from tests.disks import Disk
from tests.live import Live, wait_for

ROOT = Path(__file__).resolve().parents[1]
FULL = "The disk of the server is full, so nothing was stored."
AWAY = "The database of this installation does not answer at the moment."
BUSY = "Other pictures are being prepared just now"
on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL's files are not this process's"
)


@pytest.fixture
def caller(
    transactional_db: None, harbour_workspace: Workspace, ann: Person, settings: Settings,
    tmp_path: Path,
) -> Caller:  # fmt: skip
    settings.BLOBS = tmp_path / "blobs"
    return Caller(make_token(ann, harbour_workspace))


def _said(answer: Any) -> tuple[int, str]:
    return answer.status_code, json.loads(answer.content)["message"]


@on_sqlite
def test_the_api_says_that_the_disk_is_full_and_works_again_when_it_is_not(caller: Caller) -> None:
    wish = {"content": {"text": "Fog on the pier."}}

    with Disk():
        upload = _said(caller.upload("/w/harbour/media", picture()))
        draft = _said(caller.post("/w/harbour/posts", wish))

    assert upload[0] == draft[0] == 507
    assert upload[1].startswith(FULL)
    assert draft[1].startswith(FULL)
    assert (Asset.objects.count(), Post.objects.count()) == (0, 0)
    assert caller.upload("/w/harbour/media", picture()).status_code == 201
    assert caller.post("/w/harbour/posts", wish).status_code == 201
    assert (Asset.objects.count(), Post.objects.count()) == (1, 1)


@on_sqlite
def test_a_full_disk_lets_the_api_read_and_is_logged_once(
    caller: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    draft = json.loads(caller.post("/w/harbour/posts", {"content": {"text": "Fog."}}).content)
    ApiToken.objects.update(last_used_at=None)

    with Disk():
        answers = [caller.get(f"/w/harbour/posts/{draft['id']}") for _ in range(3)]
        unread = ApiToken.objects.get().last_used_at
    after = caller.get("/w/harbour/posts")

    assert [answer.status_code for answer in (*answers, after)] == [200, 200, 200, 200]
    assert json.loads(answers[0].content)["content"]["text"] == "Fog."
    assert (unread, ApiToken.objects.exclude(last_used_at=None).count()) == (None, 1)
    assert [line for line in caplog.messages if line.startswith("people.")] == [
        "people.use_not_noted code=disk_full",
        "people.use_noted_again missed=3",
    ]


def test_a_picture_that_finds_no_turn_is_refused_and_what_was_typed_stays(
    caller: Caller, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "WAIT_S", 0.01)
    page = Client(raise_request_exception=False)
    page.force_login(ann)

    with turns.turn():
        upload = _said(caller.upload("/w/harbour/media", picture()))
        file = SimpleUploadedFile("a.png", picture(), "image/png")
        form = page.post("/w/harbour/posts/new/", {"text": "Fog on the pier.", "files": file})

    assert upload[0] == 503
    assert upload[1].startswith(BUSY)
    assert BUSY in form.content.decode()
    assert "Fog on the pier." in form.content.decode()
    assert (Asset.objects.count(), Post.objects.count()) == (0, 0)
    assert caller.upload("/w/harbour/media", picture()).status_code == 201


@on_sqlite
def test_a_page_says_that_the_disk_is_full_and_works_again_when_it_is_not(
    transactional_db: None, ann: Person
) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(ann)
    typed = {"name": "Annie", "language": "en", "zone": "Europe/Paris", "theme": "auto"}

    with Disk():
        answer = client.post("/profile/", typed)

    assert answer.status_code == 503
    assert FULL in answer.content.decode()
    assert "what you typed is still there" in answer.content.decode()
    ann.refresh_from_db()
    assert ann.name == "Ann"
    assert client.post("/profile/", typed).status_code == 303
    ann.refresh_from_db()
    assert ann.name == "Annie"


class Browser:
    """A person at the real product, over HTTP."""

    def __init__(self, live: Live) -> None:
        self._http = httpx.Client(base_url=live.url, headers={"Accept-Language": "en"}, timeout=20)

    def get(self, path: str) -> httpx.Response:
        return self._http.get(path, follow_redirects=True)

    def send(self, path: str, **typed: str) -> httpx.Response:
        token = self._http.cookies["csrf"]
        return self._http.post(path, data={**typed, "csrfmiddlewaretoken": token})

    def close(self) -> None:
        self._http.close()


@pytest.fixture
def browser_of() -> Iterator[Callable[[Live], Browser]]:
    opened: list[Browser] = []

    def make(live: Live) -> Browser:
        opened.append(Browser(live))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


@pytest.mark.slow
def test_a_stopped_database_is_said_in_the_persons_language_and_passes(
    installation: Callable[..., Live],
    postgresql_cluster: Cluster,
    browser_of: Callable[[Live], Browser],
) -> None:
    live = installation(DATABASE_URL=postgresql_cluster.fresh("stopped"))
    live.start()
    made = live.command(
        "user", "create", "ann@example.test", "--name", "Ann", "--language", "fr",
        "--workspace", "Quai", stdin="kelp lantern moored quietly\n",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    ann = browser_of(live)
    ann.get("/account/login/")
    ann.send("/account/login/", login="ann@example.test", password="kelp lantern moored quietly")
    assert ann.get("/profile/").status_code == 200

    postgresql_cluster.stop("immediate")
    try:
        page = ann.get("/profile/")
        form = ann.send("/profile/", name="Annie", language="fr", zone="Europe/Paris", theme="auto")
        call = httpx.get(
            f"{live.url}/api/v1/w/quai/posts",
            headers={"Authorization": f"Bearer bw_{'t' * 10}_{'s' * 43}"},
        )
        alive = live.get("/healthz")[0]
    finally:
        postgresql_cluster.start()

    assert (page.status_code, form.status_code, call.status_code, alive) == (503, 503, 503, 200)
    assert '<html lang="fr">' in page.text
    assert call.json()["code"] == "database_away"
    assert call.json()["message"].startswith(AWAY)
    wait_for(lambda: ann.get("/profile/").status_code == 200, 20)
    assert 'value="Ann"' in ann.get("/profile/").text
    again = ann.send("/profile/", name="Annie", language="fr", zone="Europe/Paris", theme="auto")
    assert again.status_code == 303
    wait_for(lambda: live.get("/readyz")[0] == 200, 40)


def test_the_list_of_bad_input_names_tests_that_are_there() -> None:
    page = (ROOT / "docs" / "bad-input.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:src|tests)/[\w/]+\.py)::(test_\w+)`", page)

    missing = [
        f"{file}::{name}"
        for file, name in named
        if not (ROOT / file).exists()
        or f"def {name}(" not in (ROOT / file).read_text(encoding="utf-8")
    ]

    assert len(named) >= 25
    assert missing == []
