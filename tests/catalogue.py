"""The French catalogue: found, compiled and read for the tests."""

import os
import re
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "breakwater"
FRENCH = PACKAGE / "locale" / "fr" / "LC_MESSAGES" / "django.po"

_HOLE = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%%")


def compile_if_old() -> None:
    """The .mo stands beside its .po and is as new. Several test processes may do it at once."""
    compiled = FRENCH.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime_ns >= FRENCH.stat().st_mtime_ns:
        return
    mine = compiled.with_suffix(f".{os.getpid()}.mo")
    polib.pofile(str(FRENCH)).save_as_mofile(str(mine))
    mine.replace(compiled)


def entries() -> list[polib.POEntry]:
    return list(polib.pofile(str(FRENCH)))


def forms(entry: polib.POEntry) -> list[tuple[str, str]]:
    """(English, French) for each form of the entry: one, or singular and plural."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    said = entry.msgstr_plural
    return [(entry.msgid, said.get(0, "")), (entry.msgid_plural, said.get(1, ""))]


def holes(text: str) -> list[str]:
    """The named placeholders of a text, each once."""
    return sorted(set(_HOLE.findall(text)))
