"""Nothing but the egress module opens a connection to the world."""

import ast
from pathlib import Path

import pytest

import breakwater

SOURCE = Path(breakwater.__file__).parent
DOOR = {SOURCE / "core" / "http.py", *(SOURCE / "core" / "egress").glob("*.py")}
MODULES = {"aiohttp", "http.client", "httpcore", "requests", "urllib.request", "urllib3"}
MODULES |= {
    "websockets",
    "websockets.client",
    "websockets.sync.client",
    "websockets.asyncio.client",
}
CALLS = {
    "httpx": {"AsyncClient", "AsyncHTTPTransport", "Client", "HTTPTransport", "delete", "get"}
    | {"head", "options", "patch", "post", "put", "request", "stream"},
    "asyncio": {"open_connection"},
    "socket": {"create_connection"},
    "loop": {"create_connection", "sock_connect"},
    "http": {"client_over"},
}


def breaches(source: str) -> list[str]:
    """What in a module opens connections by itself."""
    tree = ast.parse(source)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if alias.name in MODULES]
        elif isinstance(node, ast.ImportFrom):
            found += _from(node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if isinstance(owner, ast.Name) and node.func.attr in CALLS.get(owner.id, ()):
                found.append(f"{owner.id}.{node.func.attr}()")
    return found


def _from(node: ast.ImportFrom) -> list[str]:
    module = node.module or ""
    names = [alias.name for alias in node.names]
    whole = [f"{module}.{name}" for name in names]
    return [
        one
        for one, name in zip(whole, names, strict=True)
        if module in MODULES or one in MODULES or name in CALLS.get(module, ())
    ]


def _files() -> list[Path]:
    files = [path for path in SOURCE.rglob("*.py") if "tests" not in path.parts]
    return sorted(set(files) - DOOR)


@pytest.mark.parametrize("path", _files(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_opens_no_connection_of_its_own(path: Path) -> None:
    assert breaches(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "planted",
    [
        "import requests",
        "import urllib.request",
        "from urllib import request",
        "from urllib.request import urlopen",
        "import http.client",
        "from httpx import AsyncClient",
        "import httpx\nasync def f():\n    async with httpx.AsyncClient() as c: ...",
        "import httpx\nhttpx.get('https://harbour.test')",
        "import asyncio\nasync def f():\n    await asyncio.open_connection('x', 80)",
        "import socket\nsocket.create_connection(('x', 80))",
    ],
)
def test_a_planted_connection_is_found(planted: str) -> None:
    assert breaches(planted)


def test_naming_the_type_of_a_client_is_no_connection() -> None:
    assert breaches("import httpx\ndef f(client: httpx.AsyncClient) -> None: ...") == []
