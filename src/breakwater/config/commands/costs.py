"""See what calls to paid networks cost this month, and say what may be spent at most."""

import argparse
from datetime import datetime
from decimal import Decimal, InvalidOperation

from breakwater.channels.bills import Bill, bills
from breakwater.channels.services import set_cap
from breakwater.config import checks
from breakwater.config.terminal import say, table
from breakwater.core import clock
from breakwater.core.money import MICROS, dollars
from breakwater.domain.errors import Misconfigured
from breakwater.people.models import Workspace
from breakwater.people.roles import Right
from breakwater.people.selectors import access, person_at, workspace_at

NONE = "none"


def arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True)
    listing = what.add_parser("list", help="this month, for each network and each sort of call")
    cap = what.add_parser("cap", help="what may be spent in a month at one network")
    cap.add_argument("network", help="as `breakwater network list` names it")
    cap.add_argument("amount", help=f"US dollars, like 12.50, or {NONE} to take the cap away")
    cap.add_argument("--as", dest="person", required=True, help="your e-mail address here")
    for one in (listing, cap):
        one.add_argument("--workspace", required=True, help="its short name, as in /w/<name>/")


def run(options: argparse.Namespace) -> int:
    checks.stop_on_trouble(clock.now)
    deeds = {"list": _list, "cap": _cap}
    return deeds[options.what](options, clock.now())


def _list(options: argparse.Namespace, now: datetime) -> int:
    return _tell(workspace_at(options.workspace), now)


def _cap(options: argparse.Namespace, now: datetime) -> int:
    by = access(person_at(options.person), options.workspace, Right.INVITE)
    set_cap(
        workspace_id=by.workspace.pk,
        network=options.network,
        micros=_micros(options.amount),
        by=by.person.pk,
        now=now,
    )
    return _tell(by.workspace, now)


def _micros(typed: str) -> int | None:
    if typed == NONE:
        return None
    try:
        exact = Decimal(typed) * MICROS
    except InvalidOperation as error:
        raise Misconfigured("amount", f"“{typed}” is not an amount like 12.50.") from error
    if not exact.is_finite() or exact != int(exact):
        raise Misconfigured("amount", f"“{typed}” is not an amount like 12.50.")
    return int(exact)


def _tell(workspace: Workspace, now: datetime) -> int:
    rows = [row for bill in bills(workspace.pk, now=now) for row in _rows(bill)]
    say(table(rows) if rows else "No network of this workspace charges for calls.")
    return 0


def _rows(bill: Bill) -> list[tuple[str, ...]]:
    cap = "no cap" if bill.cap is None else f"of {dollars(bill.cap)}"
    slug = bill.manifest.slug
    whole = (slug, "all", "", dollars(bill.micros), f"{cap}, reached" if bill.reached else cap)
    return [
        whole,
        *((slug, one.call, str(one.calls), dollars(one.micros), "") for one in bill.items),
    ]
