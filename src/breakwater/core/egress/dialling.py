"""Connecting to the very address that was checked: no second look-up that could differ."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable

import httpcore
from httpcore import SOCKET_OPTION, AsyncNetworkBackend, AsyncNetworkStream

from breakwater.domain.errors import EgressRefused

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""host, port -> its addresses, in the order to try. Raises OSError when there are none."""


async def resolve(host: str, port: int) -> list[str]:
    """What this machine's resolver says, odd spellings of addresses included."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class CheckedDialler(AsyncNetworkBackend):
    """A network backend that connects only where `denied` says no for every address.

    The pool above still uses the name for the Host header, SNI and the certificate.
    """

    def __init__(
        self, resolve: Resolve, denied: Callable[[str], bool], dial: AsyncNetworkBackend
    ) -> None:
        self._resolve = resolve
        self._denied = denied
        self._dial = dial

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> AsyncNetworkStream:
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._checked(host, port)
                share = None if timeout is None else timeout / len(addresses)
                return await self._first(addresses, port, share, local_address, socket_options)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"no connection to {host} in time") from error

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> AsyncNetworkStream:
        raise EgressRefused(code="egress_scheme", url="unix:")

    async def sleep(self, seconds: float) -> None:
        await self._dial.sleep(seconds)

    async def _checked(self, host: str, port: int) -> list[str]:
        try:
            addresses = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host}: {error}") from error
        if not addresses:
            raise httpcore.ConnectError(f"{host} has no address")
        if any(self._denied(address) for address in addresses):
            raise EgressRefused(code="egress_address", url=f"{host}:{port}")
        return addresses

    async def _first(
        self,
        addresses: list[str],
        port: int,
        share: float | None,
        local_address: str | None,
        socket_options: Iterable[SOCKET_OPTION] | None,
    ) -> AsyncNetworkStream:
        """The first address that answers; the last one's error when none does."""
        for address in addresses[:-1]:
            try:
                return await self._dial.connect_tcp(
                    address, port, share, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._dial.connect_tcp(
            addresses[-1], port, share, local_address, socket_options
        )
