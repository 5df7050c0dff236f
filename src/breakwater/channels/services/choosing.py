"""One sign-in, several accounts: none is said, one is taken, among several a person chooses."""

import secrets as randomness
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from breakwater.channels.models import Channel
from breakwater.channels.services import walks
from breakwater.channels.services.storing import SignedIn, store
from breakwater.channels.services.walks import Mine, Walk
from breakwater.domain.errors import Invalid, NotFound

_NAMED = 5


@dataclass(frozen=True)
class Choosing:
    """Several accounts are open to the sign-in; the person has ten minutes to choose."""

    walk_id: UUID


@dataclass(frozen=True)
class Offer:
    """One of the accounts to choose from. kind: a msgid. here: it is a channel already."""

    remote_id: str
    handle: str
    name: str
    url: str
    kind: str
    here: bool


def the_one(
    accounts: Sequence[SignedIn], *, workspace_id: UUID, channel_id: UUID | None, wanted: str = ""
) -> SignedIn | None:
    """The account to take without asking; None when a person has to choose.

    wanted: remote id of the account to take. Raises: Invalid: "no_account" (the sign-in opens
    none), "wrong_account" (none is the channel's), "account_not_there".
    """
    if not accounts:
        raise Invalid(code="no_account")
    if channel_id is not None:
        return _same(accounts, workspace_id, channel_id)
    if wanted:
        found = [one for one in accounts if one.who.remote_id == wanted]
        if not found:
            raise Invalid(code="account_not_there", field="account", accounts=named(accounts))
        return found[0]
    return accounts[0] if len(accounts) == 1 else None


def offer(walk: Walk, accounts: Sequence[SignedIn], *, mine: Mine, now: datetime) -> Choosing:
    """The accounts wait, sealed, for the person's choice. walk: one that came back, or a new one
    for a sign-in without a consent page."""
    walk_id = walk.id or walks.begin(mine, walk, randomness.token_urlsafe(32), now)
    walks.park(walk_id, accounts, now)
    return Choosing(walk_id)


def offers(
    *, workspace_id: UUID, walk_id: UUID, session_key: str, by: UUID, now: datetime
) -> list[Offer]:
    """The accounts that the person may choose from. Raises: Invalid("oauth_state")."""
    accounts = walks.parked(Mine(workspace_id, by, session_key), walk_id, now)
    rows = Channel.objects.filter(workspace_id=workspace_id).exclude(state="disconnected")
    there = set(rows.values_list("network", "origin", "remote_id"))
    return [
        Offer(
            one.who.remote_id, one.who.handle, one.who.name, one.who.url, one.kind,
            here=(one.network, one.origin, one.who.remote_id) in there,
        )
        for one in accounts
    ]  # fmt: skip


def choose_accounts(
    *,
    workspace_id: UUID,
    walk_id: UUID,
    session_key: str,
    remote_ids: Collection[str],
    by: UUID,
    now: datetime,
) -> list[Channel]:
    """The channels of the chosen accounts; the secrets of the others are gone. Good once.

    Raises: Invalid: "oauth_state" (used, too old, another person's, session's or workspace's);
    "field_missing", "field_choice" (the choice stays open); StaleState.
    """
    mine = Mine(workspace_id, by, session_key)
    accounts = {one.who.remote_id: one for one in walks.parked(mine, walk_id, now)}
    if not remote_ids:
        raise Invalid(code="field_missing", field="accounts")
    if set(remote_ids) - set(accounts):
        raise Invalid(code="field_choice", field="accounts")
    walks.take_parked(mine, walk_id, now)
    return [
        store(workspace_id, one, channel_id=None, by=by, now=now)
        for remote_id, one in accounts.items()
        if remote_id in remote_ids
    ]


def named(accounts: Sequence[SignedIn]) -> str:
    """Some of them, for a sentence."""
    said = [f"{one.who.handle} ({one.who.remote_id})" for one in accounts[:_NAMED]]
    return ", ".join([*said, "…"] if len(accounts) > _NAMED else said)


def _same(accounts: Sequence[SignedIn], workspace_id: UUID, channel_id: UUID) -> SignedIn:
    channel = Channel.objects.filter(workspace_id=workspace_id, pk=channel_id).first()
    if channel is None:
        raise NotFound(what="channel")
    for one in accounts:
        if one.who.remote_id == channel.remote_id:
            return one
    given = ", ".join(one.who.handle for one in accounts[:_NAMED])
    raise Invalid(code="wrong_account", wanted=channel.handle, given=given)
