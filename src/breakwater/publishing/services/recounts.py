"""New time zone data: planned times stay on the wall, and their instants are computed anew.

That is no change of what was approved: approval binds the wall time and its zone.
"""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, InterfaceError, transaction

from breakwater.audit.services import Fact, record
from breakwater.delivery.selectors import for_sources
from breakwater.delivery.services import PUBLISH, shift
from breakwater.domain.errors import Invalid
from breakwater.publishing.content import parse
from breakwater.publishing.models import Post, Version
from breakwater.publishing.plans import refresh, tzdata_version
from breakwater.publishing.services.telling import tell_of_clocks

AT_ONCE = 200
log = logging.getLogger(__name__)
STILL_NEAR = timedelta(days=1)
"""A time that is past by the old rules may lie ahead by the new ones: no zone moved by more."""
_NOT_BEGUN = ("queued", "retry_wait", "claimed", "prepared", "held")


def recount(*, now: datetime, until: datetime | None = None, at_once: int = AT_ONCE) -> int:
    """Every planned time of today and later is computed with the time zone data that is here; how
    many instants moved. Data older than what a time was computed with changes nothing.

    Deliveries that have not begun move along, with their windows; those who count on the post
    are told. A post at a time, so it can be broken off and run again, twice at once too; one
    that is broken costs the others nothing.
    until: only those planned before it, by the rules that they were counted with.
    """
    version = refresh()
    moved, last = 0, None
    while batch := _batch(version, last, now, until)[:at_once]:
        moved += sum(_one(key, version, now) for key in batch)
        last = batch[-1]
    return moved


def _batch(version: str, last: UUID | None, now: datetime, until: datetime | None) -> list[UUID]:
    rows = Post.objects.filter(planned_tzdata__lt=version, planned_at__gte=now - STILL_NEAR)
    if until is not None:
        rows = rows.filter(planned_at__lt=until)
    if last is not None:
        rows = rows.filter(pk__gt=last)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])


def _one(key: UUID, version: str, now: datetime) -> bool:
    try:
        return _recounted(key, version, now)
    except (DatabaseError, InterfaceError):
        raise
    except Exception:
        log.exception("recount.broke post=%s", key)
        return False


def _recounted(key: UUID, version: str, now: datetime) -> bool:
    """Whether the post's instant moved. The post is locked first, as in every deed on it."""
    with transaction.atomic():
        post = Post.objects.select_for_update(of=("self",)).filter(pk=key).first()
        if post is None or post.planned_at is None or post.planned_tzdata >= version:
            return False
        before, after = post.planned_at, _planned(post)
        post.planned_tzdata = version
        moves = after is not None and after != before and not _is_over(post, now)
        if moves and after is not None:
            _move(post, before, after, now)
        post.save(update_fields=["planned_tzdata", "planned_at", "stands_at"])
    return moves


def _planned(post: Post) -> datetime | None:
    """None for a zone that the new data no longer has: the instant stays as it was."""
    try:
        planned = parse(post.draft).planned()
    except Invalid:
        return None
    return planned.instant if planned else None


def _is_over(post: Post, now: datetime) -> bool:
    """Whether its time came and something happened: then the plan is history."""
    if post.left_at is not None:
        return True
    if post.planned_at is None or post.planned_at > now:
        return False
    rows = for_sources([post.version_id]).get(post.version_id, []) if post.version_id else []
    return not any(row.state in _NOT_BEGUN for row in rows)


def _move(post: Post, before: datetime, after: datetime, now: datetime) -> None:
    post.planned_at = post.stands_at = after
    if post.version_id:
        Version.objects.filter(pk=post.version_id, planned_at=before).update(planned_at=after)
        rows = for_sources([post.version_id]).get(post.version_id, [])
        own = [row for row in rows if row.kind == PUBLISH]
        shift(own, planned=before, by=after - before, now=now)
    data = {
        "from": before.isoformat(), "to": after.isoformat(), "tzdata": post.planned_tzdata,
        "zone": post.planned_zone,
    }  # fmt: skip
    record([Fact(post.workspace_id, "post.recounted", "post", post.pk, data)], by=None, now=now)
    tell_of_clocks(post, tzdata_version(), now=now)
