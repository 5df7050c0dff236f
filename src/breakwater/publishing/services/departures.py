"""What left is written on its post in the transaction that learns it, so that a reader may
trust `Post.left_at`. Results of calls and a person's answers therefore come through here.

Posts are locked before deliveries, as in every deed on a post.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from breakwater.delivery import services as delivery
from breakwater.delivery.lifecycle import OUT
from breakwater.delivery.models import Delivery
from breakwater.delivery.selectors import first_left
from breakwater.delivery.services import PUBLISH, outcomes
from breakwater.delivery.services.outcomes import Result
from breakwater.publishing.models import Post


def settle(results: Sequence[Result], *, now: datetime) -> list[Delivery]:
    """As `delivery.services.outcomes.settle`; posts of which something left stand where it did."""
    out = [one.delivery_id for one in results if one.next.state in OUT]
    with placing(out):
        return outcomes.settle(results, now=now)


def it_is_out(
    row: Delivery, *, remote_id: str = "", url: str = "", by: UUID, now: datetime
) -> Delivery:
    """As `delivery.services.it_is_out`."""
    with placing([row.pk]):
        return delivery.it_is_out(row, remote_id=remote_id, url=url, by=by, now=now)


def it_is_not_out(row: Delivery, *, by: UUID, now: datetime) -> Delivery:
    """As `delivery.services.it_is_not_out`; the post stands at its planned time again."""
    with placing([row.pk]):
        return delivery.it_is_not_out(row, by=by, now=now)


def leave_it(row: Delivery, *, by: UUID, now: datetime) -> Delivery:
    """As `delivery.services.leave_it`: what is given up has not left."""
    with placing([row.pk]):
        return delivery.leave_it(row, by=by, now=now)


@contextmanager
def placing(deliveries: Collection[UUID]) -> Iterator[None]:
    """A transaction after which the posts of `deliveries` say when they left."""
    with transaction.atomic(durable=not connection.in_atomic_block):
        posts = _locked(deliveries) if deliveries else []
        yield
        _place(posts)


def _locked(deliveries: Collection[UUID]) -> list[Post]:
    own = Delivery.objects.filter(pk__in=deliveries, kind=PUBLISH).order_by()
    rows = Post.objects.select_for_update().filter(version_id__in=own.values("source"))
    return list(rows.only("version_id", "left_at", "planned_at", "created_at").order_by("pk"))


def _place(posts: Sequence[Post]) -> None:
    left = first_left(post.version_id for post in posts if post.version_id) if posts else {}
    moved = []
    for post in posts:
        before, post.left_at = post.left_at, left.get(post.version_id) if post.version_id else None
        if post.left_at != before:
            post.stands_at = post.left_at or post.planned_at or post.created_at
            moved.append(post)
    if moved:
        Post.objects.bulk_update(moved, ["left_at", "stands_at"], batch_size=100)
