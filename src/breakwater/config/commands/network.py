"""Networks: what is missing, the steps to an app of your own, and the installation's keys there.

Secrets are asked for, or read one a line from the standard input; never given as an argument.
"""

import argparse
import getpass
import sys
from datetime import datetime
from uuid import UUID

from breakwater.channels import selectors, services
from breakwater.channels.appkeys import ReviewState
from breakwater.channels.models import AppKeys
from breakwater.channels.selectors import SetUp
from breakwater.channels.services.keys import asked
from breakwater.config import checks
from breakwater.config.terminal import complain, say, table
from breakwater.core import clock
from breakwater.core.messages import sentence
from breakwater.domain.errors import Forbidden, Misconfigured, NotFound, Problem
from breakwater.networks import base
from breakwater.networks.base import Field
from breakwater.people.selectors import administers, person_at
from breakwater.web.network_setup import hook_address, standing, way_back

_WELL = "done"


def arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True)
    what.add_parser("list", help="all networks and what is missing")
    guide = what.add_parser("guide", help="what to make on the network, and what to paste there")
    keys = what.add_parser(
        "keys", help="keep the installation's keys; they are asked for, or one a line on stdin"
    )
    check = what.add_parser(
        "check", help="ask the network whether it knows the keys; exit 1 if not"
    )
    forget = what.add_parser("forget", help="delete the keys here")
    review = what.add_parser("review", help="note how far the network's own review is")
    for one in (guide, keys, check, forget, review):
        one.add_argument("network", help="as `breakwater network list` names it")
    states = [str(state) or "none" for state in ReviewState]
    review.add_argument("state", choices=states)
    for one in (keys, forget, review):
        one.add_argument(
            "--as", dest="person", required=True, help="your e-mail address; an administrator's"
        )


def run(options: argparse.Namespace) -> int:
    checks.stop_on_trouble(clock.now)
    deeds = {
        "list": _list, "guide": _guide, "keys": _keys, "check": _check, "forget": _forget,
        "review": _review,
    }  # fmt: skip
    return deeds[options.what](options, clock.now())


def _list(_options: argparse.Namespace, _now: datetime) -> int:
    rows = [
        (one.manifest.slug, one.manifest.name, str(standing(one).word), f"{one.channels} channels")
        for one in selectors.set_ups()
    ]
    say(table(rows))
    return 0


def _guide(options: argparse.Namespace, _now: datetime) -> int:
    app = _asked(options.network)
    manifest = selectors.manifest(options.network)
    say(f"Console: {app.console}")
    for number, step in enumerate(app.steps, 1):
        say(f"{number}. {step}")
    say(f"Redirect address: {way_back()}")
    if hook := hook_address(options.network):
        say(f"Webhook address: {hook}")
    for purpose in base.Purpose:
        say(f"To {purpose}: {', '.join(manifest.scopes_for(purpose))}")
    if app.review:
        least, most = app.review.weeks
        say(f"The network's own review takes {least} to {most} weeks. Have ready:")
        for need in app.review.needs:
            say(f"- {need}")
    say(f"Then: breakwater network keys {options.network} --as you@example.org")
    return 0


def _keys(options: argparse.Namespace, now: datetime) -> int:
    by = _administrator(options.person)
    typed = {field.name: _value(field) for field in _asked(options.network).fields}
    services.save_keys(network=options.network, typed=typed, by=by, now=now)
    say("The keys are kept, sealed.")
    return _check(options, now)


def _check(options: argparse.Namespace, now: datetime) -> int:
    _asked(options.network)
    try:
        row = services.check_keys(network=options.network, now=now)
    except Problem as error:
        if error.code == "app_keys_no_check":
            say(sentence(error.code))
            return 0
        raise
    return _told(row, selectors.set_up(options.network))


def _told(row: AppKeys, there: SetUp) -> int:
    if row.trouble:
        complain(sentence(row.trouble))
        return 1
    say(f"{there.manifest.name} knows the keys.")
    return 0


def _forget(options: argparse.Namespace, now: datetime) -> int:
    by = _administrator(options.person)
    services.forget_keys(network=options.network, by=by, now=now)
    say("The keys are gone here. The app stays on the network: delete it there too.")
    return 0


def _review(options: argparse.Namespace, now: datetime) -> int:
    by = _administrator(options.person)
    state = "" if options.state == "none" else options.state
    services.note_review(network=options.network, review=state, by=by, now=now)
    say("Noted.")
    return 0


def _administrator(email: str) -> UUID:
    person = person_at(email)
    if not administers(person):
        raise Forbidden(code="not_administrator")
    return person.pk


def _asked(network: str) -> base.AppKeys:
    if network not in selectors.networks():
        there = ", ".join(sorted(selectors.networks()))
        raise Misconfigured("network", f"Installed networks: {there}.")
    try:
        return asked(network)
    except NotFound as error:
        raise Misconfigured("network", f"{network} asks for no keys.") from error


def _value(field: Field) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    ask = getpass.getpass if field.secret else input
    return ask(f"{field.label}: ")
