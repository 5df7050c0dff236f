"""What this month's calls to paid networks cost, and what the workspace wants to spend at most."""

from django.utils.translation import gettext
from ninja import Router

from breakwater.api.auth import Call
from breakwater.api.route import route
from breakwater.api.schemas.costs import BillOut, CapWish, CostsOut, SpentOut
from breakwater.channels.bills import Bill, bill_of, bills, next_month
from breakwater.channels.meters import month
from breakwater.channels.services import set_cap
from breakwater.core.messages import sentence
from breakwater.domain.errors import NotFound
from breakwater.people.roles import Right

router = Router(tags=["costs"])


@route(router, "GET", "/w/{slug}/costs", right=Right.SEE, answer=CostsOut)
def costs(call: Call) -> CostsOut:
    """What was spent this month, for each paid network and each sort of call."""
    found = bills(call.workspace_id, now=call.now)
    return CostsOut(
        month=month(call.now), anew=next_month(call.now), items=[_bill(one) for one in found]
    )


@route(router, "PUT", "/w/{slug}/costs/{network}/cap", right=Right.INVITE, answer=BillOut)
def cap(call: Call, network: str, wish: CapWish) -> BillOut:
    """The workspace spends at most this in a month there; a call beyond it is not made."""
    _of(call, network)
    set_cap(
        workspace_id=call.workspace_id, network=network, micros=wish.micros, by=call.by,
        now=call.now,
    )  # fmt: skip
    return _bill(_of(call, network))


def _of(call: Call, network: str) -> Bill:
    found = bill_of(call.workspace_id, network, now=call.now)
    if found is None:
        raise NotFound(what="network")
    return found


def _bill(bill: Bill) -> BillOut:
    code = "spent_capped" if bill.cap is not None else "spent"
    data = {"spent_micros": bill.micros, "cap_micros": bill.cap}
    return BillOut(
        network=bill.manifest.slug,
        network_name=gettext(bill.manifest.name),
        micros=bill.micros,
        cap_micros=bill.cap,
        left_micros=bill.left,
        reached=bill.reached,
        by_answers=bill.by_answers,
        message=sentence(code, data),
        calls=[SpentOut(call=one.call, calls=one.calls, micros=one.micros) for one in bill.items],
    )
