"""Brings each .po that is named up to date with the sources. Needs gettext's programs.

What is new stands there empty, what nobody says any more is gone. No dates and no guesses are
written, so that the file changes only when a text does.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polib
from django.core.management.commands import makemessages

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "breakwater"
HEADER = {
    "Project-Id-Version": "Breakwater",
    "Language": "fr",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n > 1);",
}


class Collect(makemessages.Command):
    """Django's own, but it knows our second name of gettext too and reads no settings."""

    settings_available = False
    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=_now"]


def collected(package: Path = PACKAGE) -> polib.POFile:
    """Every text that the sources mark, untranslated, in the order of their files.

    Works on a copy, because makemessages writes beside the templates that it reads.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / package.name
        shutil.copytree(package, copy, ignore=shutil.ignore_patterns("tests", "static", "locale"))
        (copy / "locale").mkdir()
        with _standing_in(copy):
            Collect().execute(
                locale=[], exclude=["none"], all=False, domain="django", extensions=None,
                symlinks=False, ignore_patterns=[], use_default_ignore_patterns=True,
                no_wrap=True, no_location=False, add_location="file", no_obsolete=True,
                keep_pot=True, verbosity=0, no_color=True, force_color=False, skip_checks=True,
            )  # fmt: skip
        return polib.pofile(str(copy / "locale" / "django.pot"), wrapwidth=0)


def renewed(old: polib.POFile, sources: polib.POFile) -> polib.POFile:
    """The catalogue of `sources` with the translations that `old` has for them."""
    known = {(entry.msgctxt, entry.msgid): entry for entry in old}
    new = polib.POFile(wrapwidth=0)
    new.metadata = dict(HEADER)
    for entry in sources:
        before = known.get((entry.msgctxt, entry.msgid))
        if before and bool(before.msgid_plural) == bool(entry.msgid_plural):
            entry.msgstr, entry.msgstr_plural = before.msgstr, before.msgstr_plural
        new.append(entry)
    return new


@contextmanager
def _standing_in(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def main(paths: list[str]) -> int:
    sources = collected()
    for path in paths:
        old = polib.pofile(path) if Path(path).exists() else polib.POFile()
        new = renewed(old, sources)
        new.save(path)
        left = len(new.untranslated_entries())
        sys.stdout.write(f"{path}: {len(new)} texts, {left} without a translation\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
