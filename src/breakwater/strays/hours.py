"""When posts made by hand are nobody's alarm."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from breakwater.strays.models import HandRule


def open_rule(channel_id: UUID, zone: str, at: datetime) -> HandRule | None:
    """The rule of the channel that holds at that instant, on the wall of `zone`. One query."""
    rules = HandRule.objects.filter(channel_id=channel_id, ended_at=None).order_by("pk")
    local = at.astimezone(ZoneInfo(zone))
    return next((rule for rule in rules if covers(rule, local)), None)


def covers(rule: HandRule, local: datetime) -> bool:
    """Whether the rule holds at that moment of its workspace's wall. Hours that pass midnight belong
    to the day on which they begin."""
    if rule.begins < rule.ends:
        return _on(rule, local) and rule.begins <= local.time() < rule.ends
    if local.time() >= rule.begins:
        return _on(rule, local)
    return local.time() < rule.ends and _on(rule, local - timedelta(days=1))


def _on(rule: HandRule, local: datetime) -> bool:
    return local.weekday() in rule.weekdays and (rule.until is None or local.date() <= rule.until)
