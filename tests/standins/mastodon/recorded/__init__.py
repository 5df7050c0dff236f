"""Recorded exchanges by name (SOURCE.md): `recorded("status_post")`."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import httpx

HERE = Path(__file__).parent
ORIGIN = "http://localhost:3000"


def recorded(name: str) -> dict[str, Any]:
    """{"source", "request": {method, path, body}, "response": {status, headers, body}}."""
    exchange: dict[str, Any] = json.loads(_text(name))
    return exchange


@cache
def _text(name: str) -> str:
    return (HERE / f"{name}.json").read_text()


def names() -> list[str]:
    return sorted(path.stem for path in HERE.glob("*.json"))


def replay(*chosen: str) -> httpx.MockTransport:
    """Answers each method and path as it was recorded; anything else is an error of the test."""
    answers = {}
    for name in chosen:
        exchange = recorded(name)
        answers[exchange["request"]["method"], exchange["request"]["path"]] = exchange["response"]

    def answer(request: httpx.Request) -> httpx.Response:
        found = answers[request.method, request.url.path.rstrip("/")]
        if isinstance(found["body"], str):
            return httpx.Response(found["status"], headers=found["headers"], text=found["body"])
        return httpx.Response(found["status"], headers=found["headers"], json=found["body"])

    return httpx.MockTransport(answer)
