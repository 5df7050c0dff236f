"""`python -m breakwater.core.printer`: one page in, one PDF out, in a process that can reach nothing.

Reads JSON from its input, `{"html": str, "files": {name: [MIME type, base64]}, "memory": bytes,
"seconds": int}`, and writes the PDF. It imports no Django and no settings, opens no socket, and
hands the page nothing but the files that came with it, as `given:<name>`.
`--check` makes an empty page, so that a library that is missing is known before it is needed.
Exit status: 0; 3 when the system's libraries are missing; 4 when the page was not to be printed.
"""

import base64
import importlib
import io
import json
import logging
import resource
import sys
from collections.abc import Mapping
from typing import Any

MISSING, UNPRINTABLE = 3, 4
SCHEME = "given:"


def main() -> int:
    logging.disable(logging.CRITICAL)  # what a page says goes into no log
    try:
        weasyprint = importlib.import_module("weasyprint")
    except (ImportError, OSError):
        return MISSING
    asked: dict[str, Any] = {"html": "<p>.</p>", "files": {}}
    if "--check" not in sys.argv:
        asked = json.load(sys.stdin)
    _shut_in(int(asked.get("memory", 0)), int(asked.get("seconds", 0)))
    try:
        made = _made(weasyprint, asked["html"], asked["files"])
    except (MemoryError, RecursionError, ValueError, ArithmeticError, LookupError):
        return UNPRINTABLE
    sys.stdout.buffer.write(made)
    return 0


def _made(weasyprint: Any, html: str, files: Mapping[str, list[str]]) -> bytes:
    urls = importlib.import_module("weasyprint.urls")

    class Given(urls.URLFetcher):  # type: ignore[misc, name-defined]
        """Opens what was handed in, and nothing else: no address, no file, no data."""

        def fetch(self, url: str, headers: object = None) -> Any:
            del headers
            name = url.removeprefix(SCHEME)
            if not url.startswith(SCHEME) or name not in files:
                raise ValueError("not handed in")
            mime, data = files[name]
            return urls.URLFetcherResponse(
                url, io.BytesIO(base64.b64decode(data)), {"Content-Type": mime}
            )

    page = weasyprint.HTML(string=html, base_url=None, url_fetcher=Given(allowed_protocols=()))
    made: bytes = page.write_pdf(pdf_variant="pdf/ua-1")
    return made


def _shut_in(memory: int, seconds: int) -> None:
    """From here on: no more memory and time than this, no file written, no socket opened."""
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    if seconds:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    del arguments
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn")):
        raise ValueError(event)


if __name__ == "__main__":
    raise SystemExit(main())
