"""`breakwater post …`: the same story at a terminal, each step by a named person."""

import io
import re
from pathlib import Path

import pytest
from pytest_django import Settings

from breakwater.config import cli
from breakwater.core import clock
from breakwater.delivery.models import Delivery
from breakwater.media.models import Asset
from breakwater.people.models import Person, Policy, Workspace
from breakwater.publishing.models import Decision, Post, Version
from breakwater.publishing.tests.conftest import make_channel
from breakwater.web.tests.drafts import png, wall

Shown = pytest.CaptureFixture[str]


@pytest.fixture
def desk(harbour_workspace: Workspace, tmp_path: Path, settings: Settings) -> Workspace:
    """Harbour with one channel, @quay."""
    settings.BLOBS = tmp_path / "blobs"
    make_channel(harbour_workspace, "@quay", clock.now())
    return harbour_workspace


def post(*typed: str, by: str = "ann") -> int:
    return cli.dispatch(["post", *typed, "--workspace", "harbour", "--as", f"{by}@example.test"])


def new(capsys: Shown, *typed: str) -> str:
    """The id of a draft for @quay in three days."""
    text = ("--text", "Fog on the pier.") if "--text" not in typed else ()
    assert post("new", *text, "--channel", "@quay", "--at", wall(), *typed) == 0
    return capsys.readouterr().out.strip()


def digest_shown(capsys: Shown, key: str, by: str = "ann") -> str:
    assert post("show", key, by=by) == 0
    found = re.search(r"^digest   ([0-9a-f]{64})$", capsys.readouterr().out, re.MULTILINE)
    assert found is not None
    return found[1]


def test_the_whole_story(desk: Workspace, bob: Person, capsys: Shown) -> None:
    key = new(capsys)
    assert post("submit", key) == 0
    assert "Those who may approve it are told." in capsys.readouterr().out

    digest = digest_shown(capsys, key, by="bob")
    assert post("approve", key, "--digest", digest, by="bob") == 0
    assert post("send-now", key, by="bob") == 0

    assert capsys.readouterr().out.endswith("On its way to @quay.\n")
    assert Version.objects.get().digest == digest
    assert Decision.objects.filter(person=bob).count() == 2
    assert Delivery.objects.get().due_at <= clock.now()


def test_a_draft_has_text_pictures_time_and_channel(
    desk: Workspace, capsys: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sea.png").write_bytes(png())
    monkeypatch.setattr("sys.stdin", io.StringIO("Two\nlines.\n"))
    picture = f"{tmp_path}/sea.png=The sea = blue."

    assert post("new", "--channel", "@quay", "--at", wall(), "--picture", picture) == 0

    own = Post.objects.get()
    asset = Asset.objects.get()
    assert capsys.readouterr().out.strip() == str(own.pk)
    assert own.draft["text"] == "Two\nlines."
    assert own.draft["media"] == [{"asset_id": str(asset.pk), "alt": "The sea = blue."}]
    assert (own.draft["wall"], own.draft["zone"], own.draft["language"]) == (
        wall(), "Europe/Paris", "en",
    )  # fmt: skip


def test_what_stops_it_is_said(desk: Workspace, capsys: Shown) -> None:
    key = new(capsys, "--text", "x" * 501)

    assert post("submit", key) == 1

    said = capsys.readouterr().err
    assert "stop: The text is 1 too long (501 of 500)." in said
    assert "something has to be mended first" in said
    assert not Version.objects.exists()


def test_alone_the_digest_is_confirmed(desk: Workspace, capsys: Shown) -> None:
    Workspace.objects.update(policy=Policy.NONE)
    key = new(capsys)

    assert post("submit", key) == 1
    assert "add --confirm with its digest" in capsys.readouterr().err
    assert post("submit", key, "--confirm", "0" * 64) == 1
    assert not Version.objects.exists()

    assert post("submit", key, "--confirm", digest_shown(capsys, key)) == 0
    assert Delivery.objects.get().state == "queued"


def test_an_approval_needs_what_was_shown(desk: Workspace, capsys: Shown) -> None:
    key = new(capsys)
    post("submit", key)

    assert post("approve", key, "--digest", "0" * 64, by="bob") == 1
    assert "no longer what you were shown" in capsys.readouterr().err
    assert post("approve", key, "--digest", "0" * 64, by="ann") == 1
    assert "does not allow this" in capsys.readouterr().err
    assert not Decision.objects.exists()


def test_a_list_is_narrowed(desk: Workspace, capsys: Shown) -> None:
    key = new(capsys)
    assert post("list", "--status", "draft", "--text", "FOG") == 0
    found = capsys.readouterr().out
    assert post("list", "--status", "published") == 0

    assert found.split() == [key, *wall().split("T"), "draft", "Fog", "on", "the", "pier."]
    assert capsys.readouterr().out == "No post.\n"


def test_it_is_cancelled(desk: Workspace, capsys: Shown) -> None:
    key = new(capsys)

    assert post("cancel", key) == 0

    assert Post.objects.get().state == "cancelled"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["--channel", "@nowhere"], "“@nowhere” is not one channel. There are: @quay"),
        (["--picture", "/nowhere.png=x"], "/nowhere.png cannot be read"),
    ],
)
def test_what_cannot_be_written_says_why(
    desk: Workspace, capsys: Shown, typed: list[str], said: str
) -> None:
    assert post("new", "--text", "Fog.", *typed) == cli.EX_CONFIG

    assert said in capsys.readouterr().err
    assert not Post.objects.exists()


def test_a_stranger_sees_nothing(desk: Workspace, eve: Person, capsys: Shown) -> None:
    key = new(capsys)

    assert post("show", key, by="eve") == 1
    assert post("list", by="nobody") == 1

    said = capsys.readouterr()
    assert "not yours to see" in said.err
    assert "Nobody here has the address nobody@example.test." in said.err
    assert said.out == ""
