"""Exactly what would be sent if the draft were submitted now, and its digest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from breakwater.channels.models import Channel
from breakwater.channels.selectors import in_order
from breakwater.domain.errors import Problem
from breakwater.domain.parcels import digest_of_all
from breakwater.domain.walltime import Planned
from breakwater.media.models import Asset
from breakwater.publishing.content import Content, parse
from breakwater.publishing.finding import STOP, Finding, Report
from breakwater.publishing.findings import report_on
from breakwater.publishing.models import Post
from breakwater.publishing.parts import Part, parts_for
from breakwater.publishing.pricing import with_costs
from breakwater.publishing.ruling import STATEMENT, with_guidelines
from breakwater.publishing.stating import with_statement


@dataclass(frozen=True)
class Preview:
    """A version before it is one. digest: "" and parts: () while something stops it."""

    content: Content
    revision: int
    planned: Planned | None
    report: Report
    parts: tuple[Part, ...]
    digest: str


def report(
    workspace_id: UUID, content: Content, *, of: Post | None = None, now: datetime
) -> Report:
    """The findings on a draft as it is typed: nothing is stored, no picture is touched. of: the post
    that it is of, once there is one."""
    channels, assets = _channels(workspace_id, content), _assets(workspace_id, content)
    return _report(workspace_id, content, channels, assets, of, now)


def _report(
    workspace_id: UUID,
    content: Content,
    channels: Sequence[Channel],
    assets: Mapping[UUID, Asset],
    of: Post | None,
    now: datetime,
) -> Report:
    """Guidelines only warn of what a statement says; what a statement has to say is a stop."""
    found = report_on(content, channels, assets, now=now)
    statement = of is not None and of.purpose == STATEMENT
    found = with_guidelines(found, workspace_id, content, statement=statement, now=now)
    if of is not None and statement:
        found = with_statement(found, of.statement, content)
    return with_costs(found, workspace_id, content, channels, now)


def preview(post: Post, *, now: datetime) -> Preview:
    """What `submit` would freeze: pictures are made to fit here, outside of any transaction."""
    content = parse(post.draft)
    channels = _channels(post.workspace_id, content)
    assets = _assets(post.workspace_id, content)
    found = _report(post.workspace_id, content, channels, assets, post, now)
    parts: list[Part] = []
    if not found.stops:
        for channel in channels:
            try:
                parts += parts_for(channel, content, assets, now)
            except Problem as problem:
                said = Finding(STOP, problem.code, channel.pk, problem.data)
                found = replace(found, findings=(*found.findings, said))
    if found.stops:
        parts = []
    digest = (
        ""
        if not parts
        else digest_of_all({(one.channel.pk, one.number): one.digest for one in parts})
    )
    return Preview(content, post.revision, content.planned(), found, tuple(parts), digest)


def _channels(workspace_id: UUID, content: Content) -> list[Channel]:
    rows = Channel.objects.filter(workspace_id=workspace_id, pk__in=list(content.targets))
    return list(rows.order_by(*in_order()))


def _assets(workspace_id: UUID, content: Content) -> dict[UUID, Asset]:
    """Those of the media, and of the card's picture, that the workspace has."""
    wanted = {medium.asset_id for medium in content.media}
    if content.card and content.card.asset_id:
        wanted.add(content.card.asset_id)
    if not wanted:
        return {}
    return Asset.objects.filter(workspace_id=workspace_id).in_bulk(list(wanted))
