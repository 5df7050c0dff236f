"""One request and one reply, as the stand-in sees them, whatever carried them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl


@dataclass(frozen=True)
class File:
    """An uploaded file of a multipart form."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True)
class Request:
    """method in capitals; headers by lower-case name; body: raw bytes."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")

    @property
    def bearer(self) -> str:
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token if scheme == "Bearer" else ""

    @cached_property
    def args(self) -> dict[str, str]:
        return dict(parse_qsl(self.query, keep_blank_values=True))

    @cached_property
    def fields(self) -> dict[str, Any]:
        """The body as fields: of JSON, of a form (`a[]` is a list) or of a multipart form."""
        if self.content_type.startswith("application/json"):
            value = json.loads(self.body)
            return value if isinstance(value, dict) else {}
        if self.content_type.startswith("multipart/form-data"):
            return _multipart(self.content_type, self.body)
        return _form(self.body)


@dataclass(frozen=True)
class Reply:
    """What goes back. lie: on purpose not what the description promises. dropped: the
    connection ends instead. stall_s: waits so long before the first byte."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    lie: bool = False
    dropped: bool = False
    stall_s: float = 0.0


def as_json(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    kind = {"content-type": "application/json; charset=utf-8"}
    return Reply(status, json.dumps(value).encode(), {**kind, **(headers or {})})


def as_html(text: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    kind = {"content-type": "text/html; charset=utf-8"}
    return Reply(status, text.encode(), {**kind, **(headers or {})})


def _form(body: bytes) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in parse_qsl(body.decode(), keep_blank_values=True):
        if name.endswith("[]"):
            fields.setdefault(name[:-2], []).append(value)
        else:
            fields[name] = value
    return fields


def _multipart(content_type: str, body: bytes) -> dict[str, Any]:
    boundary = content_type.partition("boundary=")[2].strip('"').encode()
    fields: dict[str, Any] = {}
    for part in body.split(b"--" + boundary)[1:-1]:
        head, _, data = part[2:-2].partition(b"\r\n\r\n")
        lines = (line.lower().partition(": ") for line in head.decode().split("\r\n"))
        headers = {name: value for name, _, value in lines}
        described = dict(
            piece.strip().split("=", 1)
            for piece in headers["content-disposition"].split(";")
            if "=" in piece
        )
        name = described["name"].strip('"')
        if "filename" in described:
            mime = headers.get("content-type", "application/octet-stream")
            fields[name] = File(described["filename"].strip('"'), mime, data)
        else:
            fields[name] = data.decode()
    return fields
