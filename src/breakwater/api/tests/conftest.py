"""Callers: a person's token, and what it says to the API."""

import io
import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_django
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image
from tests.people import make_member, make_person, make_workspace

from breakwater.core import clock
from breakwater.people.models import ApiToken, Membership, Person, Workspace
from breakwater.people.roles import Right, Role
from breakwater.people.selectors import token_hash

SECRET = "s" * 43
ALL = tuple(right.value for right in Right)


def make_token(
    person: Person, workspace: Workspace, scopes: Iterable[str] = ALL, **values: Any
) -> str:
    """A token as if the person had made it when their role still let them."""
    number = ApiToken.objects.count()
    prefix = f"t{number:09d}"
    ApiToken.objects.create(
        workspace=workspace,
        person=person,
        name="Script",
        prefix=prefix,
        secret_hash=token_hash(SECRET),
        scopes=sorted(scopes),
        created_at=clock.now(),
        **values,
    )
    return f"bw_{prefix}_{SECRET}"


class Caller:
    """Speaks JSON with one token. path: after /api/v1."""

    def __init__(self, token: str) -> None:
        self.token = token
        self._client = Client(raise_request_exception=False)

    def ask(
        self, method: str, path: str, wish: Any = None, *, key: str = "", **headers: str
    ) -> HttpResponse:
        said = {"Authorization": f"Bearer {self.token}", **headers}
        if key:
            said["Idempotency-Key"] = key
        body = "" if wish is None else json.dumps(wish)
        return self._client.generic(  # type: ignore[return-value]
            method, f"/api/v1{path}", body, content_type="application/json", headers=said
        )

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.ask("GET", path, **headers)

    def post(self, path: str, wish: Any = None, *, key: str = "") -> HttpResponse:
        return self.ask("POST", path, wish, key=key)

    def put(self, path: str, wish: Any) -> HttpResponse:
        return self.ask("PUT", path, wish)

    def upload(self, path: str, data: bytes, *, key: str = "", name: str = "a.png") -> HttpResponse:
        said = {"Authorization": f"Bearer {self.token}"} | ({"Idempotency-Key": key} if key else {})
        file = SimpleUploadedFile(name, data, "image/png")
        return self._client.post(f"/api/v1{path}", {"picture": file}, headers=said)  # type: ignore[return-value]


MakeCaller = Callable[..., Caller]


def said(response: HttpResponse) -> Any:
    return json.loads(response.content)


def picture(colour: str = "navy") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "PNG")
    return out.getvalue()


@pytest.fixture(autouse=True)
def home(settings: pytest_django.Settings, tmp_path: Path) -> Path:
    """Keys, pictures, spool and networks of this test alone."""
    settings.NETWORKS_HOME = tmp_path / "networks"
    settings.SEALING_KEYS = tmp_path / "sealing"
    settings.SPOOL = tmp_path / "spool"
    settings.BLOBS = tmp_path / "blobs"
    return tmp_path


@pytest.fixture
def moment() -> datetime:
    """The real present, which the API reads."""
    return clock.now()


@pytest.fixture
def wall() -> str:
    """A time in three days, as it is typed."""
    return (clock.now() + timedelta(days=3)).strftime("%Y-%m-%dT09:30")


@pytest.fixture
def desk(db: None) -> Workspace:
    """The workspace "Harbour": ann manages and writes, bob manages, approves and looks after the
    installation."""
    workspace = make_workspace("Harbour")
    for name in ("ann", "bob"):
        make_member(workspace, make_person(name), Role.MANAGER)
    Person.objects.filter(email="bob@example.test").update(administrator=True)
    return workspace


def member(desk: Workspace, name: str) -> Person:
    return (
        Membership.objects.select_related("person")
        .get(workspace=desk, person__email=f"{name}@example.test")
        .person
    )


@pytest.fixture
def ann_calls(desk: Workspace) -> Caller:
    """ann's token, with every scope except to approve."""
    return Caller(make_token(member(desk, "ann"), desk, set(ALL) - {"approve"}))


@pytest.fixture
def bob_calls(desk: Workspace) -> Caller:
    """bob's token, which may approve too."""
    return Caller(make_token(member(desk, "bob"), desk))


@pytest.fixture
def channel_id(ann_calls: Caller) -> str:
    """An account of the practice harbour, connected by the API."""
    answer = ann_calls.post(
        "/w/harbour/channels", {"network": "sandbox", "fields": {"name": "quay"}}
    )
    assert answer.status_code == 201, answer.content
    return str(said(answer)["id"])
