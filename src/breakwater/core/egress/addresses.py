"""Which addresses and URLs this installation may call. Pure: no look-up, no connection.

The table is our own, since `ipaddress.is_private` changes between Python versions.
Sources: IANA special-purpose address registries (RFC 6890) for IPv4 and IPv6, read
2026-11-22; 168.63.129.16 is the host agent of Microsoft's cloud.
"""

from collections.abc import Set
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

import httpx

from breakwater.domain.errors import EgressRefused

PORTS = {"http": 80, "https": 443}

_DENIED_4 = tuple(
    ip_network(block)
    for block in (
        "0.0.0.0/8",  # this network, unspecified
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier NAT
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # cloud host agent
        "169.254.0.0/16",  # link local, cloud metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
# Everything outside 2000::/3 is refused: loopback, unspecified, IPv4-mapped and -compatible,
# NAT64 (64:ff9b::/96, 64:ff9b:1::/48), unique local, link local, site local, multicast.
_GLOBAL_6 = IPv6Network("2000::/3")
_DENIED_6 = tuple(
    IPv6Network(block)
    for block in (
        "2001::/23",  # protocol assignments, Teredo, benchmarking, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
    )
)
_ISATAP = (0x00005EFE, 0x02005EFE)  # RFC 5214: an IPv4 address in the last 32 bits


def denied(address: str) -> bool:
    """Whether a resolved address may not be called. What is not an address may not either."""
    try:
        ip = ip_address(address)
    except ValueError:
        return True
    if isinstance(ip, IPv4Address):
        return any(ip in block for block in _DENIED_4)
    return _denied_6(ip)


def not_loopback(address: str) -> bool:
    """The rule for origins that a setting lets through: they are on this machine or refused."""
    try:
        return not ip_address(address).is_loopback
    except ValueError:
        return True


def origin_of(url: httpx.URL) -> str:
    """scheme://host[:port], in lower case, the scheme's own port left out."""
    scheme, host = url.scheme, url.raw_host.decode("ascii").lower()
    host = f"[{host}]" if ":" in host else host
    port = "" if url.port in (None, PORTS.get(scheme)) else f":{url.port}"
    return f"{scheme}://{host}{port}"


def check(url: httpx.URL, allowed: Set[str]) -> bool:
    """Whether `url` is one of the `allowed` origins. Its address is still to be looked at.

    Raises: EgressRefused for another scheme than http and https, user info, a missing
    host, or (unless allowed) another port than 80 and 443.
    """
    if url.scheme not in PORTS:
        raise refused(url, "egress_scheme")
    if url.userinfo:
        raise refused(url, "egress_user")
    if not url.raw_host:
        raise refused(url, "egress_host")
    if origin_of(url) in allowed:
        return True
    if url.port not in (None, *PORTS.values()):
        raise refused(url, "egress_port")
    return False


def refused(url: httpx.URL, code: str) -> EgressRefused:
    """The refusal, naming the origin alone: paths and queries may hold secrets."""
    return EgressRefused(code=code, url=origin_of(url))


def _denied_6(ip: IPv6Address) -> bool:
    if ip not in _GLOBAL_6 or any(ip in block for block in _DENIED_6):
        return True
    return (int(ip) >> 32) & 0xFFFFFFFF in _ISATAP
