"""Writes what each manifest says into docs/networks/<slug>.md, between its two marks.

python setup/capabilities.py          the pages are as the manifests say
`page` is what tests/test_docs.py compares; nothing outside the marks is touched.
"""

import importlib
import sys
from pathlib import Path

from breakwater.networks.base import Limits, Manifest

ROOT = Path(__file__).resolve().parents[1]
NETWORKS = ROOT / "src" / "breakwater" / "networks"
BEGIN = "<!-- from the manifest; `python setup/capabilities.py` writes it -->"
END = "<!-- until here -->"


def manifests() -> list[Manifest]:
    slugs = sorted(path.parent.name for path in NETWORKS.glob("*/manifest.py"))
    return [
        importlib.import_module(f"breakwater.networks.{slug}.manifest").MANIFEST for slug in slugs
    ]


def manual(manifest: Manifest) -> Path:
    return ROOT / "docs" / "networks" / f"{manifest.slug}.md"


def page(text: str, manifest: Manifest) -> str:
    """`text` with the part between the marks as the manifest says now."""
    before, _, rest = text.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"{manual(manifest).name} lacks the marks {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{_told(manifest)}\n\n{END}{after}"


def _told(manifest: Manifest) -> str:
    limits = manifest.limits
    rows = [
        "| capability | answer | note | source, read on |",
        "|---|---|---|---|",
        *(
            f"| {can.value.replace('_', ' ')} | {one.answer.value} | {one.note} | {_source(one.source, one.read_on)} |"
            for can, one in manifest.can.items()
        ),
        f"| limits | {_limits(limits)} | an account's own hold where it tells them"
        f" | {_source(limits.source, limits.read_on)} |",
    ]
    signing = f"Signing in: {manifest.auth.value}. Class: `{manifest.guarantee.value}`."
    return "\n".join([signing, "", *rows])


def _limits(limits: Limits) -> str:
    text = limits.text
    parts = [f"{text.limit:,} {text.unit.value.replace('_', ' ')}"]
    if text.max_bytes:
        parts.append(f"{text.max_bytes:,} bytes of text")
    if text.url_cost:
        parts.append(f"a link counts {text.url_cost}")
    parts.append(f"{limits.pictures} pictures of {limits.picture_bytes:,} bytes")
    if limits.picture_pixels:
        parts.append(f"{limits.picture_pixels:,} pixels each")
    kinds = [kind.removeprefix("image/") for kind in limits.picture_types]
    return ", ".join([*parts, " ".join(kinds), f"alt text of {limits.alt_characters:,}"])


def _source(source: str, read_on: str) -> str:
    name = source.rsplit("/", 1)[-1] if source.startswith("http") else source
    shown = f"[{name}]({source})" if source.startswith("http") else f"`{source}`"
    return f"{shown}, {read_on}"


def main() -> int:
    for manifest in manifests():
        path = manual(manifest)
        path.write_text(page(path.read_text(encoding="utf-8"), manifest), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
