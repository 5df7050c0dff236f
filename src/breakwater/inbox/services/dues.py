"""By when an answer is wanted: so many minutes of business hours after somebody wrote."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from breakwater.domain.business_hours import Hours, after, parse
from breakwater.inbox.models import Item, Setup


@dataclass(frozen=True)
class Targets:
    """minutes: category -> within which an answer is wanted."""

    minutes: Mapping[str, int]
    hours: Hours

    def due(self, items: Sequence[Item]) -> datetime | None:
        """The earliest of what waits (oldest first); None where no target is set for any of it."""
        first: dict[str, datetime] = {}
        for item in items:
            first.setdefault(item.category, item.at)
        ends = [
            after(at, self.minutes[category], self.hours)
            for category, at in first.items() if category in self.minutes
        ]  # fmt: skip
        return min((end for end in ends if end is not None), default=None)


def setups_of(workspace_ids: Collection[UUID]) -> dict[UUID, Setup]:
    """Of the workspaces that were set up, with their workspaces. One query."""
    rows = Setup.objects.select_related("workspace").filter(workspace_id__in=workspace_ids)
    return {row.workspace_id: row for row in rows}


def targets_of(setup: Setup | None) -> Targets | None:
    """None where no target is set for anything."""
    if setup is None or not setup.targets:
        return None
    hours = parse(setup.hours, setup.closing_days, setup.workspace.zone)
    return Targets(setup.targets, hours)
