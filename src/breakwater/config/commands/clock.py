"""See whether the clock that decides is believed; confirm, in your name, that a new time is right.

While it is not, workers send nothing. A difference between two machines cannot be confirmed
away: set both clocks, by NTP, and sending goes on by itself.
"""

import argparse

from breakwater.config import checks
from breakwater.config.terminal import say, table
from breakwater.core import clock
from breakwater.delivery.models import ClockMark
from breakwater.delivery.services.clocks import confirm
from breakwater.delivery.standing import held_clocks
from breakwater.domain.errors import Forbidden
from breakwater.people.roles import Right
from breakwater.people.selectors import accesses, may_found, person_at

_WHY = {"jump": "jumped", "behind": "earlier than the last record", "skew": "not the database's"}


def arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True)
    what.add_parser("show", help="what time it is here, and which machines hold their sends")
    right = what.add_parser("confirm", help="the time shown is right: sending goes on by it")
    right.add_argument(
        "--as", dest="person", required=True, help="your e-mail address here: owner or manager"
    )


def run(options: argparse.Namespace) -> int:
    checks.stop_on_trouble(clock.now, watched=True)
    now = clock.now()
    if options.what == "show":
        held = held_clocks()
        say(f"The clock that decides says {now:%Y-%m-%d %H:%M:%S} UTC.")
        say(table([_line(one) for one in held]) if held else "It is believed: nothing is held.")
        return 0
    person = person_at(options.person)
    if not may_found(accesses(person)):
        raise Forbidden(right=Right.INVITE.value)
    freed = confirm(by=person.pk, now=now)
    say(
        f"Confirmed: it is {now:%Y-%m-%d %H:%M:%S} UTC. Sending goes on; what is late asks first."
        if freed
        else "No clock waits to be confirmed."
    )
    return 0


def _line(mark: ClockMark) -> tuple[str, ...]:
    return mark.host, f"since {mark.held_since:%Y-%m-%d %H:%M} UTC", _WHY[mark.reason], _by(mark)


def _by(mark: ClockMark) -> str:
    return f"{abs(mark.ahead_s):.0f} s {'ahead' if mark.ahead_s > 0 else 'behind'}"
