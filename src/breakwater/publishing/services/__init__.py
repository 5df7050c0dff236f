"""What pages, the API and workers call. The stories: drafts, submissions, approvals, changes,
leaving, departures. Each takes `by` (a person's id) and `now`; whether the person's role has the
right is asked by `people.selectors.access` before, except for decisions, which check it
themselves."""

from breakwater.publishing.services.approvals import decide, revoke_approval
from breakwater.publishing.services.changes import cancel, move, reopen
from breakwater.publishing.services.departures import (
    it_is_not_out,
    it_is_out,
    leave_it,
    settle,
)
from breakwater.publishing.services.drafts import new_post, save_draft
from breakwater.publishing.services.guiding import try_guideline, turn_on_guideline
from breakwater.publishing.services.leaving import (
    send_at,
    send_late,
    send_now,
    take_down,
    take_down_post,
)
from breakwater.publishing.services.reconciling import reconcile_channel
from breakwater.publishing.services.recounts import STILL_NEAR, recount
from breakwater.publishing.services.rewording import reword
from breakwater.publishing.services.submissions import submit

__all__ = [
    "STILL_NEAR",
    "cancel",
    "decide",
    "it_is_not_out",
    "it_is_out",
    "leave_it",
    "move",
    "new_post",
    "reconcile_channel",
    "recount",
    "reopen",
    "revoke_approval",
    "reword",
    "save_draft",
    "send_at",
    "send_late",
    "send_now",
    "settle",
    "submit",
    "take_down",
    "take_down_post",
    "try_guideline",
    "turn_on_guideline",
]
