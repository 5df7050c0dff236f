"""The guarded client against servers that lie, redirect, swell and stall."""

import asyncio
import gzip
import ssl
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pytest_django import Settings

from breakwater.core import http
from breakwater.core.egress.bodies import MAX_BYTES
from breakwater.core.tests.servers import Always, guarded, moved, names, ok, serving
from breakwater.domain.errors import EgressRefused

T = TypeVar("T")
PUBLIC = "93.184.216.34"


def run(deed: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(deed)


def test_a_name_that_turns_inwards_later_is_refused_then() -> None:
    """Rebinding: each connection goes to the address that was checked, looked up once."""
    answers = [[PUBLIC], ["127.0.0.1"]]

    async def rebinding(host: str, port: int) -> list[str]:
        return answers.pop(0)

    async def ask() -> None:
        async with serving(ok(b"once")) as server:
            dial = Always(server.port)
            async with guarded(resolve=rebinding, dial=dial, fresh=True) as client:
                assert (await client.get("http://rebind.test/")).text == "once"
                with pytest.raises(EgressRefused) as caught:
                    await client.get("http://rebind.test/")
            assert caught.value.code == "egress_address"
            assert dial.dialled == [f"{PUBLIC}:80"]
            assert server.connections == 1

    run(ask())


def test_the_listener_of_a_refused_origin_sees_nobody(settings: Settings) -> None:
    settings.ALLOWED_ORIGINS = frozenset({"http://127.0.0.1:1"})

    async def ask() -> int:
        async with serving(ok(b"inner")) as server, http.client() as client:
            for url in (server.origin, f"http://localhost:{server.port}/"):
                with pytest.raises(EgressRefused):
                    await client.get(url)
            return server.connections

    assert run(ask()) == 0


def test_an_allowed_origin_is_answered_and_its_neighbour_is_not(settings: Settings) -> None:
    async def ask() -> None:
        async with serving(ok(b"yes")) as one, serving(ok(b"no")) as other:
            settings.ALLOWED_ORIGINS = frozenset({one.origin})
            async with http.client() as client:
                assert (await client.get(f"{one.origin}/x")).text == "yes"
                with pytest.raises(EgressRefused):
                    await client.get(other.origin)
            assert (one.connections, other.connections) == (1, 0)

    run(ask())


def test_an_allowed_origin_must_be_on_this_machine() -> None:
    async def ask() -> None:
        dial = Always(9)
        table = names({"elsewhere.test": ["10.0.0.5"]})
        allowed = {"http://elsewhere.test:3000"}
        async with guarded(resolve=table, allowed=allowed, dial=dial) as client:
            with pytest.raises(EgressRefused):
                await client.get("http://elsewhere.test:3000/")
        assert dial.dialled == []

    run(ask())


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "to", ["http://127.0.0.1/", "http://2130706433/", "https://inner.test/", "gopher://x.test/"]
)
def test_a_redirect_inwards_is_refused(to: str, status: int) -> None:
    async def ask() -> None:
        async with serving(moved(to, status)) as server:
            dial = Always(server.port)
            table = names({"harbour.test": [PUBLIC], "inner.test": ["10.0.0.1"]})
            async with guarded(resolve=table, dial=dial) as client:
                with pytest.raises(EgressRefused):
                    await client.get("http://harbour.test/", follow_redirects=True)
            assert dial.dialled == [f"{PUBLIC}:80"]
            assert server.connections == 1

    run(ask())


def test_three_redirects_are_followed_and_a_fourth_is_not() -> None:
    async def ask() -> int:
        async with serving(moved("http://harbour.test/on")) as server:
            dial = Always(server.port)
            async with guarded(resolve=names({"harbour.test": [PUBLIC]}), dial=dial) as client:
                with pytest.raises(httpx.TooManyRedirects):
                    await client.get("http://harbour.test/", follow_redirects=True)
            return len(server.heads)

    assert run(ask()) == 4


def answered_by(answer: Any, read: Callable[[httpx.AsyncClient, str], Awaitable[T]]) -> T:
    """What `read` made of a server at an allowed origin."""

    async def ask() -> T:
        async with serving(answer) as server, guarded(allowed=[server.origin]) as client:
            return await read(client, server.origin)

    return run(ask())


async def _get(client: httpx.AsyncClient, url: str) -> httpx.Response:
    return await client.get(url)


def test_a_body_ends_at_five_megabytes() -> None:
    full = b"x" * MAX_BYTES

    assert answered_by(ok(full), _get).content == full
    with pytest.raises(httpx.RemoteProtocolError, match="larger"):
        answered_by(ok(full + b"x"), _get)


def test_an_endless_body_ends_too() -> None:
    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            writer.write(b"10000\r\n" + b"x" * 65536 + b"\r\n")
            await writer.drain()

    with pytest.raises(httpx.RemoteProtocolError, match="larger"):
        answered_by(endless, _get)


def test_a_gzip_bomb_is_counted_as_it_unpacks() -> None:
    bomb = gzip.compress(b"\0" * (200 * 1024 * 1024), compresslevel=1)
    assert len(bomb) < MAX_BYTES

    with pytest.raises(httpx.RemoteProtocolError, match="larger"):
        answered_by(ok(bomb, "Content-Encoding: gzip"), _get)


def test_a_bomb_in_a_bomb_is_not_unpacked() -> None:
    twice = gzip.compress(gzip.compress(b"\0" * 1024))

    with pytest.raises(httpx.RemoteProtocolError, match="not asked for"):
        answered_by(ok(twice, "Content-Encoding: gzip, gzip"), _get)


def test_a_packed_body_is_unpacked_once() -> None:
    parts = gzip.compress(b"first ") + gzip.compress("très ".encode() * 40_000)

    response = answered_by(ok(parts, "Content-Encoding: gzip", "Content-Type: text/plain"), _get)

    assert response.text == "first " + "très " * 40_000
    assert "content-encoding" not in response.headers


@pytest.mark.parametrize("cut", [1, 5, 40])
def test_half_a_packed_body_is_no_body(cut: int) -> None:
    packed = gzip.compress(b"whole" * 1000)

    with pytest.raises(httpx.RemoteProtocolError, match="too early"):
        answered_by(ok(packed[:-cut], "Content-Encoding: gzip"), _get)


def test_a_damaged_packed_body_is_a_decoding_error() -> None:
    with pytest.raises(httpx.DecodingError):
        answered_by(ok(b"not gzip at all", "Content-Encoding: gzip"), _get)


def test_one_byte_a_second_is_ended_by_the_caller() -> None:
    async def drop(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.05)

    async def in_time(client: httpx.AsyncClient, url: str) -> bool:
        try:
            async with asyncio.timeout(0.3):
                await client.get(url)
        except TimeoutError:
            return False
        return True

    assert answered_by(drop, in_time) is False


def test_a_silent_server_is_a_read_timeout() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(5)

    async def ask(client: httpx.AsyncClient, url: str) -> None:
        with pytest.raises(httpx.ReadTimeout):
            await client.get(url, timeout=0.2)

    answered_by(silent, ask)


def test_a_name_without_an_address_is_a_connect_error() -> None:
    async def unknown(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    async def ask() -> None:
        async with guarded(resolve=unknown) as client:
            with pytest.raises(httpx.ConnectError):
                await client.get("http://nowhere.test/")

    run(ask())


def test_a_slow_resolver_is_a_connect_timeout() -> None:
    async def slow(host: str, port: int) -> list[str]:
        await asyncio.sleep(5)
        return [PUBLIC]

    async def ask() -> None:
        async with guarded(resolve=slow) as client:
            with pytest.raises(httpx.ConnectTimeout):
                await client.get("http://slow.test/", timeout=0.1)

    run(ask())


def test_the_second_address_is_tried_when_the_first_is_shut() -> None:
    async def both(host: str, port: int) -> list[str]:
        return ["::1", "127.0.0.1"]

    async def ask() -> str:
        async with serving(ok(b"second")) as server:
            origin = f"http://here.test:{server.port}"
            async with guarded(resolve=both, allowed=[origin]) as client:
                return (await client.get(origin)).text

    assert run(ask()) == "second"


def test_fresh_means_a_connection_for_each_request() -> None:
    async def ask(fresh: bool) -> tuple[int, str]:
        async with serving(ok(b"x")) as server:
            async with guarded(allowed=[server.origin], fresh=fresh) as client:
                await client.get(server.origin)
                await client.get(server.origin)
            return server.connections, server.heads[0].lower()

    assert run(ask(False))[0] == 1
    connections, head = run(ask(True))
    assert connections == 2
    assert "connection: close" in head


def test_no_cookie_is_kept_and_no_proxy_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    async def twice(client: httpx.AsyncClient, url: str) -> httpx.Request:
        await client.get(url)
        return (await client.get(url)).request

    request = answered_by(ok(b"x", "Set-Cookie: a=b; Path=/"), twice)

    assert "cookie" not in request.headers


def test_an_app_answers_its_origin_in_process() -> None:
    async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": scope["path"].encode()})

    async def ask() -> None:
        async with http.client(app_for={"http://practice.internal": app}) as client:
            assert (await client.get("http://practice.internal/here")).text == "/here"
            with pytest.raises(EgressRefused):
                await client.get("http://practice.internal:81/here")

    run(ask())


def _certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's and a client's TLS context for one name, which signs for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    (folder / "cert.pem").write_bytes(pem)
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    client = ssl.create_default_context(cadata=pem.decode())
    return server, client


def test_tls_is_proved_for_the_name_and_not_for_the_address(tmp_path: Path) -> None:
    server_tls, client_tls = _certificate(tmp_path, "harbour.test")
    asked: list[str | None] = []
    server_tls.sni_callback = lambda _socket, name, _context: asked.append(name)
    table = names({"harbour.test": [PUBLIC], "other.test": [PUBLIC]})

    async def ask() -> None:
        async with serving(ok(b"sealed"), tls=server_tls) as server:
            dial = Always(server.port)
            async with guarded(resolve=table, dial=dial, tls=client_tls) as client:
                assert (await client.get("https://harbour.test/")).text == "sealed"
                with pytest.raises(httpx.ConnectError, match="certificate verify failed"):
                    await client.get("https://other.test/")
            assert "host: harbour.test" in server.heads[0].lower()
            assert len(server.heads) == 1
            assert dial.dialled == [f"{PUBLIC}:443"] * 2

    run(ask())
    assert asked == ["harbour.test", "other.test"]
