"""Figures of an account and of a pin: totals, and the last 30 days one by one.

Days are the network's (UTC), and "today" is the day of its own answer, so that our clock plays
no part. Source: operations user_account/analytics, pins/analytics and pins/get (pin_metrics) of
the description, read 2026-11-28: 90 days back at most.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote

import httpx

from breakwater.domain.errors import Refused
from breakwater.networks import wire
from breakwater.networks.base import Figure, Metric
from breakwater.networks.pinterest.api import Api
from breakwater.networks.pinterest.errors import refusal
from breakwater.networks.pinterest.manifest import ANALYTICS

DAYS = 30
_DAILY = {"IMPRESSION": Metric.VIEWS, "SAVE": Metric.SAVES, "OUTBOUND_CLICK": Metric.CLICKS}
_LIFETIME = {
    "impression": Metric.VIEWS,
    "save": Metric.SAVES,
    "clickthrough": Metric.CLICKS,
    "reaction": Metric.LIKES,
    "comment": Metric.COMMENTS,
}


async def read(api: Api, remote_id: str) -> tuple[Figure, ...]:
    """Of one pin; without an id, of the account."""
    if remote_id:
        path = f"/pins/{quote(remote_id, safe='')}"
        answer = await _asked(api, path, {"pin_metrics": "true"})
        metrics = wire.body(answer, safe=True).get("pin_metrics") or {}
        totals = _totals(metrics.get("lifetime_metrics") or {})
        return (*totals, *await _days(api, f"{path}/analytics", answer))
    answer = await _asked(api, "/user_account", {})
    followers = wire.body(answer, safe=True).get("follower_count")
    figures = (Figure(Metric.FOLLOWERS, followers),) if isinstance(followers, int) else ()
    return (*figures, *await _days(api, "/user_account/analytics", answer))


async def _asked(api: Api, path: str, params: Mapping[str, str]) -> httpx.Response:
    answer = await api.ask(path, params)
    if not answer.is_success:
        raise refusal(answer, safe=True)
    return answer


async def _days(api: Api, path: str, answer: httpx.Response) -> tuple[Figure, ...]:
    """Each day of the last 30; none where the account is no business, or the answer undated."""
    today = _day_of(answer)
    if today is None:
        return ()
    asked = {
        "start_date": (today - timedelta(days=DAYS - 1)).isoformat(),
        "end_date": today.isoformat(),
        "metric_types": ",".join(_DAILY),
    }
    try:
        said = await api.get(path, asked, cost=ANALYTICS)
    except Refused as error:
        if error.reason == "not_allowed":
            return ()
        raise
    return tuple(figure for row in _rows(said) for figure in _of_day(row))


def _rows(said: Mapping[str, Any]) -> list[dict[str, Any]]:
    whole = said.get("all") or next((v for v in said.values() if isinstance(v, dict)), {})
    rows = whole.get("daily_metrics") if isinstance(whole, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _of_day(row: Mapping[str, Any]) -> list[Figure]:
    """A day that is still being counted gives nothing yet."""
    if row.get("data_status") != "READY":
        return []
    day, metrics = date.fromisoformat(str(row["date"])), row.get("metrics") or {}
    return [
        Figure(metric, round(metrics[name]), day)
        for name, metric in _DAILY.items()
        if isinstance(metrics.get(name), int | float)
    ]


def _totals(metrics: Mapping[str, Any]) -> list[Figure]:
    return [
        Figure(metric, metrics[name])
        for name, metric in _LIFETIME.items()
        if isinstance(metrics.get(name), int)
    ]


def _day_of(answer: httpx.Response) -> date | None:
    try:
        return parsedate_to_datetime(answer.headers.get("date", "")).date()
    except ValueError:
        return None
