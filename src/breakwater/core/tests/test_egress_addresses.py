"""Which addresses and spellings are refused: no connection is made for any of them."""

import asyncio
from ipaddress import IPv4Address, IPv6Address, ip_address

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from breakwater.core.egress.addresses import check, denied, not_loopback, origin_of
from breakwater.core.tests.servers import Always, guarded, names, ok, serving
from breakwater.domain.errors import EgressRefused

INNER = [
    "127.0.0.1",
    "127.255.255.254",
    "10.0.0.1",
    "169.254.169.254",
    "192.168.1.1",
    "172.31.255.255",
    "100.64.0.1",
    "168.63.129.16",
    "0.0.0.0",  # noqa: S104 - an address to call, not to listen on
    "198.19.0.1",
    "192.0.0.170",
    "224.0.0.1",
    "255.255.255.255",
    "203.0.113.7",
]


def four(address: str) -> list[str]:
    """The spellings of an IPv4 address that inet_aton takes."""
    a, b, c, d = (int(part) for part in address.split("."))
    whole = int(IPv4Address(address))
    return [
        address,
        f"{a}.{b}.{c << 8 | d}",
        f"{a}.{b << 16 | c << 8 | d}",
        str(whole),
        hex(whole),
        f"0{whole:o}",
        f"0x{a:x}.0x{b:x}.0x{c:x}.0x{d:x}",
        f"0{a:o}.0{b:o}.0{c:o}.0{d:o}",
        f"0x{a:x}.{b}.0{c:o}.{d}",
        f"000{a:o}.{b}.{c}.{d}",
    ]


def six(address: str) -> list[str]:
    """IPv6 addresses that carry an IPv4 address."""
    whole = int(IPv4Address(address))
    high, low = whole >> 16, whole & 0xFFFF
    return [
        f"[::ffff:{address}]",
        f"[::ffff:{high:x}:{low:x}]",
        f"[0:0:0:0:0:ffff:{high:x}:{low:x}]",
        f"[::{high:x}:{low:x}]",
        f"[::ffff:0:{high:x}:{low:x}]",
        f"[64:ff9b::{high:x}:{low:x}]",
        f"[64:ff9b:1::{high:x}:{low:x}]",
        f"[2002:{high:x}:{low:x}::1]",
        f"[2001:0:{high:x}:{low:x}::1]",
        f"[2606:4700::5efe:{high:x}:{low:x}]",
    ]


SPELLINGS = [
    *(spelling for address in INNER for spelling in four(address)),
    *(spelling for address in INNER[:4] for spelling in six(address)),
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[0000:0000:0000:0000:0000:0000:0000:0001]",
    "[fe80::1]",
    "[febf::1]",
    "[fec0::1]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[ff02::1]",
    "[100::1]",
    "[2001:2::1]",
    "[2001:10::1]",
    "[2001:db8::1]",
    "[3fff::1]",
    "[5f00::1]",
    "localhost",
    "LOCALHOST",
    "inner.test",
    "INNER.test",
    "metadata.test",
    "mixed.test",
    "six.test",
    "mapped.test",
    "１２７.０.０.１",
    "127。0。0。1",
    "①②⑦.⓪.⓪.①",
]
NAMES = {
    "inner.test": ["127.0.0.1"],
    "metadata.test": ["169.254.169.254"],
    "mixed.test": ["93.184.216.34", "10.0.0.9"],
    "six.test": ["2606:4700::1111", "fd00::1"],
    "mapped.test": ["::ffff:127.0.0.1"],
    "harbour.test": ["93.184.216.34", "2606:4700::1111"],
}
URLS = [
    "gopher://93.184.216.34/",
    "file:///etc/passwd",
    "ftp://93.184.216.34/",
    "dict://93.184.216.34/",
    "ldap://93.184.216.34/",
    "ws://93.184.216.34/",
    "unix:///var/run/docker.sock",
    "javascript:alert(1)",
    "data:text/plain,x",
    "jar:http://93.184.216.34!/",
    "HTTP+UNIX://%2Fvar%2Frun%2Fx/",
    "//127.0.0.1/",
    "/etc/passwd",
    "http:127.0.0.1",
    "http:///127.0.0.1",
    "http://",
    "http://ann@harbour.test/",
    "http://ann:secret@harbour.test/",
    "http://harbour.test@127.0.0.1/",
    "http://127.0.0.1\\@harbour.test/",
    "http://harbour.test\\@127.0.0.1/",
    "http://harbour.test:80@127.0.0.1/",
    "http://127.0.0.1#@harbour.test/",
    "http://127.0.0.1?@harbour.test/",
    "http://127.0.0.1:80\\.harbour.test/",
    "http://harbour.test:22/",
    "http://harbour.test:25/",
    "http://harbour.test:6379/",
    "http://harbour.test:8080/",
    "http://harbour.test:65535/",
    "http://harbour.test:99999/",
    "http://harbour.test:-1/",
    "http://harbour.test:0/",
    "http://harbour.test\r\nX: y/",
    "http://harbour.test%0d%0aX:y/",
    "http://har\tbour.test/",
    "http://[::1%25lo]/",
    "http://[fe80::1%25eth0]/",
    "http://[::1/",
    "http://127.0.0.1%00.harbour.test/",
]
STOPPED = (
    EgressRefused,
    httpx.InvalidURL,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.ConnectError,  # the resolver does not know such a name
)


async def call(url: str) -> tuple[list[str], int]:
    """Where it dialled, and how many connections a listener that is always dialled saw."""
    async with serving(ok(b"inner")) as server:
        dial = Always(server.port)
        async with guarded(resolve=names(NAMES), dial=dial) as client:
            try:
                await client.get(url)
            except STOPPED as error:
                kind: type[Exception] | None = type(error)
            else:
                kind = None
        assert kind is not None, f"{url} was answered"
        return dial.dialled, server.connections


def test_there_are_more_than_two_hundred_spellings() -> None:
    assert len({*SPELLINGS, *URLS}) > 220


@pytest.mark.parametrize("host", SPELLINGS)
def test_an_inner_address_is_never_dialled(host: str) -> None:
    assert asyncio.run(call(f"http://{host}/")) == ([], 0)
    assert asyncio.run(call(f"https://{host}:443/x")) == ([], 0)


@pytest.mark.parametrize("url", URLS)
def test_a_hostile_url_is_never_dialled(url: str) -> None:
    assert asyncio.run(call(url)) == ([], 0)


@pytest.mark.parametrize("host", [*(h for a in INNER for h in four(a)[:7]), *six(INNER[0])])
def test_the_refusal_is_our_own(host: str) -> None:
    async def ask() -> str:
        async with guarded(dial=Always(9)) as client:
            with pytest.raises(EgressRefused) as caught:
                await client.get(f"http://{host}/secret?token=canary")
        return str(caught.value)

    assert "canary" not in asyncio.run(ask())


def test_a_public_name_is_dialled_at_its_address() -> None:
    async def ask() -> list[str]:
        async with serving(ok(b"hello")) as server:
            dial = Always(server.port)
            async with guarded(resolve=names(NAMES), dial=dial) as client:
                response = await client.get("http://harbour.test/")
            assert response.text == "hello"
            assert "host: harbour.test" in server.heads[0].lower()
            return dial.dialled

    assert asyncio.run(ask()) == ["93.184.216.34:80"]


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "93.184.216.34",
        "100.128.0.1",
        "172.32.0.1",
        "192.0.1.1",
        "198.20.0.1",
        "2606:4700::1111",
        "2a01:e0a::1",
        "2001:200::1",
        "2003::1",
    ],
)
def test_public_addresses_may_be_called(address: str) -> None:
    assert not denied(address)


@pytest.mark.parametrize("address", ["", "harbour.test", "1.2.3", "::1%lo", "fe80::1%eth0"])
def test_what_is_no_plain_address_may_not(address: str) -> None:
    assert denied(address)


@given(
    st.one_of(
        st.integers(0, 2**32 - 1).map(IPv4Address), st.integers(0, 2**128 - 1).map(IPv6Address)
    )
)
def test_only_global_addresses_may_be_called(ip: IPv4Address | IPv6Address) -> None:
    assert denied(str(ip)) or ip_address(str(ip)).is_global


def test_only_loopback_may_be_let_through() -> None:
    assert [not_loopback(a) for a in ("127.0.0.1", "127.9.9.9", "::1")] == [False] * 3
    assert [not_loopback(a) for a in ("10.0.0.1", "1.1.1.1", "::ffff:127.0.0.1", "")] == [True] * 4


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://Harbour.Test/x?y", "https://harbour.test"),
        ("https://harbour.test:443", "https://harbour.test"),
        ("http://harbour.test:443", "http://harbour.test:443"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
    ],
)
def test_an_origin_has_one_spelling(url: str, origin: str) -> None:
    assert origin_of(httpx.URL(url)) == origin


def test_an_allowed_origin_is_exact() -> None:
    allowed = {"http://127.0.0.1:8000"}

    assert check(httpx.URL("http://127.0.0.1:8000/x"), allowed)
    assert not check(httpx.URL("https://127.0.0.1/"), allowed)
    for near in ("https://127.0.0.1:8000/", "http://127.0.0.1:8001/", "http://localhost:8000/"):
        with pytest.raises(EgressRefused) as caught:
            check(httpx.URL(near), allowed)
        assert caught.value.code == "egress_port"
