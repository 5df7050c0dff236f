"""docs/networks/sandbox.md names every fault, option and limit."""

from pathlib import Path

import breakwater.networks.sandbox.accounts as accounts
from breakwater.networks.sandbox.classes import CLAIMS
from breakwater.networks.sandbox.faults import KINDS, RETRY_AFTER
from breakwater.networks.sandbox.manifest import MANIFEST

MANUAL = Path(__file__).parents[5] / "docs" / "networks" / "sandbox.md"


def test_the_manual_is_complete() -> None:
    text = MANUAL.read_text()

    for kind, effect in KINDS.items():
        row = next(line for line in text.splitlines() if line.startswith(f"| `{kind}` |"))
        assert row.endswith(f"| {effect.call} |")
    for word in (*CLAIMS, *accounts.OPTIONS, *RETRY_AFTER):
        assert f"`{word}`" in text
    assert f"{MANIFEST.limits.text.limit} graphemes" in text
    assert f"{MANIFEST.limits.picture_bytes:,} bytes" in text
