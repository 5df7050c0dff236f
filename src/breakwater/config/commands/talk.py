"""Read what arrived from the networks; answer it, hide it, mute its author, as a person."""

import argparse
from datetime import datetime
from uuid import UUID

from breakwater.channels.models import Arrival, Channel
from breakwater.channels.selectors import channel_of
from breakwater.channels.services.arrivals import arrivals_after
from breakwater.config import checks
from breakwater.config.terminal import say, table
from breakwater.core import clock
from breakwater.core.ids import new_id
from breakwater.delivery.models import Delivery
from breakwater.delivery.services import talking
from breakwater.domain.errors import Misconfigured
from breakwater.domain.text import one_line
from breakwater.inbox.services import direct
from breakwater.networks.base import Deed
from breakwater.people.roles import Right
from breakwater.people.selectors import Access, access, person_at, workspace_at

_EXCERPT = 80


def arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True)
    listing = what.add_parser("arrivals", help="what came, oldest first, each with its number")
    listing.add_argument("--after", type=int, default=0, help="only what came after this number")
    listing.add_argument("--channel", type=UUID, help="only of the channel with this id")
    listing.add_argument("--limit", type=int, default=50)
    answer = what.add_parser("answer", help="answer it; the answer leaves now")
    answer.add_argument("arrival", type=int, help="its number, as `arrivals` prints it")
    answer.add_argument("text")
    deed = what.add_parser("deed", help="hide it, like it, mute its author …; done now")
    deed.add_argument("arrival", type=int, help="its number, as `arrivals` prints it")
    deed.add_argument("deed", choices=[one.value for one in Deed])
    for one in (listing, answer, deed):
        one.add_argument("--workspace", required=True, help="its short name, as in /w/<name>/")
    for one in (answer, deed):
        one.add_argument("--as", dest="person", required=True, help="your e-mail address here")


def run(options: argparse.Namespace) -> int:
    checks.stop_on_trouble(clock.now)
    deeds = {"arrivals": _arrivals, "answer": _answer, "deed": _deed}
    return deeds[options.what](options, clock.now())


def _arrivals(options: argparse.Namespace, _now: datetime) -> int:
    workspace = workspace_at(options.workspace)
    rows = arrivals_after(
        workspace.pk, options.after, channel_id=options.channel, limit=options.limit
    )
    say(table([_row(one) for one in rows]) if rows else "Nothing came.")
    return 0


def _answer(options: argparse.Namespace, now: datetime) -> int:
    by, channel = _to(options)
    said = talking.Said(options.text, options.arrival)
    return _ordered(direct.answer(by, channel, said, request=new_id(), now=now))


def _deed(options: argparse.Namespace, now: datetime) -> int:
    by, channel = _to(options)
    done = talking.Done(Deed(options.deed), options.arrival)
    return _ordered(direct.deed(by, channel, done, request=new_id(), now=now))


def _to(options: argparse.Namespace) -> tuple[Access, Channel]:
    """Who does it, and the channel that it arrived at."""
    by = access(person_at(options.person), options.workspace, Right.ANSWER)
    rows = arrivals_after(by.workspace.pk, options.arrival - 1, limit=1)
    if not rows or rows[0].pk != options.arrival:
        raise Misconfigured("arrival", f"Nothing with the number {options.arrival} arrived here.")
    return by, channel_of(by.workspace.pk, rows[0].channel_id)


def _ordered(row: Delivery) -> int:
    say(f"It leaves now: {row.pk}")
    return 0


def _row(one: Arrival) -> tuple[str, ...]:
    gone = "gone" if one.gone_at else ""
    text = one_line(one.text)[:_EXCERPT]
    who = str(one.author.get("handle") or one.author.get("name") or one.author_id)
    return (str(one.pk), str(one.channel), one.what, who, text, gone)
