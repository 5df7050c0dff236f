"""Logs: one line an event, structured, and nothing in them that is not known to be harmless.

Deny by default: numbers, ids and times pass under any name; a text passes only under a name
in SAFE, and never under a name that smells of a secret. Control characters are written out,
so that nobody can forge a line. Bodies are never logged.
"""

import re
from collections.abc import Mapping, MutableMapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

import structlog

SAFE = frozenset(
    {
        "event", "level", "logger", "timestamp", "exception", "stack", "code", "state", "kind",
        "step", "outcome", "network", "slug", "method", "path", "route", "command", "loop",
        "worker", "host", "version", "setting", "reason", "verb", "model",
    }
)  # fmt: skip
"""Names under which a text is written as it is."""

_SECRET_NAME = re.compile(
    r"token|passw|secret|authori[sz]|cookie|credential|session|api_?key|sealed|verifier|state_hash",
    re.IGNORECASE,
)
_SECRET_TEXT = [
    (re.compile(r"(?i)\b(bearer|basic|dpop)\s+[\w.~+/=-]+"), r"\1 [hidden]"),
    (re.compile(r"(?i)\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*"), "[hidden]"),
    (re.compile(r"(?i)(\b[a-z][a-z0-9+.-]*://)[^\s/@]+@"), r"\1[hidden]@"),
    (
        re.compile(
            r"(?i)([\w-]*(?:token|passw\w*|secret|authorization|cookie|credential|api_?key)"
            r"[\"']?\s*[=:]\s*)(\"[^\"]*\"|'[^']*'|[^\s,;&\"'})]+)"
        ),
        r"\1[hidden]",
    ),
    (re.compile(r"(?<=/)[\w-]{40,}(?=[/\s?#]|$)"), "[hidden]"),
    (re.compile(r"(https?://[^\s?#\"']+)[?#][^\s\"']*"), r"\1?[hidden]"),
]
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_PLAIN = (bool, int, float, UUID, date, timedelta, type(None))


def configured(form: str, level: str) -> dict[str, Any]:
    """Django's LOGGING. form: "json" for machines, "console" for people."""
    last = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _common(),
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
            }
        },
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        },
        "root": {"handlers": ["stderr"], "level": level.upper()},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "httpx": {"level": "WARNING"},
            "httpcore": {"level": "WARNING"},
            "_granian": {"level": "WARNING"},
        },
    }


def redact(_logger: object, _name: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """The event with each value made harmless (a structlog processor)."""
    return {
        key: value if key.startswith("_") else harmless(key, value) for key, value in event.items()
    }


def harmless(key: str, value: object) -> object:
    if _SECRET_NAME.search(key):
        return "[hidden]"
    if isinstance(value, _PLAIN):
        return value if isinstance(value, bool | int | float | type(None)) else str(value)
    if isinstance(value, Mapping):
        return {str(k): harmless(str(k), v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [harmless(key, item) for item in value]
    text = str(value)
    if key in ("exception", "stack"):
        return "\n  | ".join(clean(line) for line in text.splitlines())
    return clean(text) if key in SAFE else f"[{len(text)} characters]"


@lru_cache(maxsize=256)
def clean(text: str) -> str:
    """The text on one line, without what looks like a secret.

    Most of a line is the same words each time: they are looked through once.
    """
    for pattern, instead in _SECRET_TEXT:
        text = pattern.sub(instead, text)
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def _common() -> list[Any]:
    """What happens to each event, ours or a library's, before it is written."""
    return [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redact,
    ]


structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *_common(),
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)
