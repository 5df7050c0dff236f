"""Rows of posts and deliveries as what the API shows of them; used by several routes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from breakwater.api.problems import finding_out
from breakwater.api.schemas.base import FindingOut
from breakwater.api.schemas.delivery import DeliveryOut
from breakwater.api.schemas.publishing import (
    CardOut,
    ContentOut,
    CostOut,
    CountOut,
    DecisionOut,
    PartOut,
    PostOut,
    ReportOut,
    ReviewOut,
    VersionOut,
)
from breakwater.core.messages import sentence
from breakwater.delivery.models import NOT_YET, Delivery
from breakwater.delivery.places import Place, place_of, places
from breakwater.delivery.selectors import why_of
from breakwater.delivery.services import ACT
from breakwater.publishing.calendar import Card
from breakwater.publishing.content import as_json, parse
from breakwater.publishing.finding import Report
from breakwater.publishing.models import Decision, Post, Version
from breakwater.publishing.parts import Part
from breakwater.publishing.selectors import (
    decisions_of,
    deliveries_of,
    post_of,
    targets_of,
    version_of,
)
from breakwater.publishing.status import status_of

_EXCERPT = 120


def post(row: Post) -> PostOut:
    """The post, read again as it is now."""
    row = post_of(row.workspace_id, row.pk)
    deliveries = deliveries_of(row)
    return PostOut(
        id=row.pk,
        title=row.title,
        state=row.state,
        status=status_of(row, deliveries).value,
        revision=row.revision,
        author=str(row.author),
        edited_by=str(row.edited_by),
        edited_at=row.edited_at,
        planned_at=row.planned_at,
        left_at=row.left_at,
        content=ContentOut(**as_json(parse(row.draft))),
        version=_version_of(row),
        decisions=[_decision(one) for one in decisions_of(row)],
        deliveries=deliveries_out(deliveries),
    )


def review(row: Post) -> ReviewOut:
    """The post with what was submitted of it."""
    targets = targets_of(row.version_id) if row.version_id else []
    return ReviewOut(
        id=row.pk,
        title=row.title,
        state=row.state,
        author=str(row.author),
        version=_version_of(row),
        parts=[
            PartOut(channel_id=one.channel_id, digest=one.digest, payload=one.payload)
            for one in targets
        ],
    )


def version(row: Version) -> VersionOut:
    return VersionOut(
        id=row.pk,
        number=row.number,
        digest=row.digest,
        policy=row.policy,
        planned_at=row.planned_at,
        submitted_by=str(row.submitted_by),
        submitted_at=row.created_at,
    )


def card(row: Card) -> CardOut:
    return CardOut(
        id=row.id,
        title=row.title,
        state=row.state,
        status=row.status.value,
        author=row.author,
        planned_at=row.planned_at,
        left_at=row.left_at,
        wall=row.wall.replace(tzinfo=None).isoformat(timespec="minutes") if row.wall else None,
        channels=list(row.channels),
        media=row.media,
    )


def report(found: Report) -> ReportOut:
    return ReportOut(**report_parts(found))


def report_parts(found: Report) -> dict[str, Any]:
    return {
        "stops": bool(found.stops),
        "counts": [
            CountOut(channel_id=one.channel_id, used=one.used, limit=one.limit, unit=one.unit)
            for one in found.counts
        ],
        "findings": [FindingOut(**finding_out(one)) for one in found.findings],
        "costs": [
            CostOut(
                channel_id=one.channel_id,
                micros=one.micros,
                posts=one.data["posts"],
                linked=one.data["linked"],
                message=sentence(one.code, one.data),
            )
            for one in found.costs
        ],
    }


def parts(made: Iterable[Part]) -> list[PartOut]:
    return [
        PartOut(channel_id=one.channel.pk, digest=one.digest, payload=one.payload) for one in made
    ]


def deliveries_out(rows: Iterable[Delivery]) -> list[DeliveryOut]:
    every = list(rows)
    there = places(every)
    return [DeliveryOut(**delivery_parts(row, there[row.pk])) for row in every]


def delivery(row: Delivery) -> DeliveryOut:
    return DeliveryOut(**delivery_parts(row, place_of(row)))


def delivery_parts(row: Delivery, there: Place) -> dict[str, Any]:
    """there: where what it made is now."""
    return {
        "id": row.pk,
        "kind": row.kind,
        "deed": str(row.payload.get("deed", "")) if row.kind == ACT else "",
        "title": str(row.payload.get("text", ""))[:_EXCERPT],
        "source": row.source,
        "channel_id": row.channel_id,
        "channel": str(row.channel),
        "network": row.channel.network,
        "state": row.state,
        "due_at": row.due_at,
        "waits_until": _waits_until(row),
        "accepted_at": row.accepted_at,
        "verified_at": row.verified_at,
        "remote_id": there.remote_id,
        "remote_url": there.url,
        "reason": row.reason,
        "message": why_of(row),
    }


def _waits_until(row: Delivery) -> datetime | None:
    """When it is tried next, if it waits for something that ends by itself."""
    waits = row.state == "retry_wait" and row.not_before < NOT_YET
    return row.not_before if waits else None


def _version_of(row: Post) -> VersionOut | None:
    return version(version_of(row.workspace_id, row.version_id)) if row.version_id else None


def _decision(row: Decision) -> DecisionOut:
    return DecisionOut(
        person=str(row.person),
        about=row.about,
        approved=row.approved,
        digest=row.digest,
        comment=row.comment,
        at=row.created_at,
        revoked=row.revoked_at is not None,
    )
