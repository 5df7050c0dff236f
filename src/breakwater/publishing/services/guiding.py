"""A guideline is tried on posts, and begins to count: what it would hold is told at once."""

from datetime import datetime
from uuid import UUID

from breakwater.guidelines import services
from breakwater.guidelines.models import Guideline
from breakwater.guidelines.selectors import guideline_of, rule_of
from breakwater.notices.services import tell
from breakwater.people import checks
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, with_right
from breakwater.publishing.trying import Tried, try_on_past, try_on_planned


def try_guideline(by: Access, guideline_id: UUID, *, now: datetime) -> Tried:
    """What it finds in the 500 posts that left last; from then on it may be turned on.

    Raises: Forbidden; NotFound; Invalid("pattern_slow"); StaleState("guideline_changed").
    """
    checks.may(by, Right.INVITE)
    row = guideline_of(by.workspace.pk, guideline_id)
    found = try_on_past(by.workspace, rule_of(row))
    services.mark_tried(by, row.pk, revision=row.revision, found=found.hits, now=now)
    return found


def turn_on_guideline(by: Access, guideline_id: UUID, *, now: datetime) -> tuple[Guideline, Tried]:
    """It counts, and those who plan are told once, in one notice, how many planned posts it meets.

    Raises: Forbidden; NotFound; Invalid: guideline_untried.
    """
    row = services.turn_on(by, guideline_id, now=now)
    found = try_on_planned(by.workspace, rule_of(row))
    if found.hits:
        tell(
            with_right(by.workspace.pk, Right.SCHEDULE),
            f"guideline_{row.effect}s",
            key=f"guideline:{row.pk}:{row.revision}:{now:%Y%m%d%H%M}",
            data={"who": str(by.person), "n": found.hits, "clause": row.clause},
            path=f"/w/{by.workspace.slug}/settings/guidelines/{row.pk}/",
            workspace_id=by.workspace.pk,
            now=now,
        )
    return row, found
