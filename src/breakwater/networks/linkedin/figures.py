"""Figures of an organisation and of its posts, since the beginning.

Source: https://learn.microsoft.com/en-us/linkedin/marketing/community-management/organizations/
share-statistics and .../organization-lookup-api (networkSizes), read 2026-11-28; the shapes are
from memory, not checked.
"""

from typing import Any

from breakwater.domain.errors import Unsupported
from breakwater.networks.base import Account, Figure, Metric
from breakwater.networks.linkedin import urns
from breakwater.networks.linkedin.api import Api, rows_of

_NAMES = (
    ("impressionCount", Metric.VIEWS),
    ("uniqueImpressionsCount", Metric.REACH),
    ("likeCount", Metric.LIKES),
    ("commentCount", Metric.COMMENTS),
    ("shareCount", Metric.SHARES),
    ("clickCount", Metric.CLICKS),
)


async def read(api: Api, account: Account, remote_id: str) -> tuple[Figure, ...]:
    """Of one post; without an id, of the organisation and its followers."""
    if not account.remote_id.startswith(urns.ORGANISATION):
        raise Unsupported("figures are read for organisations")
    me = urns.path(account.remote_id)
    path = f"/rest/organizationalEntityShareStatistics?q=organizationalEntity&organizationalEntity={me}"
    if remote_id:
        kind = "ugcPosts" if ":ugcPost:" in remote_id else "shares"
        path += f"&{kind}=List({urns.path(remote_id)})"
    rows = rows_of(await api.get(path, method="FINDER"))
    total = rows[0].get("totalShareStatistics") if rows else None
    found = _figures(total if isinstance(total, dict) else {})
    if remote_id:
        return found
    size = await api.get(f"/rest/networkSizes/{me}?edgeType=COMPANY_FOLLOWED_BY_MEMBER")
    followers = size.get("firstDegreeSize")
    number = followers if isinstance(followers, int) else 0
    return (Figure(Metric.FOLLOWERS, number), *found)


def _figures(total: dict[str, Any]) -> tuple[Figure, ...]:
    """Counts that were corrected downwards can be negative there; nobody sees less than none."""
    return tuple(
        Figure(metric, max(0, value))
        for name, metric in _NAMES
        if isinstance(value := total.get(name), int)
    )
