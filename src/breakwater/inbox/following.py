"""Whom a channel follows, as a reader is shown them: names are strangers' words here, too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from breakwater.channels.models import Channel
from breakwater.channels.services.following import following
from breakwater.delivery.models import Delivery
from breakwater.delivery.services.talking import need
from breakwater.domain.kinds import ACT
from breakwater.domain.scoring.scores import Item as Text
from breakwater.domain.shield import Shield
from breakwater.domain.text import storable
from breakwater.inbox import reading
from breakwater.inbox.models import Contact
from breakwater.networks.base import Author, Can, Deed
from breakwater.people.models import Workspace
from breakwater.scoring.services import score
from breakwater.scoring.verdicts import Verdict


@dataclass(frozen=True)
class Followed:
    """author: named as the reader may see it. abusive: abusive messages of theirs to us. left: the
    delivery by which they are followed no more, if there is one."""

    remote_id: str
    author: reading.Author
    abusive: int = 0
    left: Delivery | None = None


@dataclass(frozen=True)
class Page:
    """cursor: of the next page, "" on the last."""

    people: Sequence[Followed]
    cursor: str


def followed(
    workspace: Workspace, channel: Channel, shield: Shield, *, cursor: str = "", now: datetime
) -> Page:
    """One page, as its network says now. Never inside a transaction. Raises: what
    `channels.services.following` does, and `talking.need`."""
    need(channel, Can.FOLLOWING)
    answer = following(workspace_id=workspace.pk, channel_id=channel.pk, cursor=cursor)
    ids = [one.remote_id for one in answer.people]
    known, left = _known(channel, ids), _left(channel, ids)
    names = [storable(f"{one.name} {one.handle}".strip()) for one in answer.people]
    said = score(workspace, [Text(name) for name in names], now=now, asks=False)
    people = [
        Followed(
            one.remote_id,
            reading.author(_contact(channel, one, verdict), shield),
            known[one.remote_id].veiled if one.remote_id in known else 0,
            left.get(one.remote_id),
        )
        for one, verdict in zip(answer.people, said, strict=True)
    ]
    return Page(people, answer.cursor)


def _contact(channel: Channel, one: Author, verdict: Verdict) -> Contact:
    """As if they had written to us; not stored."""
    return Contact(
        network=channel.network, origin=channel.origin, remote_id=one.remote_id,
        handle=storable(one.handle), name=storable(one.name), url=one.url,
        rank=verdict.rank,
    )  # fmt: skip


def _known(channel: Channel, ids: Sequence[str]) -> Mapping[str, Contact]:
    rows = Contact.objects.filter(
        workspace_id=channel.workspace_id, network=channel.network, origin=channel.origin,
        remote_id__in=ids,
    )  # fmt: skip
    return {row.remote_id: row for row in rows}


def _left(channel: Channel, ids: Sequence[str]) -> Mapping[str, Delivery]:
    rows = Delivery.objects.filter(
        channel=channel, kind=ACT, payload__deed=Deed.UNFOLLOW, payload__target__in=list(ids)
    )
    return {row.payload["target"]: row for row in rows.order_by("created_at")}
