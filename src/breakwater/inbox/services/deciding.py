"""Who may say yes or no to what somebody else wrote, and take their own back."""

from breakwater.domain.errors import Forbidden, Invalid, StaleState
from breakwater.inbox.models import PileDeed, Proposal
from breakwater.people.selectors import Access

LONGEST_WHY = 500
_WAITS = ("waiting", "proposed")


def reason(why: str) -> str:
    """Raises: Invalid("reason_needed")."""
    said = why.strip()[:LONGEST_WHY]
    if not said:
        raise Invalid(code="reason_needed", field="why")
    return said


def check_other(by: Access, row: Proposal | PileDeed) -> None:
    """Nobody decides on their own. Raises: Forbidden("own_answer")."""
    if row.by_id == by.person.pk:
        raise Forbidden(code="own_answer")


def check_author(by: Access, row: Proposal | PileDeed) -> None:
    """Raises: Forbidden("not_own_answer")."""
    if row.by_id != by.person.pk:
        raise Forbidden(code="not_own_answer")


def check_waiting(row: Proposal | PileDeed) -> None:
    """Raises: StaleState("proposal_decided")."""
    if row.state not in _WAITS:
        raise StaleState(code="proposal_decided", state=row.state)
