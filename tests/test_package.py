"""The wheel: pages built, translations compiled, data in, tests out."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]


def _copy(to: Path) -> Path:
    """The sources as git sees them, in a folder of their own; node_modules by a link."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, to / name)
    (to / "node_modules").symlink_to(ROOT / "node_modules")
    return to


def _build(source: Path, what: str) -> Path:
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", what, "-d", "out"],
        cwd=source, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = (source / "out").glob("*.whl" if what == "wheel" else "*.tar.gz")
    return made


def _names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if not name.endswith("/")}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _copy(tmp_path_factory.mktemp("source"))


@pytest.fixture(scope="module")
def wheel(source: Path) -> Path:
    return _build(source, "wheel")


def test_it_holds_all_that_runs_and_no_test(source: Path, wheel: Path) -> None:
    names = _names(wheel)
    product = {
        path.relative_to(source / "src").as_posix()
        for path in (source / "src").rglob("*")
        if path.is_file() and not {"tests", "dist"} & set(path.relative_to(source).parts)
    }

    ours = {name for name in names if name.startswith("breakwater/")}
    assert [name for name in names if "tests" in name.split("/") or "conftest" in name] == []
    assert product - ours == set()
    assert [name for name in names - ours if ".dist-info/" not in name] == []
    assert {name for name in ours - product if "/static/dist/" not in name} <= {
        "breakwater/locale/fr/LC_MESSAGES/django.mo"
    }


@pytest.mark.parametrize(
    "name",
    [
        "breakwater/web/templates/base.html",
        "breakwater/web/static/dist/manifest.json",
        "breakwater/web/static/mark.svg",
        "breakwater/locale/fr/LC_MESSAGES/django.mo",
        "breakwater/people/data/french_words.txt",
        "breakwater/audit/migrations/0002_append_only.py",
        "breakwater/networks/conformance/plugin.py",
        "breakwater-0.1.0.dist-info/entry_points.txt",
        "breakwater-0.1.0.dist-info/licenses/LICENSE",
    ],
)
def test_it_holds(wheel: Path, name: str) -> None:
    assert name in _names(wheel)


def test_what_is_built_is_whole(wheel: Path) -> None:
    kinds = {name.rsplit(".", 1)[-1] for name in _names(wheel) if "/static/dist/" in name}

    assert kinds == {"css", "js", "json", "svg", "woff2"}


def test_a_wheel_of_the_source_package_is_the_same_and_needs_no_node(
    source: Path, wheel: Path, tmp_path: Path
) -> None:
    shutil.unpack_archive(_build(source, "sdist"), tmp_path, filter="data")
    (unpacked,) = tmp_path.iterdir()
    assert not (unpacked / "node_modules").exists()

    again = _build(unpacked, "wheel")

    assert _names(again) == _names(wheel)
