"""Evidence of a post that somebody names by its id: what a channel of ours shows, and nothing else.

A capture is made with the channel's sign-in, and its page is fetched. So an id that was typed must be
one that the channel has shown, sent or been sent, or one that begins with the account's own id.
"""

import re
from datetime import datetime

from breakwater.channels.models import Arrival, Channel
from breakwater.delivery.models import Delivery
from breakwater.delivery.places import place_of
from breakwater.domain.errors import Invalid
from breakwater.evidence.models import Capture
from breakwater.evidence.services import ask
from breakwater.inbox.models import Thread
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access
from breakwater.strays.models import Sighting

_STEP = re.compile(r"[A-Za-z0-9_.:~=$+-]+")
_BETWEEN = "/_"
_LATEST = 500


def keep(
    by: Access,
    channel: Channel,
    remote_id: str,
    url: str,
    *,
    why: str,
    address_only: bool = False,
    now: datetime,
) -> Capture:
    """The capture of this thing outside any incident, asked for now or before. channel: of the
    workspace. url: "" for what is known of it. address_only: nothing is fetched, so any id will do.

    Raises: Forbidden; Invalid("capture_of_nothing", "capture_unknown", "capture_address").
    """
    checks.may(by, Right.RESPOND)
    address = url if address_only else _address(channel, remote_id, url)
    return ask(
        channel, remote_id, address, about={"what": "asked", "facts": {}}, why=why, incident=None,
        by=by.person.pk, address_only=address_only, now=now,
    )  # fmt: skip


def _address(channel: Channel, remote_id: str, url: str) -> str:
    known = _known(channel, remote_id)
    if known is None:
        raise Invalid(code="capture_unknown", field="remote_id")
    if url not in ("", known):
        raise Invalid(code="capture_address", field="url")
    return known


def _known(channel: Channel, remote_id: str) -> str | None:
    """The address of what is known by this id, "" where it has none; None: it is not the channel's."""
    arrivals = Arrival.objects.filter(channel=channel)
    arrived = arrivals.filter(remote_id=remote_id, erased_at=None).order_by("-id").first()
    if arrived is not None and arrived.url:
        return arrived.url
    sent = Delivery.objects.filter(channel=channel, remote_id=remote_id).order_by("-pk").first()
    if sent is not None:
        return place_of(sent).url
    seen = Sighting.objects.filter(channel=channel, ref=remote_id).exclude(
        kind__in=("profile", "followers")
    )
    if sighting := seen.order_by("-created_at").first():
        return sighting.url
    if arrived is not None or begins_with(channel.remote_id, remote_id):
        return ""
    return "" if remote_id and _is_answered(channel, remote_id) else None


def _is_answered(channel: Channel, remote_id: str) -> bool:
    """Whether messages name it as what they are below: conversations by an index, and of the latest
    messages those that the inbox may not have read yet."""
    if Thread.objects.filter(channel=channel, key=remote_id).exists():
        return True
    latest = Arrival.objects.filter(workspace_id=channel.workspace_id).order_by("-id")
    named = latest.values_list("channel_id", "about", "parent", "thread")[:_LATEST]
    return any(one[0] == channel.pk and remote_id in one[1:] for one in named)


def begins_with(account: str, remote_id: str) -> bool:
    """Whether an id is of this account by how it is written, as `at://<account>/…`,
    `<account>_…` and `<account>/…` are. No step of it leads elsewhere, and it has no query."""
    scheme, _, rest = remote_id.rpartition("://")
    if not account or scheme not in ("", "at") or not rest.startswith(account):
        return False
    after = rest[len(account) :]
    if len(after) < 2 or after[0] not in _BETWEEN:
        return False
    return all(_STEP.fullmatch(one) and one.strip(".") for one in after[1:].split("/"))
