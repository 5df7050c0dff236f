"""What people said when they were asked how it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from breakwater.inbox.models import Survey

SCORES = (5, 4, 3, 2, 1)


@dataclass(frozen=True)
class Scores:
    """asked: how many people; of: score -> how many said so, the best first."""

    asked: int
    of: Mapping[int, int]

    @property
    def said(self) -> int:
        return sum(self.of.values())

    @property
    def mean(self) -> float | None:
        """None where nobody said anything."""
        if not self.said:
            return None
        return sum(score * n for score, n in self.of.items()) / self.said


def scores_since(workspace_id: UUID, since: datetime) -> Scores:
    """Of those who were asked since then. One query."""
    rows = Survey.objects.filter(workspace_id=workspace_id, created_at__gte=since)
    found = dict(rows.values_list("score").annotate(n=Count("pk")).order_by())
    return Scores(sum(found.values()), {one: found.get(one, 0) for one in SCORES})
