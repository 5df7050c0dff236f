"""Numbers of a post and of the account. Names of metrics: api_specs enum_types (2026-04-15)."""

from collections.abc import Mapping
from typing import Any

from breakwater.networks.base import Figure, Metric
from breakwater.networks.graph import Graph
from breakwater.networks.instagram.inbound import bare

_ACCOUNT = {
    "views": Metric.VIEWS,
    "reach": Metric.REACH,
    "likes": Metric.LIKES,
    "comments": Metric.COMMENTS,
    "shares": Metric.SHARES,
    "saves": Metric.SAVES,
    "website_clicks": Metric.CLICKS,
}
_POST = {
    "views": Metric.VIEWS,
    "reach": Metric.REACH,
    "likes": Metric.LIKES,
    "comments": Metric.COMMENTS,
    "shares": Metric.SHARES,
    "saved": Metric.SAVES,
}
_REEL = {**_POST, "ig_reels_video_view_total_time": Metric.WATCHED_S}
_STORY = {
    "views": Metric.VIEWS,
    "reach": Metric.REACH,
    "replies": Metric.COMMENTS,
    "shares": Metric.SHARES,
}
_BY_PRODUCT = {"REELS": _REEL, "STORY": _STORY}
"""Which metrics each kind of post has, as Instagram names kinds (media_product_type)."""


async def of_post(graph: Graph, remote_id: str) -> tuple[Figure, ...]:
    """Since it was published."""
    node = await graph.get(bare(remote_id), fields="id,media_product_type")
    metrics = _BY_PRODUCT.get(str(node.get("media_product_type")), _POST)
    answer = await graph.get(f"{bare(remote_id)}/insights", metric=",".join(metrics))
    return _figures(answer, metrics)


async def of_account(graph: Graph, me: str) -> tuple[Figure, ...]:
    """Followers now, the rest of the last day."""
    node = await graph.get(me, fields="id,followers_count")
    followers = node.get("followers_count")
    told = (Figure(Metric.FOLLOWERS, followers),) if isinstance(followers, int) else ()
    answer = await graph.get(
        f"{me}/insights", metric=",".join(_ACCOUNT), metric_type="total_value", period="day"
    )
    return told + _figures(answer, _ACCOUNT)


def _figures(answer: Mapping[str, Any], metrics: Mapping[str, Metric]) -> tuple[Figure, ...]:
    found = []
    for row in answer.get("data") or []:
        metric, value = metrics.get(str(row.get("name"))), _value(row)
        if metric is not None and value is not None:
            in_seconds = value // 1000 if metric is Metric.WATCHED_S else value
            found.append(Figure(metric, in_seconds))
    return tuple(found)


def _value(row: Mapping[str, Any]) -> int | None:
    values = row.get("values") or [row.get("total_value") or {}]
    value = values[-1].get("value")
    return value if isinstance(value, int) else None
