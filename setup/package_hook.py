"""What a package needs beside the sources: pages built, translations compiled. hatchling calls it.

An editable install is left alone: setup.sh does both steps there, when something changed.
A source package brings what was built, so that a wheel can be made from it without Node.
"""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import polib
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DIST = "src/breakwater/web/static/dist"
CATALOGUES = "src/breakwater/locale"


class PackageHook(BuildHookInterface):  # type: ignore[type-arg]
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Both are there, and are packed although git ignores them."""
        if version == "editable":
            return
        root = Path(self.root)
        if not (root / "PKG-INFO").exists():
            build_pages(root)
            compile_messages(root)
        build_data["artifacts"] += [f"/{DIST}/**", f"/{CATALOGUES}/**/*.mo"]


def build_pages(root: Path) -> None:
    """Styles and browser code, from this very state of the sources."""
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError("npm was not found. Install Node 20 with npm, then build again.")
    if not (root / "node_modules").exists():
        _run(root, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")
    _run(root, npm, "run", "--silent", "build")


def compile_messages(root: Path) -> None:
    for path in sorted((root / CATALOGUES).rglob("*.po")):
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def _run(root: Path, *command: str) -> None:
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603 - npm alone
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
