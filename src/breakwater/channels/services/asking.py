"""Asking a network who an account is, with answers that a person can read."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import httpx

from breakwater.channels.kits import kit_for
from breakwater.channels.services.storing import SignedIn
from breakwater.domain.errors import (
    EgressRefused,
    Invalid,
    NetworkError,
    Problem,
    Reconnect,
    Refused,
    TryLater,
)
from breakwater.networks.base import Account, Candidate, Network, Purpose, Secrets


async def signed_in(
    found: Network, client: httpx.AsyncClient, app: Secrets, origin: str, secrets: Secrets
) -> SignedIn:
    """Whose the secrets are, as the network says. Raises: NetworkErrors."""
    nobody = Account(remote_id="", handle="", origin=origin, secrets=secrets)
    who = await found.auth(client, app).who(nobody)
    return _known(found, client, app, origin, Candidate(who, secrets))


async def signed_in_all(
    found: Network,
    client: httpx.AsyncClient,
    app: Secrets,
    origin: str,
    secrets: Secrets,
    purpose: str = "",
) -> tuple[SignedIn, ...]:
    """Each account that the secrets open, with what was granted for it. purpose: that they were
    asked for; "" where nothing was asked. Raises: NetworkErrors."""
    asked = found.manifest.scopes_for(Purpose(purpose)) if purpose else None
    login = granted(secrets) or asked
    return tuple(
        replace(one, purpose=purpose, scopes=granted(one.secrets) or login)
        for one in [
            _known(found, client, app, origin, candidate)
            for candidate in await found.auth(client, app).accounts(origin, secrets)
        ]
    )


def granted(secrets: Secrets) -> tuple[str, ...] | None:
    """The scopes that the network says it granted (with spaces or commas between); None: it did
    not say, which means those that were asked for (RFC 6749 5.1)."""
    said = [scope for scope in re.split(r"[\s,]+", secrets.get("scope", "")) if scope]
    return tuple(sorted(set(said))) if said else None


def _known(
    found: Network, client: httpx.AsyncClient, app: Secrets, origin: str, one: Candidate
) -> SignedIn:
    who = one.who
    if not who.remote_id:
        raise TryLater("the network did not say whose account it is")
    account = Account(who.remote_id, who.handle, origin, one.secrets)
    guarantee = found.connector(client, account, kit_for(app)).guarantee
    return SignedIn(
        found.manifest.slug, origin, who, guarantee, one.secrets,
        scopes=granted(one.secrets), kind=one.kind,
    )  # fmt: skip


@contextmanager
def put_plainly() -> Iterator[None]:
    """Network errors while a person signs in become Problems.

    The network's own words stay out of them: they may repeat what was typed.
    """
    try:
        yield
    except EgressRefused as error:
        raise Invalid(code="address_refused", field="origin") from error
    except Refused as error:
        field = "origin" if error.reason == "address_refused" else None
        raise Invalid(code=error.reason, field=field) from error
    except Reconnect as error:
        raise Invalid(code="sign_in_refused") from error
    except NetworkError as error:
        raise Problem(code="network_unreachable", reason=error.code) from error
