"""Those who may change a cap are told once when most of it is spent, and once when all is."""

from datetime import datetime

from breakwater.channels.bills import NEAR, caps, reached
from breakwater.channels.meters import month
from breakwater.channels.models import SpendingCap
from breakwater.channels.selectors import networks
from breakwater.notices.services import tell
from breakwater.people.roles import Right
from breakwater.people.selectors import with_right


def tell_of_spending(now: datetime) -> int:
    """How many caps are near, or reached. A cap that was raised is news again."""
    told = 0
    for cap, spent in caps(now=now):
        if reached(cap, spent, now=now):
            _tell(cap, spent, "cap_reached", now)
        elif 100 * spent >= NEAR * cap.micros:
            _tell(cap, spent, "cap_near", now)
        else:
            continue
        told += 1
    return told


def _tell(cap: SpendingCap, spent: int, code: str, now: datetime) -> None:
    known = networks().get(cap.network)
    tell(
        with_right(cap.workspace_id, Right.INVITE),
        code,
        key=f"{code}:{cap.pk}:{month(now):%Y%m}:{cap.micros}",
        data={
            "network": known.name if known else cap.network,
            "spent_micros": spent,
            "cap_micros": cap.micros,
        },
        path=f"/w/{cap.workspace.slug}/costs/",
        workspace_id=cap.workspace_id,
        now=now,
    )
