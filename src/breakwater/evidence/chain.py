"""The chain of packages as plain values: what `chain.jsonl` gives and each seal covers."""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from breakwater.evidence.models import Link
from breakwater.evidence.verify import seal

__all__ = ["lines", "link_of", "links_of", "seal"]


def link_of(row: Link) -> dict[str, Any]:
    """A link without its seal."""
    return {
        "number": row.number,
        "capture": str(row.capture_id),
        "at": row.created_at.isoformat(),
        "complete": row.complete,
        "manifest": row.manifest_digest,
        "package": row.package_digest,
    }


def links_of(workspace_id: UUID) -> list[dict[str, Any]]:
    """All links of a workspace, in order, each with its seal."""
    rows = Link.objects.filter(workspace_id=workspace_id).order_by("number")
    return [{**link_of(row), "seal": row.seal} for row in rows.iterator()]


def lines(links: Iterable[dict[str, Any]]) -> bytes:
    """`chain.jsonl`."""
    return "".join(json.dumps(link) + "\n" for link in links).encode()
