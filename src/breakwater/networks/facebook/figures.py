"""Figures of a Page, a post or a video.

Facebook renames metrics often, and answers a question that holds one it no longer knows with an
error for all. So they are asked together first, and one by one when that is refused.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from breakwater.domain.errors import Refused
from breakwater.networks.base import Figure, Metric
from breakwater.networks.facebook.calls import Page, inner, listed, moment

OF_PAGE = {"page_media_view": Metric.VIEWS, "page_total_media_view_unique": Metric.REACH}
OF_POST = {
    "post_media_view": Metric.VIEWS,
    "post_total_media_view_unique": Metric.REACH,
    "post_clicks": Metric.CLICKS,
}
_COUNTS = "reactions.limit(0).summary(total_count),comments.limit(0).summary(total_count),shares"
_OF_VIDEO = "views,likes.limit(0).summary(total_count),comments.limit(0).summary(total_count)"

Row = Mapping[str, Any]


async def of_page(page: Page) -> tuple[Figure, ...]:
    """Followers now, and the last days' views and reach."""
    row = await page.graph.get(page.id, fields="followers_count")
    days = await _insights(page, page.id, OF_PAGE, "day")
    return (*_count(Metric.FOLLOWERS, row.get("followers_count")), *days)


async def of_post(page: Page, plain: str) -> tuple[Figure, ...]:
    row = await page.graph.get(plain, fields=_COUNTS)
    return (
        *_count(Metric.LIKES, inner(row, "reactions", "summary", "total_count")),
        *_count(Metric.COMMENTS, inner(row, "comments", "summary", "total_count")),
        *_count(Metric.SHARES, inner(row, "shares", "count")),
        *await _insights(page, plain, OF_POST, "lifetime"),
    )


async def of_video(page: Page, plain: str) -> tuple[Figure, ...]:
    row = await page.graph.get(plain, fields=_OF_VIDEO)
    return (
        *_count(Metric.VIEWS, row.get("views")),
        *_count(Metric.LIKES, inner(row, "likes", "summary", "total_count")),
        *_count(Metric.COMMENTS, inner(row, "comments", "summary", "total_count")),
    )


async def _insights(
    page: Page, plain: str, metrics: Mapping[str, Metric], period: str
) -> tuple[Figure, ...]:
    try:
        rows = await _asked(page, plain, metrics, period)
    except Refused as error:
        if error.reason != "not_accepted":
            raise
        rows = []
        for name in metrics:
            rows += await _one(page, plain, name, period)
    return tuple(
        figure
        for row in rows
        if (metric := metrics.get(str(row.get("name"))))
        for value in listed(row, "values")
        for figure in _count(metric, value.get("value"), _day(value, period))
    )


async def _one(page: Page, plain: str, name: str, period: str) -> list[dict[str, Any]]:
    """The rows of one metric; none where Facebook no longer knows it."""
    try:
        return await _asked(page, plain, (name,), period)
    except Refused as error:
        if error.reason != "not_accepted":
            raise
        return []


async def _asked(
    page: Page, plain: str, names: Mapping[str, Metric] | tuple[str, ...], period: str
) -> list[dict[str, Any]]:
    answer = await page.graph.get(f"{plain}/insights", metric=",".join(names), period=period)
    return listed(answer, "data")


def _count(metric: Metric, value: object, day: date | None = None) -> tuple[Figure, ...]:
    good = isinstance(value, int) and not isinstance(value, bool)
    return (Figure(metric, int(str(value)), day),) if good else ()


def _day(value: Row, period: str) -> date | None:
    """A day's figure ends at the next midnight of Menlo Park, which is 07:00 or 08:00 UTC."""
    if period != "day" or not value.get("end_time"):
        return None
    return (moment(value["end_time"]) - timedelta(days=1)).date()
