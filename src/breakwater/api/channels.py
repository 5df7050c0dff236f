"""Networks and channels: what there is, how it is, connected and disconnected. Never a secret."""

from uuid import UUID

from django.utils.translation import gettext
from ninja import Router

from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.channels import (
    AllowedOut,
    ChannelDetailOut,
    ChannelOut,
    ChannelsOut,
    ConnectWish,
    NetworksOut,
)
from breakwater.api.shown_channels import detail_of
from breakwater.api.shown_networks import can_out, limits_out, network_out
from breakwater.channels import selectors, services
from breakwater.channels.models import Channel
from breakwater.core.messages import sentence
from breakwater.core.reasons import HEALTH
from breakwater.domain.errors import Invalid, Unsupported
from breakwater.networks.base import Manifest
from breakwater.people.roles import Right

router = Router(tags=["channels"])


@route(router, "GET", "/w/{slug}/networks", right=Right.SEE, answer=NetworksOut)
def networks(_call: Call) -> NetworksOut:
    """The networks that are installed, and what connecting to each asks for."""
    lacking = selectors.without_keys()
    return NetworksOut(
        items=[
            network_out(one, lacks_keys=slug in lacking)
            for slug, one in selectors.networks().items()
        ]
    )


@route(router, "GET", "/w/{slug}/channels", right=Right.SEE, answer=ChannelsOut)
def channels(call: Call) -> ChannelsOut:
    """All channels of the workspace, disconnected ones too."""
    rows = selectors.channels(call.workspace_id).prefetch_related("trials")
    return ChannelsOut(items=[_channel(row, call) for row in rows])


@route(router, "GET", "/w/{slug}/channels/{channel_id}", right=Right.SEE, answer=ChannelDetailOut)
def channel(call: Call, channel_id: UUID) -> ChannelDetailOut:
    """One channel: how it is, its limits, what its network can do, how its news arrives, what is
    left of its budgets, and what the account offers for the options of a post."""
    return _detail(selectors.channel_of(call.workspace_id, channel_id), call)


@route(
    router,
    "POST",
    "/w/{slug}/channels/{channel_id}/choices",
    right=Right.WRITE,
    answer=ChannelDetailOut,
    apart=True,
)
def refresh_choices(call: Call, channel_id: UUID) -> ChannelDetailOut:
    """The channel after its account was asked what it offers for the options of a post."""
    row = services.refresh_choices(
        workspace_id=call.workspace_id, channel_id=channel_id, now=call.now
    )
    return _detail(row, call)


@route(
    router,
    "POST",
    "/w/{slug}/channels",
    right=Right.CONNECT,
    answer=ChannelOut,
    status=201,
    apart=True,
)
def connect(call: Call, wish: ConnectWish) -> ChannelOut:
    """The account that the fields open is connected. A network with a consent page is connected
    on the pages, because a person has to say yes there in a browser."""
    _check_fields(wish, call)
    made = services.connect_with_fields(
        workspace_id=call.workspace_id,
        network=wish.network,
        origin=wish.origin,
        fields=wish.fields,
        channel_id=wish.channel_id,
        account=wish.account,
        by=call.by,
        now=call.now,
    )
    return _channel(selectors.channel_of(call.workspace_id, made.pk), call)


@route(
    router,
    "POST",
    "/w/{slug}/channels/{channel_id}/check",
    right=Right.CONNECT,
    answer=ChannelOut,
    apart=True,
)
def check(call: Call, channel_id: UUID) -> ChannelOut:
    """The channel after its network was asked whose it is."""
    services.check_channel(workspace_id=call.workspace_id, channel_id=channel_id, now=call.now)
    return _channel(selectors.channel_of(call.workspace_id, channel_id), call)


@route(
    router,
    "POST",
    "/w/{slug}/channels/{channel_id}/disconnect",
    right=Right.CONNECT,
    answer=ChannelOut,
    apart=True,
)
def disconnect(call: Call, channel_id: UUID) -> ChannelOut:
    """The channel is disconnected; its secrets are gone here and, where it can be, revoked there."""
    services.disconnect(
        workspace_id=call.workspace_id, channel_id=channel_id, by=call.by, now=call.now
    )
    return _channel(selectors.channel_of(call.workspace_id, channel_id), call)


def _check_fields(wish: ConnectWish, call: Call) -> None:
    slug = wish.network
    if wish.channel_id is not None:
        slug = selectors.channel_of(call.workspace_id, wish.channel_id).network
    known = {field.name for field in selectors.manifest(slug).fields}
    if strange := sorted(set(wish.fields) - known):
        raise Invalid(code="unknown_field", field="fields", name=strange[0][:100])


def _detail(row: Channel, call: Call) -> ChannelDetailOut:
    return ChannelDetailOut(**_channel(row, call).model_dump(), **detail_of(row, call.now))


def _channel(row: Channel, call: Call) -> ChannelOut:
    manifest = _manifest(row.network)
    health = selectors.health(row, call.now)
    expires_at = row.credential.expires_at
    until = expires_at.date().isoformat() if expires_at else ""
    return ChannelOut(
        id=row.pk,
        network=row.network,
        network_name=gettext(manifest.name) if manifest else row.network,
        origin=row.origin,
        handle=row.handle,
        name=row.name,
        url=row.url,
        state=row.state,
        health=health.value,
        health_message=str(HEALTH[health.value]) % {"day": until},
        trouble=sentence(row.trouble) if row.trouble else "",
        checked_at=row.checked_at,
        expires_at=expires_at,
        quiet_until=row.quiet_until,
        guarantee=selectors.guarantee(row).value if manifest else None,
        purpose=row.purpose,
        scopes=row.scopes,
        can=can_out(manifest) if manifest else {},
        allows=_allows(row) if manifest else {},
        limits=limits_out(selectors.limits_of(row)) if manifest else None,
    )


def _allows(row: Channel) -> dict[str, AllowedOut]:
    return {
        can.value: AllowedOut(
            yes=one.yes, why=one.why.value, tried_at=one.on, missing=list(one.missing)
        )
        for can, one in selectors.all_allowed(row).items()
    }


def _manifest(slug: str) -> Manifest | None:
    try:
        return selectors.manifest(slug)
    except Unsupported:
        return None
