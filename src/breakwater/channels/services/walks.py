"""The rows of sign-ins on their way: to a consent page and back, and the accounts to choose from.

Each part is used up by one conditional UPDATE: of two that come at once, one gets it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from breakwater.channels.limits import from_json, to_json
from breakwater.channels.models import Connecting
from breakwater.channels.selectors import sha256
from breakwater.channels.services.storing import SignedIn
from breakwater.core import crypto
from breakwater.core.ids import new_id
from breakwater.domain.errors import Invalid
from breakwater.domain.guarantees import Guarantee
from breakwater.networks.base import Secrets, Who

WALK_LASTS = timedelta(minutes=10)
_KEPT_AFTER = timedelta(days=1)
_TABLE = "channels_connecting"


@dataclass(frozen=True)
class Walk:
    """Where one walk goes and how its answer is proved. id: of its row, once there is one."""

    network: str
    origin: str
    redirect_uri: str
    channel_id: UUID | None
    purpose: str = ""
    verifier: str = field(default="", repr=False)
    app: Secrets = field(default_factory=dict, repr=False)
    id: UUID | None = None


@dataclass(frozen=True)
class Mine:
    """Whose a walk is: another person's, session's or workspace's is none."""

    workspace_id: UUID
    person_id: UUID
    session_key: str = field(repr=False)

    @property
    def rows(self) -> dict[str, Any]:
        return {
            "workspace_id": self.workspace_id,
            "person_id": self.person_id,
            "session_hash": sha256(self.session_key),
        }


@transaction.atomic
def begin(mine: Mine, walk: Walk, state: str, now: datetime) -> UUID:
    """The walk is open for ten minutes; its row's id."""
    forget_walks(now)
    row_id = new_id()
    Connecting.objects.create(
        id=row_id,
        **mine.rows,
        network=walk.network,
        origin=walk.origin,
        redirect_uri=walk.redirect_uri,
        channel_id=walk.channel_id,
        purpose=walk.purpose,
        state_hash=sha256(state),
        sealed_verifier=sealed({"verifier": walk.verifier}, _TABLE, row_id, "sealed_verifier"),
        sealed_app=sealed(walk.app, _TABLE, row_id, "sealed_app"),
        expires_at=now + WALK_LASTS,
        created_at=now,
    )
    return row_id


def take(mine: Mine, state: str, now: datetime) -> Walk:
    """The walk, used up. Raises: Invalid("oauth_state")."""
    here = Connecting.objects.filter(
        **mine.rows, state_hash=sha256(state), used_at=None, expires_at__gt=now
    )
    if not here.update(used_at=now):
        raise Invalid(code="oauth_state")
    row = Connecting.objects.get(state_hash=sha256(state))
    kept = opened(row.sealed_verifier, _TABLE, row.pk, "sealed_verifier")
    app = opened(row.sealed_app, _TABLE, row.pk, "sealed_app")
    return Walk(
        row.network, row.origin, row.redirect_uri, row.channel_id, row.purpose,
        verifier=kept["verifier"], app=app, id=row.pk,
    )  # fmt: skip


def park(walk_id: UUID, accounts: Sequence[SignedIn], now: datetime) -> None:
    """The accounts are sealed on the walk until some are chosen, for ten minutes."""
    plain = json.dumps([_to_json(one) for one in accounts]).encode()
    blob = crypto.seal(plain, table=_TABLE, row=walk_id, column="sealed_accounts")
    Connecting.objects.filter(pk=walk_id, chosen_at=None).update(
        sealed_accounts=blob, choose_until=now + WALK_LASTS
    )


def parked(mine: Mine, walk_id: UUID, now: datetime) -> tuple[SignedIn, ...]:
    """The accounts to choose from. Raises: Invalid("oauth_state")."""
    row = _to_choose(mine, walk_id, now).first()
    if row is None:
        raise Invalid(code="oauth_state")
    plain = crypto.open_sealed(
        bytes(row.sealed_accounts), table=_TABLE, row=row.pk, column="sealed_accounts"
    )
    return tuple(_from_json(one, row) for one in json.loads(plain))


def take_parked(mine: Mine, walk_id: UUID, now: datetime) -> None:
    """The choice is used up and its secrets are gone. Raises: Invalid("oauth_state")."""
    if not _to_choose(mine, walk_id, now).update(chosen_at=now, sealed_accounts=b""):
        raise Invalid(code="oauth_state")


def forget_walks(now: datetime) -> None:
    """Accounts that nobody chose in time are no longer kept; walks go after a day."""
    Connecting.objects.filter(choose_until__lte=now).exclude(sealed_accounts=b"").update(
        sealed_accounts=b""
    )
    Connecting.objects.filter(
        Q(choose_until=None) | Q(choose_until__lte=now), expires_at__lt=now - _KEPT_AFTER
    ).delete()


def sealed(values: Secrets, table: str, row: UUID, column: str) -> bytes:
    plain = json.dumps(dict(values), sort_keys=True).encode()
    return crypto.seal(plain, table=table, row=row, column=column)


def opened(blob: bytes | memoryview, table: str, row: UUID, column: str) -> dict[str, str]:
    plain = crypto.open_sealed(bytes(blob), table=table, row=row, column=column)
    return {str(name): str(value) for name, value in json.loads(plain).items()}


def _to_choose(mine: Mine, walk_id: UUID, now: datetime) -> Any:
    return Connecting.objects.filter(
        **mine.rows, pk=walk_id, chosen_at=None, choose_until__gt=now
    ).exclude(sealed_accounts=b"")


def _to_json(one: SignedIn) -> dict[str, Any]:
    who = one.who
    return {
        "who": [who.remote_id, who.handle, who.name, who.url],
        "limits": to_json(who.limits),
        "guarantee": str(one.guarantee),
        "scopes": None if one.scopes is None else list(one.scopes),
        "kind": one.kind,
        "secrets": dict(one.secrets),
    }


def _from_json(kept: Mapping[str, Any], row: Connecting) -> SignedIn:
    remote_id, handle, name, url = kept["who"]
    limits = from_json(kept["limits"]) if kept["limits"] else None
    return SignedIn(
        network=row.network,
        origin=row.origin,
        who=Who(remote_id, handle, name, url, limits),
        guarantee=Guarantee(kept["guarantee"]),
        secrets=kept["secrets"],
        scopes=None if kept["scopes"] is None else tuple(kept["scopes"]),
        purpose=row.purpose,
        kind=kept["kind"],
    )
