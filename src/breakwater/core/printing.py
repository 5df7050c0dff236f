"""PDFs: a template printed by a process apart, which can reach nothing (docs/adr/0014)."""

import base64
import json
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

from breakwater.core.printer import MISSING
from breakwater.domain.errors import Problem

SECONDS = 60
MEMORY = 1_500_000_000
LONGEST_PAGE = 20_000_000
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
"""Debian's names of what the printer needs beside Python's packages."""
_STYLE = Path(__file__).with_name("print.css")
_AT_ONCE = threading.BoundedSemaphore(2)


@dataclass(frozen=True)
class Given:
    """A file that the page may show as `given:<name>`."""

    name: str
    mime: str
    data: bytes


def pdf(
    template: str,
    context: Mapping[str, Any],
    files: Iterable[Given] = (),
    *,
    seconds: int = SECONDS,
    memory: int = MEMORY,
) -> bytes:
    """The template as a tagged PDF, in the reader's language. It extends `print/base.html`.

    Nothing is fetched, whatever the page says: it shows `files` and its own drawings (SVG).
    Raises: Problem with pdf_missing (the system's libraries), pdf_too_much (time, memory, length).
    """
    html = render_to_string(template, dict(context))
    if len(html) > LONGEST_PAGE:
        raise Problem(code="pdf_too_much")
    style = Given("print.css", "text/css", _STYLE.read_bytes())
    asked = {
        "html": html,
        "files": {
            one.name: [one.mime, base64.b64encode(one.data).decode()] for one in (style, *files)
        },
        "seconds": seconds,
        "memory": memory,
    }
    with _AT_ONCE:
        return _printed(json.dumps(asked).encode(), seconds)


def missing() -> bool:
    """Whether this machine lacks what the printer needs, so that no PDF can be made."""
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            [*_command(), "--check"], capture_output=True, timeout=SECONDS, env=_ENVIRONMENT
        )
    except (OSError, subprocess.TimeoutExpired):
        return True
    return done.returncode != 0


_ENVIRONMENT = {"LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}


def _command() -> list[str]:
    return [sys.executable, "-I", "-m", "breakwater.core.printer"]


def _printed(asked: bytes, seconds: int) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            _command(),
            input=asked,
            capture_output=True,
            timeout=seconds + 5,
            env=_ENVIRONMENT,
        )
    except subprocess.TimeoutExpired as error:
        raise Problem(code="pdf_too_much") from error
    if done.returncode == MISSING:
        raise Problem(code="pdf_missing", packages=PACKAGES)
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF-"):
        raise Problem(code="pdf_too_much")
    return done.stdout
