"""Lantern does what Breakwater asks of a network."""

import json
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from breakwater_lantern import build

from breakwater.networks.base import Account
from breakwater.networks.conformance import Between, Subject


class Board:
    """Lantern's server, as its manual has it."""

    def __init__(self) -> None:
        self.signals: dict[str, dict[str, str]] = {}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("authorization") != "Bearer right":
            return httpx.Response(401)
        _, _, key = request.url.path.removeprefix("/").partition("/")
        if request.url.path == "/board":
            return httpx.Response(200, json={"id": "b1", "name": "North pier"})
        if request.method == "PUT":
            return self._put(key, json.loads(request.content)["text"])
        if request.method == "DELETE":
            self.signals.pop(key, None)
            return httpx.Response(204)
        if not key:
            return httpx.Response(200, json=list(reversed(self.signals.values())))
        return (
            httpx.Response(200, json=self.signals[key])
            if key in self.signals
            else httpx.Response(404)
        )

    def _put(self, key: str, text: str) -> httpx.Response:
        if len(text) > 200:
            return httpx.Response(422, text="too long")
        signal = {"id": key, "text": text, "at": datetime.now(UTC).isoformat()}
        return httpx.Response(200, json=self.signals.setdefault(key, signal))


@pytest.fixture
def conformance_subject(tmp_path: Path) -> Subject:
    between = Between(httpx.MockTransport(Board()), lambda call: call.method == "PUT")
    account = Account("b1", "North pier", "https://lantern.example", {"key": "right"})
    client = httpx.AsyncClient(transport=between)
    return Subject.of(build(tmp_path), client, account, server=between.server())
