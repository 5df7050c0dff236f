"""Numbers of a post and of the account (docs/threads/insights; the collection's metrics)."""

from collections.abc import Mapping
from typing import Any

from breakwater.networks.base import Figure, Metric
from breakwater.networks.graph import Graph
from breakwater.networks.threads.inbound import bare

_POST = {
    "views": Metric.VIEWS,
    "likes": Metric.LIKES,
    "replies": Metric.COMMENTS,
    "reposts": Metric.SHARES,
    "quotes": Metric.SHARES,
    "shares": Metric.SHARES,
}
"""A repost, a quote and a share all carry the post on: their sum is what others call shares."""

_ACCOUNT = {
    "views": Metric.VIEWS,
    "likes": Metric.LIKES,
    "replies": Metric.COMMENTS,
    "reposts": Metric.SHARES,
    "quotes": Metric.SHARES,
    "clicks": Metric.CLICKS,
    "followers_count": Metric.FOLLOWERS,
}


async def of_post(graph: Graph, remote_id: str) -> tuple[Figure, ...]:
    answer = await graph.get(f"{bare(remote_id)}/insights", metric=",".join(_POST))
    return _summed(answer, _POST)


async def of_account(graph: Graph) -> tuple[Figure, ...]:
    answer = await graph.get("me/threads_insights", metric=",".join(_ACCOUNT))
    return _summed(answer, _ACCOUNT)


def _summed(answer: Mapping[str, Any], metrics: Mapping[str, Metric]) -> tuple[Figure, ...]:
    sums: dict[Metric, int] = {}
    for row in answer.get("data") or []:
        metric, value = metrics.get(str(row.get("name"))), _value(row)
        if metric is not None and value is not None:
            sums[metric] = sums.get(metric, 0) + value
    return tuple(Figure(metric, value) for metric, value in sums.items())


def _value(row: Mapping[str, Any]) -> int | None:
    """The newest, where there is one for each day."""
    values = row.get("values") or [row.get("total_value") or {}]
    value = values[-1].get("value")
    return value if isinstance(value, int) else None
