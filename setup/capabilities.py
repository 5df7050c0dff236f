"""Writes what each manifest says into docs/networks/<slug>.md and <slug>.fr.md, between two marks, and
all of them beside one another into README.md and README.fr.md there.

python setup/capabilities.py          the pages are as the manifests say, the French ones as well
`page` is what tests/test_docs.py compares; nothing outside the marks is touched. The words are those
of the product's own pages, French from its catalogue: run it again after the catalogue was changed.
A page that is not there yet is begun.
"""

import importlib
import os
import sys
from pathlib import Path

import django
import polib
from django.apps import apps
from django.utils import translation

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "breakwater"
NETWORKS = SOURCE / "networks"
LANGUAGES = ("en", "fr")
BEGIN = "<!-- from the manifest; `python setup/capabilities.py` writes it -->"
END = "<!-- until here -->"
FIRST = {
    "en": "# {name}\n\n## What the pages ask\n\n",
    "fr": "# {name}\n\nCe que Breakwater sait de ce réseau, avec la source et le jour de lecture. "
    "Le reste (ce qui a été vérifié, et comment) est dans [la page anglaise]({slug}.md).\n\n",
}

if not apps.ready:  # called by hand: the product's settings, on data of our own
    os.environ["DJANGO_SETTINGS_MODULE"] = "breakwater.config.settings"
    os.environ.setdefault("BREAKWATER_DATA", str(ROOT / "build" / "manual"))
    french = SOURCE / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    polib.pofile(str(french)).save_as_mofile(str(french.with_suffix(".mo")))
    django.setup()

from breakwater.networks.base import Manifest  # noqa: E402 - the words need Django's settings
from breakwater.web.manifest_lines import Line, sections  # noqa: E402
from breakwater.web.manifest_overview import COLUMNS, row  # noqa: E402
from breakwater.web.manifest_words import (  # noqa: E402
    HEADS,
    PROTECTIONS,
    SIGNING,
    Ability,
    abilities,
    translated,
)


def manifests() -> list[Manifest]:
    slugs = sorted(path.parent.name for path in NETWORKS.glob("*/manifest.py"))
    return [
        importlib.import_module(f"breakwater.networks.{slug}.manifest").MANIFEST for slug in slugs
    ]


def manual(manifest: Manifest, language: str = "en") -> Path:
    ending = "md" if language == "en" else f"{language}.md"
    return ROOT / "docs" / "networks" / f"{manifest.slug}.{ending}"


def page(text: str, manifest: Manifest, language: str = "en") -> str:
    """`text` with the part between the marks as the manifest says now."""
    before, _, rest = text.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"{manual(manifest, language).name} lacks the marks {BEGIN} and {END}")
    with translation.override(language):
        return f"{before}{BEGIN}\n\n{_told(manifest)}\n\n{END}{after}"


def overview(language: str = "en") -> Path:
    return (
        ROOT / "docs" / "networks" / ("README.md" if language == "en" else f"README.{language}.md")
    )


def compared(text: str, language: str = "en") -> str:
    """The overview's `text` with the table between the marks as the manifests say now."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    with translation.override(language):
        ending = "md" if language == "en" else f"{language}.md"
        rows = [_row(*COLUMNS), _row(*["---"] * len(COLUMNS))]
        for manifest in manifests():
            name, *cells = row(manifest)
            rows.append(_row(f"[{name}]({manifest.slug}.{ending})", *cells))
    told = "\n".join(rows)
    return f"{before}{BEGIN}\n\n{told}\n\n{END}{after}"


def begun(manifest: Manifest, language: str) -> str:
    """A page with nothing but its head and the marks."""
    with translation.override(language):
        head = FIRST[language].format(name=translated(manifest.name), slug=manifest.slug)
    return f"{head}{BEGIN}\n{END}\n"


def _told(manifest: Manifest) -> str:
    rows = [_row(*HEADS), _row(*["---"] * len(HEADS)), *map(_ability, abilities(manifest))]
    parts = [
        str(SIGNING[manifest.auth]),
        f"{PROTECTIONS[manifest.guarantee]} (`{manifest.guarantee.value}`)",
        "\n".join(rows),
    ]
    for section in sections(manifest):
        lines = [_row("", "", ""), _row("---", "---", "---"), *map(_line, section.lines)]
        parts += [f"### {section.title}", "\n".join(lines)]
    return "\n\n".join(parts)


def _ability(one: Ability) -> str:
    proof = one.proof if one.claimed else ""
    return _row(one.what, one.answer, one.note, proof, _source(one.source, one.iso))


def _line(line: Line) -> str:
    codes = ", ".join(f"`{one}`" for one in line.codes)
    value = " ".join(part for part in (line.value, codes) if part)
    name = f"`{line.name}`" if line.coded else line.name
    return _row(name, value, _source(line.source, line.iso) if line.source else "")


def _row(*cells: object) -> str:
    return f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in cells)} |"


def _source(source: str, read_on: str) -> str:
    if not source:
        return ""
    name = source.rstrip("/").rsplit("/", 1)[-1] if source.startswith("http") else source
    shown = f"[{name}]({source})" if source.startswith("http") else f"`{source}`"
    return f"{shown}, {read_on}" if read_on else shown


def main() -> int:
    for manifest in manifests():
        for language in LANGUAGES:
            path = manual(manifest, language)
            text = path.read_text("utf-8") if path.exists() else begun(manifest, language)
            path.write_text(page(text, manifest, language), encoding="utf-8")
    for language in LANGUAGES:
        path = overview(language)
        path.write_text(compared(path.read_text("utf-8"), language), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
