"""Pictures are served so that a browser shows them and nothing more."""

from pathlib import Path

import pytest
from pytest_django import Settings

from breakwater.core import blobs
from breakwater.media.models import Asset, Derivative
from breakwater.people.models import Person, Workspace
from breakwater.web.tests.drafts import picture
from breakwater.web.tests.quay import at_desk


@pytest.fixture
def asset(harbour_workspace: Workspace, ann: Person, tmp_path: Path, settings: Settings) -> Asset:
    settings.BLOBS = tmp_path / "blobs"
    return picture(harbour_workspace, ann)


def paths(asset: Asset, slug: str = "harbour") -> list[str]:
    own = f"/w/{slug}/media/{asset.pk}/"
    return [own, f"{own}?thumb=1", f"/w/{slug}/media/sent/{asset.sha256}/"]


def test_it_is_served_as_a_picture_and_nothing_else(ann: Person, asset: Asset) -> None:
    full, thumb, sent = (at_desk(ann).get(path) for path in paths(asset))

    assert full.content == sent.content == blobs.read(asset.sha256)
    assert thumb.content == blobs.read(asset.thumb_sha256)
    kinds = [answer["Content-Type"] for answer in (full, thumb, sent)]
    assert kinds == ["image/png", "image/webp", "image/png"]
    for answer in (full, thumb, sent):
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["Cache-Control"] == "private, max-age=3600, immutable"
        assert answer["Content-Disposition"].startswith('inline; filename="')


def test_a_copy_that_was_made_to_fit_is_served(ann: Person, asset: Asset) -> None:
    sha256 = blobs.store(b"smaller")
    Derivative.objects.create(
        asset=asset, rule="r", sha256=sha256, mime="image/jpeg", size=7, width=1, height=1,
        created_at=asset.created_at,
    )  # fmt: skip

    answer = at_desk(ann).get(f"/w/harbour/media/sent/{sha256}/")

    assert (answer.content, answer["Content-Type"]) == (b"smaller", "image/jpeg")


def test_another_workspaces_picture_is_not_found(
    eve: Person, other_workspace: Workspace, asset: Asset
) -> None:
    client = at_desk(eve)

    there = [client.get(path).status_code for path in paths(asset)]
    here = [client.get(path).status_code for path in paths(asset, "elsewhere")]

    assert there == here == [404, 404, 404]


def test_a_file_that_is_gone_is_said(ann: Person, asset: Asset) -> None:
    blobs.path(asset.sha256).unlink()

    answer = at_desk(ann).get(paths(asset)[0])

    assert answer.status_code == 404
    assert "missing on the server" in answer.content.decode()


@pytest.mark.parametrize("name", ["..", "0" * 64, "A" * 64, "x"])
def test_a_digest_that_is_none_opens_nothing(ann: Person, asset: Asset, name: str) -> None:
    assert at_desk(ann).get(f"/w/harbour/media/sent/{name}/").status_code in (400, 404)
