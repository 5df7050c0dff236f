"""Videos and PDFs as people bring them: packed anew without what their files say, or refused."""

import io
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import av
import pytest
import pytest_django
from tests.filmed import PDF, endless, video

from breakwater.core import blobs
from breakwater.domain.errors import Invalid
from breakwater.media import packing, services
from breakwater.media.models import Asset
from breakwater.people.models import Person, Workspace

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _home(settings: pytest_django.Settings, tmp_path: Path) -> None:
    settings.BLOBS = tmp_path


def taken(data: bytes, workspace: Workspace, by: Person, name: str = "x") -> Asset:
    return services.upload(workspace.pk, io.BytesIO(data), file_name=name, by=by.pk, now=NOW)


def test_a_video_is_kept_without_its_place_and_title(
    harbour_workspace: Workspace, ann: Person
) -> None:
    came = video(seconds=2.0)
    told = (b"loci", b"Secret", b"Ann")
    assert all(secret in came for secret in told)

    asset = taken(came, harbour_workspace, ann, "quay.MOV")

    kept = blobs.read(asset.sha256)
    assert (asset.mime, asset.width, asset.height) == ("video/mp4", 128, 72)
    assert 1900 <= asset.length_ms <= 2100
    assert (asset.size, asset.file_name) == (len(kept), "quay.MOV")
    assert not any(secret in kept for secret in told)
    with av.open(io.BytesIO(kept), "r") as opened:
        assert len(list(opened.decode(video=0))) == 20
    assert blobs.read(asset.cover_sha256).startswith(b"\xff\xd8")
    assert blobs.exists(asset.thumb_sha256)


def test_the_same_video_again_is_the_same_asset(harbour_workspace: Workspace, ann: Person) -> None:
    came = video()

    first, second = (taken(came, harbour_workspace, ann) for _ in range(2))

    assert first.pk == second.pk
    assert Asset.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (video()[:600], "video_damaged"),
        (b"\x00\x00\x00\x18ftypmp42" + b"\0" * 400, "video_damaged"),
        (video(codec="ffv1", form="matroska"), "video_codec"),
        (b"%PDF-1.7 not to its end", "document_damaged"),
    ],
)
def test_what_cannot_be_shown_is_refused_and_nothing_kept(
    harbour_workspace: Workspace, ann: Person, data: bytes, code: str, tmp_path: Path
) -> None:
    with pytest.raises(Invalid) as refused:
        taken(data, harbour_workspace, ann)

    assert refused.value.code == code
    assert not Asset.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_film_that_unpacks_without_end_fills_no_disk(tmp_path: Path) -> None:
    """A megabyte whose table names it two hundred times."""
    came, made, cover = (tmp_path / name for name in ("came", "made", "cover"))
    came.write_bytes(endless(times=200))

    words = [sys.executable, "-m", "breakwater.media.packing", str(came), str(made), str(cover)]
    done = subprocess.run(words, capture_output=True, check=True, text=True)

    assert json.loads(done.stdout) == {"refused": "video_damaged"}
    assert made.stat().st_size <= 2 * came.stat().st_size + packing.MORE_BYTES


def test_none_of_our_secrets_is_beside_a_strangers_film(
    harbour_workspace: Workspace, ann: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spy = tmp_path / "spy"
    spy.write_text('#!/bin/sh\nprintf \'{"refused": "seen: %s"}\' "$BREAKWATER_SECRET_KEY"\n')
    spy.chmod(0o700)
    monkeypatch.setenv("BREAKWATER_SECRET_KEY", "kelp-lantern")
    monkeypatch.setattr(sys, "executable", str(spy))

    with pytest.raises(Invalid) as refused:
        taken(video(), harbour_workspace, ann)

    assert refused.value.code == "seen: "


def test_what_a_killed_process_left_is_cleared_away(
    harbour_workspace: Workspace, ann: Person, tmp_path: Path
) -> None:
    left, going_on = tmp_path / ".packing-old", tmp_path / ".packing-new"
    for folder in (left, going_on):
        folder.mkdir()
        (folder / "came").write_bytes(b"half a film")
    os.utime(left, (0, 0))

    taken(PDF, harbour_workspace, ann)

    assert (left.exists(), going_on.exists()) == (False, True)


def test_a_video_over_the_limit_is_refused_before_it_is_read_on(
    harbour_workspace: Workspace, ann: Person, settings: pytest_django.Settings
) -> None:
    settings.VIDEO_MAX_BYTES = 1000

    with pytest.raises(Invalid) as refused:
        taken(video(), harbour_workspace, ann)

    assert refused.value.code == "upload_too_big"
    assert not Asset.objects.exists()


def test_a_pdf_is_kept_as_it_came(harbour_workspace: Workspace, ann: Person) -> None:
    asset = taken(PDF, harbour_workspace, ann, "tides.pdf")

    assert blobs.read(asset.sha256) == PDF
    assert (asset.mime, asset.thumb_sha256, asset.file_name) == (
        "application/pdf", "", "tides.pdf",
    )  # fmt: skip
