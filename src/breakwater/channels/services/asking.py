"""Asking a network who an account is, with answers that a person can read."""

from collections.abc import Iterator
from contextlib import contextmanager

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
from breakwater.networks.base import Account, Network, Secrets


async def signed_in(
    found: Network, client: httpx.AsyncClient, app: Secrets, origin: str, secrets: Secrets
) -> SignedIn:
    """Whose the secrets are, as the network says. Raises: NetworkErrors."""
    nobody = Account(remote_id="", handle="", origin=origin, secrets=secrets)
    who = await found.auth(client, app).who(nobody)
    if not who.remote_id:
        raise TryLater("the network did not say whose account it is")
    account = Account(who.remote_id, who.handle, origin, secrets)
    guarantee = found.connector(client, account, kit_for(app)).guarantee
    return SignedIn(found.manifest.slug, origin, who, guarantee, secrets)


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
