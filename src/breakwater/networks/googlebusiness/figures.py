"""Figures of a place, day by day: how often it was seen, and what people did then.

Source: discovery document businessprofileperformance v1, revision 20261026.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from breakwater.networks.base import Figure, Metric
from breakwater.networks.googlebusiness.calls import Api
from breakwater.networks.googlebusiness.inbound import Reader

DAYS = 28
_SEEN = tuple(
    f"BUSINESS_IMPRESSIONS_{where}"
    for where in ("DESKTOP_MAPS", "DESKTOP_SEARCH", "MOBILE_MAPS", "MOBILE_SEARCH")
)
_DONE = ("CALL_CLICKS", "WEBSITE_CLICKS", "BUSINESS_DIRECTION_REQUESTS")
_METRICS: Mapping[str, Metric] = {
    **dict.fromkeys(_SEEN, Metric.VIEWS),
    **dict.fromkeys(_DONE, Metric.CLICKS),
}


async def read(api: Api, reader: Reader) -> tuple[Figure, ...]:
    """Four weeks that end with the day of the network's own clock."""
    end = (await reader.now()).date()
    start = end - timedelta(days=DAYS)
    params = [("dailyMetrics", name) for name in _METRICS]
    for name, day in (("startDate", start), ("endDate", end)):
        params += [
            (f"dailyRange.{name}.{part}", str(getattr(day, part)))
            for part in ("year", "month", "day")
        ]
    counted: Counter[tuple[date, Metric]] = Counter()
    for group in (await api.figures(params)).get("multiDailyMetricTimeSeries") or []:
        for series in group.get("dailyMetricTimeSeries") or []:
            metric = _METRICS.get(str(series.get("dailyMetric")))
            if metric is not None:
                counted.update(_days(series, metric))
    return tuple(
        Figure(metric, value, day)
        for (day, metric), value in sorted(counted.items(), key=lambda one: (one[0][0], one[0][1]))
    )


def _days(series: Mapping[str, Any], metric: Metric) -> dict[tuple[date, Metric], int]:
    """A day without a value is not known yet, or had none: it is left out."""
    rows = (series.get("timeSeries") or {}).get("datedValues") or []
    return {
        (date(int(d["year"]), int(d["month"]), int(d["day"])), metric): int(row["value"])
        for row in rows
        if str(row.get("value") or "").isdigit() and (d := row.get("date") or {}).get("year")
    }
