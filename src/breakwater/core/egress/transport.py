"""The guarded transport: each request, redirects included, is checked before a byte leaves."""

import ssl
import sys
from collections.abc import Awaitable, Callable, Mapping, Set
from functools import cache

import httpcore
import httpx

from breakwater.core.egress.addresses import check, denied, not_loopback, origin_of
from breakwater.core.egress.bodies import MAX_BYTES, bounded
from breakwater.core.egress.dialling import CheckedDialler, Resolve

ASGIApp = Callable[..., Awaitable[None]]
_CONNECTIONS = 20
_KEPT_S = 5.0

# httpcore asks for it at each lock and goes on without it: a search of the whole path every
# time, a tenth of what a call costs. None: "it is not there", said at once.
sys.modules.setdefault("sniffio", None)  # type: ignore[arg-type]


class GuardedTransport(httpx.AsyncBaseTransport):
    """Answers from `apps` (origin -> app, in process), else from the network, if it may.

    allowed: exact origins on this machine that are let through (any port, loopback only).
    dial: what opens connections; it is handed addresses, never names. limit: bytes of a body.
    """

    def __init__(
        self,
        *,
        resolve: Resolve,
        allowed: Set[str],
        apps: Mapping[str, ASGIApp],
        fresh: bool,
        dial: httpcore.AsyncNetworkBackend | None = None,
        tls: ssl.SSLContext | None = None,
        limit: int = MAX_BYTES,
    ) -> None:
        dial = dial or httpcore.AnyIOBackend()
        self._allowed = allowed
        self._fresh = fresh
        self._limit = limit
        self._apps = {origin: httpx.ASGITransport(app) for origin, app in apps.items()}
        self._pools: dict[Callable[[str], bool], _Pool] = {}

        def pool(against: Callable[[str], bool]) -> _Pool:
            """Made at its first call: a client that calls nobody costs next to nothing."""
            if against not in self._pools:
                dialler = CheckedDialler(resolve, against, dial)
                self._pools[against] = _Pool(dialler, fresh=fresh, tls=tls)
            return self._pools[against]

        self._pool = pool

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Raises: EgressRefused before any byte; httpx.RemoteProtocolError for an endless body."""
        app = self._apps.get(origin_of(request.url))
        if app is not None:
            return bounded(await app.handle_async_request(request), limit=self._limit)
        pool = self._pool(not_loopback if check(request.url, self._allowed) else denied)
        if self._fresh:
            request.headers["Connection"] = "close"
        response = await pool.handle_async_request(request)
        try:
            return bounded(response, limit=self._limit)
        except httpx.RemoteProtocolError:
            await response.aclose()
            raise

    async def aclose(self) -> None:
        for pool in self._pools.values():
            await pool.aclose()


class _Pool(httpx.AsyncHTTPTransport):
    """httpx's transport over a pool that dials through our backend.

    httpx 0.28 has no argument for a network backend (pinned below 0.29): its pool is
    replaced, its mapping of errors and bodies is kept.
    """

    def __init__(
        self, dial: httpcore.AsyncNetworkBackend, *, fresh: bool, tls: ssl.SSLContext | None
    ) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls or trusted(),
            max_connections=_CONNECTIONS,
            max_keepalive_connections=0 if fresh else _CONNECTIONS,
            keepalive_expiry=_KEPT_S,
            network_backend=dial,
        )


@cache
def trusted() -> ssl.SSLContext:
    """Certificates are checked against certifi's roots; reading them takes tens of milliseconds."""
    return httpx.create_ssl_context(trust_env=False)
