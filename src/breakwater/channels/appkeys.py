"""The administrator's own app keys at each network that asks for them, sealed."""

import json
from collections.abc import Collection, Mapping
from enum import StrEnum

from breakwater.channels import installed
from breakwater.channels.models import AppKeys
from breakwater.core import crypto
from breakwater.domain.errors import Unsupported
from breakwater.networks.base import Secrets

TABLE, COLUMN = "channels_appkeys", "sealed"


class ReviewState(StrEnum):
    """How far the network's own review of the app is, as the administrator says."""

    NOT_ASKED = ""
    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


def apps_of(networks: Collection[str]) -> dict[str, Secrets]:
    """Network -> its keys, of those that ask for keys and have them. One query, if any asks."""
    asking = [slug for slug in sorted(networks) if _asks(slug)]
    if not asking:
        return {}
    return {row.network: opened(row) for row in AppKeys.objects.filter(network__in=asking)}


def app_of(network: str) -> Secrets:
    """The keys of one network; {} where it asks for none, or has none yet."""
    return apps_of([network]).get(network, {})


def opened(row: AppKeys) -> dict[str, str]:
    """Raises: SealBroken."""
    plain = crypto.open_sealed(bytes(row.sealed), table=TABLE, row=row.pk, column=COLUMN)
    return {str(name): str(value) for name, value in json.loads(plain).items()}


def sealed(row: AppKeys, keys: Mapping[str, str]) -> bytes:
    plain = json.dumps(dict(keys), sort_keys=True).encode()
    return crypto.seal(plain, table=TABLE, row=row.pk, column=COLUMN)


def _asks(slug: str) -> bool:
    try:
        return installed.network(slug).manifest.app is not None
    except Unsupported:
        return False
