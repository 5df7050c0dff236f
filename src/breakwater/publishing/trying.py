"""What a guideline would have found in the posts of the past, before it counts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from breakwater.domain.errors import Invalid
from breakwater.domain.guidelines import Draft, Kind, Rule, findings
from breakwater.people.models import Workspace
from breakwater.publishing.content import parse
from breakwater.publishing.models import Post
from breakwater.publishing.ruling import texts_of

PAST = 500
SHOWN = 50
_SLOW_MOST = 5


@dataclass(frozen=True)
class Met:
    """A post that the guideline finds something in. found: what, as it is written there."""

    post: Post
    found: str


@dataclass(frozen=True)
class Tried:
    """posts: how many were looked at, at most 500; hits: in how many something was found; met: the
    latest 50 of those."""

    posts: int
    hits: int
    met: tuple[Met, ...]


def try_on_past(workspace: Workspace, rule: Rule) -> Tried:
    """The rule, whenever it counts, held against the 500 posts that left last, as they left.

    Raises: Invalid("pattern_slow") for a pattern that does not come to an end on several of them.
    """
    rows = Post.objects.filter(workspace=workspace, left_at__isnull=False, version__isnull=False)
    return _tried(workspace, rule, rows.order_by("-left_at", "-pk")[:PAST])


def try_on_planned(workspace: Workspace, rule: Rule) -> Tried:
    """The rule as it counts, held against what is approved or scheduled and has not left."""
    rows = Post.objects.filter(
        workspace=workspace, state__in=("approved", "scheduled"), left_at=None,
        version__isnull=False,
    )  # fmt: skip
    return _tried(workspace, rule, rows.order_by("planned_at", "pk")[:PAST], always=False)


def _tried(workspace: Workspace, rule: Rule, rows: QuerySet[Post], *, always: bool = True) -> Tried:
    zone = ZoneInfo(workspace.zone)
    asked = replace(rule, since=None, until=None) if always else rule
    posts = list(rows.select_related("version"))
    met = list(_met(posts, asked, zone))
    return Tried(len(posts), len(met), tuple(met[:SHOWN]))


def _met(posts: list[Post], rule: Rule, zone: ZoneInfo) -> Iterator[Met]:
    slow = 0
    for post in posts:
        draft, at = _draft(post, zone)
        for hit in findings(draft, [rule], now=at):
            slow += rule.kind is Kind.PATTERN and not hit.found
            if slow > _SLOW_MOST:
                raise Invalid(code="pattern_slow", field="pattern")
            yield Met(post, hit.found)


def _draft(post: Post, zone: ZoneInfo) -> tuple[Draft, datetime]:
    """As it was submitted; it leaves when it left, else when it is planned."""
    if post.version is None:  # it has been submitted
        raise Invalid(code="not_approved")
    at = post.left_at or post.version.planned_at
    return Draft(texts_of(parse(post.version.content)), at.astimezone(zone)), at
