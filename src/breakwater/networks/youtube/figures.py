"""Figures of a channel or a video: what its own row says, and what YouTube Analytics says.

The days asked for end with the day of the network's own clock: a connector has none.
Source: discovery documents youtube v3 (revision 20261104) and youtubeAnalytics v2; which metrics go
with days is from memory, not checked.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from breakwater.domain.errors import Refused, TryLater
from breakwater.networks.base import Figure, Metric
from breakwater.networks.youtube.calls import Api

DAYS = 28
_OF_ROWS: Mapping[str, Metric] = {
    "subscriberCount": Metric.FOLLOWERS,
    "viewCount": Metric.VIEWS,
    "likeCount": Metric.LIKES,
    "commentCount": Metric.COMMENTS,
}
_OF_DAYS: Mapping[str, Metric] = {
    "views": Metric.VIEWS,
    "likes": Metric.LIKES,
    "comments": Metric.COMMENTS,
    "shares": Metric.SHARES,
    "estimatedMinutesWatched": Metric.WATCHED_S,
}
_A_MINUTE = {"estimatedMinutesWatched": 60}


async def read(api: Api, video: str) -> tuple[Figure, ...]:
    """Since the beginning, then day by day for four weeks."""
    what, which = ("videos", {"id": video}) if video else ("channels", {"mine": "true"})
    rows = await api.items(what, part="statistics", **which)
    if not rows:
        raise Refused("not_there", f"no figures of {video or 'the channel'}")
    counted = rows[0].get("statistics") or {}
    return (*_counts(counted), *await _by_day(api, video))


def _counts(counted: Mapping[str, Any]) -> Iterator[Figure]:
    """What is hidden (the number of subscribers) is left out."""
    hidden = {"subscriberCount"} if counted.get("hiddenSubscriberCount") else set()
    for name, metric in _OF_ROWS.items():
        said = str(counted.get(name) or "")
        if said.isdigit() and name not in hidden:
            yield Figure(metric, int(said))


async def _by_day(api: Api, video: str) -> tuple[Figure, ...]:
    if api.google.now is None:
        raise TryLater("the network does not say what day it is")
    end = api.google.now.date()
    answer = await api.google.get(
        api.analytics,
        ids="channel==MINE",
        startDate=(end - timedelta(days=DAYS)).isoformat(),
        endDate=end.isoformat(),
        dimensions="day",
        metrics=",".join(_OF_DAYS),
        sort="day",
        **({"filters": f"video=={video}"} if video else {}),
    )
    names = [str(column.get("name")) for column in answer.get("columnHeaders") or []]
    rows = [dict(zip(names, row, strict=False)) for row in answer.get("rows") or []]
    return tuple(figure for row in rows for figure in _day(row))


def _day(row: Mapping[str, Any]) -> Iterator[Figure]:
    day = datetime.strptime(str(row["day"]), "%Y-%m-%d").replace(tzinfo=UTC).date()
    for name, metric in _OF_DAYS.items():
        if isinstance(row.get(name), int | float):
            yield Figure(metric, int(row[name]) * _A_MINUTE.get(name, 1), day)
