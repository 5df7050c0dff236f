"""The one door to the network (docs/security.md, control 4). Nothing else opens a connection."""

from collections.abc import AsyncGenerator, Callable, Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx
from django.conf import settings

from breakwater.core.egress import bodies
from breakwater.core.egress.dialling import resolve
from breakwater.core.egress.streams import messages, texts
from breakwater.core.egress.transport import ASGIApp, GuardedTransport

MAX_REDIRECTS = 3
MAX_BYTES = bodies.MAX_BYTES
TIMEOUT = httpx.Timeout(connect=10, read=20, write=20, pool=10)
"""Seconds, each phase by itself: who calls bounds the whole with asyncio.timeout."""


def client(
    *,
    fresh: bool = False,
    app_for: Mapping[str, ASGIApp] | None = None,
    limit: int = MAX_BYTES,
    around: Callable[[httpx.AsyncBaseTransport], httpx.AsyncBaseTransport] | None = None,
) -> httpx.AsyncClient:
    """A client that calls public addresses only, follows at most 3 redirects when asked to
    follow any, keeps no cookie, reads no proxy from the environment, and ends a body at 5 MB.

    fresh: each request has a connection of its own. app_for: origin -> application that
    answers it in process. limit: another end of a body. around: what stands before the guard and
    sees each request and its answer.
    Requests raise EgressRefused (nothing left) besides httpx's own errors.
    """
    guarded = GuardedTransport(
        resolve=resolve,
        allowed=settings.ALLOWED_ORIGINS,
        apps=app_for or {},
        fresh=fresh,
        limit=limit,
    )
    return client_over(around(guarded) if around else guarded)


def listen(url: str) -> AsyncGenerator[str, None]:
    """The texts of a WebSocket at an http(s) address, through the same guard (egress.streams)."""
    return texts(url, resolve=resolve, allowed=settings.ALLOWED_ORIGINS)


def listen_to_all(url: str) -> AsyncGenerator[str | bytes, None]:
    """As `listen`, with the messages that are bytes."""
    return messages(url, resolve=resolve, allowed=settings.ALLOWED_ORIGINS)


def client_over(transport: httpx.AsyncBaseTransport) -> httpx.AsyncClient:
    """The client's manners (redirects, cookies, time-outs, names) over any transport."""
    return httpx.AsyncClient(
        transport=transport,
        timeout=TIMEOUT,
        max_redirects=MAX_REDIRECTS,
        trust_env=False,
        cookies=CookieJar(policy=DefaultCookiePolicy(allowed_domains=[])),
        headers={
            "User-Agent": f"Breakwater/{settings.VERSION}",
            "Accept-Encoding": "gzip",
        },
    )
