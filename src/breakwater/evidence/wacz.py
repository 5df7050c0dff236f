"""A WACZ 1.1.1 file: a ZIP of stored files with fixed times, each named with its SHA-256.

https://specs.webrecorder.net/wacz/1.1.1/ (read 2026-11-28).
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

PACKAGE = "datapackage.json"
PACKAGE_DIGEST = "datapackage-digest.json"
_FIXED = (1980, 1, 1, 0, 0, 0)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def as_json(value: Any) -> bytes:
    """JSON that is the same for the same value: sorted, two spaces, a line at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def wacz(files: Mapping[str, bytes], *, title: str, created: str, software: str) -> bytes:
    """files: path in the package -> bytes. created: ISO 8601."""
    described = as_json(
        {
            "profile": "data-package",
            "wacz_version": "1.1.1",
            "title": title,
            "created": created,
            "software": software,
            "resources": [
                {
                    "name": path.rsplit("/", 1)[-1],
                    "path": path,
                    "hash": f"sha256:{sha256(data)}",
                    "bytes": len(data),
                }
                for path, data in files.items()
            ],
        }
    )
    digest = as_json({"path": PACKAGE, "hash": f"sha256:{sha256(described)}"})
    return stored({PACKAGE: described, PACKAGE_DIGEST: digest, **files})


def stored(files: Mapping[str, bytes]) -> bytes:
    """A ZIP with nothing compressed and no time of its own: the same files, the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
        for path, data in files.items():
            entry = zipfile.ZipInfo(path, date_time=_FIXED)
            entry.external_attr = 0o644 << 16
            made.writestr(entry, data)
    return out.getvalue()


def pages(url: str, title: str, at: str) -> bytes:
    """pages.jsonl: what a player of web archives opens first."""
    head = {"format": "json-pages-1.0", "id": "pages", "title": "All pages"}
    page = {"id": "page", "url": url, "title": title, "ts": at}
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in (head, page)).encode()
